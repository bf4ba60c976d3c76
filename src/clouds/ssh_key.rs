//! SSH keys, kept at the cloud: a new pod lets in whoever holds one of them.

use async_trait::async_trait;

use super::{Capabilities, Collection, IdForm, Invalid, Object, Result, SshKeyId};

/// A key to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SshKeySpec {
    pub name: String,
    /// As OpenSSH writes it. It is no secret.
    pub public_key: String,
}

/// A key as its cloud describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SshKey {
    pub id: SshKeyId,
    pub name: Option<String>,
    pub public_key: Option<String>,
    /// New pods that name no key get this one.
    pub is_primary: Option<bool>,
    /// Milliseconds since 1970.
    pub created_at: Option<i64>,
}

/// A cloud's SSH keys.
#[async_trait]
pub trait SshKeys: Collection<SshKey> {
    /// Makes it the key of new pods that name none; whichever was that before is so no longer.
    async fn make_primary(&self, id: &SshKeyId) -> Result<()>;
}

impl Object for SshKey {
    const NOUN: &'static str = "SSH key";
    const ARTICLE: &'static str = "An";

    type Id = SshKeyId;
    type Spec = SshKeySpec;

    fn to_id(text: &str) -> std::result::Result<SshKeyId, Invalid> {
        SshKeyId::new(text)
    }

    fn id_form(capabilities: &Capabilities) -> &IdForm {
        &capabilities.ids.ssh_key
    }

    fn id(&self) -> &SshKeyId {
        &self.id
    }

    fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    fn created_at(&self) -> Option<i64> {
        self.created_at
    }
}
