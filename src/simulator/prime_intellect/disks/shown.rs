//! A disk as the cloud answers it: Disk of the official document, field by field.

use serde_json::{Map, Value, json};

use super::disk::Disk;
use crate::simulator::clock::iso_8601;
use crate::simulator::prime_intellect::{USER, WALLET};

pub(super) fn disk(disk: &Disk, pods: &[&str]) -> Value {
    let fields = json!({
        "id": disk.id,
        "name": disk.name(),
        "createdAt": iso_8601(disk.created_at),
        "updatedAt": iso_8601(disk.since),
        "terminatedAt": disk.terminated_at.and_then(iso_8601),
        "status": disk.stage.status(),
        "providerType": disk.provider,
        "size": disk.size,
        "info": info(disk),
        "priceHr": disk.price.number(),
        "stoppedPriceHr": null,
        "provisioningPriceHr": 0.0,
        "userId": USER,
        "teamId": disk.team_id,
        "walletId": WALLET,
        "pods": pods,
        "clusters": [],
    });
    let mut fields: Map<String, Value> = fields.as_object().cloned().unwrap_or_default();
    fields.extend(disk.changed.clone());
    Value::Object(fields)
}

/// A free object; these are the members that the official CLI reads.
fn info(disk: &Disk) -> Value {
    json!({
        "country": disk.country,
        "dataCenterId": disk.data_center,
        "cloudId": disk.cloud_id,
        "isMultinode": disk.is_multinode,
    })
}
