//! A disk in the simulated cloud: what it is, where it is, and how it moves through its life.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::lifecycle::Stage;
use crate::simulator::cloud::{Fate, Quirks, VolumeChange, VolumeEvent};
use crate::simulator::passing::Passing;
use crate::simulator::price::Price;
use crate::simulator::prime_intellect::catalogue::{Offer, VolumeOffer};
use crate::simulator::prime_intellect::gone;

#[derive(Serialize, Deserialize)]
pub(in crate::simulator::prime_intellect) struct Volume {
    pub id: String,
    name: String,
    pub team_id: Option<String>,
    pub provider: String,
    pub cloud_id: Option<String>,
    pub data_center: Option<String>,
    pub country: String,
    pub is_multinode: bool,
    /// GB.
    pub size: i64,
    pub price: Price,
    fate: Fate,
    pub stage: Stage,
    /// Since when it has its stage.
    pub since: u64,
    pub created_at: u64,
    pub terminated_at: Option<u64>,
    /// Fields that were changed behind its owner's back.
    pub changed: Map<String, Value>,
}

/// What its owner says of a disk.
pub(super) struct Label {
    pub id: String,
    pub name: String,
    pub team_id: Option<String>,
}

impl Volume {
    pub(super) fn new(label: Label, size: i64, offer: &VolumeOffer, fate: Fate, now: u64) -> Volume {
        Volume {
            id: label.id,
            name: label.name,
            team_id: label.team_id,
            provider: offer.provider.to_owned(),
            cloud_id: offer.cloud_id.map(str::to_owned),
            data_center: offer.place.data_center.map(str::to_owned),
            country: offer.place.country.to_owned(),
            is_multinode: offer.is_multinode,
            size,
            price: offer.size.cost(Some(size)),
            fate,
            stage: Stage::Provisioning,
            since: now,
            created_at: now,
            terminated_at: None,
            changed: Map::new(),
        }
    }

    pub fn name(&self) -> &str {
        let changed = self.changed.get("name").and_then(Value::as_str);
        changed.unwrap_or(&self.name)
    }

    /// Overrules a name that was changed behind the owner's back.
    pub fn rename(&mut self, name: String) {
        self.changed.remove("name");
        self.name = name;
    }

    /// Whether a pod of this offer could use it: the same provider at the same place.
    pub fn is_beside(&self, offer: &Offer) -> bool {
        self.provider == offer.provider && self.data_center.as_deref() == offer.place.data_center
    }

    /// Whether the cloud still answers for it.
    pub fn is_told(&self, quirks: &Quirks) -> bool {
        gone::is_told(self.stage.end(), quirks)
    }

    /// Somebody else's hand, so without the stages between. How much is stored shows nowhere.
    pub fn change(&mut self, change: &VolumeChange, now: u64) -> Result<(), String> {
        if self.stage.has_ended() {
            return Err(format!("disk {} has ended", self.id));
        }
        match change.event {
            Some(VolumeEvent::Fail) => self.enter(Stage::Failed, now),
            Some(VolumeEvent::Vanish) => self.enter(Stage::Vanished, now),
            None => {}
        }
        self.changed.extend(change.set.clone());
        Ok(())
    }
}

impl Passing for Volume {
    type State = Stage;

    fn since(&self) -> u64 {
        self.since
    }

    fn following(&self) -> Option<(u64, Stage)> {
        self.stage.next(self.fate)
    }

    fn enter(&mut self, stage: Stage, now: u64) {
        self.stage = stage;
        self.since = now;
        if stage == Stage::Terminated {
            self.terminated_at = Some(now);
        }
    }
}
