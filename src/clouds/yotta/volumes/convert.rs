//! Conversion between Yotta's JSON of volumes and our types.

use super::api::VolumeJson;
use crate::clouds::{
    DiskKind, StorageType, Volume, VolumeId, VolumePhase,
    tolerant::{FromJson, Milliseconds, Tolerant, filled, word},
};

pub fn storage_type_word(storage_type: StorageType) -> &'static str {
    match storage_type {
        StorageType::S3 => "S3",
        StorageType::R2 => "R2",
        StorageType::Ceph => "CEPH",
        StorageType::Vendor => "VENDOR",
    }
}

pub fn disk_word(disk: DiskKind) -> &'static str {
    match disk {
        DiskKind::Nvme => "NVMe",
        DiskKind::Hdd => "HDD",
    }
}

pub fn to_volume(id: VolumeId, json: VolumeJson) -> Volume {
    Volume {
        id,
        phase: phase(&word(&json.status)),
        storage_type: storage_type(&json),
        disk: disk(&word(&json.vendor_volume_type)),
        size: size(&json),
        used: used(&json),
        mount_count: json.mount_count.0,
        mounted_by: None,
        created_at: json.created_at.0.map(|Milliseconds(moment)| moment),
        name: filled(json.name),
        region: filled(json.region),
        offer: None,
        cloud_status: json.status.0.unwrap_or_default(),
        // There is a `cost`. By the first word of its description in the reference it adds up over time, and neither
        // document calls it a price.
        price_per_hour: None,
    }
}

/// The guide's words; those of the reference are not known.
fn phase(status: &str) -> VolumePhase {
    match status {
        "CREATING" => VolumePhase::Creating,
        "ACTIVE" => VolumePhase::Active,
        "RESIZING" => VolumePhase::Resizing,
        "DELETING" => VolumePhase::Deleting,
        "ERROR" => VolumePhase::Failed,
        _ => VolumePhase::Unknown,
    }
}

fn storage_type(json: &VolumeJson) -> Option<StorageType> {
    let of = |said: &Tolerant<String>| match word(said).as_str() {
        "S3" => Some(StorageType::S3),
        "R2" => Some(StorageType::R2),
        "CEPH" => Some(StorageType::Ceph),
        "VENDOR" => Some(StorageType::Vendor),
        _ => None,
    };
    of(&json.storage_type).or_else(|| of(&json.kind))
}

fn disk(kind: &str) -> Option<DiskKind> {
    match kind {
        "NVME" => Some(DiskKind::Nvme),
        "HDD" => Some(DiskKind::Hdd),
        _ => None,
    }
}

/// The guide's `sizeInGb` is the size that was asked for; the reference's, beside `sizeBytes`, the space that is used.
/// Object storage has no size to ask for.
fn size(json: &VolumeJson) -> Option<u32> {
    match storage_type(json) {
        Some(StorageType::S3 | StorageType::R2) => None,
        _ if json.size_bytes.0.is_some() => None,
        _ => json
            .size_in_gb
            .0
            .filter(|size| *size > 0 && i32::try_from(*size).is_ok()),
    }
}

fn used(json: &VolumeJson) -> Option<u32> {
    let bytes = json.size_bytes.0.as_ref()?;
    // Rounded down, as the reference does it.
    let from_bytes = || u32::try_from(u64::from_json(bytes.clone())? >> 30).ok();
    json.size_in_gb.0.or_else(from_bytes)
}
