//! Test bench of volumes.

use gpupod::clouds::{Resize, Storage, Volume, VolumeId, VolumePhase};
use serde_json::{Value, json};

use crate::conformance::{
    bench::{Bench, if_found},
    things::{storages, volume_spec, volumes_of},
};

impl Bench {
    pub fn storages(&self) -> Vec<Storage> {
        storages(self.description.capabilities)
    }

    /// Whether a volume of this kind can become larger.
    pub fn grows(&self, storage: &Storage) -> bool {
        let resize = self.description.capabilities.volume.map(|volume| volume.resize);
        has_size(storage) && resize == Some(Resize::GrowsInPlace)
    }

    pub async fn create_volume(&self, storage: &Storage) -> VolumeId {
        let volume = volumes_of(&*self.cloud).create(&volume_spec(storage)).await;
        volume.expect("is made").id
    }

    pub async fn active_volume(&self, storage: &Storage) -> VolumeId {
        let id = self.create_volume(storage).await;
        self.volume_phases_until(&id, Some(VolumePhase::Active)).await;
        id
    }

    /// A volume that is there.
    pub async fn volume(&self, id: &VolumeId) -> Volume {
        let volume = volumes_of(&*self.cloud).get(id).await;
        volume.expect("is read").expect("is there")
    }

    /// `None` if the volume is gone.
    pub async fn volume_phase(&self, id: &VolumeId) -> Option<VolumePhase> {
        if_found(volumes_of(&*self.cloud).get(id).await).map(|volume| volume.phase)
    }

    /// The phases from now to the goal, each once.
    pub async fn volume_phases_until(&self, id: &VolumeId, goal: Option<VolumePhase>) -> Vec<Option<VolumePhase>> {
        self.seen_until(goal, async || self.volume_phase(id).await).await
    }

    /// As the list shows them, in the order of their ids.
    pub async fn listed_volumes(&self) -> Vec<Volume> {
        let mut volumes = volumes_of(&*self.cloud).list().await.expect("are listed");
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

/// Whether a size is asked for.
pub fn has_size(storage: &Storage) -> bool {
    match storage {
        Storage::S3 | Storage::R2 { .. } => false,
        Storage::Ceph { .. } | Storage::Vendor { .. } | Storage::Offered { .. } => true,
    }
}
