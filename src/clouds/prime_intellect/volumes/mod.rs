//! Volumes at Prime Intellect: disks, each at one of the providers.

mod requests;

mod api;

mod convert;

#[cfg(test)]
mod tests;

use async_trait::async_trait;

use super::{PrimeIntellect, api as responses, refusal};
use crate::clouds::{Collection, GiB, Kind, Name, Result, Storage, Volume, VolumeId, VolumeSpec, Volumes};
use api::VolumeJson;

#[async_trait]
impl Collection<Volume> for PrimeIntellect {
    async fn create(&self, spec: &VolumeSpec) -> Result<Volume> {
        let Storage::Offered { size, offer } = &spec.storage else {
            let message = "a volume has no storage type here, but a provider that keeps it".to_owned();
            return Err(refusal(Kind::Invalid, requests::creating(&spec.name), message));
        };
        let request = requests::create(&spec.name, *size, offer, &self.account);
        let (id, volume) = self.http.send(&request, api::made).await?;
        Ok(self.redacted_volume(id, volume))
    }

    async fn get(&self, id: &VolumeId) -> Result<Option<Volume>> {
        let (id, volume) = self.http.send(&requests::get(id), api::volume).await?;
        Ok((!convert::is_gone(&volume)).then(|| self.redacted_volume(id, volume)))
    }

    async fn list(&self) -> Result<Vec<Volume>> {
        let volumes = requests::list().read_all(&self.http).await?.into_iter();
        let volumes = responses::each_once(volumes).filter(|(_, volume)| !convert::is_gone(volume));
        Ok(volumes.map(|(id, volume)| self.redacted_volume(id, volume)).collect())
    }

    async fn delete(&self, id: &VolumeId) -> Result<()> {
        self.http
            .send(&requests::delete(id), responses::deleted)
            .await
            .map(drop)
    }
}

#[async_trait]
impl Volumes for PrimeIntellect {
    async fn rename(&self, id: &VolumeId, name: &Name) -> Result<()> {
        self.http.send(&requests::rename(id, name), responses::done).await
    }

    async fn grow(&self, id: &VolumeId, _size: GiB) -> Result<()> {
        let message = "a volume keeps the size that it was made with".to_owned();
        Err(refusal(Kind::Invalid, format!("growing volume {id}"), message))
    }
}

impl PrimeIntellect {
    fn redacted_volume(&self, id: VolumeId, volume: VolumeJson) -> Volume {
        let volume = convert::to_volume(id, volume, &self.account);
        self.http.secrets().redact_volume(volume)
    }
}
