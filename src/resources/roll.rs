//! One list of the things of one kind, a single flight that all share who look for one of them there: a thousand that
//! are not found any more take one list. Pods have a [`Census`](super::pod::Census), which serves those as well that
//! are waited for.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::{sync::Mutex as AsyncMutex, time::Instant};

use crate::{
    clouds::{RegistryAuth, Result, SshKey, Volume},
    resources::{
        absence::Since,
        thing::{Thing, Things},
    },
};

/// A walk may take longer than that; then it is worth another list.
const LONGEST_USE: Duration = Duration::from_secs(30);

/// The latest lists of a kind, by cloud.
pub struct Roll<T> {
    clouds: Mutex<BTreeMap<&'static str, Latest<T>>>,
}

type Latest<T> = Arc<AsyncMutex<Option<List<T>>>>;

/// What a cloud answered, be it that it cannot.
struct List<T> {
    began: Instant,
    came: Instant,
    answer: Result<Vec<T>>,
}

impl<T: Thing + Clone> Roll<T> {
    /// The thing as a list shows it that is young enough. Who asks while one is under way waits for it.
    pub async fn find<All: Things<Thing = T> + ?Sized>(
        &self,
        all: &All,
        id: &T::Id,
        since: Since,
    ) -> Result<Option<T>> {
        let latest = self.of(all.cloud());
        let mut latest = latest.lock().await;
        let is_good = |list: &List<T>| match since {
            // From when it came: one that took long is no older for those who have waited for it.
            Since::Lately => list.came.elapsed() < LONGEST_USE,
            // A failure is shared with all who have waited for it.
            Since::Now(moment) => list.began >= moment || (list.answer.is_err() && list.came >= moment),
        };
        let list = match latest.take().filter(is_good) {
            Some(list) => list,
            None => List {
                began: Instant::now(),
                answer: all.list().await,
                came: Instant::now(),
            },
        };
        latest.insert(list).find(id)
    }

    fn of(&self, cloud: &'static str) -> Latest<T> {
        let mut clouds = self.clouds.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(clouds.entry(cloud).or_default())
    }
}

impl<T: Thing + Clone> List<T> {
    fn find(&self, id: &T::Id) -> Result<Option<T>> {
        let things = self.answer.as_ref().map_err(Clone::clone)?;
        Ok(things.iter().find(|thing| thing.id() == id).cloned())
    }
}

/// Of all kinds but pods.
#[derive(Default)]
pub struct Rolls {
    pub volumes: Roll<Volume>,
    pub registry_auths: Roll<RegistryAuth>,
    pub ssh_keys: Roll<SshKey>,
}

impl<T> Default for Roll<T> {
    fn default() -> Self {
        Self {
            clouds: Mutex::default(),
        }
    }
}
