//! Arbitrary-precision decimal numbers: Terraform's numbers are wider than any machine type.

use std::fmt;

/// A number in its shortest decimal form, so that equal numbers are equal values: `1.50` is `1.5`, `1e2` is `100`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Number(Form);

#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Form {
    /// Every whole number that fits.
    Whole(i64),
    /// All others: `digits` × 10^`exponent`, with no zero at either end of `digits`.
    Decimal {
        negative: bool,
        digits: Box<str>,
        exponent: i64,
    },
}

/// Up to this many zeros are written out; beyond it a number is written with an exponent.
const WRITTEN_OUT: i64 = 40;

impl Number {
    /// Reads a decimal text such as `12`, `-0.1` or `1e400`; `None` if it is none.
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, i64::from(exponent.parse::<i32>().ok()?)),
            None => (unsigned, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.len() + fraction.len() == 0 || !is_digits(whole) || !is_digits(fraction) {
            return None;
        }
        let exponent = exponent - i64::try_from(fraction.len()).ok()?;
        let number = Self::from_parts(negative, &[whole, fraction].concat(), exponent);
        number.has_readable_exponent().then_some(number)
    }

    /// Zeros at the end of the digits move into the exponent, where they can make one that is not read again.
    fn has_readable_exponent(&self) -> bool {
        match self.0 {
            Form::Whole(_) => true,
            Form::Decimal { exponent, .. } => i32::try_from(exponent).is_ok(),
        }
    }

    /// The shortest decimal that reads back as this float; `None` for infinities and NaN.
    pub fn from_f64(float: f64) -> Option<Self> {
        match float.is_finite() {
            true => Self::parse(&format!("{float:e}")),
            false => None,
        }
    }

    pub fn as_i64(&self) -> Option<i64> {
        match self.0 {
            Form::Whole(whole) => Some(whole),
            Form::Decimal { .. } => None,
        }
    }

    pub fn as_u64(&self) -> Option<u64> {
        match self.as_i64() {
            Some(whole) => u64::try_from(whole).ok(),
            None => self.to_string().parse().ok(),
        }
    }

    pub fn is_positive(&self) -> bool {
        match &self.0 {
            Form::Whole(whole) => *whole > 0,
            Form::Decimal { negative, .. } => !negative,
        }
    }

    fn from_parts(negative: bool, digits: &str, exponent: i64) -> Self {
        let without_leading = digits.trim_start_matches('0');
        let digits = without_leading.trim_end_matches('0');
        let exponent = exponent + (without_leading.len() - digits.len()) as i64;
        if digits.is_empty() {
            return Self(Form::Whole(0));
        }
        match whole(negative, digits, exponent) {
            Some(whole) => Self(Form::Whole(whole)),
            None => Self(Form::Decimal {
                negative,
                digits: digits.into(),
                exponent,
            }),
        }
    }
}

/// The machine integer, if the number is one.
fn whole(negative: bool, digits: &str, exponent: i64) -> Option<i64> {
    let zeros = usize::try_from(exponent).ok()?;
    if digits.len() + zeros > 19 {
        return None;
    }
    let sign = if negative { "-" } else { "" };
    format!("{sign}{digits}{}", "0".repeat(zeros)).parse().ok()
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (negative, digits, exponent) = match &self.0 {
            Form::Whole(whole) => return write!(f, "{whole}"),
            Form::Decimal {
                negative,
                digits,
                exponent,
            } => (negative, digits, *exponent),
        };
        if *negative {
            f.write_str("-")?;
        }
        let point = digits.len() as i64 + exponent;
        match exponent {
            0..=WRITTEN_OUT => write!(f, "{digits}{}", "0".repeat(exponent as usize)),
            _ if exponent < 0 && point > 0 => {
                let (whole, fraction) = digits.split_at(point as usize);
                write!(f, "{whole}.{fraction}")
            }
            _ if exponent < 0 && point > -WRITTEN_OUT => write!(f, "0.{}{digits}", "0".repeat(-point as usize)),
            _ => write!(f, "{digits}e{exponent}"),
        }
    }
}

impl From<i64> for Number {
    fn from(whole: i64) -> Self {
        Self(Form::Whole(whole))
    }
}

impl From<u32> for Number {
    fn from(whole: u32) -> Self {
        Self::from(i64::from(whole))
    }
}

impl From<u64> for Number {
    fn from(whole: u64) -> Self {
        match i64::try_from(whole) {
            Ok(whole) => Self::from(whole),
            Err(_) => Self::from_parts(false, &whole.to_string(), 0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, written: &str) {
        let number = Number::parse(text).map_or("no number".to_owned(), |number| number.to_string());
        assert_eq!(number, written, "{text}");
        if written != "no number" {
            assert_eq!(
                Number::parse(text),
                Number::parse(written),
                "{text} reads as what it is written as"
            );
        }
    }

    #[test]
    fn a_number_is_written_in_its_shortest_form() {
        check("0", "0");
        check("-0", "0");
        check("007", "7");
        check("1.50", "1.5");
        check("0.1", "0.1");
        check("-0.100", "-0.1");
        check(".5", "0.5");
        check("1e2", "100");
        check("12.5e1", "125");
        check("9223372036854775807", "9223372036854775807");
        check("9223372036854775808", "9223372036854775808");
        check("18446744073709551616", "18446744073709551616");
        check("1e400", "1e400");
        check("-25E-60", "-25e-60");
        check("1e2000000000", "1e2000000000");
        check("1e2147483647", "1e2147483647");
        check("-1e-2147483648", "-1e-2147483648");
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in [
            "",
            "-",
            ".",
            "1.2.3",
            "1e",
            "e5",
            "0x10",
            "1e99999999999",
            "NaN",
            "inf",
            " 1",
            "1 ",
            "10e2147483647",
            "1.5e-2147483648",
        ] {
            check(text, "no number");
        }
    }

    #[test]
    fn floats_become_their_shortest_decimal() {
        assert_eq!(Number::from_f64(0.1), Number::parse("0.1"));
        assert_eq!(Number::from_f64(1e21), Number::parse("1000000000000000000000"));
        assert_eq!(Number::from_f64(f64::NAN), None);
    }

    #[test]
    fn machine_integers_come_back() {
        assert_eq!(Number::from(u64::MAX).as_u64(), Some(u64::MAX));
        assert_eq!(Number::from(-3_i64).as_u64(), None);
        assert_eq!(Number::parse("1.5").and_then(|number| number.as_i64()), None);
    }
}
