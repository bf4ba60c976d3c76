//! Between Terraform's numbers, which have no bounds, and those that clouds reckon with.

use rust_decimal::Decimal;

use crate::tf::{Number, Value, validators::Validator};

/// The whole number; `None` for a fraction, and for one out of range.
pub fn to_whole(number: &Number) -> Option<u32> {
    number.as_u64().and_then(|whole| u32::try_from(whole).ok())
}

/// The decimal. What is beyond its 28 digits is rounded; `None` for a number that is too large for it, or so small that
/// nothing would be left of it.
pub fn to_decimal(number: &Number) -> Option<Decimal> {
    let decimal: Decimal = number.to_string().parse().ok()?;
    let is_zero = *number == Number::from(0_u32);
    (decimal.is_zero() == is_zero).then_some(decimal)
}

/// The same number; `None` only if a decimal were written in a way that numbers are not.
pub fn from_decimal(decimal: Decimal) -> Option<Number> {
    Number::parse(&decimal.to_string())
}

/// A price that can be reckoned with: above zero, and with no digit lost.
pub fn price() -> Validator {
    Validator::new(
        "Not a price",
        "Use a number above 0 with at most 28 digits.",
        |value| match value {
            Value::Number(number) if !number.is_positive() || !is_exact(number) => Some(format!("is {number}")),
            _ => None,
        },
    )
}

fn is_exact(number: &Number) -> bool {
    to_decimal(number).and_then(from_decimal).as_ref() == Some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let number = Number::parse(text).expect("a number");
        let found = to_decimal(&number).and_then(from_decimal);
        assert_eq!(
            found.map_or("none".to_owned(), |number| number.to_string()),
            expected,
            "{text}"
        );
    }

    #[test]
    fn decimals_lose_nothing_that_a_price_has() {
        check("0", "0");
        check("0.1", "0.1");
        check("-12.50", "-12.5");
        check("0.0000000000000000000000000001", "0.0000000000000000000000000001");
        check("79228162514264337593543950335", "79228162514264337593543950335");
    }

    #[test]
    fn a_fraction_without_end_is_rounded() {
        let third = format!("0.{}", "3".repeat(150));
        check(&third, "0.3333333333333333333333333333");
    }

    #[test]
    fn what_does_not_fit_is_none() {
        check("1e400", "none");
        check("79228162514264337593543950336", "none");
        check("1e-29", "none");
        check("1e-400", "none");
    }

    #[test]
    fn a_price_is_above_zero_and_loses_no_digit() {
        let refused = |text: &str| {
            let mut diagnostics = crate::tf::Diagnostics::new();
            let value = Value::Number(Number::parse(text).expect("a number"));
            price().check(&value, &"a".into(), false, &mut diagnostics);
            diagnostics.has_errors()
        };
        let third = format!("0.{}", "3".repeat(40));
        for price in ["0", "-1", "1e400", "-1e400", "1e-29", &third] {
            assert!(refused(price), "{price}");
        }
        for price in ["0.1", "0.3000000000000000000001", "12"] {
            assert!(!refused(price), "{price}");
        }
    }
}
