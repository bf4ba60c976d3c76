//! A pod in the simulated cloud: its specification, its place and its state machine.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::catalogue::Offer;
use super::lifecycle::Status;
use super::validation::{self, Fields};
use crate::simulator::cloud::{Event, Fate, GoneAs, PodChange, Quirks};
use crate::simulator::passing::Passing;
use crate::simulator::price::Price;

#[derive(Serialize, Deserialize)]
pub(super) struct Pod {
    pub id: u64,
    /// The body of its creation.
    pub asked: Fields,
    pub machine: Machine,
    pub registry_username: Option<String>,
    pub fate: Fate,
    pub status: Status,
    /// Since when it has its status.
    pub since: u64,
    pub wants_to_run: bool,
    pub created_at: u64,
    /// How long it ran before its present run.
    ran: u64,
    /// Fields that were changed behind its owner's back.
    pub changed: Fields,
    pub log: Vec<LogLine>,
}

/// The part of an offer that a pod runs on. Copied, because an offer may change while the pod runs.
#[derive(Serialize, Deserialize)]
pub(super) struct Machine {
    pub gpu_display_name: String,
    pub memory: i64,
    pub ram: i64,
    pub vcpu: i64,
    pub region: String,
    pub cloud_type: String,
    pub price: Price,
    pub container_price: Price,
}

#[derive(Serialize, Deserialize)]
pub(super) struct LogLine {
    pub time: u64,
    pub source: LogSource,
    pub level: String,
    pub content: String,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum LogSource {
    Container,
    System,
}

/// What the container says when it starts; enough lines for a few pages.
const GREETINGS: [&str; 6] = [
    "container is starting",
    "driver version 570.86.15, CUDA 12.8",
    "all GPUs are visible",
    "network is up",
    "running the initialization command",
    "ready",
];

impl Machine {
    pub fn new(offer: &Offer, asked: &Fields) -> Machine {
        Machine {
            gpu_display_name: offer.gpu.display_name.to_owned(),
            memory: offer.gpu.memory,
            ram: offer.gpu.ram,
            vcpu: offer.gpu.vcpu,
            region: offer.region.to_owned(),
            cloud_type: offer.cloud_type.to_owned(),
            price: offer.price,
            container_price: validation::container_price(asked),
        }
    }
}

impl Pod {
    pub fn new(id: u64, asked: Fields, machine: Machine, fate: Fate, now: u64) -> Pod {
        let mut pod = Pod {
            id,
            asked,
            machine,
            registry_username: None,
            fate,
            status: Status::Pending,
            since: now,
            wants_to_run: true,
            created_at: now,
            ran: 0,
            changed: Fields::new(),
            log: Vec::new(),
        };
        pod.note("pod is PENDING");
        pod
    }

    pub fn name(&self) -> &str {
        self.asked.get("name").and_then(Value::as_str).unwrap_or_default()
    }

    /// For how many milliseconds it has run in all.
    pub fn running_time(&self, now: u64) -> u64 {
        let present_run = if self.status == Status::Running {
            now.saturating_sub(self.since)
        } else {
            0
        };
        self.ran + present_run
    }

    /// Whether the cloud still answers for it.
    pub fn is_visible(&self, quirks: &Quirks) -> bool {
        match self.status {
            Status::Vanished => false,
            Status::Gone => quirks.gone_as == Some(GoneAs::Terminated),
            Status::Terminated => !matches!(quirks.gone_as, Some(GoneAs::NotFound | GoneAs::Absent)),
            _ => true,
        }
    }

    pub fn change(&mut self, change: &PodChange, now: u64) -> Result<(), String> {
        if self.status.has_ended() {
            return Err(format!("pod {} has ended", self.id));
        }
        if let Some(reason) = &change.reason {
            self.note(reason);
        }
        if let Some(event) = change.event {
            self.suffer(event, now);
        }
        self.changed.extend(change.set.clone());
        Ok(())
    }

    /// Somebody else's hand, so without the states between.
    fn suffer(&mut self, event: Event, now: u64) {
        self.wants_to_run = match event {
            Event::Start => true,
            Event::Stop => false,
            Event::Fail | Event::Terminate | Event::Preempt | Event::Vanish => self.wants_to_run,
        };
        let status = match event {
            Event::Start => Status::Running,
            Event::Stop => Status::Paused,
            Event::Fail => Status::Failed,
            // No document says what becomes of a reclaimed spot pod; the platform ends others as TERMINATED.
            Event::Terminate | Event::Preempt => Status::Terminated,
            Event::Vanish => Status::Vanished,
        };
        self.enter(status, now);
    }

    /// For people; `None` once the cloud has forgotten it.
    pub fn summary(&self) -> Option<Value> {
        let is_known = !matches!(self.status, Status::Gone | Status::Vanished);
        is_known.then(|| json!({"id": self.id.to_string(), "name": self.name(), "status": self.status.word()}))
    }

    fn note(&mut self, content: &str) {
        self.log_line(LogSource::System, content);
    }

    fn greet(&mut self) {
        for greeting in GREETINGS {
            self.log_line(LogSource::Container, greeting);
        }
    }

    fn log_line(&mut self, source: LogSource, content: &str) {
        let line = LogLine {
            time: self.since,
            source,
            level: "INFO".to_owned(),
            content: content.to_owned(),
        };
        self.log.push(line);
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
        self.ran = self.running_time(now);
        self.status = status;
        self.since = now;
        self.note(&format!("pod is {}", status.word()));
        if status == Status::Running {
            self.greet();
        }
    }
}
