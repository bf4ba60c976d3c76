//! The state of the cloud in memory, and the failures that are to come.

use std::collections::{BTreeMap, VecDeque};

use tokio::time::Instant;

use crate::clouds::{EndedPod, Error, Kind, LogLine, Machine, Pod, RegistryAuth, Result, Runtime, SshKey, Volume};

type Event = Box<dyn FnOnce(&mut World) + Send>;

#[derive(Default)]
pub struct World {
    pub machines: Vec<Machine>,
    pub pods: Vec<Pod>,
    /// The log that every pod has.
    pub lines: Vec<LogLine>,
    /// How long every pod has run.
    pub runtime: Option<Runtime>,
    pub volumes: BTreeMap<String, Volume>,
    pub registry_auths: BTreeMap<String, RegistryAuth>,
    pub ssh_keys: BTreeMap<String, SshKey>,
    pub ended_pods: Vec<EndedPod>,
    /// Credentials that pods use.
    pub used_auths: Vec<String>,
    /// What was asked, in order.
    pub calls: Vec<String>,
    pub failures: Vec<(&'static str, Kind, bool)>,
    pub events: VecDeque<Event>,
    /// The cloud's own clock.
    pub clock: TestClock,
    made: u32,
}

/// A clock that goes like ours, and tells another time.
pub struct TestClock {
    began: Instant,
    /// What it showed then, in milliseconds since 1970; `None` if it is not told.
    shown: Option<i64>,
}

impl Default for TestClock {
    fn default() -> Self {
        Self {
            began: Instant::now(),
            shown: Some(BEGINNING),
        }
    }
}

impl TestClock {
    pub fn at(&self, moment: Instant) -> Option<i64> {
        let passed = moment.saturating_duration_since(self.began);
        let before = self.began.saturating_duration_since(moment);
        Some(self.shown? + passed.as_millis() as i64 - before.as_millis() as i64)
    }
}

/// 2026-11-21T00:00:00Z.
const BEGINNING: i64 = 1_795_219_200_000;

impl World {
    pub fn next_id(&mut self) -> String {
        self.made += 1;
        (100 + self.made).to_string()
    }

    /// By the cloud's own clock.
    pub fn now(&self) -> Option<i64> {
        self.clock.at(Instant::now())
    }

    pub fn mounts(&self, id: &str) -> usize {
        let mounts = |pod: &Pod| {
            let volumes = pod.observed.volumes.clone().unwrap_or_default();
            volumes.iter().any(|mount| mount.volume_id == id)
        };
        self.pods.iter().filter(|pod| mounts(pod)).count()
    }

    /// Lets what was to happen next happen.
    pub fn move_on(&mut self) {
        if let Some(event) = self.events.pop_front() {
            event(self);
        }
    }

    /// Notes a call and does it, unless it is to fail.
    pub fn answer<T>(
        &mut self,
        operation: &'static str,
        call: String,
        act: impl FnOnce(&mut World) -> Result<T>,
    ) -> Result<T> {
        self.calls.push(call);
        let sent = Some(Instant::now());
        let failure = self.failures.iter().position(|(failing, ..)| *failing == operation);
        match failure.map(|position| self.failures.remove(position)) {
            None => act(self),
            Some((_, kind, is_done)) => {
                if is_done {
                    act(self)?;
                }
                Err(Error {
                    sent,
                    ..error(operation, kind)
                })
            }
        }
    }
}

pub fn error(operation: &str, kind: Kind) -> Error {
    Error {
        kind,
        cloud: "Test Cloud",
        operation: operation.to_owned(),
        status: None,
        code: None,
        message: format!("{kind:?}"),
        source: None,
        sent: None,
    }
}

/// What a cloud answers that lists nothing any more.
pub fn out_of_order(cloud: &'static str) -> Error {
    Error {
        cloud,
        message: "out of order".to_owned(),
        ..error("listing", Kind::CloudFailed)
    }
}
