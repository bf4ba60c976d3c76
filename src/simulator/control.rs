//! The endpoints under `/_simulator/`: orders faults and events, shows the recorded requests and the objects.

use std::time::Duration;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::cloud::{PodChange, VolumeChange};
use super::http::{Request, Response};
use super::record::RecordedRequest;
use super::world::State;

const PREFIX: &str = "/_simulator/";

/// Whether a request is for the simulator itself and not for a cloud.
pub(super) fn is_meant(path: &str) -> bool {
    path.starts_with(PREFIX)
}

pub(super) fn answer(state: &mut State, request: &Request) -> Response {
    match carry_out(state, request) {
        Ok(shown) => Response::json(200, shown),
        Err(Refusal::Wrong(reason)) => Response::json(400, json!({"error": reason})),
        Err(Refusal::Unknown) => Response::json(404, json!({"error": "the simulator has no such endpoint"})),
    }
}

enum Refusal {
    Wrong(String),
    Unknown,
}

impl From<String> for Refusal {
    fn from(reason: String) -> Refusal {
        Refusal::Wrong(reason)
    }
}

fn carry_out(state: &mut State, request: &Request) -> Result<Value, Refusal> {
    let endpoint = request.path.strip_prefix(PREFIX).unwrap_or_default();
    match (request.method.as_str(), endpoint) {
        ("GET", "requests") => return Ok(state.record.requests().iter().map(RecordedRequest::shown).collect()),
        ("GET", "state") => return Ok(shown_state(state)),
        ("DELETE", "requests") => state.record.clear(),
        ("DELETE", "faults") => state.faults.clear(),
        ("DELETE", "limit") => state.limit.clear(),
        ("DELETE", "state") => state.reset(),
        ("POST", "faults") => state.faults.order(request.json()?)?,
        ("POST", "next-pods") => state.fates.order(request.json()?)?,
        ("POST", "next-volumes") => state.volume_fates.order(request.json()?)?,
        ("POST", "quirks") => state.quirks.merge(request.json()?)?,
        ("POST", "limit") => state.limit.order(request.json()?)?,
        ("POST", "clock") => advance(state, request.json()?)?,
        ("POST", endpoint) => match endpoint.split_once('/') {
            Some(("pods", pod_id)) => change_pod(state, pod_id, request.json()?)?,
            Some(("volumes", volume_id)) => change_volume(state, volume_id, request.json()?)?,
            _ => return Err(Refusal::Unknown),
        },
        _ => return Err(Refusal::Unknown),
    }
    Ok(json!({}))
}

/// Changes a pod behind its owner's back.
pub(super) fn change_pod(state: &mut State, pod_id: &str, change: Value) -> Result<(), String> {
    let change: PodChange = serde_json::from_value(change).map_err(|error| format!("not an event: {error}"))?;
    state.catch_up();
    let now = state.clock.now();
    let changed = state
        .clouds
        .iter_mut()
        .find_map(|cloud| cloud.change(pod_id, &change, now));
    changed.unwrap_or_else(|| Err(format!("no cloud has a pod {pod_id}")))?;
    state.keep();
    Ok(())
}

/// Changes a volume behind its owner's back.
pub(super) fn change_volume(state: &mut State, volume_id: &str, change: Value) -> Result<(), String> {
    let change: VolumeChange = serde_json::from_value(change).map_err(|error| format!("not an event: {error}"))?;
    state.catch_up();
    let now = state.clock.now();
    let changed = state
        .clouds
        .iter_mut()
        .find_map(|cloud| cloud.change_volume(volume_id, &change, now));
    changed.unwrap_or_else(|| Err(format!("no cloud has a volume {volume_id}")))?;
    state.keep();
    Ok(())
}

fn advance(state: &mut State, order: Value) -> Result<(), String> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Order {
        advance_ms: u64,
    }
    let order: Order = serde_json::from_value(order).map_err(|error| format!("not an order for the clock: {error}"))?;
    state.advance(Duration::from_millis(order.advance_ms));
    Ok(())
}

/// What exists at each cloud.
pub(super) fn shown_state(state: &mut State) -> Value {
    state.catch_up();
    let clouds: Map<String, Value> = state
        .clouds
        .iter()
        .map(|cloud| (cloud.name().to_owned(), cloud.state()))
        .collect();
    json!({"time": state.clock.now(), "clouds": clouds})
}
