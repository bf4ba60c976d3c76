//! What a cloud can and cannot do, as data: read when planning, so that nothing is met for the first time when applying.

/// What one cloud offers.
#[derive(Debug)]
pub struct Capabilities {
    /// The name in configurations, such as `yotta`.
    pub name: &'static str,
    /// The name in texts, such as "Yotta Labs".
    pub title: &'static str,
    /// How a pod's features are taken.
    pub pod: fn(PodFeature) -> Support,
    pub gpu_counts: GpuCounts,
    /// A price limit is for spot pods only.
    pub max_price_is_for_spot: bool,
    pub stop: StopSupport,
    /// How a volume's features are taken; `None` if the cloud has no volumes.
    pub volume: Option<fn(VolumeFeature) -> Support>,
    /// What else the cloud has.
    pub has: Extras,
}

/// What a cloud has besides pods and volumes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extras {
    pub catalogue: bool,
    pub registry_auths: bool,
    pub logs: bool,
    pub runtimes: bool,
}

/// One thing that can be asked of a volume.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum VolumeFeature {
    StorageType,
    Region,
    Size,
    DiskKind,
}

/// One thing that can be asked of a pod. Which attribute asks for it is not the clouds' business.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PodFeature {
    GpuType,
    GpuCount,
    Regions,
    ResourceType,
    Spot,
    MaxPrice,
    ImageRegistry,
    ImageVisibility,
    RegistryAuth,
    MinVram,
    MinRam,
    MinVcpu,
    SharedMemory,
    ContainerVolume,
    InitializationCommand,
    Environment,
    Ports,
    Volumes,
    VolumeMountPath,
    Callback,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Support {
    Required,
    Optional,
    Refused,
}

/// The GPU counts that a cloud takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GpuCounts {
    PowersOfTwo,
    Any,
}

/// Whether a pod can be stopped and started again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StopSupport {
    /// There is no stop: a pod runs until it is deleted.
    None,
    Optional,
    /// Only a stopped or failed pod can be deleted.
    RequiredBeforeDelete,
}

#[cfg(test)]
mod tests {
    use crate::clouds::{ALL, ConnectSettings, Secret, Settings, connect};

    #[test]
    fn a_cloud_has_what_its_capabilities_say() {
        for description in ALL {
            let capabilities = description.capabilities;
            let settings = ConnectSettings {
                http: Settings::default(),
                base_url: None,
                key: Secret::new("key"),
            };
            let cloud = connect(capabilities.name, settings).expect("is listed");
            let has = capabilities.has;
            let table = [
                ("volumes", capabilities.volume.is_some(), cloud.volumes().is_some()),
                ("catalogue", has.catalogue, cloud.catalogue().is_some()),
                ("registry_auths", has.registry_auths, cloud.registry_auths().is_some()),
                ("logs", has.logs, cloud.logs().is_some()),
                ("runtimes", has.runtimes, cloud.runtimes().is_some()),
            ];
            for (what, is_promised, is_there) in table {
                assert_eq!(is_promised, is_there, "{}: {what}", capabilities.name);
            }
            assert!(
                std::ptr::eq(cloud.capabilities(), capabilities),
                "{}",
                capabilities.name
            );
        }
    }
}
