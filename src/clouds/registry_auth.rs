//! Credentials for private container registries, kept at the cloud.

use async_trait::async_trait;

use super::{Capabilities, Collection, IdForm, Invalid, Object, RegistryAuthId, Result, Secret, moment_in};

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

/// A cloud's registry credentials.
#[async_trait]
pub trait RegistryAuths: Collection<RegistryAuth> {
    async fn update(&self, id: &RegistryAuthId, spec: &RegistryAuthSpec) -> Result<()>;
}

impl Object for RegistryAuth {
    const NOUN: &'static str = "registry credential";

    type Id = RegistryAuthId;
    type Spec = RegistryAuthSpec;

    fn to_id(text: &str) -> std::result::Result<RegistryAuthId, Invalid> {
        RegistryAuthId::new(text)
    }

    fn id_form(capabilities: &Capabilities) -> &IdForm {
        &capabilities.ids.registry_auth
    }

    fn id(&self) -> &RegistryAuthId {
        &self.id
    }

    fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    fn created_at(&self) -> Option<i64> {
        moment_in(self.created_at.as_deref()?)
    }
}
