//! The collections of a cloud's API, REST's sense of the word: objects of one type with create, get, list and delete.

use std::fmt;

use async_trait::async_trait;

use super::{Capabilities, Cloud, IdForm, Invalid, Result};

/// An object of a cloud's API, such as a pod: it has an id, and mostly a name.
pub trait Object: Clone + Send + Sync + 'static {
    /// The noun for users, such as "pod".
    const NOUN: &'static str;

    /// The noun's indefinite article, as it begins a sentence.
    const ARTICLE: &'static str = "A";

    type Id: fmt::Display + Clone + Ord + Send + Sync;

    /// An object to be created.
    type Spec: Send + Sync;

    fn to_id(text: &str) -> std::result::Result<Self::Id, Invalid>;

    /// The form of such ids at a cloud.
    fn id_form(capabilities: &Capabilities) -> &IdForm;

    fn id(&self) -> &Self::Id;

    fn name(&self) -> Option<&str>;

    /// The time of creation by the cloud's clock, in milliseconds since 1970, as far as the cloud says so.
    fn created_at(&self) -> Option<i64>;

    /// The cloud's own word for the status, where objects have one.
    fn cloud_status(&self) -> Option<&str> {
        None
    }
}

/// An object with a lifecycle: its status changes by itself.
pub trait Lifecycle: Object {
    /// The status in words that hold for all clouds.
    fn status(&self) -> &'static str;

    /// The reason of a failure, if the cloud gives one.
    fn reason(&self) -> Option<&str>;
}

/// All objects of one type at one cloud, which the collection knows.
///
/// # Contract
///
/// - An object that has ended by the cloud's own word about it is not an error: getting it gives `None`. One that the
///   cloud does not find is an error, [`Kind::NotFound`](super::Kind::NotFound), whether it is read or deleted: a single
///   answer does not prove that it is gone, and what does is the caller's affair.
/// - What was asked for comes back: a response about another id is unreadable (`identity`).
/// - Idempotent requests are retried inside, honouring `Retry-After`; [`Collection::create`] is sent again only after a
///   response that proves that nothing was made.
/// - Nothing waits for an object to change: a call returns with the cloud's response, and the caller reads again.
/// - A future may be dropped at any time; what was sent then may have been done.
#[async_trait]
pub trait Collection<O: Object>: Cloud {
    /// Creates an object. The response may already say more than the id, and may say nothing but the id.
    ///
    /// After an error for which [`Kind::proves_nothing_was_done`](super::Kind::proves_nothing_was_done) is false the
    /// object may exist; finding it is the caller's task, with [`Collection::list`].
    async fn create(&self, spec: &O::Spec) -> Result<O>;

    /// The object as the cloud sees it now; `None` if the cloud says that it has ended.
    async fn get(&self, id: &O::Id) -> Result<Option<O>>;

    /// All objects that have not ended, from all pages. One that was just created may be missing.
    async fn list(&self) -> Result<Vec<O>>;

    /// Asks for a deletion. An object in use is refused as [`Kind::WrongState`](super::Kind::WrongState) or
    /// [`Kind::Conflict`](super::Kind::Conflict).
    async fn delete(&self, id: &O::Id) -> Result<()>;
}
