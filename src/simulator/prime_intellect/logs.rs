//! `GET pods/{id}/log`: the last lines of a pod's log.

use serde_json::{Value, json};

use super::answers::Outcome;
use super::{PrimeIntellect, pods, query};
use crate::simulator::cloud::Scene;
use crate::simulator::http::Request;

/// The official document's.
const DEFAULT_TAIL: i64 = 100;

/// The body's shape is in no document: a text of lines, or an object under a quirk.
pub(super) fn lines(cloud: &PrimeIntellect, id: &str, request: &Request, scene: &Scene<'_>) -> Outcome {
    let tail = query::integer(request, "tail", i64::MIN, i64::MAX)?.unwrap_or(DEFAULT_TAIL);
    let log = &pods::find(cloud, id, scene.quirks)?.log;
    let lines = &log[log.len().saturating_sub(query::to_size(tail))..];
    Ok(match scene.quirks.log_as_object {
        true => json!({ "logs": lines }),
        false => Value::String(lines.join("\n")),
    })
}
