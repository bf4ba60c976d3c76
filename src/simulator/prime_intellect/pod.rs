//! A pod in the simulated cloud: its specification, its place and its state machine.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::catalogue::{Amounts, Offer};
use super::gone;
use super::lifecycle::Stage;
use crate::simulator::cloud::{Event, Fate, PodChange, Quirks};
use crate::simulator::passing::Passing;
use crate::simulator::price::Price;

#[derive(Serialize, Deserialize)]
pub(super) struct Pod {
    pub id: String,
    /// From 0 in the order of creation; addresses are made of it.
    pub number: u64,
    pub asked: Asked,
    pub machine: Machine,
    fate: Fate,
    pub stage: Stage,
    /// Since when it has its stage.
    pub since: u64,
    pub created_at: u64,
    pub terminated_at: Option<u64>,
    pub failure: Option<String>,
    /// For how many milliseconds it cost something before its present stage.
    charged: u64,
    /// Fields that were changed behind its owner's back.
    pub changed: Map<String, Value>,
    pub log: Vec<String>,
}

/// What of a creation shows in the answers. Variables and passwords are checked and dropped.
#[derive(Serialize, Deserialize)]
pub(super) struct Asked {
    pub name: String,
    pub image: String,
    pub custom_template_id: Option<String>,
    pub team_id: Option<String>,
    pub auto_restart: bool,
    pub has_jupyter: bool,
    /// Ids.
    pub disks: Vec<String>,
}

/// The offer that a pod runs on. Copied, because offers may change while the pod runs.
#[derive(Serialize, Deserialize)]
pub(super) struct Machine {
    /// Its key.
    pub offer: String,
    pub cloud_id: String,
    pub provider: String,
    pub gpu_name: String,
    pub gpu_count: i64,
    pub socket: String,
    pub is_spot: bool,
    pub disk: Option<i64>,
    pub vcpus: Option<i64>,
    pub memory: Option<i64>,
    pub price: Price,
}

const FAILURE: &str = "the image could not be installed";

impl Machine {
    pub fn new(offer: &Offer, asked: Amounts) -> Machine {
        Machine {
            offer: offer.key(),
            cloud_id: offer.cloud_id.to_owned(),
            provider: offer.provider.to_owned(),
            gpu_name: offer.gpu.name.to_owned(),
            gpu_count: offer.gpu_count,
            socket: offer.gpu.socket.to_owned(),
            is_spot: offer.is_spot,
            disk: offer.disk.given(asked.disk),
            vcpus: offer.vcpus.given(asked.vcpus),
            memory: offer.memory.given(asked.memory),
            price: offer.total_price(asked),
        }
    }
}

impl Pod {
    pub fn new(id: String, number: u64, asked: Asked, machine: Machine, fate: Fate, now: u64) -> Pod {
        let mut pod = Pod {
            id,
            number,
            asked,
            machine,
            fate,
            stage: Stage::Provisioning,
            since: now,
            created_at: now,
            terminated_at: None,
            failure: None,
            charged: 0,
            changed: Map::new(),
            log: Vec::new(),
        };
        pod.note("pod is PROVISIONING");
        pod
    }

    pub fn name(&self) -> &str {
        let changed = self.changed.get("name").and_then(Value::as_str);
        changed.unwrap_or(&self.asked.name)
    }

    /// What it has cost in all.
    pub fn cost(&self, now: u64) -> Price {
        self.machine.price.during(self.charged_time(now))
    }

    fn charged_time(&self, now: u64) -> u64 {
        match self.stage.costs() {
            true => self.charged + now.saturating_sub(self.since),
            false => self.charged,
        }
    }

    /// Whether the cloud still answers for it.
    pub fn is_told(&self, quirks: &Quirks) -> bool {
        gone::is_told(self.stage.end(), quirks)
    }

    pub fn change(&mut self, change: &PodChange, now: u64) -> Result<(), String> {
        if self.stage.has_ended() {
            return Err(format!("pod {} has ended", self.id));
        }
        if let Some(reason) = &change.reason {
            self.note(reason);
        }
        if let Some(event) = change.event {
            self.failure = change.reason.clone().filter(|_| matches!(event, Event::Fail));
            self.enter(stage_after(event), now);
        }
        self.changed.extend(change.set.clone());
        Ok(())
    }

    /// For people; `None` once the cloud has forgotten it.
    pub fn summary(&self) -> Option<Value> {
        let is_known = !matches!(self.stage, Stage::Forgotten | Stage::Vanished);
        is_known.then(|| {
            json!({
                "id": self.id,
                "name": self.name(),
                "status": self.stage.status(),
                "provider": self.machine.provider,
                "cloud_id": self.machine.cloud_id,
                "disks": self.asked.disks,
            })
        })
    }

    fn note(&mut self, text: &str) {
        self.log.push(text.to_owned());
    }
}

impl Passing for Pod {
    type State = Stage;

    fn since(&self) -> u64 {
        self.since
    }

    fn following(&self) -> Option<(u64, Stage)> {
        self.stage.next(self.fate)
    }

    fn enter(&mut self, stage: Stage, now: u64) {
        self.charged = self.charged_time(now);
        self.stage = stage;
        self.since = now;
        if stage == Stage::Terminated {
            self.terminated_at = Some(now);
        }
        if stage == Stage::Failed {
            self.failure.get_or_insert(FAILURE.to_owned());
        }
        self.note(&format!(
            "pod is {}, installation is {}",
            stage.status(),
            stage.installation()
        ));
    }
}

/// Somebody else's hand, so without the stages between. No call of the API stops a pod or starts it again, and still
/// there is a state for it.
fn stage_after(event: Event) -> Stage {
    match event {
        Event::Start => Stage::Running,
        Event::Stop => Stage::Stopped,
        Event::Fail => Stage::Failed,
        // That a reclaimed spot pod ends like any other is inferred.
        Event::Terminate | Event::Preempt => Stage::Terminated,
        Event::Vanish => Stage::Vanished,
    }
}
