//! Yotta Labs' API v2, written from its documents: what it holds and which path leads where. In reading order: the
//! answers' envelope, what is rented out, what can be asked for a pod, a pod and its life, the operations on pods,
//! and what pods use: credentials and volumes.

mod envelope;

mod catalogue;

mod pages;

mod gpus;

mod machines;

mod validation;

mod lifecycle;

mod pod;

mod shown;

mod freedoms;

mod pods;

mod logs;

mod registry_auths;

mod volumes;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use self::envelope::{NO_PERMISSION, NO_RECORD, Outcome, Refusal};
use self::pod::Pod;
use self::registry_auths::RegistryAuth;
use self::volumes::Volume;
use super::API_KEY;
use super::cloud::{Cloud, LivingPod, LivingVolume, PodChange, Scene, VolumeChange};
use super::http::{Request, Response};
use super::passing::Passing;

/// Everything in the cloud.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct Yotta {
    made: u64,
    pods: BTreeMap<u64, Pod>,
    registry_auths: BTreeMap<u64, RegistryAuth>,
    volumes: BTreeMap<u64, Volume>,
}

/// The id in the published answer of a creation: 18 digits, so a client that reads it as a double gets another one.
const FIRST_ID: u64 = 420_522_713_875_330_018;
const ID_STEP: u64 = 4_099;

impl Yotta {
    fn new_id(&mut self) -> u64 {
        let id = FIRST_ID + self.made * ID_STEP;
        self.made += 1;
        id
    }

    /// Unlike a pod, a volume leaves nothing behind.
    fn sweep(&mut self) {
        self.volumes.retain(|_, volume| volume.status != volumes::Status::Gone);
    }

    fn outcome(&mut self, request: &Request, scene: &mut Scene<'_>) -> Outcome {
        if request.header("x-api-key") != Some(API_KEY) {
            return Err(Refusal::over_http(
                401,
                NO_PERMISSION,
                "the API key is missing or wrong",
            ));
        }
        let path = request.path.strip_prefix("/v2/").unwrap_or_default();
        let segments: Vec<&str> = path.split('/').collect();
        match (request.method.as_str(), segments.as_slice()) {
            ("POST", ["pods"]) => pods::create(self, request, scene),
            ("GET", ["pods"]) => pods::list(self, request, scene),
            ("GET", ["pods", id]) => pods::get(self, id, scene),
            ("DELETE", ["pods", id]) => pods::delete(self, id, scene),
            ("POST", ["pods", id, "pause"]) => pods::pause(self, id, scene),
            ("POST", ["pods", id, "resume"]) => pods::resume(self, id, scene),
            ("GET", ["pods", id, "logs"]) => logs::lines(self, id, request, scene),
            ("GET", ["pods", id, "runtime"]) => logs::runtime(self, id, scene),
            ("POST", ["gpu", "list"]) => gpus::list(request, scene.quirks),
            ("GET", ["vms", "types"]) => Ok(machines::types()),
            ("POST", ["container-registry-auths"]) => registry_auths::create(self, request, scene),
            ("GET", ["container-registry-auths"]) => registry_auths::list(self, scene),
            ("GET", ["container-registry-auths", id]) => registry_auths::get(self, id, scene),
            ("PATCH", ["container-registry-auths", id]) => registry_auths::update(self, id, request, scene),
            ("DELETE", ["container-registry-auths", id]) => registry_auths::delete(self, id),
            ("POST", ["volumes"]) => volumes::create(self, request, scene),
            ("GET", ["volumes"]) => volumes::list(self, request, scene),
            ("GET", ["volumes", id]) => volumes::get(self, id, scene),
            ("DELETE", ["volumes", id]) => volumes::delete(self, id, scene),
            ("POST", ["volumes", id, "name"]) => volumes::rename(self, id, request, scene),
            ("POST", ["volumes", id, "resize"]) => volumes::resize(self, id, request, scene),
            (method, segments) => Err(unserved(method, segments)),
        }
    }
}

/// A path without the method is no 404, which would read as "this pod is gone".
fn unserved(method: &str, segments: &[&str]) -> Refusal {
    let is_path = matches!(
        segments,
        ["pods" | "container-registry-auths" | "volumes"]
            | ["pods" | "container-registry-auths" | "volumes", _]
            | ["pods", _, "pause" | "resume" | "logs" | "runtime"]
            | ["volumes", _, "name" | "resize"]
            | ["gpu", "list"]
            | ["vms", "types"]
    );
    let path = segments.join("/");
    if is_path {
        Refusal::over_http(405, NO_RECORD, format!("/v2/{path} does not take {method}"))
    } else {
        Refusal::over_http(404, NO_RECORD, format!("there is no /v2/{path}"))
    }
}

/// Ids in paths are int64.
fn parse_id(id: &str) -> Result<u64, Refusal> {
    id.parse().map_err(|_| Refusal::invalid("id: must be a whole number"))
}

impl Cloud for Yotta {
    fn name(&self) -> &'static str {
        "yotta"
    }

    fn serves(&self, path: &str) -> bool {
        path.starts_with("/v2/")
    }

    fn environment(&self, url: &str) -> Vec<(&'static str, String)> {
        vec![
            ("YOTTA_API_KEY", API_KEY.to_owned()),
            ("YOTTA_BASE_URL", url.to_owned()),
        ]
    }

    fn answer(&mut self, request: &Request, scene: &mut Scene<'_>) -> Response {
        envelope::wrap(self.outcome(request, scene))
    }

    fn pass(&mut self, now: u64, speed: u64) {
        self.pods.values_mut().for_each(|pod| pod.pass(now, speed));
        self.volumes.values_mut().for_each(|volume| volume.pass(now, speed));
        self.sweep();
    }

    fn step(&mut self, now: u64) {
        self.pods.values_mut().for_each(|pod| pod.step(now));
        self.volumes.values_mut().for_each(|volume| volume.step(now));
        self.sweep();
    }

    fn change(&mut self, pod_id: &str, change: &PodChange, now: u64) -> Option<Result<(), String>> {
        let pod = self.pods.get_mut(&pod_id.parse().ok()?)?;
        Some(pod.change(change, now))
    }

    fn change_volume(&mut self, volume_id: &str, change: &VolumeChange, now: u64) -> Option<Result<(), String>> {
        self.volumes.get_mut(&volume_id.parse().ok()?)?.change(change, now);
        self.sweep();
        Some(Ok(()))
    }

    fn living_pods(&self) -> Vec<LivingPod> {
        let living = self.pods.values().filter(|pod| !pod.status.has_ended());
        living
            .map(|pod| LivingPod {
                cloud: self.name(),
                id: pod.id.to_string(),
                name: pod.name().to_owned(),
                status: pod.status.word().to_owned(),
            })
            .collect()
    }

    fn living_volumes(&self) -> Vec<LivingVolume> {
        let living = self.volumes.values();
        living
            .map(|volume| LivingVolume {
                cloud: self.name(),
                id: volume.id.to_string(),
                name: volume.name().to_owned(),
                status: volume.status.word().to_owned(),
            })
            .collect()
    }

    fn state(&self) -> Value {
        let pods: Vec<Value> = self.pods.values().filter_map(Pod::summary).collect();
        let auths: Vec<Value> = self.registry_auths.values().map(RegistryAuth::shown).collect();
        let volumes: Vec<Value> = self
            .volumes
            .values()
            .map(|volume| volumes::summary(self, volume))
            .collect();
        json!({"pods": pods, "container_registry_auths": auths, "volumes": volumes})
    }

    fn reset(&mut self) {
        *self = Yotta {
            made: self.made,
            ..Yotta::default()
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
