//! Moments: RFC 3339, or milliseconds since 1970.

use serde_json::Value;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use super::{FromJson, Tolerant};

/// Milliseconds since 1970 of a moment as RFC 3339. One without a zone, as FastAPI writes it of a moment that has none,
/// is taken as UTC (inferred).
pub fn moment(said: &Tolerant<String>) -> Option<i64> {
    moment_in(said.0.as_deref()?)
}

/// The same of a text.
pub fn moment_in(text: &str) -> Option<i64> {
    let text = text.trim();
    let parse = |text: &str| OffsetDateTime::parse(text, &Rfc3339).ok();
    let moment = parse(text).or_else(|| parse(&format!("{text}Z")))?;
    let milliseconds = i64::try_from(moment.unix_timestamp_nanos() / 1_000_000).ok()?;
    // The beginning of a calendar is what some write where there is no moment.
    (milliseconds > 0).then_some(milliseconds)
}

/// Milliseconds since 1970, up to the end of the year 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Milliseconds(pub i64);

impl FromJson for Milliseconds {
    fn from_json(value: Value) -> Option<Self> {
        Some(Self(FromJson::from_json(value)?)).filter(|Self(moment)| (1..253_402_300_800_000).contains(moment))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read() {
        let check = |text: &str, expected: Option<i64>| {
            assert_eq!(moment(&Tolerant(Some(text.to_owned()))), expected, "{text}");
        };
        check("2025-06-01T12:00:00Z", Some(1_748_779_200_000));
        check("2025-06-01T12:00:00.123456Z", Some(1_748_779_200_123));
        check(" 2025-06-01T14:00:00+02:00 ", Some(1_748_779_200_000));
        check("2025-06-01T12:00:00.123456", Some(1_748_779_200_123));
        for odd in ["0001-01-01T00:00:00Z", "1970-01-01T00:00:00Z"] {
            check(odd, None);
        }
        for odd in ["", "yesterday", "2025-06-01", "2025-06-31T12:00:00Z", "1748779200"] {
            check(odd, None);
        }
        assert_eq!(moment(&Tolerant(None)), None);
    }
}
