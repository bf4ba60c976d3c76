//! Lists of a cloud's objects that all share who want to know how theirs are (cache with single flight): a refresh of a
//! thousand pods asks for a few pages, and so do a thousand waits. A list that fails is shared as well.

use std::{
    future::ready,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::time::Instant;

use super::{Since, advice, lock, witnessed};
use crate::clouds::{Collection, Error, Fetched, Keyed, Object, Result, SingleFlight};

/// A walk may take longer than that; then it is worth another list.
pub const LONGEST_USE: Duration = Duration::from_secs(30);

/// A list of thousands takes many pages, and where requests are limited it takes the place of as many creates: between
/// two of them there is this many times as long as the last one took.
const REST: u32 = 4;

/// The lists of one type of object, by cloud.
pub struct ListCache<O>(Keyed<&'static str, OfCloud<O>>);

struct OfCloud<O> {
    latest: SingleFlight<Answer<O>>,
    counters: Arc<Counters>,
    spared_until: Mutex<Option<Instant>>,
}

#[derive(Default)]
struct Counters {
    /// How many objects have been refreshed.
    reads: AtomicUsize,
    /// How many objects are being waited for.
    waits: AtomicUsize,
    /// How many changes of ours have begun and ended. A list from before one of them is of no use for a refresh.
    changes: AtomicU64,
}

/// A list as the cloud answered it at one moment.
pub struct List<O>(Arc<Fetched<Answer<O>>>);

struct Answer<O> {
    changes: u64,
    patience: Patience,
    /// In the order of their ids.
    objects: Result<Vec<O>>,
}

/// How long a list is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Patience {
    AsForAll,
    /// No longer than advice is worth. That there was no list then says nothing to others.
    AsForAdvice,
}

/// Something that goes on until this is dropped.
#[must_use]
pub struct Ongoing(Arc<Counters>, fn(&Counters));

impl<O: Object> ListCache<O> {
    /// An object for a refresh. One that is read alone is asked for; where it is one of several, the list tells, and only
    /// what is not on it is asked for.
    pub async fn refreshed(&self, collection: &dyn Collection<O>, id: &O::Id) -> Result<Option<O>> {
        let of_cloud = self.of(collection);
        if of_cloud.counters.reads.fetch_add(1, Ordering::Relaxed) == 0 {
            let listed = async { self.list(collection).await.listed(id) };
            return witnessed(collection.get(id).await, listed).await;
        }
        let list = self.list(collection).await;
        witnessed(list.find(collection, id).await, ready(list.listed(id))).await
    }

    /// An object as a list shows it.
    pub async fn listed(&self, collection: &dyn Collection<O>, id: &O::Id, since: Since) -> Result<Option<O>> {
        let is_good = |list: &Fetched<Answer<O>>| match since {
            Since::Lately => list.is_recent(),
            Since::Now(moment) => list.is_of(moment),
        };
        let list = self
            .of(collection)
            .latest(collection, Patience::AsForAll, is_good)
            .await;
        list.listed(id)
    }

    /// A list that is good for the time of a walk, as long as nothing of ours has changed.
    pub async fn list(&self, collection: &dyn Collection<O>) -> List<O> {
        self.of(collection).unchanged(collection, Patience::AsForAll).await
    }

    /// The same, as far as it is to be had soon.
    pub async fn advice(&self, collection: &dyn Collection<O>) -> List<O> {
        self.of(collection).unchanged(collection, Patience::AsForAdvice).await
    }

    /// An object that is being waited for, as it is at this moment or later. Where it is one of several, all of them share
    /// a list, and one that is not found is not on it either.
    pub async fn awaited(&self, collection: &dyn Collection<O>, id: &O::Id, moment: Instant) -> Result<Option<O>> {
        let of_cloud = self.of(collection);
        if !of_cloud.is_crowded() {
            return collection.get(id).await;
        }
        let list = of_cloud
            .latest(collection, Patience::AsForAll, |list| list.is_of(moment))
            .await;
        list.find(collection, id).await
    }

    /// An object as it was a moment ago at the earliest, if others are waited for too, and else as it is now. One that is
    /// not found among several is gone; one that is read alone may not be.
    pub async fn lately(&self, collection: &dyn Collection<O>, id: &O::Id, moment: Duration) -> Result<Option<O>> {
        let of_cloud = self.of(collection);
        if !of_cloud.is_crowded() {
            return collection.get(id).await;
        }
        let came = Instant::now();
        let is_good = |list: &Fetched<Answer<O>>| list.began.elapsed() <= moment || list.failed_since(came);
        let list = of_cloud.latest(collection, Patience::AsForAll, is_good).await;
        witnessed(list.find(collection, id).await, ready(list.listed(id))).await
    }

    /// Until when no wait should ask for another list.
    pub fn spared_until(&self, collection: &dyn Collection<O>) -> Option<Instant> {
        *lock(&self.of(collection).spared_until)
    }

    /// Whether others are waiting too.
    pub fn is_crowded(&self, collection: &dyn Collection<O>) -> bool {
        self.of(collection).is_crowded()
    }

    /// A wait begins.
    pub fn waiting(&self, collection: &dyn Collection<O>) -> Ongoing {
        let counters = Arc::clone(&self.of(collection).counters);
        counters.waits.fetch_add(1, Ordering::Relaxed);
        Ongoing(counters, |counters| {
            counters.waits.fetch_sub(1, Ordering::Relaxed);
        })
    }

    /// A change of ours begins, and what was listed until it ends is of no use any more.
    pub fn changing(&self, collection: &dyn Collection<O>) -> Ongoing {
        let note = |counters: &Counters| {
            counters.changes.fetch_add(1, Ordering::Relaxed);
        };
        let counters = Arc::clone(&self.of(collection).counters);
        note(&counters);
        Ongoing(counters, note)
    }

    fn of(&self, collection: &dyn Collection<O>) -> Arc<OfCloud<O>> {
        self.0.of(collection.capabilities().name)
    }
}

impl<O: Object> OfCloud<O> {
    fn is_crowded(&self) -> bool {
        self.counters.waits.load(Ordering::Relaxed) > 1
    }

    fn changes(&self) -> u64 {
        self.counters.changes.load(Ordering::Relaxed)
    }

    /// A recent list from after the latest change of ours.
    async fn unchanged(&self, collection: &dyn Collection<O>, patience: Patience) -> List<O> {
        let changes = self.changes();
        let is_good = |list: &Fetched<Answer<O>>| list.value.changes == changes && list.is_recent();
        self.latest(collection, patience, is_good).await
    }

    /// The latest list if it is good enough, or a new one. Who comes while one is under way waits for it.
    async fn latest(
        &self,
        collection: &dyn Collection<O>,
        patience: Patience,
        is_good: impl Fn(&Fetched<Answer<O>>) -> bool,
    ) -> List<O> {
        let is_for_all = |list: &Fetched<_>| patience == Patience::AsForAdvice || !list.was_given_up_early();
        let is_good = |list: &Fetched<_>| is_for_all(list) && is_good(list);
        let fetch = async {
            let (began, changes) = (Instant::now(), self.changes());
            let mut objects = match patience {
                Patience::AsForAll => collection.list().await,
                Patience::AsForAdvice => advice(collection.list()).await,
            };
            if let Ok(objects) = &mut objects {
                // Of an object that comes twice, what was read last.
                objects.reverse();
                objects.sort_by(|one, other| one.id().cmp(other.id()));
                objects.dedup_by(|earlier, later| earlier.id() == later.id());
            }
            *lock(&self.spared_until) = Some(Instant::now() + began.elapsed() * REST);
            Answer {
                changes,
                patience,
                objects,
            }
        };
        List(self.latest.get(is_good, fetch).await)
    }
}

impl<O> Fetched<Answer<O>> {
    fn is_recent(&self) -> bool {
        self.arrived.elapsed() < LONGEST_USE
    }

    fn was_given_up_early(&self) -> bool {
        self.value.objects.is_err() && self.value.patience == Patience::AsForAdvice
    }

    /// Whether it tells how things are at this moment or later, or has failed whoever waited for that.
    fn is_of(&self, moment: Instant) -> bool {
        self.began >= moment || self.failed_since(moment)
    }

    /// Whether who came at this moment has waited for it in vain.
    fn failed_since(&self, moment: Instant) -> bool {
        self.value.objects.is_err() && self.arrived >= moment
    }
}

impl<O: Object> List<O> {
    /// All objects, or why they cannot be listed.
    pub fn objects(&self) -> std::result::Result<impl Iterator<Item = &O>, &Error> {
        self.0.value.objects.as_ref().map(|objects| objects.iter())
    }

    /// The object as it was listed, or else as a look at it alone has it. A cloud that is out of order is not asked for
    /// every single object.
    pub async fn find(&self, collection: &dyn Collection<O>, id: &O::Id) -> Result<Option<O>> {
        match self.listed(id) {
            Ok(Some(object)) => Ok(Some(object)),
            Err(error) if error.kind.may_pass() => Err(error),
            Ok(None) | Err(_) => collection.get(id).await,
        }
    }

    /// The object if it is on the list. That it is not proves nothing yet.
    fn listed(&self, id: &O::Id) -> Result<Option<O>> {
        let objects = self.0.value.objects.as_ref().map_err(Clone::clone)?;
        let place = objects.binary_search_by(|object| object.id().cmp(id)).ok();
        Ok(place.and_then(|place| objects.get(place)).cloned())
    }
}

impl Drop for Ongoing {
    fn drop(&mut self) {
        (self.1)(&self.0);
    }
}

impl<O> Default for ListCache<O> {
    fn default() -> Self {
        Self(Keyed::default())
    }
}

impl<O> Default for OfCloud<O> {
    fn default() -> Self {
        Self {
            latest: SingleFlight::default(),
            counters: Arc::default(),
            spared_until: Mutex::default(),
        }
    }
}
