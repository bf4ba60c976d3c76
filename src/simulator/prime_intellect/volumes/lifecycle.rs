//! The stages of a disk, how long each lasts, and what comes after it.

use serde::{Deserialize, Serialize};

use crate::simulator::cloud::Fate;
use crate::simulator::prime_intellect::gone::{End, REMEMBERED};

/// The official document's words; their order is that of a third party's page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::simulator::prime_intellect) enum Stage {
    Provisioning,
    Pending,
    Active,
    Failed,
    Deleting,
    Terminated,
    /// No word of the API, as the next.
    Forgotten,
    Vanished,
}

const SECOND: u64 = 1_000;

impl Stage {
    pub fn status(self) -> &'static str {
        match self {
            Stage::Provisioning => "PROVISIONING",
            Stage::Pending => "PENDING",
            Stage::Active => "ACTIVE",
            Stage::Failed => "ERROR",
            Stage::Deleting => "DELETING",
            Stage::Terminated | Stage::Forgotten | Stage::Vanished => "TERMINATED",
        }
    }

    pub fn end(self) -> Option<End> {
        match self {
            Stage::Terminated => Some(End::Terminated),
            Stage::Forgotten => Some(End::Forgotten),
            Stage::Vanished => Some(End::Vanished),
            _ => None,
        }
    }

    pub fn has_ended(self) -> bool {
        self.end().is_some()
    }

    /// How long this stage lasts, in milliseconds, and what follows; `None` if it lasts.
    pub fn next(self, fate: Fate) -> Option<(u64, Stage)> {
        match (self, fate) {
            (Stage::Provisioning, _) => Some((10 * SECOND, Stage::Pending)),
            (Stage::Pending, Fate::Normal) => Some((10 * SECOND, Stage::Active)),
            (Stage::Pending, Fate::Fails) => Some((10 * SECOND, Stage::Failed)),
            (Stage::Pending, Fate::Vanishes) => Some((10 * SECOND, Stage::Vanished)),
            (Stage::Deleting, _) => Some((10 * SECOND, Stage::Terminated)),
            (Stage::Terminated, _) => Some((REMEMBERED, Stage::Forgotten)),
            _ => None,
        }
    }
}
