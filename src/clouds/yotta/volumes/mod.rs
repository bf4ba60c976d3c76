//! Volumes at Yotta Labs.

mod requests;

mod api;

mod convert;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use async_trait::async_trait;

use super::{Yotta, api::Thing, pages};
use crate::clouds::{Collection, GiB, Kind, Name, Result, StorageType, Volume, VolumeId, VolumeSpec, Volumes};
use api::VolumeJson;

#[async_trait]
impl Collection<Volume> for Yotta {
    async fn create(&self, spec: &VolumeSpec) -> Result<Volume> {
        let (id, volume) = self.http.send(&requests::create(spec), api::volume).await?;
        Ok(self.redacted_volume(id, volume))
    }

    /// No document has a word for a volume that has ended: it is not found.
    async fn get(&self, id: &VolumeId) -> Result<Option<Volume>> {
        let (id, volume) = self.http.send(&requests::get(id), api::volume).await?;
        Ok(Some(self.redacted_volume(id, volume)))
    }

    /// The guide demands a storage type, the reference's parameters were never seen: asked for every kind, all are
    /// there whichever is true, some of them perhaps more than once.
    async fn list(&self) -> Result<Vec<Volume>> {
        let mut volumes = BTreeMap::new();
        for storage_type in [StorageType::S3, StorageType::Ceph, StorageType::Vendor] {
            volumes.extend(self.volumes_of(storage_type).await?);
        }
        match self.volumes_of(StorageType::R2).await {
            Ok(more) => volumes.extend(more),
            // The guide knows no R2 when it lists, and where a kind is no word there are no volumes of it.
            Err(error) if error.kind == Kind::Invalid => {}
            Err(error) => return Err(error),
        }
        Ok(volumes.into_values().collect())
    }

    async fn delete(&self, id: &VolumeId) -> Result<()> {
        self.http
            .send(&requests::delete(id), super::api::deleted)
            .await
            .map(drop)
    }
}

#[async_trait]
impl Volumes for Yotta {
    async fn rename(&self, id: &VolumeId, name: &Name) -> Result<()> {
        self.http.send(&requests::rename(id, name), super::api::done).await
    }

    async fn grow(&self, id: &VolumeId, size: GiB) -> Result<()> {
        self.http.send(&requests::resize(id, size), super::api::done).await
    }
}

impl Yotta {
    fn redacted_volume(&self, id: VolumeId, volume: VolumeJson) -> Volume {
        self.http.secrets().redact_volume(convert::to_volume(id, volume))
    }

    async fn volumes_of(&self, storage_type: StorageType) -> Result<impl Iterator<Item = (VolumeId, Volume)> + use<>> {
        let volumes = pages::read_all(&self.http, |page| requests::list(storage_type, page)).await?;
        let secrets = self.http.secrets().clone();
        let volumes = volumes.into_iter();
        Ok(volumes.map(move |Thing::<VolumeId, VolumeJson>(id, volume)| {
            (id.clone(), secrets.redact_volume(convert::to_volume(id, volume)))
        }))
    }
}
