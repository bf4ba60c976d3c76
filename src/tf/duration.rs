//! Durations as users write them: `300ms`, `30s`, `20m`, `1h30m`.

use std::time::Duration;

const UNITS: [(&str, u64); 4] = [("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1)];

/// Reads a duration: whole numbers with units, the larger unit first, each at most once; `None` if it is none.
pub fn parse_duration(text: &str) -> Option<Duration> {
    let mut rest = text;
    let mut milliseconds = 0_u64;
    let mut allowed = &UNITS[..];
    while !rest.is_empty() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let (count, tail) = rest.split_at(digits);
        let letters = tail.bytes().take_while(u8::is_ascii_alphabetic).count();
        let (unit, tail) = tail.split_at(letters);
        let position = allowed.iter().position(|(name, _)| *name == unit)?;
        let part = count.parse::<u64>().ok()?.checked_mul(allowed[position].1)?;
        milliseconds = milliseconds.checked_add(part)?;
        allowed = &allowed[position + 1..];
        rest = tail;
    }
    (!text.is_empty()).then(|| Duration::from_millis(milliseconds))
}

/// Writes a duration as [`parse_duration`] reads it; what is less than a millisecond is left out.
pub fn format_duration(duration: Duration) -> String {
    let mut left = u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
    let mut text = String::new();
    for (unit, milliseconds) in UNITS {
        let count = left / milliseconds;
        left %= milliseconds;
        if count > 0 {
            text.push_str(&format!("{count}{unit}"));
        }
    }
    if text.is_empty() { "0s".to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, milliseconds: Option<u64>) {
        assert_eq!(parse_duration(text), milliseconds.map(Duration::from_millis), "{text}");
    }

    #[test]
    fn durations_are_read() {
        check("300ms", Some(300));
        check("30s", Some(30_000));
        check("20m", Some(1_200_000));
        check("1h30m", Some(5_400_000));
        check("0s", Some(0));
        for text in [
            "",
            "5",
            "s",
            "1.5s",
            "-1s",
            "1m1h",
            "1s1s",
            "1 s",
            "1d",
            "99999999999999999999s",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn durations_are_written_as_they_are_read() {
        for text in ["300ms", "30s", "20m", "1h30m", "1h30m10s5ms", "0s"] {
            assert_eq!(parse_duration(text).map(format_duration).as_deref(), Some(text));
        }
    }
}
