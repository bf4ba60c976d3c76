//! Requests of Yotta's pod API, built without I/O.

use reqwest::Method;
use serde_json::json;

use super::api;
use crate::clouds::{
    PodId, PodSpec,
    http::{Idempotency, Request},
};

pub fn create(spec: &PodSpec) -> Request {
    let operation = format!("creating pod {:?}", spec.name.as_str());
    Request::new(Method::POST, "/v2/pods", Idempotency::NonIdempotent, operation)
        .with_json(&api::create_body(spec))
        .with_secrets(spec.environment.0.values().cloned())
}

pub fn get(id: &PodId) -> Request {
    Request::new(
        Method::GET,
        format!("/v2/pods/{id}"),
        Idempotency::Idempotent,
        format!("reading pod {id}"),
    )
    .about(id)
}

/// All pods: the reference has no paging, and a filter would need a name for every status there is.
pub fn list() -> Request {
    Request::new(Method::GET, "/v2/pods", Idempotency::Idempotent, "listing pods")
}

pub fn pause(id: &PodId) -> Request {
    order(id, "pause", format!("stopping pod {id}"))
}

pub fn resume(id: &PodId) -> Request {
    order(id, "resume", format!("starting pod {id}"))
}

/// Given twice, the second one finds the pod on its way and is refused as a wrong state at worst: the caller reads the
/// pod again. The reference declares no body; Yotta's own SDK sends an empty object, which no proxy stumbles over.
fn order(id: &PodId, word: &str, operation: String) -> Request {
    Request::new(
        Method::POST,
        format!("/v2/pods/{id}/{word}"),
        Idempotency::Idempotent,
        operation,
    )
    .about(id)
    .with_json(&json!({}))
}

/// Given twice, the second one finds no pod, which is as good.
pub fn delete(id: &PodId) -> Request {
    Request::new(
        Method::DELETE,
        format!("/v2/pods/{id}"),
        Idempotency::Idempotent,
        format!("deleting pod {id}"),
    )
    .about(id)
}
