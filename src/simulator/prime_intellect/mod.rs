//! Prime Intellect's compute API, written from its documents: what it holds and which path leads where. In reading
//! order: the words and shapes of requests and answers, what is rented out, what can be asked for a pod, a pod and its
//! life, the operations on pods, what pods use (disks and SSH keys), and whose all of it is.

mod words;

mod answers;

mod query;

mod gone;

mod catalogue;

mod offers;

mod volume_offers;

mod availability;

mod summary;

mod validation;

mod rules;

mod lifecycle;

mod pod;

mod shown;

mod pods;

mod history;

mod logs;

mod volumes;

mod ssh_keys;

mod account;

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use self::answers::{Outcome, Refusal};
use self::catalogue::Offer;
use self::offers::{MULTI_NODE, OFFERS};
use self::pod::Pod;
use self::ssh_keys::SshKey;
use self::volumes::Volume;
use super::PRIME_INTELLECT_API_KEY;
use super::cloud::{Cloud, LivingPod, LivingVolume, PodChange, Scene, VolumeChange};
use super::http::{Request, Response};
use super::passing::Passing;

/// Everything in the cloud, each kind in the order of its making.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct PrimeIntellect {
    made: u64,
    pods: Vec<Pod>,
    /// Files of earlier releases have the cloud's own name.
    #[serde(rename = "disks")]
    volumes: Vec<Volume>,
    ssh_keys: Vec<SshKey>,
    /// How many pages of offers came empty because of a quirk.
    empty_pages: u16,
}

const USER: &str = "cm8f3x2k10007s601h2v9q4zt";
const WALLET: &str = "cm8f3x2k40009s601b6d1w7re";
/// Ids were seen as 32 hexadecimal digits. Those of later things are greater, for tests that sort them.
const FIRST_ID: u128 = 0x4d1f_0a7c_93b6_4e25_8f60_c2d9_5a3e_71b8;
const ID_STEP: u128 = 0x9e37_79b9_7f4a_7c15;

impl PrimeIntellect {
    fn new_id(&mut self) -> String {
        let id = FIRST_ID.wrapping_add(ID_STEP.wrapping_mul(self.made.into()));
        self.made += 1;
        format!("{id:032x}")
    }

    /// How many machines of an offer are rented out now.
    fn taken(&self, offer: &Offer) -> usize {
        let key = offer.key();
        let living = self.pods.iter().filter(|pod| !pod.stage.has_ended());
        living.filter(|pod| pod.machine.offer == key).count()
    }

    fn outcome(&mut self, request: &Request, scene: &mut Scene<'_>) -> Outcome {
        check_key(request)?;
        let path = request.path.strip_prefix(PREFIX).unwrap_or_default();
        let segments: Vec<&str> = path.split('/').collect();
        // The documents' paths of collections end in a slash; the official CLI leaves it out.
        let segments = match segments.as_slice() {
            [collection, ""] => &[*collection][..],
            segments => segments,
        };
        match (request.method.as_str(), segments) {
            ("GET", ["availability", "gpus"]) => availability::gpus(self, request, scene),
            ("GET", ["availability", "multi-node"]) => availability::multi_node(self, request, scene),
            ("GET", ["availability", "disks"]) => availability::disks(request, scene),
            ("GET", ["availability", "gpu-summary"]) => Ok(summary::of(OFFERS, self)),
            ("GET", ["availability", "multi-node-summary"]) => Ok(summary::of(MULTI_NODE, self)),
            ("GET", ["availability"]) => availability::legacy(OFFERS, self, request),
            ("GET", ["availability", "clusters"]) => availability::legacy(MULTI_NODE, self, request),
            ("GET", ["user", "whoami"]) => Ok(account::whoami()),
            ("GET", ["user", "teams"]) => account::teams(request, scene),
            ("GET", ["teams", id, "members"]) => account::members(id, request, scene),
            ("GET", ["billing", "wallet"]) => account::wallet(self, request, scene),
            ("POST", ["pods"]) => pods::create(self, request, scene),
            ("GET", ["pods"]) => pods::list(self, request, scene),
            ("GET", ["pods", "history"]) => history::list(self, request, scene),
            ("GET", ["pods", "status"]) => pods::statuses(self, request, scene),
            ("GET", ["pods", id]) => pods::get(self, id, scene),
            ("DELETE", ["pods", id]) => pods::delete(self, id, scene),
            ("GET", ["pods", id, "log"]) => logs::lines(self, id, request, scene),
            ("POST", ["disks"]) => volumes::create(self, request, scene),
            ("GET", ["disks"]) => volumes::list(self, request, scene),
            ("GET", ["disks", id]) => volumes::get(self, id, scene),
            ("PATCH", ["disks", id]) => volumes::rename(self, id, request, scene),
            ("DELETE", ["disks", id]) => volumes::delete(self, id, scene),
            ("POST", ["ssh_keys"]) => ssh_keys::create(self, request, scene),
            ("GET", ["ssh_keys"]) => ssh_keys::list(self, request, scene),
            ("PATCH", ["ssh_keys", id]) => ssh_keys::update(self, id, request, scene),
            ("DELETE", ["ssh_keys", id]) => ssh_keys::delete(self, id, scene),
            (_, segments) => Err(unserved(segments)),
        }
    }
}

const PREFIX: &str = "/api/v1/";

/// Without a token, 403 was seen where the official document has 401.
fn check_key(request: &Request) -> Result<(), Refusal> {
    let token = request
        .header("authorization")
        .and_then(|it| it.strip_prefix("Bearer "));
    match token {
        None => Err(Refusal::detail(403, "Not authenticated")),
        Some(PRIME_INTELLECT_API_KEY) => Ok(()),
        Some(_) => Err(Refusal::detail(401, "Invalid API key")),
    }
}

/// A path without the method is no 404, which would read as "this is gone".
fn unserved(segments: &[&str]) -> Refusal {
    let is_path = matches!(
        segments,
        ["pods" | "disks" | "ssh_keys"]
            | ["pods" | "disks" | "ssh_keys", _]
            | ["pods", _, "log"]
            | ["availability"]
            | [
                "availability",
                "gpus" | "multi-node" | "disks" | "gpu-summary" | "multi-node-summary" | "clusters",
            ]
            | ["user", "whoami" | "teams"]
            | ["teams", _, "members"]
            | ["billing", "wallet"]
    );
    if is_path {
        Refusal::detail(405, "Method Not Allowed")
    } else {
        Refusal::detail(404, "Not Found")
    }
}

impl Cloud for PrimeIntellect {
    fn name(&self) -> &'static str {
        "prime_intellect"
    }

    fn serves(&self, path: &str) -> bool {
        path.starts_with(PREFIX)
    }

    fn environment(&self, url: &str) -> Vec<(&'static str, String)> {
        vec![
            ("PRIME_API_KEY", PRIME_INTELLECT_API_KEY.to_owned()),
            ("PRIME_API_BASE_URL", url.to_owned()),
        ]
    }

    fn answer(&mut self, request: &Request, scene: &mut Scene<'_>) -> Response {
        answers::wrap(self.outcome(request, scene), request, scene.quirks)
    }

    fn pass(&mut self, now: u64, speed: u64) {
        self.pods.iter_mut().for_each(|pod| pod.pass(now, speed));
        self.volumes.iter_mut().for_each(|disk| disk.pass(now, speed));
    }

    fn step(&mut self, now: u64) {
        self.pods.iter_mut().for_each(|pod| pod.step(now));
        self.volumes.iter_mut().for_each(|disk| disk.step(now));
    }

    fn change(&mut self, pod_id: &str, change: &PodChange, now: u64) -> Option<Result<(), String>> {
        let pod = self.pods.iter_mut().find(|pod| pod.id == pod_id)?;
        Some(pod.change(change, now))
    }

    fn change_volume(&mut self, volume_id: &str, change: &VolumeChange, now: u64) -> Option<Result<(), String>> {
        let disk = self.volumes.iter_mut().find(|disk| disk.id == volume_id)?;
        Some(disk.change(change, now))
    }

    fn living_pods(&self) -> Vec<LivingPod> {
        let living = self.pods.iter().filter(|pod| !pod.stage.has_ended());
        living
            .map(|pod| LivingPod {
                cloud: self.name(),
                id: pod.id.clone(),
                name: pod.name().to_owned(),
                status: pod.stage.status().to_owned(),
            })
            .collect()
    }

    fn living_volumes(&self) -> Vec<LivingVolume> {
        let living = self.volumes.iter().filter(|disk| !disk.stage.has_ended());
        living
            .map(|disk| LivingVolume {
                cloud: self.name(),
                id: disk.id.clone(),
                name: disk.name().to_owned(),
                status: disk.stage.status().to_owned(),
            })
            .collect()
    }

    fn state(&self) -> Value {
        let pods: Vec<Value> = self.pods.iter().filter_map(Pod::summary).collect();
        let disks: Vec<Value> = self
            .volumes
            .iter()
            .filter_map(|disk| volumes::summary(self, disk))
            .collect();
        let ssh_keys: Vec<Value> = self.ssh_keys.iter().map(SshKey::summary).collect();
        json!({"pods": pods, "disks": disks, "ssh_keys": ssh_keys})
    }

    fn reset(&mut self) {
        *self = PrimeIntellect {
            made: self.made,
            ..PrimeIntellect::default()
        };
    }

    fn save(&self) -> Value {
        json!(self)
    }

    fn load(&mut self, saved: Value) -> Result<(), String> {
        *self = serde_json::from_value(saved).map_err(|error| error.to_string())?;
        Ok(())
    }
}
