//! Requests of Prime Intellect's disk API, built without I/O.

use reqwest::Method;
use serde_json::json;

use super::api::{self, VolumeJson};
use crate::clouds::{
    Account, GiB, Name, VolumeId, VolumeOffer,
    http::{Idempotency, Request},
    prime_intellect::{
        api as responses,
        pages::{PAGE_SIZE, Paged, Place},
    },
};

const PATH: &str = "/api/v1/disks/";

pub fn creating(name: &Name) -> String {
    format!("creating volume {:?}", name.as_str())
}

pub fn create(name: &Name, size: GiB, offer: &VolumeOffer, account: &Account) -> Request {
    Request::new(Method::POST, PATH, Idempotency::NonIdempotent, creating(name))
        .with_json(&api::create_body(name, size, offer, account))
}

pub fn get(id: &VolumeId) -> Request {
    about(id, Method::GET, "reading")
}

pub fn list() -> Paged<(VolumeId, VolumeJson), impl Fn(Place) -> Request> {
    Paged {
        request: |place: Place| {
            Request::new(Method::GET, PATH, Idempotency::Idempotent, "listing volumes")
                .with_query("offset", Some(place.offset))
                .with_query("limit", Some(PAGE_SIZE))
        },
        read: responses::page,
        doubts: 0,
    }
}

/// Given twice, the second one finds the name that it asks for.
pub fn rename(id: &VolumeId, name: &Name) -> Request {
    about(id, Method::PATCH, "renaming").with_json(&json!({"name": name.as_str()}))
}

/// Given twice, the second one finds no disk or one that is going, which is as good.
pub fn delete(id: &VolumeId) -> Request {
    about(id, Method::DELETE, "deleting")
}

fn about(id: &VolumeId, method: Method, doing: &str) -> Request {
    Request::new(
        method,
        format!("{PATH}{id}"),
        Idempotency::Idempotent,
        format!("{doing} volume {id}"),
    )
    .about(id)
}
