//! Each cloud's own words for what its simulator has.

use gpupod::clouds::{
    Capabilities,
    StorageType::{self, *},
};

pub struct Words {
    cloud: &'static str,
    pub gpu_type: &'static str,
    /// One with machines of that type, and with storage.
    pub region: &'static str,
    pub storage_types: &'static [StorageType],
    /// Where a disk can be had, beside machines of that type.
    pub disk_place: Option<DiskPlace>,
    pub registry_kind: Option<&'static str>,
    pub accelerator_vendors: &'static [&'static str],
}

pub struct DiskPlace {
    pub provider: &'static str,
    pub data_center_id: &'static str,
    pub country: &'static str,
}

const WORDS: &[Words] = &[Words {
    cloud: "yotta",
    gpu_type: "NVIDIA_RTX_4090_24G",
    region: "eu-2",
    storage_types: &[S3, R2, Ceph, Vendor],
    disk_place: None,
    registry_kind: Some("DOCKER_HUB"),
    accelerator_vendors: &["NVIDIA", "AWS"],
}];

pub fn words(cloud: &Capabilities) -> &'static Words {
    let words = WORDS.iter().find(|words| words.cloud == cloud.name);
    words.unwrap_or_else(|| panic!("{} needs its words in this file", cloud.name))
}
