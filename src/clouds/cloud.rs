//! The `Cloud` trait: the contract that every cloud fulfils.

use async_trait::async_trait;
use tokio::time::Instant;

use super::{
    Account, Capabilities, Catalogue, Histories, Logs, Pod, PodId, PodSpec, RegistryAuths, Result, Runtimes, SshKeys,
    Volumes,
};

/// A cloud that rents out GPUs. One suite (`tests/it/conformance`) runs over every implementation.
///
/// # Contract
///
/// - What a cloud lacks is in its [`Capabilities`]; a caller never asks for it.
/// - Every error says by its kind what the caller can do.
/// - A thing that has ended by the cloud's own word about it is not an error: reading it gives `None`. One that the cloud
///   does not find is an error, [`Kind::NotFound`](super::Kind::NotFound), whether it is read or deleted: a single answer
///   does not prove that it is gone, and what does is the caller's affair.
/// - What was asked for comes back: a response about another id is unreadable (`identity`).
/// - Requests that may be sent twice are retried inside, honouring `Retry-After`; [`Cloud::create_pod`] is sent
///   again only after a response that proves that nothing was made.
/// - Nothing waits for a pod to change: a call returns with the cloud's response, and the caller reads again.
/// - A future may be dropped at any time; what was sent then may have been done.
#[async_trait]
pub trait Cloud: Send + Sync {
    fn capabilities(&self) -> &'static Capabilities;

    /// On whose behalf it is used, where nothing else is asked for.
    fn account(&self) -> &Account;

    /// What the cloud's own clock showed at a moment of ours, in milliseconds since 1970, a little too early rather than
    /// too late; `None` as long as no response has told it. It is exact for what a response of a moment ago tells of.
    fn time_at(&self, moment: Instant) -> Option<i64>;

    /// Orders a pod. The response may already say more than the id, and may say nothing but the id. Where the cloud has
    /// offers to choose from, the cheapest in stock that fits is ordered, and if that was just taken, the next.
    ///
    /// After an error for which [`Kind::proves_nothing_was_done`](super::Kind::proves_nothing_was_done) is false the
    /// pod may exist; finding it is the caller's task, with [`Cloud::pods`].
    async fn create_pod(&self, spec: &PodSpec) -> Result<Pod>;

    /// The pod as the cloud sees it now; `None` if the cloud says that it has ended.
    async fn pod(&self, id: &PodId) -> Result<Option<Pod>>;

    /// All pods that have not ended. A pod that was just made may be missing.
    async fn pods(&self) -> Result<Vec<Pod>>;

    /// Orders a running pod to stop, where the cloud can stop one. A pod that is not running is refused as [`Kind::WrongState`](super::Kind::WrongState).
    async fn stop_pod(&self, id: &PodId) -> Result<()>;

    /// Orders a stopped pod to start, where the cloud can stop one. A pod that is not stopped is refused as [`Kind::WrongState`](super::Kind::WrongState).
    async fn start_pod(&self, id: &PodId) -> Result<()>;

    /// Orders a pod to be deleted.
    async fn delete_pod(&self, id: &PodId) -> Result<()>;

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
