//! What a test of volumes works with besides pods.

use gpupod::clouds::{Storage, StorageType, Volume, VolumeId, VolumePhase, VolumeSpec};
use serde_json::{Value, json};

use crate::conformance::{
    bench::Bench,
    things::{volume_spec, volumes_of},
    words::words,
};

impl Bench {
    pub fn storage_types(&self) -> impl Iterator<Item = StorageType> + use<> {
        words(self.description.capabilities).storage_types.iter().copied()
    }

    pub fn volume_spec(&self, storage_type: StorageType) -> VolumeSpec {
        volume_spec(self.description.capabilities, storage_type)
    }

    pub fn has_size(&self, storage_type: StorageType) -> bool {
        matches!(
            self.volume_spec(storage_type).storage,
            Storage::Ceph { .. } | Storage::Vendor { .. }
        )
    }

    pub async fn create_volume(&self, storage_type: StorageType) -> VolumeId {
        let spec = self.volume_spec(storage_type);
        let volume = volumes_of(&*self.cloud).create_volume(&spec).await;
        volume.expect("is made").id
    }

    pub async fn active_volume(&self, storage_type: StorageType) -> VolumeId {
        let id = self.create_volume(storage_type).await;
        self.volume_phases_until(&id, Some(VolumePhase::Active)).await;
        id
    }

    /// A volume that is there.
    pub async fn volume(&self, id: &VolumeId) -> Volume {
        let volume = volumes_of(&*self.cloud).volume(id).await;
        volume.expect("is read").expect("is there")
    }

    /// `None` if the volume is gone.
    pub async fn volume_phase(&self, id: &VolumeId) -> Option<VolumePhase> {
        let volume = volumes_of(&*self.cloud).volume(id).await.expect("is read");
        volume.map(|volume| volume.phase)
    }

    /// The phases from now to the goal, each once.
    pub async fn volume_phases_until(&self, id: &VolumeId, goal: Option<VolumePhase>) -> Vec<Option<VolumePhase>> {
        self.seen_until(goal, async || self.volume_phase(id).await).await
    }

    /// As the list shows them, in the order of their ids.
    pub async fn listed_volumes(&self) -> Vec<Volume> {
        let mut volumes = volumes_of(&*self.cloud).volumes().await.expect("are listed");
        volumes.sort_by(|a, b| a.id.cmp(&b.id));
        volumes
    }

    pub fn befall_volume(&self, id: &VolumeId, change: Value) {
        self.simulator.volume_event(id.as_str(), change).expect("a change");
    }

    /// So much is stored in a volume from now on.
    pub fn fill(&self, id: &VolumeId, gigabytes: u64) {
        self.befall_volume(id, json!({"used_bytes": gigabytes << 30}));
    }
}
