//! Configurable amounts of an offer (disk, vCPUs, RAM): their bounds, and what they add to the price.

use rust_decimal::Decimal;

use super::api::Amount;
use crate::clouds::{Limits, PodSpec};

/// Requested amounts besides GPUs; `None` takes the row's own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Amounts {
    pub disk: Option<u32>,
    pub vcpus: Option<u32>,
    pub memory: Option<u32>,
}

impl Amounts {
    pub fn of(spec: &PodSpec) -> Self {
        Self {
            disk: spec.container_volume.map(|size| size.get()),
            vcpus: spec.marketplace.vcpus,
            memory: spec.marketplace.memory.map(|size| size.get()),
        }
    }
}

impl Amount {
    /// The docs and the command line tool: where a row names no most, there is no choice.
    fn is_fixed(&self) -> bool {
        self.most.is_none()
    }

    pub fn can_be(&self, asked: u32) -> bool {
        self.usual == Some(asked) || (self.is_in_range(asked) && self.is_on_a_step(asked))
    }

    fn is_in_range(&self, asked: u32) -> bool {
        self.most.is_some_and(|most| asked <= most) && self.least.is_none_or(|least| least <= asked)
    }

    /// Steps are taken from the least, or else from what is usual (inferred: the document says "increment").
    fn is_on_a_step(&self, asked: u32) -> bool {
        let start = self.least.or(self.usual).unwrap_or(0);
        let step = self.step.filter(|step| *step > 0).unwrap_or(1);
        asked.abs_diff(start).is_multiple_of(step)
    }

    /// The amount to send with a create: none where there is no choice.
    pub fn to_send(&self, asked: Option<u32>) -> Option<u32> {
        asked.filter(|_| !self.is_fixed())
    }

    /// Its surcharge on the price of the machine, which has the default amount in it; `None` if it is too much to be
    /// reckoned. The docs' example adds the default amount too, and all recorded rows speak against it: an offer is never
    /// refused for it, and the last word have `maxPrice` and the pod's own price.
    pub fn cost(&self, asked: Option<u32>) -> Option<Decimal> {
        self.cost_of(asked.unwrap_or(self.default()).saturating_sub(self.default()))
    }

    /// The highest surcharge: the default amount too, unless the row says that it is in the price.
    pub fn highest_cost(&self, asked: Option<u32>) -> Option<Decimal> {
        match self.is_usual_included {
            true => self.cost(asked),
            false => self.cost_of(asked.unwrap_or(self.default())),
        }
    }

    fn cost_of(&self, units: u32) -> Option<Decimal> {
        self.price_per_unit.unwrap_or_default().checked_mul(units.into())
    }

    fn default(&self) -> u32 {
        self.usual.or(self.least).unwrap_or(0)
    }

    /// The bounds; `None` if nothing is said of them.
    pub fn limits(&self) -> Option<Limits> {
        let (least, most) = match self.is_fixed() {
            true => (self.usual, self.usual),
            false => (self.least, self.most),
        };
        (least.is_some() || most.is_some()).then_some(Limits { least, most })
    }
}
