//! Numbers, exact, and whichever way they are written: `24`, `24.0`, `"24"`.

use std::{
    num::{NonZeroU16, NonZeroU32},
    str::FromStr,
};

use rust_decimal::{Decimal, prelude::ToPrimitive};
use serde_json::Value;

use super::{FromJson, TextOrNumber, Tolerant};

/// A number of things, or an amount, of which there is at least one. 0 is what a cloud writes where nothing was asked for,
/// and what no API takes in 32 bits nobody has asked for either.
impl FromJson for NonZeroU32 {
    fn from_json(value: Value) -> Option<Self> {
        NonZeroU32::new(FromJson::from_json(value)?).filter(|number| i32::try_from(number.get()).is_ok())
    }
}

/// The number of a port.
impl FromJson for NonZeroU16 {
    fn from_json(value: Value) -> Option<Self> {
        NonZeroU16::new(FromJson::from_json(value)?)
    }
}

/// The number, where a cloud said one.
pub fn count(said: &Tolerant<NonZeroU32>) -> Option<u32> {
    said.0.map(NonZeroU32::get)
}

impl FromJson for Decimal {
    fn from_json(value: Value) -> Option<Self> {
        let TextOrNumber(text) = FromJson::from_json(value)?;
        let text = text.trim();
        Decimal::from_str(text).or_else(|_| Decimal::from_scientific(text)).ok()
    }
}

/// A number without a fraction, however it is written.
fn whole(value: Value) -> Option<i128> {
    match value.as_i64() {
        Some(number) => Some(number.into()),
        None => {
            let number = Decimal::from_json(value)?;
            number.fract().is_zero().then(|| number.to_i128())?
        }
    }
}

impl FromJson for i64 {
    fn from_json(value: Value) -> Option<Self> {
        whole(value)?.try_into().ok()
    }
}

impl FromJson for u64 {
    fn from_json(value: Value) -> Option<Self> {
        whole(value)?.try_into().ok()
    }
}

impl FromJson for u32 {
    fn from_json(value: Value) -> Option<Self> {
        whole(value)?.try_into().ok()
    }
}

impl FromJson for u16 {
    fn from_json(value: Value) -> Option<Self> {
        whole(value)?.try_into().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clouds::tolerant::{Milliseconds, tests::read};

    #[test]
    fn numbers_may_be_texts() {
        let check = |json, expected: Option<i64>| assert_eq!(read::<i64>(json), expected, "{json}");
        check("1700000000000", Some(1_700_000_000_000));
        check(r#"" 1700000000000 ""#, Some(1_700_000_000_000));
        check("1.7e12", Some(1_700_000_000_000));
        check("24.0", Some(24));
        check("-1", Some(-1));
        for odd in [
            "1.5",
            "1e400",
            "null",
            "false",
            r#""""#,
            r#""24 GB""#,
            "[]",
            "9223372036854775808",
        ] {
            check(odd, None);
        }
        check("-0", Some(0));
        check("-9223372036854775808", Some(i64::MIN));
        assert_eq!(read::<u64>("18446744073709551615"), Some(u64::MAX));
        assert_eq!(read::<u64>("18446744073709551616"), None);
        assert_eq!(read::<u32>("-1"), None);
        assert_eq!(read::<u16>("65536"), None);
    }

    #[test]
    fn nothing_is_no_number_of_things() {
        let check = |json, expected: Option<u32>| {
            assert_eq!(count(&Tolerant(read::<NonZeroU32>(json))), expected, "{json}");
        };
        check("1", Some(1));
        check(r#""8""#, Some(8));
        check("2147483647", Some(2_147_483_647));
        for odd in ["0", "-1", "2147483648", "18446744073709551616", "1.5", "null", r#""""#] {
            check(odd, None);
        }
        assert_eq!(read::<NonZeroU16>("0"), None);
        assert_eq!(read::<NonZeroU16>("65536"), None);
        assert_eq!(read::<NonZeroU16>("65535").map(NonZeroU16::get), Some(65535));
        assert_eq!(read("1700000000000"), Some(Milliseconds(1_700_000_000_000)));
        for odd in ["0", "-1", "253402300800000"] {
            assert_eq!(read::<Milliseconds>(odd), None, "{odd}");
        }
    }

    #[test]
    fn decimals_are_exact() {
        let check = |json, expected: Option<&str>| {
            assert_eq!(
                read::<Decimal>(json).map(|number| number.to_string()).as_deref(),
                expected,
                "{json}"
            );
        };
        check("0.1", Some("0.1"));
        check(r#""0.65""#, Some("0.65"));
        check("0.30000000000000004", Some("0.30000000000000004"));
        check("6.5e-1", Some("0.65"));
        for odd in ["1e99", r#""free""#, r#""NaN""#, "null", "{}"] {
            check(odd, None);
        }
    }
}
