//! Durations as Go writes them: `300ms`, `30s`, `20m`, `1h30m`, `1.5h`.

use std::time::Duration;

const UNITS: [(&str, u64); 4] = [("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1)];

/// Reads a duration: decimal numbers with units, the larger unit first, each at most once; `None` if it is none. What is
/// less than a millisecond is left out.
pub fn parse_duration(text: &str) -> Option<Duration> {
    let mut rest = text;
    let mut milliseconds = 0_u64;
    let mut allowed = &UNITS[..];
    while !rest.is_empty() {
        let digits = rest
            .bytes()
            .take_while(|one| one.is_ascii_digit() || *one == b'.')
            .count();
        let (count, tail) = rest.split_at(digits);
        let letters = tail.bytes().take_while(u8::is_ascii_alphabetic).count();
        let (unit, tail) = tail.split_at(letters);
        let position = allowed.iter().position(|(name, _)| *name == unit)?;
        let part = times(count, allowed[position].1)?;
        milliseconds = milliseconds.checked_add(part)?;
        allowed = &allowed[position + 1..];
        rest = tail;
    }
    (!text.is_empty()).then(|| Duration::from_millis(milliseconds))
}

/// A decimal number of units, in whole milliseconds. As in Go, one of the two sides of the point may be empty.
fn times(count: &str, milliseconds: u64) -> Option<u64> {
    let (whole, fraction) = count.split_once('.').unwrap_or((count, ""));
    let is_number = |text: &str| text.bytes().all(|one| one.is_ascii_digit());
    if whole.len() + fraction.len() == 0 || !is_number(whole) || !is_number(fraction) {
        return None;
    }
    // Digits beyond these are less than a millisecond of every unit.
    let fraction = &fraction[..fraction.len().min(9)];
    let scale = 10_u64.pow(u32::try_from(fraction.len()).ok()?);
    let number = |digits: &str| match digits {
        "" => Some(0),
        digits => digits.parse::<u64>().ok(),
    };
    let of_fraction = number(fraction)? * milliseconds / scale;
    number(whole)?.checked_mul(milliseconds)?.checked_add(of_fraction)
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
        check("1.5h", Some(5_400_000));
        check("0.5s", Some(500));
        check(".25m", Some(15_000));
        check("2.s", Some(2_000));
        check("1.5h0.5m", Some(5_430_000));
        check("1.0005s", Some(1_000));
        check("0.123456789123456789h", Some(444_444));
        for text in [
            "",
            "5",
            "s",
            ".s",
            "1.5.5s",
            "1.5",
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
