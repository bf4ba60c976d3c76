//! Requests of Prime Intellect's pod API, built without I/O. Collections end in a slash, as in its
//! document: without it, the server most likely redirects.

use reqwest::Method;

use super::api::{self, PodJson};
use crate::clouds::{
    Account, PodId, PodSpec,
    http::{Idempotency, Request},
    prime_intellect::{
        api as responses,
        offers::Choice,
        pages::{PAGE_SIZE, Paged, Place},
    },
};

pub fn creating(spec: &PodSpec) -> String {
    format!("creating pod {:?}", spec.name.as_str())
}

pub fn create(spec: &PodSpec, choice: &Choice, account: &Account) -> Request {
    let secrets = spec.environment.0.values().chain(&spec.marketplace.jupyter_password);
    let repeat = Idempotency::NonIdempotent;
    Request::new(Method::POST, "/api/v1/pods/", repeat, creating(spec))
        .with_json(&api::create_body(spec, choice, account))
        .with_secrets(secrets.cloned())
}

pub fn get(id: &PodId) -> Request {
    let operation = format!("reading pod {id}");
    Request::new(
        Method::GET,
        format!("/api/v1/pods/{id}"),
        Idempotency::Idempotent,
        operation,
    )
    .about(id)
}

pub fn list() -> Paged<(PodId, PodJson), impl Fn(Place) -> Request> {
    Paged {
        request: |place: Place| {
            Request::new(Method::GET, "/api/v1/pods/", Idempotency::Idempotent, "listing pods")
                .with_query("offset", Some(place.offset))
                .with_query("limit", Some(PAGE_SIZE))
        },
        read: responses::page,
        doubts: 0,
    }
}

/// Given twice, the second one finds no pod or one that is going, which is as good.
pub fn delete(id: &PodId) -> Request {
    let operation = format!("deleting pod {id}");
    Request::new(
        Method::DELETE,
        format!("/api/v1/pods/{id}"),
        Idempotency::Idempotent,
        operation,
    )
    .about(id)
}
