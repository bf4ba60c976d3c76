//! Requests of Prime Intellect's SSH key API, built without I/O.

use reqwest::Method;
use serde_json::json;

use super::api::{self, SshKeyJson};
use crate::clouds::{
    SshKeyId, SshKeySpec,
    http::{Idempotency, Request},
    prime_intellect::pages::{PAGE_SIZE, Paged, Place},
};

const PATH: &str = "/api/v1/ssh_keys/";

pub fn create(spec: &SshKeySpec) -> Request {
    let operation = format!("creating SSH key {:?}", spec.name);
    Request::new(Method::POST, PATH, Idempotency::NonIdempotent, operation).with_json(&api::create_body(spec))
}

pub fn list() -> Paged<(SshKeyId, SshKeyJson), impl Fn(Place) -> Request> {
    Paged {
        request: |place: Place| {
            Request::new(Method::GET, PATH, Idempotency::Idempotent, "listing SSH keys")
                .with_query("offset", Some(place.offset))
                .with_query("limit", Some(PAGE_SIZE))
        },
        read: api::page,
        doubts: 0,
    }
}

/// As the document has it; elsewhere the path ends in `/primary`. Given twice, the second one finds what it asks for.
pub fn make_primary(id: &SshKeyId) -> Request {
    let operation = format!("making SSH key {id} primary");
    Request::new(Method::PATCH, format!("{PATH}{id}"), Idempotency::Idempotent, operation)
        .about(id)
        .with_json(&json!({"isPrimary": true}))
}

/// Given twice, the second one finds no key, which is as good.
pub fn delete(id: &SshKeyId) -> Request {
    let operation = format!("deleting SSH key {id}");
    Request::new(
        Method::DELETE,
        format!("{PATH}{id}"),
        Idempotency::Idempotent,
        operation,
    )
    .about(id)
}
