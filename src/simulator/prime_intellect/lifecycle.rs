//! The stages of a pod, how long each lasts, and what comes after it.

use serde::{Deserialize, Serialize};

use super::gone::{End, REMEMBERED};
use crate::simulator::cloud::Fate;

/// Finer than the cloud's states: a pod is ACTIVE long before its image is installed, and was seen without an address
/// even after that. The states' names are the official document's, their order is inferred from what they mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Stage {
    Provisioning,
    Pending,
    /// ACTIVE from here on, and nothing of the image is there yet.
    Booting,
    Installing,
    /// All is installed, and nobody can tell where.
    Unaddressed,
    /// With an address, still without a login.
    Addressed,
    Running,
    Stopped,
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
            Stage::Booting | Stage::Installing | Stage::Unaddressed | Stage::Addressed | Stage::Running => "ACTIVE",
            Stage::Stopped => "STOPPED",
            Stage::Failed => "ERROR",
            Stage::Deleting => "DELETING",
            Stage::Terminated | Stage::Forgotten | Stage::Vanished => "TERMINATED",
        }
    }

    pub fn installation(self) -> &'static str {
        match self {
            Stage::Provisioning | Stage::Pending | Stage::Booting => "PENDING",
            Stage::Installing => "ACTIVE",
            Stage::Unaddressed | Stage::Addressed | Stage::Running | Stage::Stopped => "FINISHED",
            Stage::Failed => "ERROR",
            Stage::Deleting | Stage::Terminated | Stage::Forgotten | Stage::Vanished => "TERMINATED",
        }
    }

    /// In per cent.
    pub fn progress(self) -> Option<u32> {
        match self {
            Stage::Provisioning | Stage::Pending | Stage::Booting => Some(0),
            Stage::Installing => Some(40),
            Stage::Unaddressed | Stage::Addressed | Stage::Running | Stage::Stopped => Some(100),
            _ => None,
        }
    }

    pub fn has_address(self) -> bool {
        matches!(self, Stage::Addressed | Stage::Running)
    }

    pub fn has_login(self) -> bool {
        self == Stage::Running
    }

    /// Nothing is charged before the machine is there, by `provisioningPriceHr`, nor after the order to end it.
    pub fn costs(self) -> bool {
        !matches!(self, Stage::Provisioning | Stage::Pending | Stage::Deleting) && !self.has_ended()
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
            (Stage::Provisioning, _) => Some((20 * SECOND, Stage::Pending)),
            (Stage::Pending, _) => Some((10 * SECOND, Stage::Booting)),
            (Stage::Booting, _) => Some((10 * SECOND, Stage::Installing)),
            (Stage::Installing, Fate::Normal) => Some((30 * SECOND, Stage::Unaddressed)),
            (Stage::Installing, Fate::Fails) => Some((30 * SECOND, Stage::Failed)),
            (Stage::Installing, Fate::Vanishes) => Some((30 * SECOND, Stage::Vanished)),
            (Stage::Unaddressed, _) => Some((10 * SECOND, Stage::Addressed)),
            (Stage::Addressed, _) => Some((10 * SECOND, Stage::Running)),
            (Stage::Deleting, _) => Some((15 * SECOND, Stage::Terminated)),
            (Stage::Terminated, _) => Some((REMEMBERED, Stage::Forgotten)),
            _ => None,
        }
    }
}
