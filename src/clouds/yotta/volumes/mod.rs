//! Volumes at Yotta Labs.

mod requests;

mod api;

mod convert;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use async_trait::async_trait;

use super::{Yotta, api::Thing, is_signed_absence, pages};
use crate::clouds::{GiB, Kind, Name, Result, StorageType, Volume, VolumeId, VolumeSpec, Volumes};
use api::VolumeJson;

#[async_trait]
impl Volumes for Yotta {
    async fn create_volume(&self, spec: &VolumeSpec) -> Result<Volume> {
        let (id, volume) = self.http.send(&requests::create(spec), api::volume).await?;
        Ok(convert::to_volume(id, volume))
    }

    async fn volume(&self, id: &VolumeId) -> Result<Option<Volume>> {
        match self.http.send(&requests::get(id), api::volume).await {
            Ok((id, volume)) => Ok(Some(convert::to_volume(id, volume))),
            Err(error) if is_signed_absence(&error) => Ok(None),
            // Without Yotta's code, the list has to confirm it.
            Err(error) if error.kind == Kind::NotFound => self.listed_volume(id).await,
            Err(error) => Err(error),
        }
    }

    /// The guide demands a storage type, the reference's parameters were never seen: asked for every kind, all are
    /// there whichever is true, some of them perhaps more than once.
    async fn volumes(&self) -> Result<Vec<Volume>> {
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

    async fn rename_volume(&self, id: &VolumeId, name: &Name) -> Result<()> {
        self.http.send(&requests::rename(id, name), super::api::done).await
    }

    async fn grow_volume(&self, id: &VolumeId, size: GiB) -> Result<()> {
        self.http.send(&requests::resize(id, size), super::api::done).await
    }

    async fn delete_volume(&self, id: &VolumeId) -> Result<()> {
        match self.http.send(&requests::delete(id), super::api::done).await {
            Err(error) if is_signed_absence(&error) => Ok(()),
            Err(error) if error.kind == Kind::NotFound => match self.listed_volume(id).await? {
                None => Ok(()),
                Some(_) => Err(error),
            },
            result => result,
        }
    }
}

impl Yotta {
    /// The volume as the list shows it, where a single answer does not prove that it is gone.
    async fn listed_volume(&self, id: &VolumeId) -> Result<Option<Volume>> {
        Ok(self.volumes().await?.into_iter().find(|volume| volume.id == *id))
    }

    async fn volumes_of(&self, storage_type: StorageType) -> Result<impl Iterator<Item = (VolumeId, Volume)> + use<>> {
        let volumes = pages::read_all(&self.http, |page| requests::list(storage_type, page)).await?;
        let volumes = volumes.into_iter();
        Ok(volumes.map(|Thing::<VolumeId, VolumeJson>(id, volume)| (id.clone(), convert::to_volume(id, volume))))
    }
}
