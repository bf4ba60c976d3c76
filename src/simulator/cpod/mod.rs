//! cPod's management API, as far as its documents let one expect it: they tell of pods and show how an SDK is called.
//! What goes over the wire (methods, the paths below `/v1/pods`, statuses, errors, pages) no page shows; here it is as
//! in `tests/fixtures/cpod/openapi.json`, which marks each inference. In reading order: refusals, what can be asked
//! for, a pod and its life, how it is answered, the operations on pods and their list.

mod refusal;

mod validation;

mod lifecycle;

mod pod;

mod shown;

mod freedoms;

mod pods;

mod pages;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use self::pod::Pod;
use self::refusal::{Outcome, Refusal};
use super::CPOD_API_KEY;
use super::cloud::{Cloud, LivingPod, PodChange, Scene};
use super::http::{Request, Response};
use super::passing::Passing;

/// Everything in the cloud. Ids come in the order in which they were given.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct Cpod {
    made: u64,
    pods: BTreeMap<String, Pod>,
}

const FIRST_ID: u64 = 0x2f6a_0000_1d05;
const ID_STEP: u64 = 4_099;

impl Cpod {
    /// The page on pods calls an id a UUID.
    fn new_id(&mut self) -> String {
        let id = FIRST_ID + self.made * ID_STEP;
        self.made += 1;
        format!("5d0f3a9e-41c7-4b2a-8f6d-{id:012x}")
    }

    /// Deletion is for good: nothing is left behind.
    fn sweep(&mut self) {
        self.pods.retain(|_, pod| !pod.is_gone());
    }

    fn outcome(&mut self, request: &Request, scene: &mut Scene<'_>) -> Outcome {
        if request.header("authorization") != Some(&format!("Bearer {CPOD_API_KEY}")) {
            return Err(Refusal::new(401, "Invalid or missing token"));
        }
        let path = request.path.strip_prefix("/v1/").unwrap_or_default();
        let segments: Vec<&str> = path.split('/').collect();
        match (request.method.as_str(), segments.as_slice()) {
            ("POST", ["pods"]) => pods::create(self, request, scene),
            ("GET", ["pods"]) => pages::list(self, request, scene.quirks),
            ("GET", ["pods", id]) => pods::get(self, id, scene),
            ("DELETE", ["pods", id]) => pods::delete(self, id, scene),
            ("POST", ["pods", id, "start"]) => pods::start(self, id, scene),
            ("POST", ["pods", id, "stop"]) => pods::stop(self, id, scene),
            (_, ["pods"] | ["pods", _] | ["pods", _, "start" | "stop"]) => Err(Refusal::new(405, "Method Not Allowed")),
            // The words of FastAPI, which cPod's backend is made with, for a path that nobody serves.
            _ => Err(Refusal::new(404, "Not Found")),
        }
    }
}

impl Cloud for Cpod {
    fn name(&self) -> &'static str {
        "cpod"
    }

    fn serves(&self, path: &str) -> bool {
        path.starts_with("/v1/")
    }

    fn environment(&self, url: &str) -> Vec<(&'static str, String)> {
        vec![
            ("CPOD_API_KEY", CPOD_API_KEY.to_owned()),
            ("CPOD_BASE_URL", url.to_owned()),
        ]
    }

    fn answer(&mut self, request: &Request, scene: &mut Scene<'_>) -> Response {
        self.outcome(request, scene).unwrap_or_else(Refusal::into_response)
    }

    fn pass(&mut self, now: u64, speed: u64) {
        self.pods.values_mut().for_each(|pod| pod.pass(now, speed));
        self.sweep();
    }

    fn step(&mut self, now: u64) {
        self.pods.values_mut().for_each(|pod| pod.step(now));
        self.sweep();
    }

    fn change(&mut self, pod_id: &str, change: &PodChange, now: u64) -> Option<Result<(), String>> {
        self.pods.get_mut(pod_id)?.change(change, now);
        self.sweep();
        Some(Ok(()))
    }

    fn living_pods(&self) -> Vec<LivingPod> {
        let living = self.pods.values();
        living
            .map(|pod| LivingPod {
                cloud: self.name(),
                id: pod.id.clone(),
                name: pod.name().to_owned(),
                status: pod.status.word().to_owned(),
            })
            .collect()
    }

    fn state(&self) -> Value {
        let pods: Vec<Value> = self.pods.values().map(Pod::summary).collect();
        json!({ "pods": pods })
    }

    fn reset(&mut self) {
        self.pods.clear();
    }

    fn save(&self) -> Value {
        json!(self)
    }

    fn load(&mut self, saved: Value) -> Result<(), String> {
        *self = serde_json::from_value(saved).map_err(|error| error.to_string())?;
        Ok(())
    }
}
