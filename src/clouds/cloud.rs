//! The `Cloud` trait: the contract that every cloud fulfils.

use tokio::time::Instant;

use super::{Account, Capabilities, Catalogue, Histories, Logs, Pods, RegistryAuths, Runtimes, SshKeys, Volumes};

/// A cloud that rents out GPUs. One suite (`tests/it/conformance`) runs over every implementation.
///
/// What a cloud lacks is in its [`Capabilities`]; a caller never asks for it. The calls themselves are those of its
/// collections, whose contract is [`Collection`](super::Collection)'s. Every error says by its kind what the caller can
/// do.
pub trait Cloud: Send + Sync {
    fn capabilities(&self) -> &'static Capabilities;

    /// On whose behalf it is used, where nothing else is asked for.
    fn account(&self) -> &Account;

    /// The cloud's own time at a moment of ours, in milliseconds since 1970, a little too early rather than
    /// too late; `None` as long as no response has told it. It is exact for what a response of a moment ago tells of.
    fn time_at(&self, moment: Instant) -> Option<i64>;

    /// The pods, which every cloud has.
    fn pods(&self) -> &dyn Pods;

    /// The volumes, if the cloud has them; as its capabilities say.
    fn volumes(&self) -> Option<&dyn Volumes>;

    /// The live catalogue, if the cloud publishes one; as its capabilities say.
    fn catalogue(&self) -> Option<&dyn Catalogue>;

    /// The registry credentials, if the cloud keeps them; as its capabilities say.
    fn registry_auths(&self) -> Option<&dyn RegistryAuths>;

    /// The keys that new pods let in, if the cloud keeps them; as its capabilities say.
    fn ssh_keys(&self) -> Option<&dyn SshKeys>;

    /// Pods' logs, if the cloud shows them; as its capabilities say.
    fn logs(&self) -> Option<&dyn Logs>;

    /// Pods' running times, if the cloud counts them; as its capabilities say.
    fn runtimes(&self) -> Option<&dyn Runtimes>;

    /// The pods that have ended, if the cloud keeps account of them; as its capabilities say.
    fn histories(&self) -> Option<&dyn Histories>;
}
