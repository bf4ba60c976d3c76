//! Deletes what pods may still use: those of the same run may be going.

use crate::resources::messages;
use async_trait::async_trait;
use tokio::time::Instant;
use tracing::info;

use crate::{
    clouds::{self, Error, Kind, Object},
    resources::{
        absence, failure,
        session::Session,
        thing::{IdOf, Thing, Things},
        timeouts::Deadline,
        wait::{LONGEST_SILENCE, Pause, pause},
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

/// What may still use a thing.
#[async_trait]
pub trait Users: Send + Sync {
    /// Whether something uses it, as far as the cloud tells: it is not asked to delete it then.
    async fn are_there(&self) -> Option<bool>;

    /// Who they are, as a sentence.
    async fn told(&self) -> String;
}

/// A deletion that is not found may be answered so by mistake. So often it is asked for again while the thing is listed.
const MOST_MISSES: u32 = 2;

/// Deletes a thing as soon as nothing uses it any more. With `is_used`, it is looked whether something does before the
/// cloud is asked for the first time. When time is up, the cloud has the last word, and `users` tells who they are.
pub async fn delete<T: Things + ?Sized>(
    cx: &Context<Session>,
    things: &T,
    id: &IdOf<T>,
    deadline: &Deadline,
    users: &impl Users,
    is_used: bool,
) -> Result<Deleted, Diagnostics> {
    let began = Instant::now();
    let mut told: Option<Instant> = None;
    let (mut may_be_used, mut is_over) = (is_used, false);
    loop {
        if cx.stop.is_cancelled() {
            return Err(interrupted::<T::Thing>(id));
        }
        let is_known_to_be_used = may_be_used && !is_over && users.are_there().await == Some(true);
        if !is_known_to_be_used {
            let refusal = match ask(cx, things, id).await? {
                Ok(deleted) => return Ok(deleted),
                Err(error) => error,
            };
            match is_in_use(&refusal) {
                true => may_be_used = true,
                false if told.is_some() && failure::may_pass(refusal.kind) => {}
                false => return Err(failure::diagnostics(cannot_be_deleted::<T::Thing>(), &refusal)),
            }
            if is_over {
                return Err(still_in_use::<T::Thing>(id, deadline, &refusal, &users.told().await));
            }
        }
        if told.is_none_or(|told| told.elapsed() >= LONGEST_SILENCE) {
            told = Some(Instant::now());
            let waited_s = began.elapsed().as_secs();
            info!(cloud = things.cloud(), id = %id, waited_s, "the {} is in use, waiting", T::Thing::NOUN);
        }
        is_over = pause(cx, deadline).await == Pause::TimeIsUp;
    }
}

/// Deletes a thing, without waiting for whatever may use it.
pub async fn delete_at_once<T: Things + ?Sized>(
    cx: &Context<Session>,
    things: &T,
    id: &IdOf<T>,
) -> Result<(), Diagnostics> {
    let deleted = ask(cx, things, id).await?.map(drop);
    deleted.map_err(|error| failure::diagnostics(cannot_be_deleted::<T::Thing>(), &error))
}

/// Asks for a deletion, until the cloud finds the thing or has not listed it either.
async fn ask<T: Things + ?Sized>(
    cx: &Context<Session>,
    things: &T,
    id: &IdOf<T>,
) -> Result<clouds::Result<Deleted>, Diagnostics> {
    let mut misses = 0;
    loop {
        match things.delete(id).await {
            Err(error) if absence::is_not_found(&error) => {
                let listed = absence::listed(&cx.session, things, id).await;
                match listed.map_err(|error| failure::diagnostics(cannot_be_deleted::<T::Thing>(), &error))? {
                    None => return Ok(Ok(Deleted::GoneAlready)),
                    Some(_) if misses < MOST_MISSES => misses += 1,
                    Some(_) => return Err(not_found_and_listed::<T::Thing>(id, &error)),
                }
            }
            result => return Ok(result.map(|()| Deleted::Accepted)),
        }
    }
}

fn is_in_use(error: &Error) -> bool {
    matches!(error.kind, Kind::WrongState | Kind::Conflict)
}

fn cannot_be_deleted<T: Thing>() -> String {
    messages::cannot_be_deleted(T::NOUN)
}

pub fn interrupted<T: Thing>(id: &T::Id) -> Diagnostics {
    Diagnostics::from_error(Path::root(), messages::delete_interrupted(T::NOUN, id))
}

fn not_found_and_listed<T: Thing>(id: &T::Id, error: &Error) -> Diagnostics {
    let message = messages::not_found_and_listed(T::NOUN, &failure::told(error), id);
    Diagnostics::from_error(Path::root(), message)
}

fn still_in_use<T: Thing>(id: &T::Id, deadline: &Deadline, refusal: &Error, users: &str) -> Diagnostics {
    let message = messages::still_in_use(T::NOUN, id, &deadline.told(), &failure::told(refusal), users);
    Diagnostics::from_error(Path::from("timeouts"), message)
}
