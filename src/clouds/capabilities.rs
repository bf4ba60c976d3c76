//! Capabilities: a cloud's features and lacks as data, read when planning, so that nothing is met for the first time when applying.

use super::IdForms;

/// Features and lacks of one cloud.
#[derive(Debug)]
pub struct Capabilities {
    /// The name in configurations, such as `yotta`.
    pub name: &'static str,
    /// The name in texts, such as "Yotta Labs".
    pub title: &'static str,
    /// The forms of ids, so that a text that is none is never asked for.
    pub ids: IdForms,
    /// How a pod's features are taken.
    pub pod: fn(PodFeature) -> Support,
    pub gpu_counts: GpuCounts,
    /// A price limit is for spot pods only.
    pub max_price_is_for_spot: bool,
    pub stop: StopSupport,
    /// A pod belongs to a workspace, which has to be named.
    pub needs_workspace: bool,
    /// A pod carries the mark of its order and tells it.
    pub echoes_marks: bool,
    /// How volumes are taken; `None` if the cloud has none.
    pub volume: Option<VolumeSupport>,
    /// Further APIs.
    pub has: Extras,
}

impl Capabilities {
    /// Support of queries of a log.
    pub fn logs(&self, asked: LogSupport) -> Support {
        match self.has.logs == asked {
            true => Support::Optional,
            false => Support::Refused,
        }
    }
}

/// Support of volumes.
#[derive(Debug, Clone, Copy)]
pub struct VolumeSupport {
    pub feature: fn(VolumeFeature) -> Support,
    pub resize: Resize,
}

/// The consequence of another size of a volume.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resize {
    /// It grows, and keeps what is stored in it. It never shrinks.
    GrowsInPlace,
    /// It is another volume.
    Replaces,
}

/// APIs besides pods and volumes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extras {
    pub catalogue: bool,
    pub registry_auths: bool,
    pub ssh_keys: bool,
    pub logs: LogSupport,
    pub runtimes: bool,
    /// The history of pods that have ended.
    pub histories: bool,
}

/// How much of a pod's log can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogSupport {
    None,
    /// So many lines from its end.
    LastLines,
    /// Whichever lines a [`LogQuery`](super::LogQuery) asks for.
    Filtered,
}

/// Declares a list of features, all of which stand in `ALL` too.
macro_rules! features {
    ($(#[doc = $doc:literal])* $Feature:ident { $($(#[doc = $variant_doc:literal])* $Variant:ident),* $(,)? }) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $Feature {
            $($(#[doc = $variant_doc])* $Variant),*
        }

        impl $Feature {
            pub const ALL: &[$Feature] = &[$($Feature::$Variant),*];
        }
    };
}

features! {
    /// One thing that can be asked of a volume.
    VolumeFeature {
        StorageType,
        Region,
        Size,
        DiskKind,
        /// A [`VolumeOffer`](super::VolumeOffer).
        Offer,
    }
}

features! {
    /// One thing that can be asked of a pod. Which attribute asks for it is not the clouds' business.
    PodFeature {
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
        /// A [`MarketplaceOptions`](super::MarketplaceOptions).
        Marketplace,
        /// A [`Workload`](super::Workload).
        Workload,
    }
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
    use super::*;
    use crate::clouds::{ALL, Account, ConnectSettings, Secret, Settings, connect};

    #[test]
    fn a_cloud_has_what_its_capabilities_say() {
        for description in ALL {
            let capabilities = description.capabilities;
            let settings = ConnectSettings {
                http: Settings::default(),
                base_url: None,
                key: Secret::new("key"),
                account: Account::default(),
            };
            let cloud = connect(capabilities.name, settings).expect("is listed");
            let has = capabilities.has;
            let table = [
                ("volumes", capabilities.volume.is_some(), cloud.volumes().is_some()),
                ("catalogue", has.catalogue, cloud.catalogue().is_some()),
                ("registry_auths", has.registry_auths, cloud.registry_auths().is_some()),
                ("ssh_keys", has.ssh_keys, cloud.ssh_keys().is_some()),
                ("logs", has.logs != LogSupport::None, cloud.logs().is_some()),
                ("runtimes", has.runtimes, cloud.runtimes().is_some()),
                ("histories", has.histories, cloud.histories().is_some()),
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
