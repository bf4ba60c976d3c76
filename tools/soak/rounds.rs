//! Rounds of apply, drift, apply and destroy with random faults. After each command, what lives in the clouds is in the
//! state, or an error of the round has named it: with its id, or by its name where the cloud could not be asked for
//! more.

use std::{
    collections::{BTreeMap, BTreeSet},
    process::{Command, Stdio},
};

use fastrand::Rng;
use gpupod::{clouds::Description, simulator::Simulator};
use serde_json::{Value, json};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// What a fault is called, and what it does to a request.
type FaultKind = (&'static str, fn() -> Value);

const FAULTS: [FaultKind; 9] = [
    ("500, carried out", || respond(500, "", true)),
    ("500, not carried out", || respond(500, "", false)),
    ("502 as HTML, carried out", || {
        respond(502, "<html>Bad Gateway</html>", true)
    }),
    ("HTML instead of JSON, carried out", || {
        respond(200, "<html>hello</html>", true)
    }),
    ("429", || respond(429, "", false)),
    (
        "429 with Retry-After",
        || json!({"respond": {"status": 429, "headers": {"Retry-After": "0"}}}),
    ),
    ("cut, carried out", || json!({"cut": {"carried_out": true}})),
    ("cut, not carried out", || json!({"cut": {"carried_out": false}})),
    ("slow", || json!({"delay_ms": 20})),
];
const FATES: [&str; 3] = ["fails", "never_ready", "vanishes"];
const EVENTS: [&str; 4] = ["stop", "fail", "vanish", "terminate"];
/// Where pods and volumes are asked for, on all clouds.
const PATHS: [&str; 5] = [
    "/v2/pods*",
    "/v2/volumes*",
    "/api/v1/pods*",
    "/api/v1/disks*",
    "/v1/pods*",
];
const METHODS: [&str; 3] = ["GET", "POST", "DELETE"];
/// A round ends without faults, and then this often is enough.
const TRIES: u32 = 4;

fn respond(status: u16, body: &str, carried_out: bool) -> Value {
    json!({"respond": {"status": status, "body": body, "carried_out": carried_out}})
}

/// What was met over all rounds.
#[derive(Debug, Default)]
pub struct Tally {
    pub rounds: u32,
    pub commands: u32,
    pub failed_commands: u32,
    /// What lived in a cloud after a command and was in the state.
    pub kept: u32,
    /// What was left in a cloud and named by an error, as it should be.
    pub named: u32,
    /// Faults, fates and events that were ordered, by what they are called.
    pub ordered: BTreeMap<String, u32>,
    pub violations: Vec<String>,
}

/// Where the rounds take place.
pub struct Soak<'a> {
    pub simulator: &'a Simulator,
    pub command: &'a dyn Fn(&[&str]) -> Command,
    pub write: &'a dyn Fn(&str) -> Result<()>,
    pub state: &'a dyn Fn() -> String,
}

impl Soak<'_> {
    /// The same seed orders the same faults. What they meet may differ, since Terraform asks for several things at once.
    pub fn run(&self, rounds: u32, seed: u64, mut told: impl FnMut(u32, &Tally)) -> Result<Tally> {
        let mut tally = Tally::default();
        for round in 1..=rounds {
            let mut rng = Rng::with_seed(seed.wrapping_mul(1_000_003).wrapping_add(round.into()));
            self.round(round, &mut rng, &mut tally)?;
            tally.rounds = round;
            told(round, &tally);
        }
        Ok(tally)
    }

    fn round(&self, round: u32, rng: &mut Rng, tally: &mut Tally) -> Result<()> {
        let mut said = String::new();
        (self.write)(&configuration(round, rng))?;
        self.order_fates(rng, tally)?;
        self.order_faults(rng, tally)?;
        self.terraform("apply", round, &mut said, tally)?;
        self.drift(rng, tally)?;
        self.order_faults(rng, tally)?;
        self.terraform("apply", round, &mut said, tally)?;
        self.order_faults(rng, tally)?;
        self.terraform("destroy", round, &mut said, tally)?;
        self.simulator.clear_faults();
        // A pod that never gets ready cannot be deleted where it has to be stopped first.
        for pod in self.simulator.living_pods() {
            let _ = self.simulator.event(&pod.id, json!({"event": "start"}));
        }
        for _ in 0..TRIES {
            if self.terraform("destroy", round, &mut said, tally)? {
                break;
            }
        }
        if !known(&(self.state)()).is_empty() {
            tally.violations.push(format!(
                "round {round}: a destroy without faults leaves something:\n{said}"
            ));
        }
        self.clear()
    }

    /// Whether it did all; the invariant is checked either way.
    fn terraform(&self, command: &str, round: u32, said: &mut String, tally: &mut Tally) -> Result<bool> {
        let mut terraform = (self.command)(&[command, "-auto-approve", "-no-color"]);
        let output = terraform.stdin(Stdio::null()).output()?;
        let text = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
        said.push_str(&format!("--- {command}\n{text}\n"));
        tally.commands += 1;
        tally.failed_commands += u32::from(!output.status.success());
        if text.contains("panicked") || text.contains("Please report") {
            tally.violations.push(format!(
                "round {round}, {command}: the provider calls it a bug:\n{text}"
            ));
        }
        let known = known(&(self.state)());
        for (kind, id, cloud) in self.living() {
            if known.contains(&id) {
                tally.kept += 1;
                continue;
            }
            // In the form in which it can be imported. Whose id cannot be known is named by its name.
            let is_named = said.contains(&format!("{cloud}/{id}"));
            match is_named || is_named_without_id(said, kind, cloud, round) {
                true => tally.named += 1,
                false => {
                    let violation = format!("round {round}, {command}: the {kind} {cloud}/{id} is lost:\n{said}");
                    tally.violations.push(violation);
                }
            }
        }
        Ok(output.status.success())
    }

    fn living(&self) -> Vec<(&'static str, String, &'static str)> {
        let pods = self
            .simulator
            .living_pods()
            .into_iter()
            .map(|pod| ("pod", pod.id, pod.cloud));
        let volumes = self.simulator.living_volumes().into_iter();
        pods.chain(volumes.map(|volume| ("volume", volume.id, volume.cloud)))
            .collect()
    }

    fn order_fates(&self, rng: &mut Rng, tally: &mut Tally) -> Result<()> {
        if rng.u8(..3) == 0 {
            let fate = FATES[rng.usize(..FATES.len())];
            self.simulator.next_pods(json!({ "fate": fate }))?;
            tally.note(format!("a pod that {}", fate.replace('_', " ")));
        }
        if rng.u8(..6) == 0 {
            self.simulator.next_volumes(json!({"fate": "fails"}))?;
            tally.note("a volume that fails".to_owned());
        }
        Ok(())
    }

    fn order_faults(&self, rng: &mut Rng, tally: &mut Tally) -> Result<()> {
        for _ in 0..rng.u8(1..=4) {
            let (name, action) = FAULTS[rng.usize(..FAULTS.len())];
            let fault = json!({
                "method": METHODS[rng.usize(..METHODS.len())],
                "path": PATHS[rng.usize(..PATHS.len())],
                "after": rng.u8(..3),
                "times": rng.u8(1..=2),
                "action": action(),
            });
            self.simulator.order(fault)?;
            tally.note(name.to_owned());
        }
        Ok(())
    }

    /// Something happens behind Terraform's back. What cannot happen to the thing does not.
    fn drift(&self, rng: &mut Rng, tally: &mut Tally) -> Result<()> {
        let pods = self.simulator.living_pods();
        if let Some(pod) = pods.get(rng.usize(..pods.len().max(1))) {
            let event = EVENTS[rng.usize(..EVENTS.len())];
            if self.simulator.event(&pod.id, json!({ "event": event })).is_ok() {
                tally.note(format!("a pod's {event} behind the back"));
            }
        }
        Ok(())
    }

    /// What errors have named is removed by hand, as they advise.
    fn clear(&self) -> Result<()> {
        for (kind, id, _) in self.living() {
            match kind {
                "pod" => self.simulator.event(&id, json!({"event": "vanish"}))?,
                _ => self.simulator.volume_event(&id, json!({"event": "vanish"}))?,
            }
        }
        Ok(())
    }
}

impl Tally {
    fn note(&mut self, what: String) {
        *self.ordered.entry(what).or_default() += 1;
    }
}

/// Whether an error says that a thing of this round may have been made, and that its cloud could not be asked for it.
fn is_named_without_id(said: &str, kind: &str, cloud: &str, round: u32) -> bool {
    let title = Description::of(cloud).map_or("", |description| description.capabilities.title);
    let words = said.split_whitespace().collect::<Vec<_>>().join(" ");
    words.contains(&format!(
        "A {kind} with the name \"soak-{round}\" may have been made, and the cloud's list could not be read to find it: \
         {title},"
    ))
}

/// The ids of pods and volumes in a state.
fn known(state: &str) -> BTreeSet<String> {
    let state: Value = serde_json::from_str(state).unwrap_or_default();
    let resources = state["resources"].as_array().cloned().unwrap_or_default();
    let instances = resources
        .iter()
        .flat_map(|resource| resource["instances"].as_array().cloned().unwrap_or_default());
    instances
        .filter_map(|instance| instance["attributes"]["id"].as_str().map(str::to_owned))
        .collect()
}

/// Some pods on all clouds, two of them under one name, and a volume.
fn configuration(round: u32, rng: &mut Rng) -> String {
    let count = rng.u8(1..=2);
    format!(
        r#"terraform {{
  required_providers {{
    gpupod = {{ source = "gpupod/gpupod" }}
  }}
}}

provider "gpupod" {{
  poll_interval = "50ms"
  max_retries   = {retries}
  plan_checks   = "off"
  cpod          = {{ workspace_id = "ws-soak" }}
}}

resource "gpupod_pod" "yotta" {{
  count     = {count}
  cloud     = "yotta"
  name      = "soak-{round}"
  image     = "pytorch/pytorch:2.8.0"
  gpu_type  = "NVIDIA_RTX_4090_24G"
  gpu_count = 1
  timeouts  = {{ create = "2s", update = "2s", delete = "2s" }}
}}

resource "gpupod_pod" "prime_intellect" {{
  cloud     = "prime_intellect"
  name      = "soak-{round}"
  image     = "ubuntu_22_cuda_12"
  gpu_type  = "RTX4090_24GB"
  gpu_count = 1
  timeouts  = {{ create = "2s", update = "2s", delete = "2s" }}
}}

resource "gpupod_pod" "cpod" {{
  cloud    = "cpod"
  name     = "soak-{round}"
  image    = "docker.io/library/python:3.13"
  timeouts = {{ create = "2s", update = "2s", delete = "2s" }}
}}

resource "gpupod_volume" "yotta" {{
  cloud        = "yotta"
  name         = "soak-{round}"
  storage_type = "CEPH"
  region       = "us-east-1"
  size_in_gb   = 100
  timeouts     = {{ create = "2s", update = "2s", delete = "2s" }}
}}
"#,
        retries = rng.u8(..3),
    )
}
