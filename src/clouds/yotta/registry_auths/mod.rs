//! Credentials for private registries at Yotta Labs.

mod requests;

mod api;

mod convert;

#[cfg(test)]
mod tests;

use async_trait::async_trait;

use super::{Yotta, api::done, is_signed_absence};
use crate::clouds::{Kind, RegistryAuth, RegistryAuthId, RegistryAuthSpec, RegistryAuths, Result};

#[async_trait]
impl RegistryAuths for Yotta {
    async fn create_registry_auth(&self, spec: &RegistryAuthSpec) -> Result<RegistryAuth> {
        let (id, auth) = self.http.send(&requests::create(spec), api::registry_auth).await?;
        Ok(convert::to_registry_auth(id, auth))
    }

    async fn registry_auth(&self, id: &RegistryAuthId) -> Result<Option<RegistryAuth>> {
        match self.http.send(&requests::get(id), api::registry_auth).await {
            Ok((id, auth)) => Ok(Some(convert::to_registry_auth(id, auth))),
            Err(error) if is_signed_absence(&error) => Ok(None),
            // Without Yotta's code, the list has to confirm it.
            Err(error) if error.kind == Kind::NotFound => self.listed_registry_auth(id).await,
            Err(error) => Err(error),
        }
    }

    async fn registry_auths(&self) -> Result<Vec<RegistryAuth>> {
        let auths = self.http.send(&requests::list(), api::registry_auths).await?;
        let auths = auths.into_iter().map(|(id, auth)| convert::to_registry_auth(id, auth));
        Ok(auths.collect())
    }

    async fn change_registry_auth(&self, id: &RegistryAuthId, spec: &RegistryAuthSpec) -> Result<()> {
        self.http.send(&requests::change(id, spec), done).await
    }

    async fn delete_registry_auth(&self, id: &RegistryAuthId) -> Result<()> {
        match self.http.send(&requests::delete(id), done).await {
            Err(error) if is_signed_absence(&error) => Ok(()),
            Err(error) if error.kind == Kind::NotFound => match self.listed_registry_auth(id).await? {
                None => Ok(()),
                Some(_) => Err(error),
            },
            result => result,
        }
    }
}

impl Yotta {
    /// The credential as the list shows it, where a single answer does not prove that it is gone.
    async fn listed_registry_auth(&self, id: &RegistryAuthId) -> Result<Option<RegistryAuth>> {
        Ok(self.registry_auths().await?.into_iter().find(|auth| auth.id == *id))
    }
}
