//! One page of a list: which one is asked for, and its envelope.

use serde_json::{Value, json};

use super::envelope::Refusal;
use crate::simulator::cloud::Quirks;

/// The guide's for volumes; for GPUs no document gives one.
const DEFAULT_SIZE: i64 = 10;
/// Ours: no document gives it.
pub(super) const MOST_SIZE: i64 = 100;
/// The size of a short page.
const SHORT_SIZE: i64 = 3;

pub(super) struct Page {
    /// From 1.
    number: i64,
    size: i64,
}

impl Page {
    pub fn new(number: Option<i64>, size: Option<i64>, quirks: &Quirks) -> Page {
        let most = if quirks.short_pages { SHORT_SIZE } else { MOST_SIZE };
        Page {
            number: number.unwrap_or(1),
            size: size.unwrap_or(DEFAULT_SIZE).min(most),
        }
    }

    /// A page beyond the last is empty.
    pub fn of(&self, items: Vec<Value>) -> Value {
        let total = items.len();
        let size = usize::try_from(self.size).unwrap_or(usize::MAX);
        let skipped = usize::try_from(self.number - 1)
            .unwrap_or(usize::MAX)
            .saturating_mul(size);
        let items: Vec<Value> = items.into_iter().skip(skipped).take(size).collect();
        json!({
            "items": items,
            "page": self.number,
            "size": self.size,
            "total": total,
            "pages": total.div_ceil(size),
        })
    }
}

/// A parameter of a query that is a whole number from 1 to `most`.
pub(super) fn parse(name: &str, text: &str, most: i64) -> Result<i64, Refusal> {
    let number = text.parse().ok().filter(|number| (1..=most).contains(number));
    number.ok_or_else(|| Refusal::invalid(format!("{name}: must be a whole number from 1 to {most}")))
}
