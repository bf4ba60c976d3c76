//! The states of a pod, how long each lasts, and what comes after it.

use serde::{Deserialize, Serialize};

use crate::simulator::cloud::Fate;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Status {
    Pending,
    Provisioning,
    Running,
    Stopping,
    Stopped,
    Failed,
    /// Deleted or lost. No word of the API.
    Gone,
}

/// The six words of the page on pods, for filters.
pub(super) const WORDS: [&str; 6] = ["pending", "provisioning", "running", "stopping", "stopped", "failed"];

const SECOND: u64 = 1_000;

impl Status {
    pub fn word(self) -> &'static str {
        match self {
            Status::Pending => "pending",
            Status::Provisioning => "provisioning",
            Status::Running => "running",
            Status::Stopping => "stopping",
            Status::Stopped => "stopped",
            Status::Failed => "failed",
            Status::Gone => "gone",
        }
    }

    /// How long this state lasts, in milliseconds, and what follows; `None` if it lasts. The durations are ours: no
    /// document gives them.
    pub fn next(self, fate: Fate) -> Option<(u64, Status)> {
        match (self, fate) {
            (Status::Pending, _) => Some((10 * SECOND, Status::Provisioning)),
            (Status::Provisioning, Fate::Normal) => Some((80 * SECOND, Status::Running)),
            (Status::Provisioning, Fate::Fails) => Some((80 * SECOND, Status::Failed)),
            (Status::Provisioning, Fate::Vanishes) => Some((80 * SECOND, Status::Gone)),
            (Status::Stopping, _) => Some((20 * SECOND, Status::Stopped)),
            _ => None,
        }
    }
}
