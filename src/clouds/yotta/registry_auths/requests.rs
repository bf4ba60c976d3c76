//! Requests of Yotta's registry credential API, built without I/O.

use reqwest::Method;

use super::api;
use crate::clouds::{
    RegistryAuthId, RegistryAuthSpec,
    http::{Idempotency, Request},
};

const PATH: &str = "/v2/container-registry-auths";

pub fn create(spec: &RegistryAuthSpec) -> Request {
    let operation = format!(
        "creating registry credential {:?}",
        spec.name.as_deref().unwrap_or_default()
    );
    Request::new(Method::POST, PATH, Idempotency::NonIdempotent, operation)
        .with_json(&api::create_body(spec))
        .with_secrets(spec.password.clone())
}

pub fn get(id: &RegistryAuthId) -> Request {
    about(id, Method::GET, "reading")
}

/// The guide and the reference have no paging here.
pub fn list() -> Request {
    Request::new(
        Method::GET,
        PATH,
        Idempotency::Idempotent,
        "listing registry credentials",
    )
}

/// Given twice, the second one finds what it asks for.
pub fn change(id: &RegistryAuthId, spec: &RegistryAuthSpec) -> Request {
    about(id, Method::PATCH, "changing")
        .with_json(&api::change_body(spec))
        .with_secrets(spec.password.clone())
}

/// Given twice, the second one finds no credential, which is as good.
pub fn delete(id: &RegistryAuthId) -> Request {
    about(id, Method::DELETE, "deleting")
}

fn about(id: &RegistryAuthId, method: Method, doing: &str) -> Request {
    let operation = format!("{doing} registry credential {id}");
    Request::new(method, format!("{PATH}/{id}"), Idempotency::Idempotent, operation).about(id)
}
