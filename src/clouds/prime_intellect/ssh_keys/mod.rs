//! SSH keys at Prime Intellect. There is no call that reads one of them: each is found in the list.

mod requests;

mod api;

mod convert;

#[cfg(test)]
mod tests;

use async_trait::async_trait;

use super::{PrimeIntellect, api as responses, refusal};
use crate::clouds::{
    Collection, Kind, Result, SshKey, SshKeyId, SshKeySpec, SshKeys,
    http::{Failure, Receipt},
};

#[async_trait]
impl Collection<SshKey> for PrimeIntellect {
    async fn create(&self, spec: &SshKeySpec) -> Result<SshKey> {
        let (id, key) = self.http.send(&requests::create(spec), api::ssh_key).await?;
        Ok(convert::to_ssh_key(id, key))
    }

    async fn get(&self, id: &SshKeyId) -> Result<Option<SshKey>> {
        let mut keys = <Self as Collection<SshKey>>::list(self).await?.into_iter();
        let found = keys.find(|key| key.id == *id);
        let missing = || {
            let message = "no key in the list has this id".to_owned();
            refusal(Kind::NotFound, format!("reading SSH key {id}"), message)
        };
        found.map(Some).ok_or_else(missing)
    }

    async fn list(&self) -> Result<Vec<SshKey>> {
        let keys = requests::list().read_all(&self.http).await?.into_iter();
        let keys = responses::each_once(keys);
        Ok(keys.map(|(id, key)| convert::to_ssh_key(id, key)).collect())
    }

    async fn delete(&self, id: &SshKeyId) -> Result<()> {
        let request = requests::delete(id);
        match self.http.send(&request, responses::deleted).await? {
            Receipt::Plain => Ok(()),
            // Nobody waits for the end of a key, so that it has to be seen now.
            Receipt::Odd => match <Self as Collection<SshKey>>::get(self, id).await {
                Err(error) if error.kind == Kind::NotFound => Ok(()),
                Err(error) => Err(error),
                Ok(_) => Err(self.http.error(&request, Failure::not_followed())),
            },
        }
    }
}

#[async_trait]
impl SshKeys for PrimeIntellect {
    async fn make_primary(&self, id: &SshKeyId) -> Result<()> {
        self.http.send(&requests::make_primary(id), responses::done).await
    }
}
