//! `monthly_cost`: what an hourly price comes to in a month.

use rust_decimal::Decimal;

use super::{messages, wrong_argument};
use crate::{
    resources::common::number::{from_decimal, to_decimal},
    tf::{Function, FunctionError, Number, Parameter, Signature, Type, Value},
};

/// 365 days of 24 hours, divided by 12.
const HOURS_A_MONTH: Decimal = Decimal::from_parts(730, 0, 0, false, 0);

/// The function `monthly_cost`.
#[derive(Debug)]
pub struct MonthlyCost;

impl Function for MonthlyCost {
    fn signature(&self) -> Signature {
        Signature {
            name: "monthly_cost",
            summary: "Tells what an hourly price comes to in a month",
            doc: "Tells what something comes to in a month of 730 hours, a twelfth of a year, if it costs so much an \
                  hour. Decimals are exact, as money wants it: 0.1 an hour is 73 a month. More than 28 digits are rounded.",
            parameters: vec![Parameter {
                name: "price_per_hour",
                doc: "The price of an hour, such as `price_per_hour` of a pod or an offer; at least 0.",
                value_type: Type::Number,
            }],
            result: Type::Number,
        }
    }

    fn call(&self, arguments: &[Value]) -> Result<Value, FunctionError> {
        let price = match arguments.first() {
            Some(Value::Number(price)) => price,
            _ => return Err(wrong_argument(messages::price_is_no_number())),
        };
        cost(price)
            .map(Value::Number)
            .ok_or_else(|| wrong_argument(messages::price_out_of_range(price)))
    }
}

fn cost(price: &Number) -> Option<Number> {
    let price = to_decimal(price).filter(|price| !price.is_sign_negative())?;
    from_decimal(price.checked_mul(HOURS_A_MONTH)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(price: &str, expected: &str) {
        let argument = Value::Number(Number::parse(price).expect("a number"));
        let found = match MonthlyCost.call(&[argument]) {
            Ok(Value::Number(cost)) => cost.to_string(),
            Ok(other) => format!("{other:?}"),
            Err(error) => {
                assert_eq!(error.argument, Some(0));
                error.text
            }
        };
        assert_eq!(found, expected);
    }

    #[test]
    fn a_month_has_730_hours() {
        check("0", "0");
        check("1", "730");
        check("0.1", "73");
        check("0.35", "255.5");
        check("2.49", "1817.7");
        check("0.000001", "0.00073");
        check("1e20", "73000000000000000000000");
    }

    #[test]
    fn what_cannot_be_reckoned_is_an_error() {
        for price in ["-1", "-0.5", "1e28", "1e400", "1e-29", "1e-400"] {
            let price = Number::parse(price).expect("a number").to_string();
            let allowed = "Use a number of at least 0 which has at most 28 digits, also times 730";
            check(&price, &format!("`price_per_hour` is {price}. {allowed}"));
        }
    }
}
