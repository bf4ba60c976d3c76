//! Deletes what pods may still use: those of the same run may be going.

use tokio::time::Instant;
use tracing::info;

use crate::{
    clouds::{Error, Kind},
    resources::{
        failure,
        session::Session,
        thing::{IdOf, Thing, Things},
        timeouts::Deadline,
        wait::{LONGEST_SILENCE, Pause, pause},
    },
    tf::{Context, Diagnostics, Path},
};

/// Deletes a thing as soon as the cloud allows it. When time is up, `users` tells who uses it.
pub async fn delete<T: Things + ?Sized>(
    cx: &Context<Session>,
    things: &T,
    id: &IdOf<T>,
    deadline: &Deadline,
    users: impl Future<Output = String>,
) -> Result<(), Diagnostics> {
    let began = Instant::now();
    let mut told: Option<Instant> = None;
    loop {
        if cx.stop.is_cancelled() {
            return Err(interrupted::<T::Thing>(id));
        }
        let refusal = match things.delete(id).await {
            Ok(()) => return Ok(()),
            Err(error) if is_in_use(&error) || (told.is_some() && failure::may_pass(error.kind)) => error,
            Err(error) => return Err(failure::diagnostics(cannot_be_deleted::<T::Thing>(), &error)),
        };
        if told.is_none_or(|told| told.elapsed() >= LONGEST_SILENCE) {
            told = Some(Instant::now());
            let waited_s = began.elapsed().as_secs();
            info!(cloud = things.cloud(), id = %id, waited_s, "the {} is in use, waiting", T::Thing::NOUN);
        }
        if pause(cx, deadline).await == Pause::TimeIsUp {
            return Err(still_in_use::<T::Thing>(id, deadline, &refusal, &users.await));
        }
    }
}

fn is_in_use(error: &Error) -> bool {
    matches!(error.kind, Kind::WrongState | Kind::Conflict)
}

fn cannot_be_deleted<T: Thing>() -> String {
    format!("The {} cannot be deleted", T::NOUN)
}

pub fn interrupted<T: Thing>(id: &T::Id) -> Diagnostics {
    let noun = T::NOUN;
    let detail =
        format!("The run was interrupted before the {noun} {id} was deleted. It is kept in the state: destroy again.");
    Diagnostics::of_error(Path::root(), "Interrupted", detail)
}

fn still_in_use<T: Thing>(id: &T::Id, deadline: &Deadline, refusal: &Error, users: &str) -> Diagnostics {
    let detail = format!(
        "The {} {id} could still not be deleted {}. {}\n\n{users} It is kept in the state: destroy again when nothing \
         uses it any more.",
        T::NOUN,
        deadline.told(),
        failure::told(refusal)
    );
    Diagnostics::of_error(Path::from("timeouts"), cannot_be_deleted::<T>(), detail)
}
