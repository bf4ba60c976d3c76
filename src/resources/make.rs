//! Orders a thing once, and finds it again if the cloud's answer was lost.

use crate::resources::messages;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, PoisonError},
};

use tokio::{
    sync::{Mutex as AsyncMutex, OnceCell},
    time::Instant,
};
use tracing::warn;

use crate::{
    clouds::{Error, Kind, Object, with_cancellation},
    resources::{
        failure, identity,
        ownership::{Circumstances, Evidence, Ruling, is_same_name},
        session::Session,
        thing::{Thing, Things},
        told::timestamp,
    },
    tf::{Context, Diagnostics, Path},
};

/// The things of this run, by cloud and kind: what was there before the first order, and what has been made since.
///
/// Orders under one name wait for each other, so that of two whose answers are lost one is never taken for the other.
#[derive(Default)]
pub struct Ledger {
    kinds: Mutex<BTreeMap<(&'static str, &'static str), Arc<Entries>>>,
}

#[derive(Default)]
struct Entries {
    /// Ids; `None` if the list could not be read. What is on it was not made by this run, even where a cloud does not
    /// tell when it was. That something is not on it proves nothing: the list may be hours old.
    before: OnceCell<Option<BTreeSet<String>>>,
    made: Mutex<BTreeSet<String>>,
    names: Mutex<BTreeMap<String, Arc<AsyncMutex<()>>>>,
}

/// A list may lag behind: after a lost answer it is read so many times before the thing is believed not to exist.
const LOOKS: u32 = 3;

/// What is ordered.
pub struct Order<'o, T: Things + ?Sized> {
    pub name: &'o str,
    pub spec: &'o T::Spec,
    /// What a thing of the cloud's tells of whether this order has made it.
    pub evidence: &'o (dyn Fn(&T::Thing) -> Evidence + Sync),
}

/// Orders a thing. What comes back exists and is ours.
pub async fn order<T: Things + ?Sized>(
    cx: &Context<Session>,
    things: &T,
    order: Order<'_, T>,
) -> Result<T::Thing, Diagnostics> {
    let entries = cx.session.ledger.of(things);
    let turn = entries.name(order.name);
    let _turn = turn.lock().await;
    let before = tokio::select! {
        // In this order: what is there already does not matter any more to a run that is interrupted.
        biased;
        () = cx.stop.cancelled() => return Err(nothing_ordered(T::Thing::NOUN)),
        before = entries.before.get_or_init(|| ids(things)) => before,
    };
    let began = Instant::now();
    let made = with_cancellation(&cx.stop, things.create(order.spec)).await;
    let thing = match made.and_then(|thing| identity::of_order(cx, things, order.name, began, thing)) {
        Ok(thing) => thing,
        Err(error) if error.kind == Kind::Interrupted => return Err(nothing_ordered(T::Thing::NOUN)),
        Err(error) if error.kind.proves_nothing_was_done() => {
            return Err(failure::diagnostics(messages::not_created(T::Thing::NOUN), &error));
        }
        Err(lost) => {
            let search = Search {
                order,
                before: before.as_ref(),
                entries: &entries,
                lost: &lost,
            };
            search.find(cx, things).await?
        }
    };
    cx.session
        .neighbours
        .note::<T::Thing>(things.cloud(), &thing.id().to_string());
    entries.note(thing.id().to_string());
    Ok(thing)
}

/// A search for the thing whose answer was lost.
struct Search<'a, T: Things + ?Sized> {
    order: Order<'a, T>,
    before: Option<&'a BTreeSet<String>>,
    entries: &'a Entries,
    lost: &'a Error,
}

/// A thing that may be the one, and what follows for it.
struct Candidate<T> {
    thing: T,
    ruling: Ruling,
}

impl<T: Things + ?Sized> Search<'_, T> {
    async fn find(&self, cx: &Context<Session>, things: &T) -> Result<T::Thing, Diagnostics> {
        let (cloud, noun, name) = (things.cloud(), T::Thing::NOUN, self.order.name);
        warn!(cloud, name, "the answer to an order was lost, looking for the {noun}");
        let mut candidates = Vec::new();
        for look in 1..=LOOKS {
            let listed = things.list().await;
            let listed = listed.map_err(|error| self.cannot_tell(cloud, &failure::told(&error)))?;
            candidates = self.candidates(cx, things, listed);
            if let Some(place) = the_one(&candidates) {
                let Candidate { thing, ruling } = candidates.swap_remove(place);
                self.tell_of_adoption(cx, &thing, &ruling);
                return Ok(thing);
            }
            let fit = candidates.iter().any(|candidate| candidate.ruling == Ruling::Fits);
            if fit || look == LOOKS {
                break;
            }
            tokio::time::sleep(cx.session.poll_interval).await;
        }
        Err(self.left_alone(cloud, candidates))
    }

    /// The things that this run does not know and that have the name, or what only this order has sent.
    fn candidates(&self, cx: &Context<Session>, things: &T, listed: Vec<T::Thing>) -> Vec<Candidate<T::Thing>> {
        let circumstances = Circumstances::of(things, self.lost.sent, self.before);
        let candidate = |thing: T::Thing| {
            let id = thing.id().to_string();
            if self.entries.has_made(&id) || cx.session.neighbours.has::<T::Thing>(things.cloud(), &id) {
                return None;
            }
            let evidence = (self.order.evidence)(&thing);
            let has_name = thing.name().is_some_and(|name| is_same_name(name, self.order.name));
            (has_name || evidence == Evidence::Marked).then(|| Candidate {
                ruling: circumstances.ruling(&thing, evidence),
                thing,
            })
        };
        listed.into_iter().filter_map(candidate).collect()
    }

    fn tell_of_adoption(&self, cx: &Context<Session>, thing: &T::Thing, ruling: &Ruling) {
        let noun = T::Thing::NOUN;
        let proof = match ruling {
            Ruling::Proven => messages::proof_mark(),
            _ => messages::proof_equal(),
        };
        let lost = failure::told(self.lost);
        cx.add_warning(
            Path::root(),
            messages::adopted(noun, &lost, thing.id(), self.order.name, &proof),
        );
    }

    /// Nothing is proven to be ours.
    fn left_alone(&self, cloud: &str, candidates: Vec<Candidate<T::Thing>>) -> Diagnostics {
        let (noun, article) = (T::Thing::NOUN, T::Thing::ARTICLE);
        let (lost, name) = (failure::told(self.lost), self.order.name);
        let are_all_older = candidates.iter().all(|one| matches!(one.ruling, Ruling::Older(_)));
        let fitting = candidates.iter().filter(|one| one.ruling == Ruling::Fits).count();
        let shown: Vec<String> = candidates.iter().map(|one| one.shown(cloud, fitting)).collect();
        let shown = shown.join("\n\n");
        let message = match (candidates.is_empty(), are_all_older) {
            (true, _) => messages::none_appeared(noun, &lost),
            (false, true) => messages::only_older(noun, &lost, name, &shown),
            (false, false) => messages::unproven(noun, &lost, article, name, &shown),
        };
        Diagnostics::from_error(Path::root(), message)
    }

    fn cannot_tell(&self, cloud: &str, reason: &str) -> Diagnostics {
        let (noun, article) = (T::Thing::NOUN, T::Thing::ARTICLE);
        let lost = failure::told(self.lost);
        let message = messages::cannot_tell(noun, &lost, article, self.order.name, reason, cloud);
        Diagnostics::from_error(Path::root(), message)
    }
}

impl<T: Thing> Candidate<T> {
    /// In a sentence, with what to do if it is ours after all.
    fn shown(&self, cloud: &str, fitting: usize) -> String {
        let id = self.thing.id();
        let created = self.thing.created_at().and_then(timestamp);
        let created = created.map_or_else(String::new, |moment| messages::created_at(&moment));
        let reason = match &self.ruling {
            Ruling::Proven | Ruling::Fits => messages::one_of_several(fitting),
            Ruling::Older(reason) | Ruling::Unproven(reason) => reason.clone(),
        };
        messages::candidate(cloud, id, &created, &reason)
    }
}

/// Where the one stands that is ours, if there is exactly one.
fn the_one<T>(candidates: &[Candidate<T>]) -> Option<usize> {
    let only = |ruling: Ruling| {
        let mut places = (0..candidates.len()).filter(|place| candidates[*place].ruling == ruling);
        places.next().filter(|_| places.next().is_none())
    };
    only(Ruling::Proven).or_else(|| only(Ruling::Fits))
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
        Arc::clone(names.entry(name.to_lowercase()).or_default())
    }

    fn note(&self, id: String) {
        self.made.lock().unwrap_or_else(PoisonError::into_inner).insert(id);
    }

    fn has_made(&self, id: &str) -> bool {
        self.made.lock().unwrap_or_else(PoisonError::into_inner).contains(id)
    }
}

fn nothing_ordered(noun: &str) -> Diagnostics {
    Diagnostics::from_error(Path::root(), messages::create_interrupted(noun))
}

#[cfg(test)]
mod tests;
