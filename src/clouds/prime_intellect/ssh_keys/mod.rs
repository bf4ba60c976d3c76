//! SSH keys at Prime Intellect. There is no call that reads one of them: each is found in the list.

mod requests;

mod api;

mod convert;

#[cfg(test)]
mod tests;

use async_trait::async_trait;

use super::{PrimeIntellect, api as answers};
use crate::clouds::{Kind, Result, SshKey, SshKeyId, SshKeySpec, SshKeys};

#[async_trait]
impl SshKeys for PrimeIntellect {
    async fn create_ssh_key(&self, spec: &SshKeySpec) -> Result<SshKey> {
        let (id, key) = self.http.send(&requests::create(spec), api::ssh_key).await?;
        Ok(convert::to_ssh_key(id, key))
    }

    async fn ssh_key(&self, id: &SshKeyId) -> Result<Option<SshKey>> {
        Ok(self.ssh_keys().await?.into_iter().find(|key| key.id == *id))
    }

    async fn ssh_keys(&self) -> Result<Vec<SshKey>> {
        let keys = requests::list().read_all(&self.http).await?.into_iter();
        let keys = answers::each_once(keys);
        Ok(keys.map(|(id, key)| convert::to_ssh_key(id, key)).collect())
    }

    async fn make_ssh_key_primary(&self, id: &SshKeyId) -> Result<()> {
        self.http.send(&requests::make_primary(id), answers::done).await
    }

    async fn delete_ssh_key(&self, id: &SshKeyId) -> Result<()> {
        match self.http.send(&requests::delete(id), api::deleted_if_there).await {
            // Without Prime Intellect's words, the list has to confirm it.
            Err(error) if error.kind == Kind::NotFound => match self.ssh_key(id).await? {
                None => Ok(()),
                Some(_) => Err(error),
            },
            result => result.map(drop),
        }
    }
}
