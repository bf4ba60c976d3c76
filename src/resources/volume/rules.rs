//! Rules between a volume's attributes, and what its cloud makes of them. Unknown values are never wrong.

use super::words;
use crate::{
    clouds::{Capabilities, StorageType, Support, VolumeFeature},
    resources::{part::VOLUMES, support},
    tf::{Declared, Diagnostics, Model, Number, Path, Value},
};

use super::model::VolumeModel;

/// Finds every mistake that needs no cloud to be asked.
///
/// `capabilities` is `None` while it is open which cloud is meant.
pub fn check(config: &VolumeModel, capabilities: Option<&Capabilities>, diagnostics: &mut Diagnostics) {
    match capabilities {
        Some(capabilities) if !VOLUMES.is_in(capabilities) => return VOLUMES.check("cloud", capabilities, diagnostics),
        Some(capabilities) => support::check(config, capabilities, cloud_support, diagnostics),
        None => {}
    }
    let has_types = capabilities
        .is_none_or(|capabilities| cloud_support(capabilities, VolumeFeature::StorageType) != Support::Refused);
    if let Some(storage_type) = config
        .storage_type
        .known()
        .filter(|_| has_types)
        .and_then(|word| words::storage_type(word))
    {
        storage(config, storage_type, diagnostics);
        size(config, diagnostics);
    }
}

/// The largest volume that the documents of storage with types know, in GB.
const LARGEST: u32 = 10_240;

fn size(config: &VolumeModel, diagnostics: &mut Diagnostics) {
    let Some(size) = config.size_in_gb.known().filter(|size| **size > Number::from(LARGEST)) else {
        return;
    };
    let detail = format!("`size_in_gb` is {size}. Use a whole number from 1 to {LARGEST}.");
    diagnostics.error("size_in_gb", "Number out of range", detail);
}

fn cloud_support(capabilities: &Capabilities, feature: VolumeFeature) -> Support {
    capabilities
        .volume
        .map_or(Support::Refused, |volume| (volume.feature)(feature))
}

/// What each kind of storage needs and refuses.
fn storage_support(storage_type: StorageType, feature: VolumeFeature) -> Support {
    use StorageType::{Ceph, R2, S3, Vendor};
    match (feature, storage_type) {
        (VolumeFeature::StorageType, _) => Support::Required,
        (VolumeFeature::Region | VolumeFeature::Size, Ceph | Vendor) => Support::Required,
        (VolumeFeature::Region, R2) => Support::Optional,
        (VolumeFeature::Region, S3) | (VolumeFeature::Size, S3 | R2) => Support::Refused,
        (VolumeFeature::Offer, _) => Support::Refused,
        (VolumeFeature::DiskKind, Vendor) => Support::Required,
        (VolumeFeature::DiskKind, S3 | R2 | Ceph) => Support::Refused,
    }
}

fn storage(config: &VolumeModel, storage_type: StorageType, diagnostics: &mut Diagnostics) {
    let values = config.to_object();
    let word = words::of_storage_type(storage_type);
    for attribute in VolumeModel::declared() {
        let Some(feature) = attribute.tag::<VolumeFeature>() else {
            continue;
        };
        let name = attribute.name;
        match (storage_support(storage_type, *feature), values.get(name)) {
            (Support::Required, Value::Null) => {
                let detail =
                    format!("`{name}` is not set, and `storage_type` is {word:?}, which needs it. Give it a value.");
                diagnostics.error(Path::from(name), format!("Required for {word} storage"), detail);
            }
            (Support::Refused, value) if !value.is_null() => {
                let detail =
                    format!("`{name}` is set, and `storage_type` is {word:?}, which does not have it. Remove it.");
                diagnostics.error(Path::from(name), format!("Not available for {word} storage"), detail);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests;
