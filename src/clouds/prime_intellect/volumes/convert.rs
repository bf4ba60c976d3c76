//! Conversion between Prime Intellect's disks and our volumes.

use super::api::VolumeJson;
use crate::clouds::{
    Account, Volume, VolumeId, VolumeOffer, VolumePhase,
    money::price,
    tolerant::{TextOrNumber, count, filled, moment, word},
};

/// Whether the disk has ended for good: how long it is shown after that is in no document.
pub fn is_gone(volume: &VolumeJson) -> bool {
    word(&volume.status) == "TERMINATED"
}

pub fn to_volume(id: VolumeId, json: VolumeJson, account: &Account) -> Volume {
    Volume {
        id,
        phase: phase(&word(&json.status)),
        offer: offer(&json, account),
        // The document has 0 where no size is said.
        size: count(&json.size),
        mount_count: mount_count(&json),
        mounted_by: mounted_by(&json),
        price_per_hour: price(&json.price_hr),
        created_at: moment(&json.created_at),
        name: filled(json.name),
        cloud_status: json.status.0.unwrap_or_default(),
        storage_type: None,
        disk: None,
        region: None,
        used: None,
    }
}

fn phase(status: &str) -> VolumePhase {
    match status {
        "PROVISIONING" | "PENDING" => VolumePhase::Creating,
        "ACTIVE" => VolumePhase::Active,
        // TERMINATED is asked about with `is_gone`; it is left only in the answer to a create, whose id must be kept.
        "DELETING" | "TERMINATED" => VolumePhase::Deleting,
        "ERROR" => VolumePhase::Failed,
        // What STOPPED means for a disk is in no document.
        _ => VolumePhase::Unknown,
    }
}

fn offer(volume: &VolumeJson, account: &Account) -> Option<VolumeOffer> {
    let provider = filled(volume.provider_type.clone())?;
    let place = volume.info.0.as_ref();
    Some(VolumeOffer {
        provider,
        cloud_id: place.and_then(|place| filled(place.cloud_id.clone())),
        data_center_id: place.and_then(|place| filled(place.data_center_id.clone())),
        country: place.and_then(|place| filled(place.country.clone())),
        team_id: filled(volume.team_id.clone()).filter(|team| account.team_id.as_ref() != Some(team)),
    })
}

fn mounted_by(volume: &VolumeJson) -> Option<Vec<String>> {
    let pods = volume.pods.0.as_ref()?.iter();
    Some(pods.map(|TextOrNumber(id)| id.clone()).collect())
}

/// A cluster uses a disk as a pod does. The document has an empty list where no cluster is said.
fn mount_count(volume: &VolumeJson) -> Option<u32> {
    let pods = volume.pods.0.as_ref()?.len();
    let clusters = volume.clusters.0.as_ref().map_or(0, Vec::len);
    u32::try_from(pods + clusters).ok()
}
