//! Memories of one run: caches with single flight, and the objects that are its own. Terraform starts a process for each
//! walk of its graph, and these live as long. This floor knows clouds and nothing of Terraform.
//!
//! Read `list_cache` for the lists that reads and waits share, `absence` for what proves that an object is gone,
//! `catalogue_cache` for GPUs, `own_ids` and `create_log` for what tells a run's own objects from strangers'.

mod absence;

mod advice;

mod catalogue_cache;

mod create_log;

mod list_cache;

mod own_ids;

#[cfg(test)]
mod tests;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Mutex, MutexGuard, PoisonError},
};

use rust_decimal::Decimal;

use crate::clouds::{Object, Pod, PodId, RegistryAuth, SshKey, Volume};

pub use absence::{Since, is_not_found, witnessed};
pub use advice::advice;
pub use catalogue_cache::CatalogueCache;
pub use create_log::{CreateLog, Created};
pub use list_cache::ListCache;
pub use own_ids::OwnIds;

/// All that one run remembers.
#[derive(Default)]
pub struct Run {
    pub own_ids: OwnIds,
    pub create_log: CreateLog,
    pub catalogues: CatalogueCache,
    /// The prices of the pods that this run has read or created, as far as they are known.
    pod_prices: Mutex<BTreeMap<PodId, Option<Decimal>>>,
    /// The clouds of which an error was reported already that many objects run into.
    reported: Mutex<BTreeSet<&'static str>>,
    pods: ListCache<Pod>,
    volumes: ListCache<Volume>,
    registry_auths: ListCache<RegistryAuth>,
    ssh_keys: ListCache<SshKey>,
}

/// An object whose lists are cached for the length of a run.
pub trait Cached: Object {
    /// Whether the reads of a refresh and the looks of waits share lists. There are thousands of pods, and a handful of
    /// anything else.
    const SHARES_LISTS: bool = false;

    fn lists(run: &Run) -> &ListCache<Self>;
}

impl Run {
    pub fn note_price(&self, pod: &Pod) {
        lock(&self.pod_prices).insert(pod.id.clone(), pod.price_per_hour);
    }

    /// What a pod cost an hour when this run read it.
    pub fn price_of(&self, id: &PodId) -> Option<Decimal> {
        lock(&self.pod_prices).get(id).copied().flatten()
    }

    /// Whether an error of this cloud is reported for the first time.
    pub fn is_news(&self, cloud: &'static str) -> bool {
        lock(&self.reported).insert(cloud)
    }
}

impl Cached for Pod {
    const SHARES_LISTS: bool = true;

    fn lists(run: &Run) -> &ListCache<Self> {
        &run.pods
    }
}

impl Cached for Volume {
    fn lists(run: &Run) -> &ListCache<Self> {
        &run.volumes
    }
}

impl Cached for RegistryAuth {
    fn lists(run: &Run) -> &ListCache<Self> {
        &run.registry_auths
    }
}

impl Cached for SshKey {
    fn lists(run: &Run) -> &ListCache<Self> {
        &run.ssh_keys
    }
}

/// A panic elsewhere does not make what was noted before it wrong.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
