//! Requests of Yotta's volume API, built without I/O.

use reqwest::Method;
use serde_json::json;

use super::{api, convert};
use crate::clouds::{
    GiB, Name, StorageType, VolumeId, VolumeSpec,
    http::{Idempotency, Request},
    yotta::pages::PAGE_SIZE,
};

pub fn create(spec: &VolumeSpec) -> Request {
    let operation = format!("creating volume {:?}", spec.name.as_str());
    Request::new(Method::POST, "/v2/volumes", Idempotency::NonIdempotent, operation).with_json(&api::create_body(spec))
}

pub fn get(id: &VolumeId) -> Request {
    Request::new(
        Method::GET,
        format!("/v2/volumes/{id}"),
        Idempotency::Idempotent,
        format!("reading volume {id}"),
    )
    .about(id)
}

pub fn list(storage_type: StorageType, page: u32) -> Request {
    let word = convert::storage_type_word(storage_type);
    let operation = format!("listing {word} volumes");
    Request::new(Method::GET, "/v2/volumes", Idempotency::Idempotent, operation)
        .with_query("storageType", Some(word))
        .with_query("page", Some(page))
        .with_query("size", Some(PAGE_SIZE))
}

/// Given twice, the second one finds the name that it asks for.
pub fn rename(id: &VolumeId, name: &Name) -> Request {
    let path = format!("/v2/volumes/{id}/name");
    Request::new(
        Method::POST,
        path,
        Idempotency::Idempotent,
        format!("renaming volume {id}"),
    )
    .about(id)
    .with_json(&json!({"name": name.as_str()}))
}

/// Given twice, the second one is refused: the volume is at work, or has the size already. Only a caller that knows of
/// the first can tell that from a mistake.
pub fn resize(id: &VolumeId, size: GiB) -> Request {
    let (path, operation) = (format!("/v2/volumes/{id}/resize"), format!("growing volume {id}"));
    Request::new(Method::POST, path, Idempotency::NonIdempotent, operation)
        .about(id)
        .with_json(&json!({"sizeInGb": size.get()}))
}

/// Given twice, the second one finds no volume, which is as good.
pub fn delete(id: &VolumeId) -> Request {
    Request::new(
        Method::DELETE,
        format!("/v2/volumes/{id}"),
        Idempotency::Idempotent,
        format!("deleting volume {id}"),
    )
    .about(id)
}
