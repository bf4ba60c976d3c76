//! Orders a thing once, and finds it again if the cloud's answer was lost.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, PoisonError},
};

use tokio::sync::{Mutex as AsyncMutex, OnceCell};
use tracing::warn;

use crate::{
    clouds::{Error, Kind, unless_stopped},
    resources::{
        failure,
        session::Session,
        thing::{Thing, Things},
    },
    tf::{Context, Diagnostics, Path},
};

/// The things of this run, by cloud and kind: what was there before the first order, and what has been made since.
///
/// An answer that was lost leaves open whether there is a thing. It is found by its name among those that were neither
/// there before nor made by anybody else in this run. Orders under one name wait for each other, so that the answer of
/// one is never taken for that of another.
#[derive(Default)]
pub struct Ledger {
    kinds: Mutex<BTreeMap<(&'static str, &'static str), Arc<Entries>>>,
}

#[derive(Default)]
struct Entries {
    /// Ids; `None` if the list could not be read: then nothing that is found later can be told from what was there.
    before: OnceCell<Option<BTreeSet<String>>>,
    made: Mutex<BTreeSet<String>>,
    names: Mutex<BTreeMap<String, Arc<AsyncMutex<()>>>>,
}

/// A list may lag behind: after a lost answer it is read so many times before the thing is believed not to exist.
const LOOKS: u32 = 3;

/// Orders a thing under a name. What comes back exists and is ours.
pub async fn order<T: Things + ?Sized>(
    cx: &Context<Session>,
    things: &T,
    name: &str,
    spec: &T::Spec,
) -> Result<T::Thing, Diagnostics> {
    let entries = cx.session.ledger.of(things);
    let turn = entries.name(name);
    let _turn = turn.lock().await;
    let before = tokio::select! {
        // In this order: what is there already does not matter any more to a run that is interrupted.
        biased;
        () = cx.stop.cancelled() => return Err(nothing_ordered(T::Thing::NOUN)),
        before = entries.before.get_or_init(|| ids(things)) => before,
    };
    let thing = match unless_stopped(&cx.stop, things.create(spec)).await {
        Ok(thing) => thing,
        Err(error) if error.kind == Kind::Interrupted => return Err(nothing_ordered(T::Thing::NOUN)),
        Err(error) if error.kind.proves_nothing_was_done() => {
            return Err(failure::diagnostics(not_made(T::Thing::NOUN), &error));
        }
        Err(lost) => {
            let search = Search {
                name,
                before: before.as_ref(),
                entries: &entries,
                lost: &lost,
            };
            search.find(cx, things).await?
        }
    };
    cx.session.neighbours.note::<T::Thing>(&thing.id().to_string());
    entries.note(thing.id().to_string());
    Ok(thing)
}

/// A search for the thing whose answer was lost.
struct Search<'a> {
    name: &'a str,
    before: Option<&'a BTreeSet<String>>,
    entries: &'a Entries,
    lost: &'a Error,
}

impl Search<'_> {
    async fn find<T: Things + ?Sized>(&self, cx: &Context<Session>, things: &T) -> Result<T::Thing, Diagnostics> {
        let (cloud, noun, name) = (things.cloud(), T::Thing::NOUN, self.name);
        warn!(cloud, name, "the answer to an order was lost, looking for the {noun}");
        for look in 1..=LOOKS {
            let mut candidates = match things.list().await {
                Ok(things) => self.candidates(things),
                Err(error) => return Err(self.cannot_tell::<T::Thing>(cloud, &failure::told(&error))),
            };
            match (candidates.pop(), candidates.is_empty(), self.before) {
                (Some(thing), true, Some(_)) => {
                    self.tell_of_adoption(cx, &thing);
                    return Ok(thing);
                }
                (Some(thing), _, _) => {
                    candidates.push(thing);
                    return Err(self.several(cloud, &candidates));
                }
                (None, _, _) if look < LOOKS => tokio::time::sleep(cx.session.poll_interval).await,
                (None, _, _) => {}
            }
        }
        Err(self.not_found(noun))
    }

    /// The things that may be the one that was ordered.
    fn candidates<T: Thing>(&self, things: Vec<T>) -> Vec<T> {
        let may_be_it = |thing: &T| {
            let id = thing.id().to_string();
            let was_there = self.before.is_some_and(|before| before.contains(&id));
            thing.name() == Some(self.name) && !was_there && !self.entries.has_made(&id)
        };
        things.into_iter().filter(may_be_it).collect()
    }

    fn tell_of_adoption<T: Thing>(&self, cx: &Context<Session>, thing: &T) {
        let noun = T::NOUN;
        let detail = format!(
            "{}\n\nThe {noun} {} has the name {:?} and was not there before: it is the one that was ordered, and the \
             run goes on with it.",
            failure::told(self.lost),
            thing.id(),
            self.name
        );
        let summary = format!("The cloud's answer was lost, and the {noun} was found");
        cx.warn(Path::root(), summary, detail);
    }

    fn not_found(&self, noun: &str) -> Diagnostics {
        let detail = format!(
            "{}\n\nNo {noun} of this name has appeared since, so most likely none was made, and the order was not \
             repeated. Apply again; if one turns up later, import it or delete it.",
            failure::told(self.lost)
        );
        Diagnostics::of_error(Path::root(), not_made(noun), detail)
    }

    fn several<T: Thing>(&self, cloud: &str, candidates: &[T]) -> Diagnostics {
        let noun = T::NOUN;
        let ids: Vec<String> = candidates
            .iter()
            .map(|thing| format!("{cloud}/{}", thing.id()))
            .collect();
        let detail = format!(
            "{}\n\n{article} {noun} may have been made, and it cannot be told which: {} have the name {:?}. Look at them in the \
             cloud's console; import the one that is yours with `terraform import ADDRESS ID`, or delete it.",
            failure::told(self.lost),
            ids.join(", "),
            self.name,
            article = T::ARTICLE
        );
        Diagnostics::of_error(Path::root(), may_be_made(noun), detail)
    }

    fn cannot_tell<T: Thing>(&self, cloud: &str, reason: &str) -> Diagnostics {
        let noun = T::NOUN;
        let detail = format!(
            "{}\n\n{article} {noun} with the name {:?} may have been made, and the cloud's list could not be read to find it: \
             {reason}. Look for it in the cloud's console; import it with `terraform import ADDRESS {cloud}/ID`, or \
             delete it.",
            failure::told(self.lost),
            self.name,
            article = T::ARTICLE
        );
        Diagnostics::of_error(Path::root(), may_be_made(noun), detail)
    }
}

async fn ids<T: Things + ?Sized>(things: &T) -> Option<BTreeSet<String>> {
    let listed = things.list().await.ok()?;
    Some(listed.iter().map(|thing| thing.id().to_string()).collect())
}

impl Ledger {
    fn of<T: Things + ?Sized>(&self, things: &T) -> Arc<Entries> {
        let mut kinds = self.kinds.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(kinds.entry((things.cloud(), T::Thing::NOUN)).or_default())
    }
}

impl Entries {
    fn name(&self, name: &str) -> Arc<AsyncMutex<()>> {
        let mut names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(names.entry(name.to_owned()).or_default())
    }

    fn note(&self, id: String) {
        self.made.lock().unwrap_or_else(PoisonError::into_inner).insert(id);
    }

    fn has_made(&self, id: &str) -> bool {
        self.made.lock().unwrap_or_else(PoisonError::into_inner).contains(id)
    }
}

fn nothing_ordered(noun: &str) -> Diagnostics {
    let detail = format!("The run was interrupted before the {noun} was ordered. Nothing was made. Apply again.");
    Diagnostics::of_error(Path::root(), "Interrupted", detail)
}

fn not_made(noun: &str) -> String {
    format!("The {noun} was not made")
}

fn may_be_made(noun: &str) -> String {
    format!("The {noun} may have been made")
}
