//! Requests of Prime Intellect's log and history APIs, built without I/O.

use reqwest::Method;

use super::api::EndedJson;
use crate::clouds::{
    PodId,
    http::{Idempotency, Request},
    prime_intellect::{
        api as responses,
        pages::{PAGE_SIZE, Paged, Place},
    },
};

/// The last lines of a pod's log. The path is the document's; elsewhere it ends in `/logs`.
pub fn log(id: &PodId, limit: u32) -> Request {
    let operation = format!("reading the log of pod {id}");
    Request::new(
        Method::GET,
        format!("/api/v1/pods/{id}/log"),
        Idempotency::Idempotent,
        operation,
    )
    .about(id)
    .with_query("tail", Some(limit.max(1)))
}

/// What ended last comes first. The document has the same order by default.
pub fn history() -> Paged<(PodId, EndedJson), impl Fn(Place) -> Request> {
    Paged {
        request: |place: Place| {
            let path = "/api/v1/pods/history";
            Request::new(Method::GET, path, Idempotency::Idempotent, "listing the ended pods")
                .with_query("sort_by", Some("terminatedAt"))
                .with_query("sort_order", Some("desc"))
                .with_query("offset", Some(place.offset))
                .with_query("limit", Some(PAGE_SIZE))
        },
        read: responses::page,
        doubts: 0,
    }
}
