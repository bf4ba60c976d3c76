//! A pod in the simulated cloud: what was asked for, and how it moves through its life.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::lifecycle::Status;
use super::order::Fields;
use crate::simulator::cloud::{Event, Fate, PodChange};

#[derive(Serialize, Deserialize)]
pub(super) struct Pod {
    pub id: String,
    /// The body of its creation.
    pub asked: Fields,
    fate: Fate,
    pub status: Status,
    /// Since when it has its status.
    pub since: u64,
    pub created_at: u64,
    /// Fields that were changed behind its owner's back.
    pub changed: Fields,
}

impl Pod {
    pub fn new(id: String, asked: Fields, fate: Fate, now: u64) -> Pod {
        Pod {
            id,
            asked,
            fate,
            status: Status::Pending,
            since: now,
            created_at: now,
            changed: Fields::new(),
        }
    }

    pub fn name(&self) -> &str {
        self.asked.get("name").and_then(Value::as_str).unwrap_or_default()
    }

    pub fn is_gone(&self) -> bool {
        self.status == Status::Gone
    }

    pub fn enter(&mut self, status: Status, now: u64) {
        self.status = status;
        self.since = now;
    }

    /// The next state and the moment when it is due, for things that pass so many times as fast as they should.
    fn next(&self, speed: u64) -> Option<(u64, Status)> {
        let (duration, next) = self.status.next(self.fate)?;
        Some((self.since.saturating_add(duration / speed.max(1)), next))
    }

    /// Passes into the next state, if there is one, whenever that is due.
    pub fn step(&mut self, now: u64) {
        if let Some((_, next)) = self.next(1) {
            self.enter(next, now);
        }
    }

    /// Passes into every state that is due by `now`.
    pub fn pass(&mut self, now: u64, speed: u64) {
        while let Some((due, next)) = self.next(speed).filter(|(due, _)| *due <= now) {
            self.enter(next, due);
        }
    }

    /// Somebody else's hand, so without the states between. The reason has no place to be shown in: no document has a
    /// field for it.
    pub fn change(&mut self, change: &PodChange, now: u64) {
        if let Some(event) = change.event {
            self.enter(status_after(event), now);
        }
        self.changed.extend(change.set.clone());
    }

    /// For people.
    pub fn summary(&self) -> Value {
        json!({"id": self.id, "name": self.name(), "status": self.status.word()})
    }
}

/// No document has a word for a pod that was ended by somebody else.
fn status_after(event: Event) -> Status {
    match event {
        Event::Start => Status::Running,
        Event::Stop => Status::Stopped,
        Event::Fail => Status::Failed,
        Event::Terminate | Event::Preempt | Event::Vanish => Status::Gone,
    }
}
