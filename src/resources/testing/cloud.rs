//! The cloud in memory as a cloud: what it may have, and its pods, which the test moves by hand.

use async_trait::async_trait;
use tokio::time::Instant;

use super::{TestCloud, world::error};
use crate::clouds::{
    Account, Capabilities, Catalogue, Cloud, Collection, Extras, GpuCounts, Histories, IdForms, Kind, LogSupport, Logs,
    Pod, PodId, PodSpec, Pods, RegistryAuths, Resize, Result, Runtimes, SshKeys, StopSupport, Support, VolumeFeature,
    VolumeSupport, Volumes, is_opaque,
};

pub static CAPABILITIES: Capabilities = Capabilities {
    volume: Some(VolumeSupport {
        feature: |feature| match feature {
            VolumeFeature::StorageType => Support::Required,
            VolumeFeature::Region | VolumeFeature::Size | VolumeFeature::DiskKind => Support::Optional,
            VolumeFeature::Offer => Support::Refused,
        },
        resize: Resize::GrowsInPlace,
    }),
    has: Extras {
        registry_auths: true,
        ssh_keys: true,
        ..CAPABILITIES_OF_PODS_ONLY.has
    },
    ..CAPABILITIES_OF_PODS_ONLY
};

pub const CAPABILITIES_OF_PODS_ONLY: Capabilities = Capabilities {
    name: "test_cloud",
    title: "Test Cloud",
    ids: IdForms::all("has letters, digits, hyphens and underscores alone", is_opaque),
    pod: |_| Support::Optional,
    gpu_counts: GpuCounts::Any,
    max_price_is_for_spot: false,
    stop: StopSupport::None,
    needs_workspace: false,
    echoes_marks: false,
    volume: None,
    has: Extras {
        catalogue: false,
        registry_auths: false,
        ssh_keys: false,
        logs: LogSupport::None,
        runtimes: false,
        histories: false,
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
            ssh_keys: false,
            logs: LogSupport::Filtered,
            runtimes: true,
            histories: true,
        },
        ..CAPABILITIES_OF_PODS_ONLY
    }
}

impl Cloud for TestCloud {
    fn capabilities(&self) -> &'static Capabilities {
        self.capabilities
    }

    fn account(&self) -> &Account {
        &self.account
    }

    fn time_at(&self, moment: Instant) -> Option<i64> {
        self.world().clock.at(moment)
    }

    fn pods(&self) -> &dyn Pods {
        self
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

    fn ssh_keys(&self) -> Option<&dyn SshKeys> {
        self.capabilities.has.ssh_keys.then_some(self as &dyn SshKeys)
    }

    fn histories(&self) -> Option<&dyn Histories> {
        self.capabilities.has.histories.then_some(self as &dyn Histories)
    }

    fn logs(&self) -> Option<&dyn Logs> {
        let has = self.capabilities.has.logs != LogSupport::None;
        has.then_some(self as &dyn Logs)
    }

    fn runtimes(&self) -> Option<&dyn Runtimes> {
        self.capabilities.has.runtimes.then_some(self as &dyn Runtimes)
    }
}

#[async_trait]
impl Collection<Pod> for TestCloud {
    async fn create(&self, _spec: &PodSpec) -> Result<Pod> {
        Err(error("create pod", Kind::Invalid))
    }

    async fn get(&self, id: &PodId) -> Result<Option<Pod>> {
        self.world().answer("read pod", format!("read pod {id}"), |world| {
            let found = world.pods.iter().find(|pod| pod.id == *id).cloned();
            found.map(Some).ok_or_else(|| error("read pod", Kind::NotFound))
        })
    }

    async fn list(&self) -> Result<Vec<Pod>> {
        self.listed("list pods", |world| world.pods.clone()).await
    }

    async fn delete(&self, _id: &PodId) -> Result<()> {
        Err(error("delete pod", Kind::Invalid))
    }
}

#[async_trait]
impl Pods for TestCloud {
    async fn stop(&self, _id: &PodId) -> Result<()> {
        Err(error("stop pod", Kind::Invalid))
    }

    async fn start(&self, _id: &PodId) -> Result<()> {
        Err(error("start pod", Kind::Invalid))
    }
}
