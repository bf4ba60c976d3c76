//! Waiting for a thing: until it is where it should be, until it cannot get there, until time is up or the user stops.

use crate::resources::messages;
use std::time::Duration;

use tokio::time::Instant;
use tracing::info;

use crate::{
    clouds::{self, Lifecycle, Object},
    resources::{
        absence::{self, Since},
        failure,
        session::Session,
        thing::{IdOf, Thing, Things},
        timeouts::Deadline,
    },
    tf::{Context, Diagnostics, Path},
};

/// Where a thing is waited for.
pub trait Goal<T>: Copy + Send {
    fn verdict(self, thing: &T) -> Verdict;

    /// Whether a thing that is gone is where it should be.
    fn is_reached_when_gone(self) -> bool;

    /// What it means that the cloud does not find the thing.
    fn when_not_found(self) -> NotFound;

    /// As in "was not … after 20m".
    fn told(self) -> &'static str;

    /// What becomes of a thing that cannot get there any more.
    fn outlook(self) -> &'static str;
}

/// Whether a thing is where one waits for, on the way there, or off it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Reached,
    OnTheWay,
    Failed,
}

/// What it means to a wait that the cloud does not find the thing (see `absence`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotFound {
    /// It was made just now, and may be shown later; once it was seen, it is in doubt.
    NotYet,
    /// It exists for all that is known: the list has to confirm it.
    InDoubt,
    /// The cloud has accepted its deletion, or has said that it is ending, and that is the other witness.
    Gone,
}

/// One look at a thing.
enum Sight<T> {
    There(T),
    Gone,
    NotYet,
}

/// What reads a thing may lag behind what has read it before. So many looks in a row make it certain that it is gone.
const MISSES_THAT_PROVE: u32 = 3;
/// How long nothing is told while nothing changes.
pub const LONGEST_SILENCE: Duration = Duration::from_secs(60);
/// Waits, and tells every state of the thing that it sees to `seen`. `None` if it is gone, where that was the goal.
///
/// An error of the cloud that may pass is waited out: a thing that cannot be read for a minute has not failed.
pub async fn until<T: Things + ?Sized>(
    cx: &Context<Session>,
    things: &T,
    id: &IdOf<T>,
    goal: impl Goal<T::Thing>,
    deadline: &Deadline,
    mut seen: impl FnMut(&T::Thing) + Send,
) -> Result<Option<T::Thing>, Diagnostics>
where
    T::Thing: Lifecycle,
{
    let mut last = Last::new();
    let _waiting = things.waiting(&cx.session);
    // Where others wait too, already the first look is shared with theirs.
    let mut moment = match things.is_crowded(&cx.session) {
        true => rest(cx, things, id, goal, deadline, &last).await?,
        false => Instant::now(),
    };
    loop {
        let look = look(cx, things, id, moment, last.when_not_found(goal.when_not_found()));
        // Where many wait for their turn to ask, a look may take longer than there is time.
        let found = tokio::select! {
            biased;
            found = look => found,
            () = cx.stop.cancelled() => return Err(interrupted::<T::Thing>(id, &last)),
            () = tokio::time::sleep_until(deadline.instant()) => {
                return Err(out_of_time::<T::Thing>(id, goal.told(), deadline, &last));
            }
        };
        match found {
            Ok(Sight::There(thing)) => {
                seen(&thing);
                last.note(things.cloud(), &thing);
                match goal.verdict(&thing) {
                    Verdict::Reached => return Ok(Some(thing)),
                    Verdict::Failed => return Err(failed(&thing, goal)),
                    Verdict::OnTheWay => {}
                }
            }
            Ok(Sight::NotYet) => last.is_awaited = true,
            Ok(Sight::Gone) if goal.is_reached_when_gone() => return Ok(None),
            Ok(Sight::Gone) if last.misses + 1 >= MISSES_THAT_PROVE => return Err(vanished::<T::Thing>(id)),
            Ok(Sight::Gone) => last.misses += 1,
            Err(error) if failure::may_pass(error.kind) => last.error = Some(failure::told(&error)),
            Err(error) => {
                let summary = messages::waiting_refused(T::Thing::NOUN);
                return Err(failure::diagnostics(summary, &error));
            }
        }
        last.tell_now_and_then::<T::Thing>(things.cloud(), id, goal.told());
        moment = rest(cx, things, id, goal, deadline, &last).await?;
    }
}

/// Looks at the thing as it is at a moment or later.
async fn look<T: Things + ?Sized>(
    cx: &Context<Session>,
    things: &T,
    id: &IdOf<T>,
    moment: Instant,
    when_not_found: NotFound,
) -> clouds::Result<Sight<T::Thing>> {
    let found = match things.awaited(&cx.session, id, moment).await {
        Err(error) if absence::is_not_found(&error) => match when_not_found {
            NotFound::NotYet => return Ok(Sight::NotYet),
            NotFound::InDoubt => things.listed(&cx.session, id, Since::Now(moment)).await?,
            NotFound::Gone => None,
        },
        found => found?,
    };
    Ok(found.map_or(Sight::Gone, Sight::There))
}

/// Rests until the next look, whose moment it returns.
async fn rest<T: Things + ?Sized>(
    cx: &Context<Session>,
    things: &T,
    id: &IdOf<T>,
    goal: impl Goal<T::Thing>,
    deadline: &Deadline,
    last: &Last,
) -> Result<Instant, Diagnostics> {
    let now = Instant::now();
    let spared = things
        .spared_until(&cx.session)
        .filter(|_| things.is_crowded(&cx.session));
    let moment = cx.session.poll_after(spared.map_or(now, |spared| spared.max(now)));
    match pause_until(cx, deadline, moment).await {
        Pause::Over => Ok(moment),
        Pause::Stopped => Err(interrupted::<T::Thing>(id, last)),
        Pause::TimeIsUp => Err(out_of_time::<T::Thing>(id, goal.told(), deadline, last)),
    }
}

/// How a pause between two looks ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pause {
    Over,
    /// The user wants to stop.
    Stopped,
    TimeIsUp,
}

/// Rests until it is time to ask the cloud again.
pub async fn pause(cx: &Context<Session>, deadline: &Deadline) -> Pause {
    pause_until(cx, deadline, cx.session.next_poll()).await
}

async fn pause_until(cx: &Context<Session>, deadline: &Deadline, moment: Instant) -> Pause {
    tokio::select! {
        biased;
        () = cx.stop.cancelled() => Pause::Stopped,
        () = tokio::time::sleep_until(deadline.instant()) => Pause::TimeIsUp,
        () = tokio::time::sleep_until(moment) => Pause::Over,
    }
}

/// What was seen last, for the log, and for the message when the wait ends without success.
struct Last {
    began: Instant,
    /// When something was told.
    told: Instant,
    status: Option<&'static str>,
    cloud_status: String,
    error: Option<String>,
    misses: u32,
    /// The cloud has answered that it does not find what it has just made.
    is_awaited: bool,
}

impl Last {
    fn new() -> Self {
        let now = Instant::now();
        Self {
            began: now,
            told: now,
            status: None,
            cloud_status: String::new(),
            error: None,
            misses: 0,
            is_awaited: false,
        }
    }

    fn when_not_found(&self, of_goal: NotFound) -> NotFound {
        match of_goal {
            NotFound::NotYet if self.status.is_some() => NotFound::InDoubt,
            of_goal => of_goal,
        }
    }

    fn note<T: Lifecycle>(&mut self, cloud: &'static str, thing: &T) {
        let (status, cloud_status) = (thing.status(), thing.cloud_status().unwrap_or_default());
        if self.status != Some(status) || self.cloud_status != cloud_status {
            info!(cloud, id = %thing.id(), status, cloud_status, "the {}'s status", T::NOUN);
            self.told = Instant::now();
        }
        *self = Self {
            status: Some(status),
            cloud_status: cloud_status.to_owned(),
            error: None,
            misses: 0,
            ..*self
        };
    }

    /// A wait that says nothing for minutes looks like one that hangs.
    fn tell_now_and_then<T: Thing>(&mut self, cloud: &'static str, id: &T::Id, goal: &str) {
        if self.told.elapsed() < LONGEST_SILENCE {
            return;
        }
        self.told = Instant::now();
        info!(
            cloud,
            id = %id,
            status = self.status,
            cloud_status = self.cloud_status,
            error = self.error,
            waited_s = self.began.elapsed().as_secs(),
            "the {} is still not {goal}",
            T::NOUN
        );
    }

    fn told(&self) -> String {
        let status = match self.status {
            Some(status) => messages::last_status(status, &self.cloud_status),
            None if self.is_awaited => messages::not_found_yet(),
            None => messages::never_read(),
        };
        match &self.error {
            Some(error) => messages::last_was_error(&status, error),
            None => format!("{status}."),
        }
    }
}

fn failed<T: Lifecycle>(thing: &T, goal: impl Goal<T>) -> Diagnostics {
    let reason = match thing.reason() {
        Some(reason) => messages::clouds_reason(reason),
        None => messages::no_reason(),
    };
    let message = messages::did_not_become(
        T::NOUN,
        goal.told(),
        thing.id(),
        thing.status(),
        thing.cloud_status().unwrap_or_default(),
        &reason,
        goal.outlook(),
    );
    Diagnostics::from_error(Path::root(), message)
}

pub fn vanished<T: Thing>(id: &T::Id) -> Diagnostics {
    Diagnostics::from_error(Path::root(), messages::vanished(T::NOUN, id))
}

fn interrupted<T: Thing>(id: &T::Id, last: &Last) -> Diagnostics {
    Diagnostics::from_error(Path::root(), messages::wait_interrupted(T::NOUN, id, &last.told()))
}

fn out_of_time<T: Thing>(id: &T::Id, goal: &str, deadline: &Deadline, last: &Last) -> Diagnostics {
    let message = messages::out_of_time(T::NOUN, id, goal, &deadline.told(), &last.told());
    Diagnostics::from_error(Path::from("timeouts"), message)
}
