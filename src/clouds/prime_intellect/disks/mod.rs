//! Volumes at Prime Intellect: disks, each at one of the providers.

mod requests;

mod api;

mod convert;

#[cfg(test)]
mod tests;

use async_trait::async_trait;

use super::{PrimeIntellect, api as answers, refusal};
use crate::clouds::{Collection, GiB, Kind, Name, Result, Storage, Volume, VolumeId, VolumeSpec, Volumes};
use api::DiskJson;

#[async_trait]
impl Collection<Volume> for PrimeIntellect {
    async fn create(&self, spec: &VolumeSpec) -> Result<Volume> {
        let Storage::Offered { size, offer } = &spec.storage else {
            let message = "a volume has no storage type here, but a provider that keeps it".to_owned();
            return Err(refusal(Kind::Invalid, requests::creating(&spec.name), message));
        };
        let request = requests::create(&spec.name, *size, offer, &self.account);
        let (id, disk) = self.http.send(&request, api::made).await?;
        Ok(self.told_of_volume(id, disk))
    }

    async fn get(&self, id: &VolumeId) -> Result<Option<Volume>> {
        let (id, disk) = self.http.send(&requests::get(id), api::disk).await?;
        Ok((!convert::is_gone(&disk)).then(|| self.told_of_volume(id, disk)))
    }

    async fn list(&self) -> Result<Vec<Volume>> {
        let disks = requests::list().read_all(&self.http).await?.into_iter();
        let disks = answers::each_once(disks).filter(|(_, disk)| !convert::is_gone(disk));
        Ok(disks.map(|(id, disk)| self.told_of_volume(id, disk)).collect())
    }

    async fn delete(&self, id: &VolumeId) -> Result<()> {
        self.http.send(&requests::delete(id), answers::deleted).await.map(drop)
    }
}

#[async_trait]
impl Volumes for PrimeIntellect {
    async fn rename(&self, id: &VolumeId, name: &Name) -> Result<()> {
        self.http.send(&requests::rename(id, name), answers::done).await
    }

    async fn grow(&self, id: &VolumeId, _size: GiB) -> Result<()> {
        let message = "a volume keeps the size that it was made with".to_owned();
        Err(refusal(Kind::Invalid, format!("growing volume {id}"), message))
    }
}

impl PrimeIntellect {
    fn told_of_volume(&self, id: VolumeId, disk: DiskJson) -> Volume {
        let volume = convert::to_volume(id, disk, &self.account);
        self.http.secrets().told_of_volume(volume)
    }
}
