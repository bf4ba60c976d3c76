//! How Prime Intellect's texts are understood, whatever they are about.

use rust_decimal::Decimal;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use crate::clouds::lenient::Said;

/// An enumeration's word in capitals, whichever way it is written.
pub fn word(said: &Said<String>) -> String {
    said.0.as_deref().unwrap_or_default().trim().to_ascii_uppercase()
}

/// For what is only shown: an empty text says nothing.
pub fn filled(said: Said<String>) -> Option<String> {
    said.0.filter(|text| !text.trim().is_empty())
}

/// Milliseconds since 1970 of a moment as RFC 3339. One without a zone, as the API's framework writes it of a moment
/// that has none, is taken as UTC (inferred).
pub fn moment(said: &Said<String>) -> Option<i64> {
    let text = said.0.as_deref()?.trim();
    let parse = |text: &str| OffsetDateTime::parse(text, &Rfc3339).ok();
    let moment = parse(text).or_else(|| parse(&format!("{text}Z")))?;
    i64::try_from(moment.unix_timestamp_nanos() / 1_000_000).ok()
}

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
    fn moments_are_read() {
        let check = |text: &str, expected: Option<i64>| {
            assert_eq!(moment(&Said(Some(text.to_owned()))), expected, "{text}");
        };
        check("2025-06-01T12:00:00Z", Some(1_748_779_200_000));
        check("2025-06-01T12:00:00.123456Z", Some(1_748_779_200_123));
        check(" 2025-06-01T14:00:00+02:00 ", Some(1_748_779_200_000));
        check("2025-06-01T12:00:00.123456", Some(1_748_779_200_123));
        check("1969-12-31T23:59:59Z", Some(-1_000));
        for odd in ["", "yesterday", "2025-06-01", "2025-06-31T12:00:00Z", "1748779200"] {
            check(odd, None);
        }
        assert_eq!(moment(&Said(None)), None);
    }

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
