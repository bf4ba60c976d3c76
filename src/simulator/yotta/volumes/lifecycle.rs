//! The states of a volume, how long each lasts, and what comes after it.

use serde::{Deserialize, Serialize};

use crate::simulator::cloud::Fate;

/// The guide's five words; the order in which they follow each other is inferred from them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::simulator::yotta) enum Status {
    Creating,
    Active,
    Resizing,
    Deleting,
    Error,
    /// Deleted, or lost without a trace. No word of the API.
    Gone,
}

const SECOND: u64 = 1_000;

impl Status {
    pub fn word(self) -> &'static str {
        match self {
            Status::Creating => "creating",
            Status::Active => "active",
            Status::Resizing => "resizing",
            Status::Deleting | Status::Gone => "deleting",
            Status::Error => "error",
        }
    }

    /// How long this state lasts, in milliseconds, and what follows; `None` if it lasts.
    pub fn next(self, fate: Fate) -> Option<(u64, Status)> {
        match (self, fate) {
            (Status::Creating, Fate::Normal) => Some((20 * SECOND, Status::Active)),
            (Status::Creating, Fate::Fails) => Some((20 * SECOND, Status::Error)),
            (Status::Creating, Fate::Vanishes) => Some((20 * SECOND, Status::Gone)),
            (Status::Resizing, _) => Some((30 * SECOND, Status::Active)),
            (Status::Deleting, _) => Some((10 * SECOND, Status::Gone)),
            _ => None,
        }
    }
}
