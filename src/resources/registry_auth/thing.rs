//! Credentials as things at a cloud.

use async_trait::async_trait;
use tokio::time::Instant;

use crate::{
    clouds::{Cloud, RegistryAuth, RegistryAuthId, RegistryAuthSpec, RegistryAuths, Result},
    resources::{
        absence::Since,
        part::REGISTRY_AUTHS,
        session::Session,
        thing::{Thing, Things},
    },
    tf::Diagnostics,
};

/// A cloud that keeps credentials.
pub struct RegistryAuthsOf<'c> {
    cloud: &'c dyn Cloud,
    pub auths: &'c dyn RegistryAuths,
}

impl<'c> RegistryAuthsOf<'c> {
    pub fn new(cloud: &'c dyn Cloud) -> std::result::Result<Self, Diagnostics> {
        let auths = REGISTRY_AUTHS.of("cloud", cloud, cloud.registry_auths())?;
        Ok(Self { cloud, auths })
    }
}

impl Thing for RegistryAuth {
    const NOT_AN_ID: &'static str = "Not an id of a registry credential";
    const LISTED_BY: &'static str = "the cloud's console";
}

#[async_trait]
impl Things for RegistryAuthsOf<'_> {
    type Thing = RegistryAuth;
    type Spec = RegistryAuthSpec;

    fn cloud(&self) -> &'static str {
        self.cloud.capabilities().name
    }

    fn time_at(&self, moment: Instant) -> Option<i64> {
        self.cloud.time_at(moment)
    }

    async fn create(&self, spec: &RegistryAuthSpec) -> Result<RegistryAuth> {
        self.auths.create(spec).await
    }

    async fn read(&self, id: &RegistryAuthId) -> Result<Option<RegistryAuth>> {
        self.auths.get(id).await
    }

    async fn list(&self) -> Result<Vec<RegistryAuth>> {
        self.auths.list().await
    }

    async fn listed(&self, session: &Session, id: &RegistryAuthId, since: Since) -> Result<Option<RegistryAuth>> {
        session.rolls.registry_auths.find(self, id, since).await
    }

    async fn delete(&self, id: &RegistryAuthId) -> Result<()> {
        self.auths.delete(id).await
    }
}
