//! Each cloud's own words for what its simulator has.

use gpupod::clouds::{
    Account, Capabilities,
    StorageType::{self, *},
};

pub struct Words {
    cloud: &'static str,
    pub image: &'static str,
    /// `None` if it has no GPUs.
    pub gpu_type: Option<&'static str>,
    /// One with machines of that type, and with storage; `None` if no region can be asked for.
    pub region: Option<&'static str>,
    pub storage_types: &'static [StorageType],
    /// Where a disk can be had, beside machines of that type; `None` where nothing says where it is.
    pub disk_place: Option<DiskPlace>,
    pub registry_kind: Option<&'static str>,
    pub accelerator_vendors: &'static [&'static str],
    /// Whether it filters its catalogue itself.
    pub has_filters: bool,
    /// The account's, if it has workspaces.
    pub workspace: Option<&'static str>,
}

pub struct DiskPlace {
    pub provider: &'static str,
    pub data_center_id: &'static str,
    pub country: &'static str,
}

const WORDS: &[Words] = &[
    Words {
        cloud: "yotta",
        image: "ubuntu:24.04",
        gpu_type: Some("NVIDIA_RTX_4090_24G"),
        region: Some("eu-2"),
        storage_types: &[S3, R2, Ceph, Vendor],
        disk_place: None,
        registry_kind: Some("DOCKER_HUB"),
        accelerator_vendors: &["NVIDIA", "AWS"],
        has_filters: true,
        workspace: None,
    },
    Words {
        cloud: "prime_intellect",
        image: "ubuntu_22_cuda_12",
        gpu_type: Some("RTX4090_24GB"),
        region: Some("eu_east"),
        storage_types: &[],
        disk_place: Some(DiskPlace {
            provider: "primecompute",
            data_center_id: "EU-CZ-1",
            country: "CZ",
        }),
        registry_kind: None,
        accelerator_vendors: &["NVIDIA"],
        has_filters: false,
        workspace: None,
    },
    Words {
        cloud: "cpod",
        image: "ubuntu:24.04",
        gpu_type: None,
        region: None,
        storage_types: &[],
        disk_place: None,
        registry_kind: None,
        accelerator_vendors: &[],
        has_filters: false,
        workspace: Some("ws-research"),
    },
];

impl Words {
    pub fn account(&self) -> Account {
        Account {
            workspace_id: self.workspace.map(str::to_owned),
            ..Account::default()
        }
    }
}

pub fn words(cloud: &Capabilities) -> &'static Words {
    let words = WORDS.iter().find(|words| words.cloud == cloud.name);
    words.unwrap_or_else(|| panic!("{} needs its words in this file", cloud.name))
}
