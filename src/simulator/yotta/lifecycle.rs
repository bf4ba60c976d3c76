//! The states of a pod, how long each lasts, and what comes after it.

use serde::{Deserialize, Serialize};

use crate::simulator::cloud::Fate;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum Status {
    Pending,
    Preparing,
    Initializing,
    Running,
    Pausing,
    Paused,
    Failed,
    Terminating,
    Terminated,
    /// Ended so long ago that the cloud has forgotten it. No word of the API.
    Gone,
    /// Lost without a trace. No word of the API.
    Vanished,
}

/// The nine words of the reference, for filters.
pub(super) const WORDS: [&str; 9] = [
    "INITIALIZING",
    "RUNNING",
    "PAUSING",
    "PAUSED",
    "TERMINATING",
    "TERMINATED",
    "FAILED",
    "PENDING",
    "PREPARING",
];

const SECOND: u64 = 1_000;
/// The console shows ended pods for a day.
const REMEMBERED: u64 = 24 * 60 * 60 * SECOND;

impl Status {
    pub fn word(self) -> &'static str {
        match self {
            Status::Pending => "PENDING",
            Status::Preparing => "PREPARING",
            Status::Initializing => "INITIALIZING",
            Status::Running => "RUNNING",
            Status::Pausing => "PAUSING",
            Status::Paused => "PAUSED",
            Status::Failed => "FAILED",
            Status::Terminating => "TERMINATING",
            Status::Terminated | Status::Gone | Status::Vanished => "TERMINATED",
        }
    }

    pub fn has_ended(self) -> bool {
        matches!(self, Status::Terminated | Status::Gone | Status::Vanished)
    }

    /// How long this state lasts, in milliseconds, and what follows; `None` if it lasts.
    pub fn next(self, fate: Fate) -> Option<(u64, Status)> {
        match (self, fate) {
            (Status::Pending, _) => Some((5 * SECOND, Status::Preparing)),
            (Status::Preparing, _) => Some((25 * SECOND, Status::Initializing)),
            (Status::Initializing, Fate::Normal) => Some((60 * SECOND, Status::Running)),
            (Status::Initializing, Fate::Fails) => Some((60 * SECOND, Status::Failed)),
            (Status::Initializing, Fate::Vanishes) => Some((60 * SECOND, Status::Vanished)),
            (Status::Pausing, _) => Some((20 * SECOND, Status::Paused)),
            (Status::Terminating, _) => Some((15 * SECOND, Status::Terminated)),
            (Status::Terminated, _) => Some((REMEMBERED, Status::Gone)),
            _ => None,
        }
    }
}
