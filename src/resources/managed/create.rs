//! Creates an object once, and finds it again if the cloud's answer was lost.

use std::collections::BTreeSet;

use tokio::time::Instant;
use tracing::warn;

use super::messages;
use crate::{
    clouds::{Collection, Error, Kind, with_cancellation},
    resources::{
        common::{cloud_error, reported::timestamp},
        managed::{
            Managed, identity,
            ownership::{Circumstances, Evidence, Ruling, is_same_name},
        },
        run::Created,
        session::Session,
    },
    tf::{Context, Diagnostics, Path},
};

/// A list may lag behind: after a lost answer it is read so many times before the object is believed not to exist.
const LOOKS: u32 = 3;

/// An object to be created.
pub struct NewObject<'o, O: Managed> {
    pub name: &'o str,
    pub spec: &'o O::Spec,
    /// What an object of the cloud's tells of whether this order has made it.
    pub evidence: &'o (dyn Fn(&O) -> Evidence + Sync),
}

/// Creates an object: a POST that is not idempotent, and is never repeated blindly. What comes back exists and is ours.
pub async fn create<O: Managed>(
    cx: &Context<Session>,
    collection: &dyn Collection<O>,
    new: NewObject<'_, O>,
) -> Result<O, Diagnostics> {
    let created = cx.session.run.create_log.of(collection);
    let turn = created.name(new.name);
    let _turn = turn.lock().await;
    let before = tokio::select! {
        // In this order: what is there already does not matter any more to a run that is interrupted.
        biased;
        () = cx.stop.cancelled() => return Err(nothing_ordered(O::NOUN)),
        before = created.before(collection) => before,
    };
    let began = Instant::now();
    let made = with_cancellation(&cx.stop, collection.create(new.spec)).await;
    let object = match made.and_then(|object| identity::of_order(cx, collection, new.name, began, object)) {
        Ok(object) => object,
        Err(error) if error.kind == Kind::Interrupted => return Err(nothing_ordered(O::NOUN)),
        Err(error) if error.kind.proves_nothing_was_done() => {
            return Err(cloud_error::diagnostics(messages::not_created(O::NOUN), &error));
        }
        Err(lost) => {
            let search = Search {
                new,
                before: before.as_deref(),
                created: &created,
                lost: &lost,
            };
            search.find(cx, collection).await?
        }
    };
    cx.session
        .run
        .own_ids
        .note::<O>(collection.capabilities().name, &object.id().to_string());
    created.note(object.id().to_string());
    Ok(object)
}

/// A search for the object whose answer was lost.
struct Search<'a, O: Managed> {
    new: NewObject<'a, O>,
    before: Option<&'a BTreeSet<String>>,
    created: &'a Created,
    lost: &'a Error,
}

/// An object that may be the one, and what follows for it.
struct Candidate<T> {
    object: T,
    ruling: Ruling,
}

impl<O: Managed> Search<'_, O> {
    async fn find(&self, cx: &Context<Session>, collection: &dyn Collection<O>) -> Result<O, Diagnostics> {
        let (cloud, noun, name) = (collection.capabilities().name, O::NOUN, self.new.name);
        warn!(cloud, name, "the answer to an order was lost, looking for the {noun}");
        let mut candidates = Vec::new();
        for look in 1..=LOOKS {
            let listed = collection.list().await;
            let listed = listed.map_err(|error| self.cannot_tell(cloud, &cloud_error::describe(&error)))?;
            candidates = self.candidates(cx, collection, listed);
            if let Some(place) = the_one(&candidates) {
                let Candidate { object, ruling } = candidates.swap_remove(place);
                self.tell_of_adoption(cx, &object, &ruling);
                return Ok(object);
            }
            let fit = candidates.iter().any(|candidate| candidate.ruling == Ruling::Fits);
            if fit || look == LOOKS {
                break;
            }
            tokio::time::sleep(cx.session.poll_interval).await;
        }
        Err(self.left_alone(cloud, candidates))
    }

    /// The objects that this run does not know and that have the name, or what only this order has sent.
    fn candidates(&self, cx: &Context<Session>, collection: &dyn Collection<O>, listed: Vec<O>) -> Vec<Candidate<O>> {
        let circumstances = Circumstances::of(collection, self.lost.sent, self.before);
        let candidate = |object: O| {
            let id = object.id().to_string();
            if self.created.has(&id) || cx.session.run.own_ids.has::<O>(collection.capabilities().name, &id) {
                return None;
            }
            let evidence = (self.new.evidence)(&object);
            let has_name = object.name().is_some_and(|name| is_same_name(name, self.new.name));
            (has_name || evidence == Evidence::Marked).then(|| Candidate {
                ruling: circumstances.ruling(&object, evidence),
                object,
            })
        };
        listed.into_iter().filter_map(candidate).collect()
    }

    fn tell_of_adoption(&self, cx: &Context<Session>, object: &O, ruling: &Ruling) {
        let noun = O::NOUN;
        let proof = match ruling {
            Ruling::Proven => messages::proof_mark(),
            _ => messages::proof_equal(),
        };
        let lost = cloud_error::describe(self.lost);
        cx.add_warning(
            Path::root(),
            messages::adopted(noun, &lost, object.id(), self.new.name, &proof),
        );
    }

    /// Nothing is proven to be ours.
    fn left_alone(&self, cloud: &str, candidates: Vec<Candidate<O>>) -> Diagnostics {
        let (noun, article) = (O::NOUN, O::ARTICLE);
        let (lost, name) = (cloud_error::describe(self.lost), self.new.name);
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
        let (noun, article) = (O::NOUN, O::ARTICLE);
        let lost = cloud_error::describe(self.lost);
        let message = messages::cannot_tell(noun, &lost, article, self.new.name, reason, cloud);
        Diagnostics::from_error(Path::root(), message)
    }
}

impl<O: Managed> Candidate<O> {
    /// In a sentence, with what to do if it is ours after all.
    fn shown(&self, cloud: &str, fitting: usize) -> String {
        let id = self.object.id();
        let created = self.object.created_at().and_then(timestamp);
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

fn nothing_ordered(noun: &str) -> Diagnostics {
    Diagnostics::from_error(Path::root(), messages::create_interrupted(noun))
}

#[cfg(test)]
mod tests;
