//! A volume as data sources show it: all that its cloud says of it now.

use super::{model::VolumeModel, observe};
use crate::{
    clouds::{Capabilities, Volume},
    model,
    tf::{Model, Number, Tf, computed},
};

model! {
    /// A volume. What its cloud does not tell is null.
    pub struct ObservedVolume {
        /// The cloud that keeps the volume.
        cloud: String = computed(),

        /// The cloud's id of the volume.
        id: String = computed(),

        /// The volume's name.
        name: String = computed(),

        /// What the volume is doing, in words that hold for all clouds: `creating`, `active`, `resizing`, `deleting`,
        /// `failed` or `unknown`.
        status: String = computed(),

        /// The cloud's own word for `status`.
        cloud_status: String = computed(),

        /// The kind of storage: `S3`, `CEPH`, `VENDOR` or `R2`.
        storage_type: String = computed(),

        /// The region that the storage is in.
        region: String = computed(),

        /// Where the disk is, on Prime Intellect.
        prime_intellect: ObservedPlace = computed(),

        /// The size that was asked for, in GB.
        size_in_gb: Number = computed(),

        /// The space that is used, in GB.
        used_in_gb: Number = computed(),

        /// The kind of disk: `NVMe` or `HDD`.
        vendor_volume_type: String = computed(),

        /// How many times the volume is mounted.
        mount_count: Number = computed(),

        /// What the volume costs an hour now, in the cloud's currency.
        price_per_hour: Number = computed(),

        /// When the volume was made, as RFC 3339.
        created_at: String = computed(),
    }
}

model! {
    /// Where a disk is, on Prime Intellect.
    pub struct ObservedPlace {
        /// Whose disk it is.
        provider: String = computed(),

        /// The cloud's id of the offer.
        cloud_id: String = computed(),

        /// The data center.
        data_center_id: String = computed(),

        /// The code of the country.
        country: String = computed(),

        /// The team that owns the disk, if it is another than that of the provider block.
        team_id: String = computed(),
    }
}

impl ObservedVolume {
    pub fn of(volume: &Volume, capabilities: &Capabilities) -> Self {
        let seen = observe::seen(volume, &VolumeModel::null());
        Self {
            cloud: Tf::Known(capabilities.name.to_owned()),
            id: seen.id,
            name: seen.name,
            status: seen.status,
            cloud_status: Tf::Known(volume.cloud_status.clone()),
            storage_type: seen.storage_type,
            region: seen.region,
            prime_intellect: seen.prime_intellect.map(|place| ObservedPlace {
                provider: place.provider,
                cloud_id: place.cloud_id,
                data_center_id: place.data_center_id,
                country: place.country,
                team_id: place.team_id,
            }),
            size_in_gb: seen.size_in_gb,
            used_in_gb: seen.used_in_gb,
            vendor_volume_type: seen.vendor_volume_type,
            mount_count: seen.mount_count,
            price_per_hour: seen.price_per_hour,
            created_at: seen.created_at,
        }
    }
}
