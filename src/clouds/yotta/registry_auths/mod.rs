//! Credentials for private registries at Yotta Labs.

mod requests;

mod api;

mod convert;

#[cfg(test)]
mod tests;

use async_trait::async_trait;

use super::{
    Yotta,
    api::{deleted, done},
};
use crate::clouds::{
    Collection, Kind, RegistryAuth, RegistryAuthId, RegistryAuthSpec, RegistryAuths, Result,
    http::{Failure, Receipt},
};

#[async_trait]
impl Collection<RegistryAuth> for Yotta {
    async fn create(&self, spec: &RegistryAuthSpec) -> Result<RegistryAuth> {
        let (id, auth) = self.http.send(&requests::create(spec), api::registry_auth).await?;
        Ok(convert::to_registry_auth(id, auth))
    }

    async fn get(&self, id: &RegistryAuthId) -> Result<Option<RegistryAuth>> {
        let (id, auth) = self.http.send(&requests::get(id), api::registry_auth).await?;
        Ok(Some(convert::to_registry_auth(id, auth)))
    }

    async fn list(&self) -> Result<Vec<RegistryAuth>> {
        let auths = self.http.send(&requests::list(), api::registry_auths).await?;
        let auths = auths.into_iter().map(|(id, auth)| convert::to_registry_auth(id, auth));
        Ok(auths.collect())
    }

    async fn delete(&self, id: &RegistryAuthId) -> Result<()> {
        let request = requests::delete(id);
        match self.http.send(&request, deleted).await? {
            Receipt::Plain => Ok(()),
            // Nobody waits for the end of a credential, so that it has to be seen now.
            Receipt::Odd => match <Self as Collection<RegistryAuth>>::get(self, id).await {
                Err(error) if error.kind == Kind::NotFound => Ok(()),
                Err(error) => Err(error),
                Ok(_) => Err(self.http.error(&request, Failure::not_followed())),
            },
        }
    }
}

#[async_trait]
impl RegistryAuths for Yotta {
    async fn update(&self, id: &RegistryAuthId, spec: &RegistryAuthSpec) -> Result<()> {
        self.http.send(&requests::change(id, spec), done).await
    }
}
