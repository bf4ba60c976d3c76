//! A volume in the simulated cloud: its specification, its content and its state machine.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::lifecycle::Status;
use crate::simulator::cloud::{Fate, VolumeChange, VolumeEvent};
use crate::simulator::passing::Passing;
use crate::simulator::price::Price;
use crate::simulator::yotta::catalogue;
use crate::simulator::yotta::validation::Fields;

#[derive(Serialize, Deserialize)]
pub(in crate::simulator::yotta) struct Volume {
    pub id: u64,
    /// The body of its creation, with later names and sizes.
    pub asked: Fields,
    fate: Fate,
    pub status: Status,
    /// Since when it has its status.
    since: u64,
    pub created_at: u64,
    pub used_bytes: u64,
    /// The size it will have when it has grown, in GB.
    next_size: Option<i64>,
    /// What it cost until `charged_until`.
    charged: Price,
    charged_until: u64,
    /// Fields that were changed behind its owner's back.
    pub changed: Fields,
}

const GIB: u64 = 1 << 30;

impl Volume {
    pub fn new(id: u64, asked: Fields, fate: Fate, now: u64) -> Volume {
        Volume {
            id,
            asked,
            fate,
            status: Status::Creating,
            since: now,
            created_at: now,
            used_bytes: 0,
            next_size: None,
            charged: Price(0),
            charged_until: now,
            changed: Fields::new(),
        }
    }

    pub fn name(&self) -> &str {
        let name = self.changed.get("name").or(self.asked.get("name"));
        name.and_then(Value::as_str).unwrap_or_default()
    }

    pub fn storage_type(&self) -> &str {
        self.text("storageType").unwrap_or_default()
    }

    pub fn region(&self) -> Option<&str> {
        self.text("region")
    }

    /// In GB; only the kinds that take a size have one.
    pub fn size(&self) -> Option<i64> {
        self.asked.get("sizeInGb")?.as_i64()
    }

    /// Rounded down, as the reference says.
    pub fn used_in_gb(&self) -> u64 {
        self.used_bytes / GIB
    }

    /// What it has cost so far: for its size, or for what is stored where there is no size.
    pub fn cost(&self, now: u64) -> Price {
        let used = || i64::try_from(self.used_in_gb()).unwrap_or(i64::MAX);
        let size = self.size().unwrap_or_else(used);
        let since_then = catalogue::volume_cost(size, now.saturating_sub(self.charged_until));
        self.charged.plus(since_then)
    }

    /// Overrules a name that was changed behind the owner's back.
    pub fn rename(&mut self, name: Value) {
        self.changed.remove("name");
        self.asked.insert("name".to_owned(), name);
    }

    /// Grows by and by: the new size is there when the volume is active again.
    pub fn grow(&mut self, size: i64, now: u64) {
        self.next_size = Some(size);
        self.enter(Status::Resizing, now);
    }

    /// Somebody else's hand, so without the states between.
    pub fn change(&mut self, change: &VolumeChange, now: u64) {
        match change.event {
            Some(VolumeEvent::Fail) => self.enter(Status::Error, now),
            Some(VolumeEvent::Vanish) => self.enter(Status::Gone, now),
            None => {}
        }
        if let Some(used_bytes) = change.used_bytes {
            self.charge(now);
            self.used_bytes = used_bytes;
        }
        self.changed.extend(change.set.clone());
    }

    fn take_size(&mut self, size: i64, now: u64) {
        self.charge(now);
        self.changed.remove("sizeInGb");
        self.asked.insert("sizeInGb".to_owned(), json!(size));
    }

    /// To be called before anything changes that the price depends on.
    fn charge(&mut self, now: u64) {
        self.charged = self.cost(now);
        self.charged_until = now;
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.asked.get(name)?.as_str()
    }
}

impl Passing for Volume {
    type State = Status;

    fn since(&self) -> u64 {
        self.since
    }

    fn following(&self) -> Option<(u64, Status)> {
        self.status.next(self.fate)
    }

    fn enter(&mut self, status: Status, now: u64) {
        if status == Status::Active
            && let Some(size) = self.next_size.take()
        {
            self.take_size(size, now);
        }
        self.status = status;
        self.since = now;
    }
}
