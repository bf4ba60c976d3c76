//! Rate limit of requests a second; what comes beyond is answered with 429 and not carried out.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};

use super::http::Response;

const SECOND: Duration = Duration::from_secs(1);

/// An order for all clouds, each of which counts for itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Order {
    per_second: usize,
    /// Seconds in the `Retry-After` of a refusal, which has none if this is left out.
    retry_after: Option<u64>,
}

/// Counts what was taken. Off until it is ordered.
#[derive(Default)]
pub(super) struct Limit {
    order: Option<Order>,
    /// By cloud: when the requests of the last second were taken.
    taken: BTreeMap<&'static str, VecDeque<Duration>>,
}

impl Limit {
    pub fn order(&mut self, order: Value) -> Result<(), String> {
        let order: Order = serde_json::from_value(order).map_err(|error| format!("not a limit: {error}"))?;
        if order.per_second == 0 {
            return Err("per_second is 0: use at least 1".to_owned());
        }
        self.clear();
        self.order = Some(order);
        Ok(())
    }

    pub fn clear(&mut self) {
        *self = Limit::default();
    }

    /// The refusal of a request to this cloud at this moment, or `None`, and then it counts.
    pub fn refusal(&mut self, cloud: &'static str, now: Duration) -> Option<Response> {
        let order = self.order?;
        let taken = self.taken.entry(cloud).or_default();
        while taken.front().is_some_and(|then| *then + SECOND <= now) {
            taken.pop_front();
        }
        if taken.len() < order.per_second {
            taken.push_back(now);
            return None;
        }
        let mut response = Response::json(429, json!({"error": "too many requests"}));
        let after = order.retry_after.map(|seconds| seconds.to_string());
        response
            .headers
            .extend(after.map(|seconds| ("retry-after".to_owned(), seconds)));
        Some(response)
    }
}
