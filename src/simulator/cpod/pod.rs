//! A pod in the simulated cloud: its specification and its state machine.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::lifecycle::Status;
use super::validation::Fields;
use crate::simulator::cloud::{Event, Fate, PodChange};
use crate::simulator::passing::Passing;

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

impl Passing for Pod {
    type State = Status;

    fn since(&self) -> u64 {
        self.since
    }

    fn following(&self) -> Option<(u64, Status)> {
        self.status.next(self.fate)
    }

    fn enter(&mut self, status: Status, now: u64) {
        self.status = status;
        self.since = now;
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
