//! The cloud in memory as a cloud: what it may have, and its pods, which the test moves by hand.

use async_trait::async_trait;

use super::{TestCloud, world::error};
use crate::clouds::{
    Capabilities, Catalogue, Cloud, Extras, GpuCounts, Kind, Logs, Pod, PodId, PodSpec, RegistryAuths, Result,
    Runtimes, StopSupport, Support, VolumeFeature, Volumes,
};

pub static CAPABILITIES: Capabilities = Capabilities {
    volume: Some(|feature| match feature {
        VolumeFeature::StorageType => Support::Required,
        VolumeFeature::Region | VolumeFeature::Size | VolumeFeature::DiskKind => Support::Optional,
    }),
    has: Extras {
        registry_auths: true,
        ..CAPABILITIES_OF_PODS_ONLY.has
    },
    ..CAPABILITIES_OF_PODS_ONLY
};

pub const CAPABILITIES_OF_PODS_ONLY: Capabilities = Capabilities {
    name: "test_cloud",
    title: "Test Cloud",
    pod: |_| Support::Optional,
    gpu_counts: GpuCounts::Any,
    max_price_is_for_spot: false,
    stop: StopSupport::None,
    volume: None,
    has: Extras {
        catalogue: false,
        registry_auths: false,
        logs: false,
        runtimes: false,
    },
};

pub static NORTH: Capabilities = with_data("north", "North");
pub static SOUTH: Capabilities = with_data("south", "South");
/// Has pods and nothing else.
pub static BARE: Capabilities = Capabilities {
    name: "bare",
    title: "Bare",
    ..CAPABILITIES_OF_PODS_ONLY
};

/// All that can be looked up besides volumes.
const fn with_data(name: &'static str, title: &'static str) -> Capabilities {
    Capabilities {
        name,
        title,
        has: Extras {
            catalogue: true,
            registry_auths: true,
            logs: true,
            runtimes: true,
        },
        ..CAPABILITIES_OF_PODS_ONLY
    }
}

#[async_trait]
impl Cloud for TestCloud {
    fn capabilities(&self) -> &'static Capabilities {
        self.capabilities
    }

    async fn create_pod(&self, _spec: &PodSpec) -> Result<Pod> {
        Err(error("create pod", Kind::Invalid))
    }

    async fn pod(&self, id: &PodId) -> Result<Option<Pod>> {
        Ok(self.world().pods.iter().find(|pod| pod.id == *id).cloned())
    }

    async fn pods(&self) -> Result<Vec<Pod>> {
        self.listed("list pods", |world| world.pods.clone()).await
    }

    async fn stop_pod(&self, _id: &PodId) -> Result<()> {
        Err(error("stop pod", Kind::Invalid))
    }

    async fn start_pod(&self, _id: &PodId) -> Result<()> {
        Err(error("start pod", Kind::Invalid))
    }

    async fn delete_pod(&self, _id: &PodId) -> Result<()> {
        Err(error("delete pod", Kind::Invalid))
    }

    fn volumes(&self) -> Option<&dyn Volumes> {
        self.capabilities.volume.map(|_| self as &dyn Volumes)
    }

    fn catalogue(&self) -> Option<&dyn Catalogue> {
        let has = self.capabilities.has.catalogue;
        has.then_some(self as &dyn Catalogue)
    }

    fn registry_auths(&self) -> Option<&dyn RegistryAuths> {
        self.capabilities
            .has
            .registry_auths
            .then_some(self as &dyn RegistryAuths)
    }

    fn logs(&self) -> Option<&dyn Logs> {
        self.capabilities.has.logs.then_some(self as &dyn Logs)
    }

    fn runtimes(&self) -> Option<&dyn Runtimes> {
        self.capabilities.has.runtimes.then_some(self as &dyn Runtimes)
    }
}
