//! A volume as the cloud answers it, in the fields of either document.

use serde_json::{Map, Value, json};

use super::volume::Volume;
use crate::simulator::cloud::Scene;
use crate::simulator::yotta::freedoms;

pub(super) fn volume(volume: &Volume, mount_count: usize, scene: &Scene<'_>) -> Value {
    let quirks = scene.quirks;
    let parts = match (quirks.older_volumes, quirks.bare_volumes) {
        (true, _) => vec![rest(volume, mount_count), guide(volume, scene.now)],
        (false, true) => vec![reference(volume, scene.now)],
        (false, false) => vec![rest(volume, mount_count), reference(volume, scene.now)],
    };
    let mut fields = Map::new();
    for part in parts {
        fields.extend(part);
    }
    freedoms::take_for_volume(&mut fields, quirks);
    fields.extend(volume.changed.clone());
    Value::Object(fields)
}

/// What the newer reference shows before it breaks off after `cost`.
fn reference(volume: &Volume, now: u64) -> Map<String, Value> {
    object(json!({
        "id": volume.id.to_string(),
        "name": volume.name(),
        "type": volume.storage_type(),
        "status": volume.status.word(),
        "sizeBytes": volume.used_bytes.to_string(),
        "sizeInGb": volume.used_in_gb(),
        "cost": volume.cost(now).to_string(),
    }))
}

/// What the guide shows otherwise than the reference.
fn guide(volume: &Volume, now: u64) -> Map<String, Value> {
    object(json!({
        "id": volume.id,
        "name": volume.name(),
        "storageType": volume.storage_type(),
        "status": volume.status.word(),
        "sizeInGb": volume.size(),
        "cost": volume.cost(now).number(),
    }))
}

/// In the guide only. The rule that a mounted volume cannot be deleted is stated by its `mountCount`, so the part of
/// the reference that could not be read will hardly lack it.
fn rest(volume: &Volume, mount_count: usize) -> Map<String, Value> {
    let echo = |name: &str| volume.asked.get(name).cloned().unwrap_or_default();
    object(json!({
        "region": echo("region"),
        "vendorVolumeType": echo("vendorVolumeType"),
        "mountCount": mount_count,
        "createdAt": volume.created_at,
    }))
}

fn object(fields: Value) -> Map<String, Value> {
    fields.as_object().cloned().unwrap_or_default()
}
