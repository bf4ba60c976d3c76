//! Credentials for private container registries, kept at the cloud.

use async_trait::async_trait;

use super::{RegistryAuthId, Result, Secret};

/// A credential to be made or changed. What is `None` in a change stays as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegistryAuthSpec {
    pub name: Option<String>,
    pub username: Option<String>,
    pub password: Option<Secret>,
    /// The kind of registry, in the cloud's words. It is fixed once the credential is made.
    pub kind: Option<String>,
}

/// A credential as its cloud describes it; the password never comes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegistryAuth {
    pub id: RegistryAuthId,
    pub name: Option<String>,
    pub username: Option<String>,
    pub kind: Option<String>,
    /// As RFC 3339, in the cloud's own words.
    pub created_at: Option<String>,
}

/// A cloud that keeps registry credentials. The contract of [`Cloud`](super::Cloud) holds here too.
#[async_trait]
pub trait RegistryAuths: Send + Sync {
    async fn create_registry_auth(&self, spec: &RegistryAuthSpec) -> Result<RegistryAuth>;

    /// `None` if the cloud says that it has ended.
    async fn registry_auth(&self, id: &RegistryAuthId) -> Result<Option<RegistryAuth>>;

    async fn registry_auths(&self) -> Result<Vec<RegistryAuth>>;

    async fn change_registry_auth(&self, id: &RegistryAuthId, spec: &RegistryAuthSpec) -> Result<()>;

    /// One that a pod uses is refused as [`Kind::Conflict`](super::Kind::Conflict)
    /// or [`Kind::WrongState`](super::Kind::WrongState).
    async fn delete_registry_auth(&self, id: &RegistryAuthId) -> Result<()>;
}
