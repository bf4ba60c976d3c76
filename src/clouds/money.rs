//! Prices as exact decimals, without the noise of binary fractions that clouds write.

use rust_decimal::Decimal;

use super::tolerant::Tolerant;

/// The smallest unit price that a cloud was seen to write has five decimal places; a double's noise begins at the
/// fifteenth digit or so.
const DECIMAL_PLACES: u32 = 9;

/// An hourly price. Nobody is paid for a machine: less than nothing would only win every comparison of prices.
pub fn price(said: &Tolerant<Decimal>) -> Option<Decimal> {
    said.0.filter(|price| !price.is_sign_negative()).map(without_noise)
}

/// `1.6400000000000001`, which is what a JSON encoder may make of 1.64, is 1.64.
pub fn without_noise(amount: Decimal) -> Decimal {
    amount.round_dp(DECIMAL_PLACES).normalize()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_is_not_negative_and_has_no_noise() {
        let check = |text: &str, expected: Option<&str>| {
            let said = Tolerant(text.parse().ok());
            let found = price(&said).map(|price| price.to_string());
            assert_eq!(found.as_deref(), expected, "{text}");
        };
        check("2.10", Some("2.1"));
        check("0", Some("0"));
        check("-0.01", None);
        check("free", None);
        check("1.6400000000000001", Some("1.64"));
        check("1.6399999999999999", Some("1.64"));
        check("0.00014", Some("0.00014"));
        check("1.6568", Some("1.6568"));
    }
}
