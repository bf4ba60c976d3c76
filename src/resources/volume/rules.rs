//! Rules between a volume's attributes, and what its cloud makes of them. Unknown values are never wrong.

use super::{messages, names};
use crate::{
    clouds::{Capabilities, StorageType, Support, VolumeFeature},
    resources::common::{attribute_support, cloud_feature::VOLUMES},
    tf::{Declared, Diagnostics, Model, Number, Path, Value},
};

use super::model::VolumeModel;

/// Finds what no configuration may have, whether the volume is there or not.
///
/// `capabilities` is `None` while it is open which cloud is meant.
pub fn check(config: &VolumeModel, capabilities: Option<&Capabilities>, diagnostics: &mut Diagnostics) {
    match capabilities {
        Some(capabilities) if !VOLUMES.is_in(capabilities) => return VOLUMES.check("cloud", capabilities, diagnostics),
        Some(capabilities) => attribute_support::check(config, capabilities, cloud_support, diagnostics),
        None => {}
    }
    if let Some(storage_type) = storage_type(config, capabilities) {
        each_value(config, storage_type, &mut |name, support, value| {
            if support == Support::Refused && !value.is_null() {
                let word = names::of_storage_type(storage_type);
                diagnostics.add_error(Path::from(name), messages::unsupported_storage(word, name));
            }
        });
    }
}

/// Finds what a volume that is to be made lacks. Of one that is there, the cloud may tell less.
pub fn check_new(config: &VolumeModel, capabilities: &Capabilities, diagnostics: &mut Diagnostics) {
    if !VOLUMES.is_in(capabilities) {
        return;
    }
    attribute_support::check_new(config, capabilities, cloud_support, diagnostics);
    if let Some(storage_type) = storage_type(config, Some(capabilities)) {
        each_value(config, storage_type, &mut |name, support, value| {
            if support == Support::Required && value.is_null() {
                let word = names::of_storage_type(storage_type);
                diagnostics.add_error(Path::from(name), messages::required_storage(word, name));
            }
        });
    }
}

/// The kind of storage, where storage has kinds.
fn storage_type(config: &VolumeModel, capabilities: Option<&Capabilities>) -> Option<StorageType> {
    let has_types = capabilities
        .is_none_or(|capabilities| cloud_support(capabilities, VolumeFeature::StorageType) != Support::Refused);
    let word = config.storage_type.known().filter(|_| has_types)?;
    names::storage_type(word)
}

/// The largest volume that the documents of storage with types know, in GB.
const LARGEST: u32 = 10_240;

/// Whether a volume can be ordered to have the size.
pub fn size(config: &VolumeModel, capabilities: &Capabilities, diagnostics: &mut Diagnostics) {
    if storage_type(config, Some(capabilities)).is_none() {
        return;
    }
    let Some(size) = config.size_in_gb.known().filter(|size| **size > Number::from(LARGEST)) else {
        return;
    };
    diagnostics.add_error("size_in_gb", messages::too_large(size, LARGEST));
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

/// Looks at each attribute that asks for a feature, with what this kind of storage makes of it.
fn each_value(config: &VolumeModel, storage_type: StorageType, look: &mut dyn FnMut(&'static str, Support, &Value)) {
    let values = config.to_object();
    for attribute in VolumeModel::declared() {
        if let Some(feature) = attribute.tag::<VolumeFeature>() {
            look(
                attribute.name,
                storage_support(storage_type, *feature),
                values.get_attribute(attribute),
            );
        }
    }
}

/// What was seen of a volume, without what its kind of storage cannot be asked for.
pub fn without_refused(seen: VolumeModel) -> VolumeModel {
    let Some(storage_type) = storage_type(&seen, None) else {
        return seen;
    };
    let is_taken = |feature| storage_support(storage_type, feature) != Support::Refused;
    VolumeModel {
        region: seen.region.filter(|_| is_taken(VolumeFeature::Region)),
        size_in_gb: seen.size_in_gb.filter(|_| is_taken(VolumeFeature::Size)),
        vendor_volume_type: seen.vendor_volume_type.filter(|_| is_taken(VolumeFeature::DiskKind)),
        ..seen
    }
}

#[cfg(test)]
mod tests;
