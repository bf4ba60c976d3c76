//! Requests of cPod's pod API, built without I/O.

use super::api;
use crate::clouds::{
    Account, PodId, PodSpec,
    cpod::api::Call,
    http::{Idempotency, Request},
};

pub fn create(spec: &PodSpec, account: &Account) -> Request {
    let operation = format!("creating pod {:?}", spec.name.as_str());
    Call::Create
        .request(Idempotency::NonIdempotent, operation)
        .with_json(&api::create_body(spec, account))
        .with_secrets(spec.environment.0.values().cloned())
}

pub fn get(id: &PodId) -> Request {
    Call::Get(id).request(Idempotency::Idempotent, format!("reading pod {id}"))
}

/// Of every workspace: a pod may be in another one than the account's.
pub fn list(cursor: Option<&str>) -> Request {
    Call::List(cursor).request(Idempotency::Idempotent, "listing pods".to_owned())
}

/// Given twice, the second one finds the pod on its way and is refused as a wrong state at worst: the caller reads the
/// pod again.
pub fn start(id: &PodId) -> Request {
    Call::Start(id).request(Idempotency::Idempotent, format!("starting pod {id}"))
}

/// As [`start`].
pub fn stop(id: &PodId) -> Request {
    Call::Stop(id).request(Idempotency::Idempotent, format!("stopping pod {id}"))
}

/// Given twice, the second one finds no pod, which is as good.
pub fn delete(id: &PodId) -> Request {
    Call::Delete(id).request(Idempotency::Idempotent, format!("deleting pod {id}"))
}
