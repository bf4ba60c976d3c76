//! A volume as data sources show it: all that its cloud says of it now. What the resource declares is shown from there.

use super::{
    model::{MARKETPLACE, VolumeModel},
    observe,
};
use crate::{
    clouds::{Capabilities, Volume},
    model,
    tf::{Doc, Model, Tf, View, Viewed, computed},
};

/// A volume. What its cloud does not tell is null.
pub type ObservedVolume = Viewed<VolumeView>;

/// The view of a volume's attributes.
#[derive(Debug, Clone, PartialEq)]
pub struct VolumeView;

impl View for VolumeView {
    type Source = VolumeModel;
    type Own = OwnOfVolume;

    const DOC: Doc = Doc("A volume. What its cloud does not tell is null.");

    const OMITTED: &'static [&'static str] = &["timeouts"];

    const DOCS: &'static [(&'static str, &'static str)] = &[
        ("cloud", "The cloud that keeps the volume."),
        ("name", "The volume's name."),
        ("storage_type", "The kind of storage: `S3`, `CEPH`, `VENDOR` or `R2`."),
        ("region", "The region that the storage is in."),
        (MARKETPLACE, "Where the disk is, on Prime Intellect."),
        ("size_in_gb", "The size that was asked for, in GB."),
        ("used_in_gb", "The space that is used, in GB."),
        ("vendor_volume_type", "The kind of disk: `NVMe` or `HDD`."),
        ("mount_count", "How many times the volume is mounted."),
        (
            "price_per_hour",
            "What the volume costs an hour now, in the cloud's currency.",
        ),
        ("prime_intellect.provider", "Whose disk it is."),
        ("prime_intellect.cloud_id", "The cloud's id of the offer."),
        ("prime_intellect.data_center_id", "The data center."),
        ("prime_intellect.country", "The code of the country."),
        (
            "prime_intellect.team_id",
            "The team that owns the disk, if it is another than that of the provider block.",
        ),
    ];
}

model! {
    /// Attributes of a volume that data sources alone show.
    pub struct OwnOfVolume {
        /// The cloud's own word for `status`.
        cloud_status: String = computed(),
    }
}

impl ObservedVolume {
    pub fn of(volume: &Volume, capabilities: &Capabilities) -> Self {
        let source = VolumeModel {
            cloud: Tf::Known(capabilities.name.to_owned()),
            ..observe::seen(volume, &VolumeModel::null())
        };
        let own = OwnOfVolume {
            cloud_status: Tf::Known(volume.cloud_status.clone()),
        };
        Self { source, own }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tf::view_faults;

    #[test]
    fn the_view_shows_no_secret_and_all_of_its_docs() {
        assert_eq!(view_faults::<VolumeView>(), Vec::<String>::new());
    }
}
