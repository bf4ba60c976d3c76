//! `GET pods/history`: what has ended, and what it cost.

use serde_json::{Value, json};

use super::answers::Outcome;
use super::gone::End;
use super::pod::Pod;
use super::query::{self, Page};
use super::{PrimeIntellect, USER};
use crate::simulator::clock::iso_8601;
use crate::simulator::cloud::Scene;
use crate::simulator::http::Request;

pub(super) fn list(cloud: &PrimeIntellect, request: &Request, scene: &Scene<'_>) -> Outcome {
    let by = query::word(request, "sort_by", &["terminatedAt", "createdAt"])?;
    let order = query::word(request, "sort_order", &["asc", "desc"])?;
    let page = Page::read(request, scene.quirks)?;
    let is_told = |pod: &&Pod| matches!(pod.stage.end(), Some(End::Terminated | End::Forgotten));
    let mut pods: Vec<&Pod> = cloud.pods.iter().filter(is_told).collect();
    match by.as_deref() {
        Some("createdAt") => pods.sort_by_key(|pod| pod.created_at),
        _ => pods.sort_by_key(|pod| pod.terminated_at),
    }
    if order.as_deref() != Some("asc") {
        pods.reverse();
    }
    Ok(page.of(pods.into_iter().map(|pod| row(pod, scene.now)).collect()))
}

/// That a record has its pod's id is inferred: a client finds it by that.
fn row(pod: &Pod, now: u64) -> Value {
    let machine = &pod.machine;
    json!({
        "id": pod.id,
        "name": pod.name(),
        "providerType": machine.provider,
        "provisionedBy": null,
        "type": "Instance",
        "createdAt": iso_8601(pod.created_at),
        "terminatedAt": pod.terminated_at.and_then(iso_8601),
        "gpuName": machine.gpu_name,
        "gpuCount": machine.gpu_count,
        "socket": machine.socket,
        "priceHr": machine.price.number(),
        "userId": USER,
        "teamId": pod.asked.team_id,
        "totalBilledPrice": pod.cost(now).number(),
    })
}
