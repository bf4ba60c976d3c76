//! Absence needs two witnesses: nothing is forgotten because of one answer.
//!
//! An object is gone if the cloud does not find it *and* does not list it, or if the cloud says of it that it has ended. A
//! cloud that has listed nothing, because its list cannot be read, is no witness: that is an error. What is on the list
//! is there as the list tells it.
//!
//! Of a deletion, the cloud's acceptance is one witness and an object that is not found afterwards the other. Where a
//! deletion itself is answered with "not found", the list is asked before that is believed, unless the object was not
//! found before either.

use tokio::time::Instant;

use crate::clouds::{Error, Kind, Result};

/// The one place where "not found" becomes "gone": `found` is what the cloud says of the object itself, and the list is
/// asked only if that is "not found".
pub async fn witnessed<T>(
    found: Result<Option<T>>,
    listed: impl Future<Output = Result<Option<T>>>,
) -> Result<Option<T>> {
    match found {
        Err(error) if is_not_found(&error) => listed.await,
        found => found,
    }
}

pub fn is_not_found(error: &Error) -> bool {
    error.kind == Kind::NotFound
}

/// How old a list may be in which an object is looked for.
#[derive(Debug, Clone, Copy)]
pub enum Since {
    /// Of the same walk.
    Lately,
    /// Not older than this moment.
    Now(Instant),
}
