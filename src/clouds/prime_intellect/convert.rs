//! How Prime Intellect's texts are understood, whatever they are about.

use rust_decimal::Decimal;

use crate::clouds::lenient::Said;

/// Nobody is paid for a machine: less than nothing would only win every comparison of prices.
pub fn price(said: &Said<Decimal>) -> Option<Decimal> {
    said.0
        .filter(|price| !price.is_sign_negative())
        .map(|price| price.normalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_paid() {
        let check = |text: &str, expected: Option<&str>| {
            let said = Said(text.parse().ok());
            let found = price(&said).map(|price| price.to_string());
            assert_eq!(found.as_deref(), expected, "{text}");
        };
        check("2.10", Some("2.1"));
        check("0", Some("0"));
        check("-0.01", None);
        check("free", None);
    }
}
