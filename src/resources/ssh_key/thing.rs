//! SSH keys as things at a cloud.

use async_trait::async_trait;
use tokio::time::Instant;

use crate::{
    clouds::{Cloud, Result, SshKey, SshKeyId, SshKeySpec, SshKeys},
    resources::{
        absence::Since,
        part::SSH_KEYS,
        session::Session,
        thing::{Thing, Things},
    },
    tf::Diagnostics,
};

/// A cloud that keeps SSH keys.
pub struct SshKeysOf<'c> {
    cloud: &'c dyn Cloud,
    pub keys: &'c dyn SshKeys,
}

impl<'c> SshKeysOf<'c> {
    pub fn new(cloud: &'c dyn Cloud) -> std::result::Result<Self, Diagnostics> {
        let keys = SSH_KEYS.of("cloud", cloud, cloud.ssh_keys())?;
        Ok(Self { cloud, keys })
    }
}

impl Thing for SshKey {
    const NOT_AN_ID: &'static str = "Not an id of an SSH key";
    const LISTED_BY: &'static str = "the cloud's console";
}

#[async_trait]
impl Things for SshKeysOf<'_> {
    type Thing = SshKey;
    type Spec = SshKeySpec;

    fn cloud(&self) -> &'static str {
        self.cloud.capabilities().name
    }

    fn time_at(&self, moment: Instant) -> Option<i64> {
        self.cloud.time_at(moment)
    }

    async fn create(&self, spec: &SshKeySpec) -> Result<SshKey> {
        self.keys.create(spec).await
    }

    async fn read(&self, id: &SshKeyId) -> Result<Option<SshKey>> {
        self.keys.get(id).await
    }

    async fn list(&self) -> Result<Vec<SshKey>> {
        self.keys.list().await
    }

    async fn listed(&self, session: &Session, id: &SshKeyId, since: Since) -> Result<Option<SshKey>> {
        session.rolls.ssh_keys.find(self, id, since).await
    }

    async fn delete(&self, id: &SshKeyId) -> Result<()> {
        self.keys.delete(id).await
    }
}
