//! From the model to a [`VolumeSpec`]: at apply everything is known, and the rules have been checked.

use super::{model::VolumeModel, names};
use crate::{
    clouds::{GiB, Invalid, Name, Storage, StorageType, VolumeOffer, VolumeSpec},
    resources::common::number,
    tf::{Diagnostics, Number, Tf},
};

/// What to ask the cloud for.
pub fn to_spec(planned: &VolumeModel) -> Result<VolumeSpec, Diagnostics> {
    let spec = || {
        Ok(VolumeSpec {
            name: Name::new(text(&planned.name))?,
            storage: storage(planned)?,
        })
    };
    spec().map_err(not_refused)
}

pub fn name(planned: &VolumeModel) -> Result<Name, Diagnostics> {
    Name::new(text(&planned.name)).map_err(not_refused)
}

/// `None` for storage that has no size.
pub fn size(planned: &VolumeModel) -> Result<Option<GiB>, Diagnostics> {
    planned.size_in_gb.known().map(to_size).transpose().map_err(not_refused)
}

fn not_refused(invalid: Invalid) -> Diagnostics {
    Diagnostics::of_bug(format!("The volume was not refused when it was planned: {invalid}."))
}

fn storage(planned: &VolumeModel) -> Result<Storage, Invalid> {
    let size = || {
        planned
            .size_in_gb
            .known()
            .map_or(Err(Invalid("the size is missing")), to_size)
    };
    if let Some(place) = planned.prime_intellect.known() {
        let offer = VolumeOffer {
            provider: text(&place.provider),
            cloud_id: place.cloud_id.known().cloned(),
            data_center_id: place.data_center_id.known().cloned(),
            country: place.country.known().cloned(),
            team_id: place.team_id.known().cloned(),
        };
        return Ok(Storage::Offered { size: size()?, offer });
    }
    let disk = || names::disk_kind(&text(&planned.vendor_volume_type)).ok_or(Invalid("the kind of disk is missing"));
    match names::storage_type(&text(&planned.storage_type)) {
        None => Err(Invalid("the kind of storage is missing")),
        Some(StorageType::S3) => Ok(Storage::S3),
        Some(StorageType::R2) => Ok(Storage::R2 {
            region: planned.region.known().cloned(),
        }),
        Some(StorageType::Ceph) => Ok(Storage::Ceph {
            region: text(&planned.region),
            size: size()?,
        }),
        Some(StorageType::Vendor) => Ok(Storage::Vendor {
            region: text(&planned.region),
            size: size()?,
            disk: disk()?,
        }),
    }
}

fn to_size(number: &Number) -> Result<GiB, Invalid> {
    GiB::new(number::to_whole(number).ok_or(Invalid("a size is not whole, or out of range"))?)
}

fn text(value: &Tf<String>) -> String {
    value.known().cloned().unwrap_or_default()
}
