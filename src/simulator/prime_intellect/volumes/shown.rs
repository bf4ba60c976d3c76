//! A disk as the cloud answers it: Disk of the official document, field by field.

use serde_json::{Map, Value, json};

use super::volume::Volume;
use crate::simulator::clock::iso_8601;
use crate::simulator::prime_intellect::{USER, WALLET};

pub(super) fn volume(volume: &Volume, pods: &[&str]) -> Value {
    let fields = json!({
        "id": volume.id,
        "name": volume.name(),
        "createdAt": iso_8601(volume.created_at),
        "updatedAt": iso_8601(volume.since),
        "terminatedAt": volume.terminated_at.and_then(iso_8601),
        "status": volume.stage.status(),
        "providerType": volume.provider,
        "size": volume.size,
        "info": info(volume),
        "priceHr": volume.price.number(),
        "stoppedPriceHr": null,
        "provisioningPriceHr": 0.0,
        "userId": USER,
        "teamId": volume.team_id,
        "walletId": WALLET,
        "pods": pods,
        "clusters": [],
    });
    let mut fields: Map<String, Value> = fields.as_object().cloned().unwrap_or_default();
    fields.extend(volume.changed.clone());
    Value::Object(fields)
}

/// A free object; these are the members that the official CLI reads.
fn info(volume: &Volume) -> Value {
    json!({
        "country": volume.country,
        "dataCenterId": volume.data_center,
        "cloudId": volume.cloud_id,
        "isMultinode": volume.is_multinode,
    })
}
