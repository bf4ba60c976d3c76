//! Single flight: a cache of one value. Callers that come while it is being fetched wait for it and share it.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::{sync::Mutex as AsyncMutex, time::Instant};

/// A cached value that is fetched by one caller at a time. Whether it is still good enough, each caller judges.
#[derive(Debug)]
pub struct SingleFlight<T> {
    latest: AsyncMutex<Option<Arc<Fetched<T>>>>,
}

/// A value with the times at which it was asked for and came. A list of many pages may take longer to come than it is
/// good for.
#[derive(Debug)]
pub struct Fetched<T> {
    pub began: Instant,
    pub arrived: Instant,
    pub value: T,
}

impl<T> SingleFlight<T> {
    /// The latest value if it is good enough, or else a new one. If the caller that fetches is dropped, the next one
    /// fetches.
    pub async fn get(&self, is_good: impl Fn(&Fetched<T>) -> bool, fetch: impl Future<Output = T>) -> Arc<Fetched<T>> {
        let mut latest = self.latest.lock().await;
        if let Some(fetched) = latest.as_ref().filter(|fetched| is_good(fetched)) {
            return Arc::clone(fetched);
        }
        let began = Instant::now();
        let value = fetch.await;
        let arrived = Instant::now();
        Arc::clone(latest.insert(Arc::new(Fetched { began, arrived, value })))
    }

    /// The first value that was fetched, for ever.
    pub async fn once(&self, fetch: impl Future<Output = T>) -> Arc<Fetched<T>> {
        self.get(|_| true, fetch).await
    }
}

impl<T> Default for SingleFlight<T> {
    fn default() -> Self {
        Self {
            latest: AsyncMutex::default(),
        }
    }
}

/// One value for each key, such as one cache for each cloud. It is made when it is first asked for.
#[derive(Debug)]
pub struct Keyed<K, V>(Mutex<BTreeMap<K, Arc<V>>>);

impl<K: Ord, V: Default> Keyed<K, V> {
    pub fn of(&self, key: K) -> Arc<V> {
        let mut values = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(values.entry(key).or_default())
    }
}

impl<K, V> Default for Keyed<K, V> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

#[cfg(test)]
mod tests {
    use std::{
        sync::atomic::{AtomicU32, Ordering},
        time::Duration,
    };

    use futures_util::future::join_all;

    use super::*;

    /// Counts fetches, each of which takes a second.
    #[derive(Default)]
    struct Source(AtomicU32);

    impl Source {
        async fn fetch(&self) -> u32 {
            tokio::time::sleep(Duration::from_secs(1)).await;
            self.0.fetch_add(1, Ordering::Relaxed) + 1
        }
    }

    #[tokio::test(start_paused = true)]
    async fn all_who_come_meanwhile_share_one_fetch() {
        let (cache, source) = (SingleFlight::default(), Source::default());
        let callers = (0..8).map(|_| cache.once(source.fetch()));
        let values: Vec<u32> = join_all(callers).await.iter().map(|fetched| fetched.value).collect();
        assert_eq!(values, [1; 8]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_value_that_is_not_good_enough_is_fetched_anew() {
        let (cache, source) = (SingleFlight::default(), Source::default());
        let first = cache.once(source.fetch()).await;
        assert_eq!((first.arrived - first.began).as_secs(), 1);
        let is_young = |fetched: &Fetched<u32>| fetched.began > first.arrived;
        assert_eq!(cache.get(|_| false, source.fetch()).await.value, 2);
        assert_eq!(
            cache.get(is_young, source.fetch()).await.value,
            3,
            "it began at the very moment"
        );
        assert_eq!(cache.get(is_young, source.fetch()).await.value, 3);
    }

    #[tokio::test(start_paused = true)]
    async fn a_fetch_that_is_dropped_is_done_by_the_next() {
        let (cache, source) = (SingleFlight::default(), Source::default());
        let short = tokio::time::timeout(Duration::from_millis(500), cache.once(source.fetch())).await;
        assert!(short.is_err());
        assert_eq!(cache.once(source.fetch()).await.value, 1);
    }

    #[test]
    fn each_key_has_a_value_of_its_own() {
        let counters: Keyed<&str, AtomicU32> = Keyed::default();
        counters.of("a").fetch_add(1, Ordering::Relaxed);
        assert_eq!(counters.of("a").load(Ordering::Relaxed), 1);
        assert_eq!(counters.of("b").load(Ordering::Relaxed), 0);
    }
}
