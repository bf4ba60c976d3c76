//! Waiting for an object: until it is where it should be, until it cannot get there, until time is up or the user stops.

use std::time::Duration;

use tokio::time::Instant;
use tracing::info;

use super::messages;
use crate::{
    clouds::{self, Collection, Lifecycle},
    resources::{
        common::cloud_error,
        managed::{Managed, deadline::Deadline},
        run::{Since, is_not_found},
        session::Session,
    },
    tf::{Context, Diagnostics, Path},
};

/// Where an object is waited for.
pub trait Goal<O>: Copy + Send {
    fn verdict(self, object: &O) -> Verdict;

    /// Whether an object that is gone is where it should be.
    fn is_reached_when_gone(self) -> bool;

    /// What it means that the cloud does not find the object.
    fn when_not_found(self) -> NotFound;

    /// As in "was not … after 20m".
    fn told(self) -> &'static str;

    /// What becomes of an object that cannot get there any more.
    fn outlook(self) -> &'static str;
}

/// Whether an object is where one waits for, on the way there, or off it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Reached,
    OnTheWay,
    Failed,
}

/// What it means to a wait that the cloud does not find the object (see `absence`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotFound {
    /// It was made just now, and may be shown later; once it was seen, it is in doubt.
    NotYet,
    /// It exists for all that is known: the list has to confirm it.
    InDoubt,
    /// The cloud has accepted its deletion, or has said that it is ending, and that is the other witness.
    Gone,
}

/// One look at an object.
enum Sight<T> {
    There(T),
    Gone,
    NotYet,
}

/// What reads an object may lag behind what has read it before. So many looks in a row make it certain that it is gone.
const MISSES_THAT_PROVE: u32 = 3;
/// How long nothing is told while nothing changes.
pub const LONGEST_SILENCE: Duration = Duration::from_secs(60);

/// Waits, and tells every state of the object that it sees to `seen`. `None` if it is gone, where that was the goal.
///
/// An error of the cloud that may pass is waited out: an object that cannot be read for a minute has not failed.
pub async fn until<O: Managed + Lifecycle>(
    cx: &Context<Session>,
    collection: &dyn Collection<O>,
    id: &O::Id,
    goal: impl Goal<O>,
    deadline: &Deadline,
    mut seen: impl FnMut(&O) + Send,
) -> Result<Option<O>, Diagnostics> {
    let mut last = Last::new();
    let lists = O::lists(&cx.session.run);
    let _waiting = O::SHARES_LISTS.then(|| lists.waiting(collection));
    // Where others wait too, already the first look is shared with theirs.
    let mut moment = match lists.is_crowded(collection) {
        true => rest(cx, collection, id, goal, deadline, &last).await?,
        false => Instant::now(),
    };
    loop {
        let look = look(cx, collection, id, moment, last.when_not_found(goal.when_not_found()));
        // Where many wait for their turn to ask, a look may take longer than there is time.
        let found = tokio::select! {
            biased;
            found = look => found,
            () = cx.stop.cancelled() => return Err(interrupted::<O>(id, &last)),
            () = tokio::time::sleep_until(deadline.instant()) => {
                return Err(out_of_time::<O>(id, goal.told(), deadline, &last));
            }
        };
        match found {
            Ok(Sight::There(object)) => {
                seen(&object);
                last.note(collection.capabilities().name, &object);
                match goal.verdict(&object) {
                    Verdict::Reached => return Ok(Some(object)),
                    Verdict::Failed => return Err(failed(&object, goal)),
                    Verdict::OnTheWay => {}
                }
            }
            Ok(Sight::NotYet) => last.is_awaited = true,
            Ok(Sight::Gone) if goal.is_reached_when_gone() => return Ok(None),
            Ok(Sight::Gone) if last.misses + 1 >= MISSES_THAT_PROVE => return Err(vanished::<O>(id)),
            Ok(Sight::Gone) => last.misses += 1,
            Err(error) if error.kind.may_pass() => last.error = Some(cloud_error::describe(&error)),
            Err(error) => {
                let summary = messages::waiting_refused(O::NOUN);
                return Err(cloud_error::diagnostics(summary, &error));
            }
        }
        last.tell_now_and_then::<O>(collection.capabilities().name, id, goal.told());
        moment = rest(cx, collection, id, goal, deadline, &last).await?;
    }
}

/// Looks at the object as it is at a moment or later.
async fn look<O: Managed>(
    cx: &Context<Session>,
    collection: &dyn Collection<O>,
    id: &O::Id,
    moment: Instant,
    when_not_found: NotFound,
) -> clouds::Result<Sight<O>> {
    let found = match O::lists(&cx.session.run).awaited(collection, id, moment).await {
        Err(error) if is_not_found(&error) => match when_not_found {
            NotFound::NotYet => return Ok(Sight::NotYet),
            NotFound::InDoubt => {
                O::lists(&cx.session.run)
                    .listed(collection, id, Since::Now(moment))
                    .await?
            }
            NotFound::Gone => None,
        },
        found => found?,
    };
    Ok(found.map_or(Sight::Gone, Sight::There))
}

/// Rests until the next look, whose moment it returns.
async fn rest<O: Managed>(
    cx: &Context<Session>,
    collection: &dyn Collection<O>,
    id: &O::Id,
    goal: impl Goal<O>,
    deadline: &Deadline,
    last: &Last,
) -> Result<Instant, Diagnostics> {
    let now = Instant::now();
    let lists = O::lists(&cx.session.run);
    let spared = lists.spared_until(collection).filter(|_| lists.is_crowded(collection));
    let moment = cx.session.poll_after(spared.map_or(now, |spared| spared.max(now)));
    match pause_until(cx, deadline, moment).await {
        Pause::Over => Ok(moment),
        Pause::Stopped => Err(interrupted::<O>(id, last)),
        Pause::TimeIsUp => Err(out_of_time::<O>(id, goal.told(), deadline, last)),
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

    fn note<O: Managed + Lifecycle>(&mut self, cloud: &'static str, object: &O) {
        let (status, cloud_status) = (object.status(), object.cloud_status().unwrap_or_default());
        if self.status != Some(status) || self.cloud_status != cloud_status {
            info!(cloud, id = %object.id(), status, cloud_status, "the {}'s status", O::NOUN);
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
    fn tell_now_and_then<O: Managed>(&mut self, cloud: &'static str, id: &O::Id, goal: &str) {
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
            O::NOUN
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

fn failed<O: Managed + Lifecycle>(object: &O, goal: impl Goal<O>) -> Diagnostics {
    let reason = match object.reason() {
        Some(reason) => messages::clouds_reason(reason),
        None => messages::no_reason(),
    };
    let message = messages::did_not_become(
        O::NOUN,
        goal.told(),
        object.id(),
        object.status(),
        object.cloud_status().unwrap_or_default(),
        &reason,
        goal.outlook(),
    );
    Diagnostics::from_error(Path::root(), message)
}

pub fn vanished<O: Managed>(id: &O::Id) -> Diagnostics {
    Diagnostics::from_error(Path::root(), messages::vanished(O::NOUN, id))
}

fn interrupted<O: Managed>(id: &O::Id, last: &Last) -> Diagnostics {
    Diagnostics::from_error(Path::root(), messages::wait_interrupted(O::NOUN, id, &last.told()))
}

fn out_of_time<O: Managed>(id: &O::Id, goal: &str, deadline: &Deadline, last: &Last) -> Diagnostics {
    let message = messages::out_of_time(O::NOUN, id, goal, &deadline.told(), &last.told());
    Diagnostics::from_error(Path::from("timeouts"), message)
}
