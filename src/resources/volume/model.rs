//! The attributes of `gpupod_volume`: what is in the registry's page, the schema and the typed model is declared here once.

use std::time::Duration;

use crate::{
    clouds::VolumeFeature,
    model,
    resources::managed::deadline,
    tf::{
        Number, computed, format_duration, normalizers, optional, optional_computed, required,
        validators::{at_least, duration, length, no_space_around, not_empty, one_of},
    },
};

/// One attribute is named for the cloud that it belongs to, which resells the disks of several providers.
pub const MARKETPLACE: &str = "prime_intellect";

pub const STORAGE_TYPES: &[&str] = &["S3", "CEPH", "VENDOR", "R2"];
pub const DISK_KINDS: &[&str] = &["NVMe", "HDD"];
pub const STATUSES: &[&str] = &["creating", "active", "resizing", "deleting", "failed", "unknown"];

model! {
    /// A volume: storage that outlives the pods that mount it.
    ///
    /// Creating one waits until it can be used. A pod mounts it with `volumes`.
    ///
    /// A volume that is found failed stays in the state with a warning. It is not planned for replacement, because there
    /// may be data on it that can be saved: `terraform apply -replace=ADDRESS` replaces it.
    pub struct VolumeModel {
        /// The cloud that keeps the volume. Without it the provider's `cloud` is used, or the only cloud that has a key.
        cloud: String = optional_computed().requires_replace(),

        /// The volume's name. It is changed in place.
        name: String = required().normalizer(normalizers::trimmed).validator(length(1, 255))
            .validator(no_space_around()),

        /// The kind of storage, on Yotta: object storage that grows by itself (`S3`, `R2`), network storage (`CEPH`), or storage of
        /// another company (`VENDOR`). `CEPH` and `VENDOR` need `region` and `size_in_gb`, `VENDOR` also
        /// `vendor_volume_type`.
        storage_type: String = optional().requires_replace().validator(one_of(STORAGE_TYPES))
            .tag(&VolumeFeature::StorageType),

        /// The region that the storage is in. Needed for `CEPH` and `VENDOR`, not taken for `S3`.
        region: String = optional().requires_replace().tag(&VolumeFeature::Region),

        /// The size in GB. Needed for `CEPH` and `VENDOR` and on Prime Intellect, not taken for `S3` and `R2`.
        ///
        /// On Yotta a larger size lets the volume grow in place, which is possible only while no pod mounts it; a smaller
        /// size is refused, because data would be lost. On Prime Intellect a disk keeps its size: every change replaces
        /// it, with a warning, because the data goes with the old one. Where the cloud does not tell the size, an import
        /// takes the configured one over as it is.
        size_in_gb: Number = optional().validator(at_least(1)).tag(&VolumeFeature::Size),

        /// The kind of disk. Needed for `VENDOR`, and not taken for any other kind of storage.
        vendor_volume_type: String = optional().requires_replace().validator(one_of(DISK_KINDS))
            .tag(&VolumeFeature::DiskKind),

        /// Where the disk is, on Prime Intellect, which needs it. A pod that uses the disk is placed there.
        prime_intellect: PrimeIntellectVolume = optional().requires_replace().tag(&VolumeFeature::Offer),

        /// How long to wait. Changing it changes nothing at the cloud.
        timeouts: Timeouts = optional(),

        /// The cloud's id of the volume.
        id: String = computed().use_state_for_unknown(),

        /// What the volume is doing, in words that hold for all clouds: `creating`, `active`, `resizing`, `deleting`,
        /// `failed` or `unknown`.
        status: String = computed(),

        /// The space that is used, in GB, when the state was last refreshed.
        used_in_gb: Number = computed(),

        /// How many times the volume was mounted when the state was last refreshed.
        mount_count: Number = computed(),

        /// What the cloud charges for the volume an hour, where it tells.
        price_per_hour: Number = computed(),

        /// When the volume was made, as RFC 3339.
        created_at: String = computed().use_state_for_unknown(),
    }
}

model! {
    /// Where a disk is, on Prime Intellect, which resells those of several providers.
    pub struct PrimeIntellectVolume {
        /// Whose disk it is, such as `runpod` or `datacrunch`.
        provider: String = required().requires_replace().ignoring_case().validator(not_empty("Name a provider.")),

        /// The cloud's id of the offer. Without it the cloud chooses, and tells it where it can.
        cloud_id: String = optional_computed().requires_replace().ignoring_case(),

        /// The data center. Without it the cloud chooses, and tells it where it can; some providers demand it.
        data_center_id: String = optional_computed().requires_replace().ignoring_case(),

        /// The code of the country, such as `US`. Without it the cloud chooses, and tells it where it can.
        country: String = optional_computed().requires_replace().ignoring_case(),

        /// The team that owns and pays for the disk; without it, that of the provider block.
        team_id: String = optional_computed().requires_replace(),
    }
}

model! {
    /// How long to wait before giving up, as durations such as `90s`, `20m` or `1h30m`.
    pub struct Timeouts {
        /// For the volume to become active; the default is `{default}`.
        create: String = optional().normalizer(normalizers::duration).validator(duration(Duration::from_millis(1)))
            .documented_default(format_duration(deadline::DEFAULT)),

        /// For the volume to be active again after it has grown; the default is `{default}`.
        update: String = optional().normalizer(normalizers::duration).validator(duration(Duration::from_millis(1)))
            .documented_default(format_duration(deadline::DEFAULT)),

        /// For the pods that mount the volume to go, and for the volume to be gone; the default is `{default}`.
        delete: String = optional().normalizer(normalizers::duration).validator(duration(Duration::from_millis(1)))
            .documented_default(format_duration(deadline::DEFAULT)),
    }
}
