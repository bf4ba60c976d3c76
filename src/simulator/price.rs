//! An exact amount of money, as all clouds show it.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Number;

/// In ten-thousandths of a dollar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Price(pub i64);

/// In milliseconds.
const HOUR: i64 = 3_600_000;

impl Price {
    pub fn times(self, count: i64) -> Price {
        Price(self.0.saturating_mul(count))
    }

    pub fn plus(self, other: Price) -> Price {
        Price(self.0.saturating_add(other.0))
    }

    /// The rest, never less than nothing.
    pub fn less(self, other: Price) -> Price {
        Price(self.0.saturating_sub(other.0).max(0))
    }

    /// What so many milliseconds cost at this price for an hour, rounded down.
    pub fn during(self, milliseconds: u64) -> Price {
        let milliseconds = i64::try_from(milliseconds).unwrap_or(i64::MAX);
        Price(self.times(milliseconds).0 / HOUR)
    }

    pub fn dollars(self) -> f64 {
        // Far below 2^53, so nothing is lost.
        self.0 as f64 / 10_000.0
    }

    /// As a JSON number with all its digits.
    pub fn number(self) -> Option<Number> {
        self.to_string().parse().ok()
    }
}

impl fmt::Display for Price {
    /// Cents always, what is finer only where there is some: `0.65`, `0.0021`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (dollars, rest) = (self.0 / 10_000, self.0 % 10_000);
        if rest % 100 == 0 {
            write!(formatter, "{dollars}.{:02}", rest / 100)
        } else {
            let digits = format!("{rest:04}");
            write!(formatter, "{dollars}.{}", digits.trim_end_matches('0'))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_are_exact() {
        let check = |price: Price, expected: &str| assert_eq!(price.to_string(), expected);
        check(Price(6500), "0.65");
        check(Price(24_900).times(8), "19.92");
        check(Price(10_000), "1.00");
        check(Price(21).plus(Price(10_000)), "1.0021");
        check(Price(120), "0.012");
        check(Price(10_000).during(1_800_000), "0.50");
        check(Price(10_000).during(359), "0.00");
    }
}
