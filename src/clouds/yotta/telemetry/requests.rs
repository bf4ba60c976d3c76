//! Requests of Yotta's log and running time APIs, built without I/O.

use reqwest::Method;

use crate::clouds::{
    LogQuery, PodId,
    http::{Idempotency, Request},
};

/// One page of a pod's log: at most `limit` lines, from the cursor on.
pub fn logs(id: &PodId, query: &LogQuery, limit: u32, cursor: Option<&str>) -> Request {
    Request::new(
        Method::GET,
        format!("/v2/pods/{id}/logs"),
        Idempotency::Idempotent,
        format!("reading the log of pod {id}"),
    )
    .about(id)
    .with_query("type", query.kind.as_deref())
    .with_query("limit", Some(limit))
    .with_query("cursor", cursor)
    .with_query("startTime", query.start)
    .with_query("endTime", query.end)
    .with_query("keyword", query.keyword.as_deref())
}

pub fn runtime(id: &PodId) -> Request {
    Request::new(
        Method::GET,
        format!("/v2/pods/{id}/runtime"),
        Idempotency::Idempotent,
        format!("reading the running time of pod {id}"),
    )
    .about(id)
}
