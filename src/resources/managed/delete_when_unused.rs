//! Deletes what pods may still use: those of the same run may be going.

use async_trait::async_trait;
use tokio::time::Instant;
use tracing::info;

use super::messages;
use crate::{
    clouds::{self, Collection, Error, Kind},
    resources::{
        common::cloud_error,
        managed::{
            Managed,
            deadline::Deadline,
            read,
            wait::{LONGEST_SILENCE, Pause, pause},
        },
        run::is_not_found,
        session::Session,
    },
    tf::{Context, Diagnostics, Path},
};

/// How a deletion ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deleted {
    /// It was accepted.
    Accepted,
    /// There was nothing to delete any more.
    GoneAlready,
}

/// What may still use an object.
#[async_trait]
pub trait Users: Send + Sync {
    /// Whether something uses it, as far as the cloud tells: it is not asked to delete it then.
    async fn are_there(&self) -> Option<bool>;

    /// Who they are, as a sentence.
    async fn told(&self) -> String;
}

/// A deletion that is not found may be answered so by mistake. So often it is asked for again while the object is listed.
const MOST_MISSES: u32 = 2;

/// Deletes an object as soon as nothing uses it any more. With `is_used`, it is looked whether something does before the
/// cloud is asked for the first time. When time is up, the cloud has the last word, and `users` tells who they are.
pub async fn delete<O: Managed>(
    cx: &Context<Session>,
    collection: &dyn Collection<O>,
    id: &O::Id,
    deadline: &Deadline,
    users: &impl Users,
    is_used: bool,
) -> Result<Deleted, Diagnostics> {
    let began = Instant::now();
    let mut told: Option<Instant> = None;
    let (mut may_be_used, mut is_over) = (is_used, false);
    loop {
        if cx.stop.is_cancelled() {
            return Err(interrupted::<O>(id));
        }
        let is_known_to_be_used = may_be_used && !is_over && users.are_there().await == Some(true);
        if !is_known_to_be_used {
            let refusal = match ask(cx, collection, id).await? {
                Ok(deleted) => return Ok(deleted),
                Err(error) => error,
            };
            match is_in_use(&refusal) {
                true => may_be_used = true,
                false if told.is_some() && refusal.kind.may_pass() => {}
                false => return Err(refused::<O>(&refusal)),
            }
            if is_over {
                return Err(still_in_use::<O>(id, deadline, &refusal, &users.told().await));
            }
        }
        if told.is_none_or(|told| told.elapsed() >= LONGEST_SILENCE) {
            told = Some(Instant::now());
            let waited_s = began.elapsed().as_secs();
            info!(cloud = collection.capabilities().name, id = %id, waited_s, "the {} is in use, waiting", O::NOUN);
        }
        is_over = pause(cx, deadline).await == Pause::TimeIsUp;
    }
}

/// Deletes an object, without waiting for whatever may use it.
pub async fn delete_at_once<O: Managed>(
    cx: &Context<Session>,
    collection: &dyn Collection<O>,
    id: &O::Id,
) -> Result<(), Diagnostics> {
    let deleted = ask(cx, collection, id).await?.map(drop);
    deleted.map_err(|error| refused::<O>(&error))
}

/// Asks for a deletion, until the cloud finds the object or has not listed it either.
async fn ask<O: Managed>(
    cx: &Context<Session>,
    collection: &dyn Collection<O>,
    id: &O::Id,
) -> Result<clouds::Result<Deleted>, Diagnostics> {
    let mut misses = 0;
    loop {
        match collection.delete(id).await {
            Err(error) if is_not_found(&error) => {
                let listed = read::listed(&cx.session.run, collection, id).await;
                match listed.map_err(|error| refused::<O>(&error))? {
                    None => return Ok(Ok(Deleted::GoneAlready)),
                    Some(_) if misses < MOST_MISSES => misses += 1,
                    Some(_) => return Err(not_found_and_listed::<O>(id, &error)),
                }
            }
            result => return Ok(result.map(|()| Deleted::Accepted)),
        }
    }
}

fn is_in_use(error: &Error) -> bool {
    matches!(error.kind, Kind::WrongState | Kind::Conflict)
}

pub fn cannot_be_deleted<O: Managed>() -> String {
    messages::cannot_be_deleted(O::NOUN)
}

/// The cloud's refusal of a deletion, in a user's words.
pub fn refused<O: Managed>(error: &Error) -> Diagnostics {
    cloud_error::diagnostics(cannot_be_deleted::<O>(), error)
}

pub fn interrupted<O: Managed>(id: &O::Id) -> Diagnostics {
    Diagnostics::from_error(Path::root(), messages::delete_interrupted(O::NOUN, id))
}

fn not_found_and_listed<O: Managed>(id: &O::Id, error: &Error) -> Diagnostics {
    let message = messages::not_found_and_listed(O::NOUN, &cloud_error::describe(error), id);
    Diagnostics::from_error(Path::root(), message)
}

fn still_in_use<O: Managed>(id: &O::Id, deadline: &Deadline, refusal: &Error, users: &str) -> Diagnostics {
    let message = messages::still_in_use(O::NOUN, id, &deadline.told(), &cloud_error::describe(refusal), users);
    Diagnostics::from_error(Path::from("timeouts"), message)
}
