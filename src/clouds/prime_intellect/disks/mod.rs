//! Volumes at Prime Intellect: disks, each at one of the providers.

mod requests;

mod api;

mod convert;

#[cfg(test)]
mod tests;

use async_trait::async_trait;

use super::{PrimeIntellect, api as answers, refusal};
use crate::clouds::{GiB, Kind, Name, Result, Storage, Volume, VolumeId, VolumeSpec, Volumes};

#[async_trait]
impl Volumes for PrimeIntellect {
    async fn create_volume(&self, spec: &VolumeSpec) -> Result<Volume> {
        let Storage::Offered { size, offer } = &spec.storage else {
            let message = "a volume has no storage type here, but a provider that keeps it".to_owned();
            return Err(refusal(Kind::Invalid, requests::creating(&spec.name), message));
        };
        let request = requests::create(&spec.name, *size, offer, &self.account);
        let (id, disk) = self.http.send(&request, api::made).await?;
        Ok(convert::to_volume(id, disk, &self.account))
    }

    async fn volume(&self, id: &VolumeId) -> Result<Option<Volume>> {
        match self.http.send(&requests::get(id), api::disk_if_there).await {
            Ok(Some((_, disk))) if convert::is_gone(&disk) => Ok(None),
            Ok(Some((id, disk))) => Ok(Some(convert::to_volume(id, disk, &self.account))),
            Ok(None) => Ok(None),
            // Without Prime Intellect's words, the list has to confirm it.
            Err(error) if error.kind == Kind::NotFound => self.listed_volume(id).await,
            Err(error) => Err(error),
        }
    }

    async fn volumes(&self) -> Result<Vec<Volume>> {
        let disks = requests::list().read_all(&self.http).await?.into_iter();
        let disks = answers::each_once(disks).filter(|(_, disk)| !convert::is_gone(disk));
        Ok(disks
            .map(|(id, disk)| convert::to_volume(id, disk, &self.account))
            .collect())
    }

    async fn rename_volume(&self, id: &VolumeId, name: &Name) -> Result<()> {
        self.http.send(&requests::rename(id, name), answers::done).await
    }

    async fn grow_volume(&self, id: &VolumeId, _size: GiB) -> Result<()> {
        let message = "a volume keeps the size that it was made with".to_owned();
        Err(refusal(Kind::Invalid, format!("growing volume {id}"), message))
    }

    async fn delete_volume(&self, id: &VolumeId) -> Result<()> {
        match self.http.send(&requests::delete(id), api::deleted_if_there).await {
            Err(error) if error.kind == Kind::NotFound => match self.listed_volume(id).await? {
                None => Ok(()),
                Some(_) => Err(error),
            },
            result => result.map(drop),
        }
    }
}

impl PrimeIntellect {
    /// The disk as the list shows it, where a single answer does not prove that it is gone.
    async fn listed_volume(&self, id: &VolumeId) -> Result<Option<Volume>> {
        Ok(self.volumes().await?.into_iter().find(|volume| volume.id == *id))
    }
}
