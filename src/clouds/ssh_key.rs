//! SSH keys, kept at the cloud: a new pod lets in whoever holds one of them.

use async_trait::async_trait;

use super::{Result, SshKeyId};

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

/// A cloud that keeps SSH keys. The contract of [`Cloud`](super::Cloud) holds here too.
#[async_trait]
pub trait SshKeys: Send + Sync {
    async fn create_ssh_key(&self, spec: &SshKeySpec) -> Result<SshKey>;

    /// `None` if the cloud says that it has ended.
    async fn ssh_key(&self, id: &SshKeyId) -> Result<Option<SshKey>>;

    async fn ssh_keys(&self) -> Result<Vec<SshKey>>;

    /// Makes it the key of new pods that name none; whichever was that before is so no longer.
    async fn make_ssh_key_primary(&self, id: &SshKeyId) -> Result<()>;

    async fn delete_ssh_key(&self, id: &SshKeyId) -> Result<()>;
}
