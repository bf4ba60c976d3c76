//! One list of a cloud's pods that all share who want to know how theirs are (single flight): a walk of a thousand pods
//! asks for a few pages, and so do a thousand waits. A list that fails is shared as well.

use std::{
    collections::BTreeMap,
    future::ready,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::{sync::Mutex as AsyncMutex, time::Instant};

use crate::{
    clouds::{Cloud, Error, Pod, PodId, Result},
    resources::{
        absence::{self, Since},
        advice::advice,
        failure,
    },
};

/// A walk may take longer than that; then it is worth another list.
const LONGEST_USE: Duration = Duration::from_secs(30);
/// A list of thousands takes many pages, and where requests are limited it takes the place of as many orders: between
/// two of them there is this many times as long as the last one took.
const REST: u32 = 4;

/// The lists of one run, by cloud.
#[derive(Default)]
pub struct Census {
    clouds: Mutex<BTreeMap<&'static str, Arc<OfCloud>>>,
}

#[derive(Default)]
struct OfCloud {
    /// How many pods have been refreshed.
    reads: AtomicUsize,
    /// How many pods are being waited for.
    waits: AtomicUsize,
    /// How many changes of ours have begun and ended. A list from before one of them is of no use for a refresh.
    changes: AtomicU64,
    latest: AsyncMutex<Option<Arc<List>>>,
    spared_until: Mutex<Option<Instant>>,
}

/// What the cloud answered at one moment.
pub struct List {
    began: Instant,
    /// A list may take longer to come than it is good for.
    arrived: Instant,
    changes: u64,
    patience: Patience,
    /// In the order of their ids.
    answer: Result<Vec<Pod>>,
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
pub struct Ongoing(Arc<OfCloud>, fn(&OfCloud));

impl Census {
    /// A pod for a refresh. One that is read alone is asked for; where it is one of several, the list tells, and only
    /// what is not on it is asked for.
    pub async fn refreshed(&self, cloud: &dyn Cloud, id: &PodId) -> Result<Option<Pod>> {
        let of_cloud = self.of(cloud);
        if of_cloud.reads.fetch_add(1, Ordering::Relaxed) == 0 {
            let listed = async { self.list(cloud).await.listed(id) };
            return absence::witnessed(cloud.pods().get(id).await, listed).await;
        }
        let list = self.list(cloud).await;
        absence::witnessed(list.find(cloud, id).await, ready(list.listed(id))).await
    }

    /// A pod as a list shows it.
    pub async fn listed(&self, cloud: &dyn Cloud, id: &PodId, since: Since) -> Result<Option<Pod>> {
        let is_good = |list: &List| match since {
            Since::Lately => list.is_recent(),
            Since::Now(moment) => list.is_of(moment),
        };
        let list = self.of(cloud).latest(cloud, Patience::AsForAll, is_good).await;
        list.listed(id)
    }

    /// A list that is good for the time of a walk, as long as nothing of ours has changed.
    pub async fn list(&self, cloud: &dyn Cloud) -> Arc<List> {
        self.of(cloud).unchanged(cloud, Patience::AsForAll).await
    }

    /// The same, as far as it is to be had soon.
    pub async fn advice(&self, cloud: &dyn Cloud) -> Arc<List> {
        self.of(cloud).unchanged(cloud, Patience::AsForAdvice).await
    }

    /// A pod that is being waited for, as it is at this moment or later. Where it is one of several, all of them share
    /// a list, and one that is not found is not on it either.
    pub async fn awaited(&self, cloud: &dyn Cloud, id: &PodId, moment: Instant) -> Result<Option<Pod>> {
        let of_cloud = self.of(cloud);
        if of_cloud.waits.load(Ordering::Relaxed) < 2 {
            return cloud.pods().get(id).await;
        }
        let list = of_cloud
            .latest(cloud, Patience::AsForAll, |list| list.is_of(moment))
            .await;
        list.find(cloud, id).await
    }

    /// A pod as it was a moment ago at the earliest, if others are waited for too, and else as it is now. One that is not
    /// found among several is gone; one that is read alone may not be.
    pub async fn lately(&self, cloud: &dyn Cloud, id: &PodId, moment: Duration) -> Result<Option<Pod>> {
        let of_cloud = self.of(cloud);
        if of_cloud.waits.load(Ordering::Relaxed) < 2 {
            return cloud.pods().get(id).await;
        }
        let came = Instant::now();
        let is_good = |list: &List| list.began.elapsed() <= moment || list.failed_since(came);
        let list = of_cloud.latest(cloud, Patience::AsForAll, is_good).await;
        absence::witnessed(list.find(cloud, id).await, ready(list.listed(id))).await
    }

    /// Until when no wait should ask for another list.
    pub fn spared_until(&self, cloud: &dyn Cloud) -> Option<Instant> {
        let of_cloud = self.of(cloud);
        *of_cloud.spared_until.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether others are waiting too.
    pub fn is_crowded(&self, cloud: &dyn Cloud) -> bool {
        self.of(cloud).waits.load(Ordering::Relaxed) > 1
    }

    /// A wait begins.
    pub fn waiting(&self, cloud: &dyn Cloud) -> Ongoing {
        let of_cloud = self.of(cloud);
        of_cloud.waits.fetch_add(1, Ordering::Relaxed);
        Ongoing(of_cloud, |of_cloud| {
            of_cloud.waits.fetch_sub(1, Ordering::Relaxed);
        })
    }

    /// A change of ours begins, and what was listed until it ends is of no use any more.
    pub fn changing(&self, cloud: &dyn Cloud) -> Ongoing {
        let note = |of_cloud: &OfCloud| {
            of_cloud.changes.fetch_add(1, Ordering::Relaxed);
        };
        let of_cloud = self.of(cloud);
        note(&of_cloud);
        Ongoing(of_cloud, note)
    }

    fn of(&self, cloud: &dyn Cloud) -> Arc<OfCloud> {
        let mut clouds = self.clouds.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(clouds.entry(cloud.capabilities().name).or_default())
    }
}

impl OfCloud {
    /// A recent list from after the latest change of ours.
    async fn unchanged(&self, cloud: &dyn Cloud, patience: Patience) -> Arc<List> {
        let changes = self.changes.load(Ordering::Relaxed);
        let is_good = |list: &List| list.changes == changes && list.is_recent();
        self.latest(cloud, patience, is_good).await
    }

    /// The latest list if it is good enough, or a new one. Who comes while one is under way waits for it.
    async fn latest(&self, cloud: &dyn Cloud, patience: Patience, is_good: impl Fn(&List) -> bool) -> Arc<List> {
        let mut latest = self.latest.lock().await;
        let is_for_all = |list: &List| patience == Patience::AsForAdvice || !list.was_given_up_early();
        if let Some(list) = latest.as_ref().filter(|list| is_for_all(list) && is_good(list)) {
            return Arc::clone(list);
        }
        let (began, changes) = (Instant::now(), self.changes.load(Ordering::Relaxed));
        let mut answer = match patience {
            Patience::AsForAll => cloud.pods().list().await,
            Patience::AsForAdvice => advice(cloud.pods().list()).await,
        };
        if let Ok(pods) = &mut answer {
            // Of a pod that comes twice, what was read last.
            pods.reverse();
            pods.sort_by(|one, other| one.id.cmp(&other.id));
            pods.dedup_by(|earlier, later| earlier.id == later.id);
        }
        let list = Arc::new(List {
            began,
            arrived: Instant::now(),
            changes,
            patience,
            answer,
        });
        *latest = Some(Arc::clone(&list));
        let spared_until = Instant::now() + began.elapsed() * REST;
        *self.spared_until.lock().unwrap_or_else(PoisonError::into_inner) = Some(spared_until);
        list
    }
}

impl List {
    /// All pods, or why they cannot be listed.
    pub fn pods(&self) -> std::result::Result<impl Iterator<Item = &Pod>, &Error> {
        self.answer.as_ref().map(|pods| pods.iter())
    }

    fn is_recent(&self) -> bool {
        self.arrived.elapsed() < LONGEST_USE
    }

    fn was_given_up_early(&self) -> bool {
        self.answer.is_err() && self.patience == Patience::AsForAdvice
    }

    /// Whether it tells how things are at this moment or later, or has failed whoever waited for that.
    fn is_of(&self, moment: Instant) -> bool {
        self.began >= moment || self.failed_since(moment)
    }

    /// Whether who came at this moment has waited for it in vain.
    fn failed_since(&self, moment: Instant) -> bool {
        self.answer.is_err() && self.arrived >= moment
    }

    /// The pod as it was listed, or else as a look at it alone has it. A cloud that is out of order is not asked for every
    /// single pod.
    async fn find(&self, cloud: &dyn Cloud, id: &PodId) -> Result<Option<Pod>> {
        match self.listed(id) {
            Ok(Some(pod)) => Ok(Some(pod)),
            Err(error) if failure::may_pass(error.kind) => Err(error),
            Ok(None) | Err(_) => cloud.pods().get(id).await,
        }
    }

    /// The pod if it is on the list. That it is not proves nothing yet.
    fn listed(&self, id: &PodId) -> Result<Option<Pod>> {
        let pods = self.answer.as_ref().map_err(Clone::clone)?;
        let place = pods.binary_search_by(|pod| pod.id.cmp(id)).ok();
        Ok(place.and_then(|place| pods.get(place)).cloned())
    }
}

impl Drop for Ongoing {
    fn drop(&mut self) {
        (self.1)(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use tokio::{sync::Barrier, time::sleep};

    use super::*;
    use crate::{
        clouds::Kind,
        resources::testing::{TestCloud, pod},
    };

    const LIST: &str = "list pods";

    fn cloud() -> TestCloud {
        TestCloud::new().with_pods(vec![pod("1"), pod("2"), pod("3")])
    }

    fn id(id: &str) -> PodId {
        PodId::new(id).expect("an id")
    }

    /// Whether each pod was found.
    async fn refresh(census: &Census, cloud: &TestCloud, ids: &[&str]) -> Vec<Option<bool>> {
        let mut found = Vec::new();
        for one in ids {
            let pod = census.refreshed(cloud, &id(one)).await;
            found.push(pod.ok().map(|pod| pod.is_some()));
        }
        found
    }

    #[tokio::test]
    async fn the_reads_of_a_walk_share_a_list() {
        let (census, cloud) = (Census::default(), cloud());
        let found = refresh(&census, &cloud, &["1", "2", "3", "4", "1"]).await;
        assert_eq!(found, [true, true, true, false, true].map(Some));
        assert_eq!(cloud.calls(), ["read pod 1", LIST, "read pod 4"]);
    }

    #[tokio::test]
    async fn of_a_pod_that_is_listed_twice_the_last_word_counts() {
        let with_status = |status: &str| crate::clouds::Pod {
            cloud_status: status.to_owned(),
            ..pod("2")
        };
        let cloud = TestCloud::new().with_pods(vec![with_status("EARLIER"), pod("1"), with_status("LATER")]);
        let list = Census::default().list(&cloud).await;
        let found = list.find(&cloud, &id("2")).await.ok().flatten();
        assert_eq!(found.map(|pod| pod.cloud_status).as_deref(), Some("LATER"));
        assert_eq!(cloud.calls(), [LIST]);
    }

    #[tokio::test]
    async fn a_change_of_ours_makes_another_list_necessary() {
        let (census, cloud) = (Census::default(), cloud());
        refresh(&census, &cloud, &["1", "2"]).await;
        let change = census.changing(&cloud);
        refresh(&census, &cloud, &["2"]).await;
        drop(change);
        refresh(&census, &cloud, &["2", "3"]).await;
        assert_eq!(cloud.calls(), ["read pod 1", LIST, LIST, LIST]);
    }

    #[tokio::test]
    async fn a_list_that_fails_drops_no_pod() {
        let census = Census::default();
        for (kind, expected, calls) in [
            (Kind::CloudFailed, None, &[LIST][..]),
            (Kind::Forbidden, Some(true), &[LIST, "read pod 2"]),
        ] {
            let cloud = cloud();
            refresh(&census, &cloud, &["1"]).await;
            let (_change, before) = (census.changing(&cloud), cloud.calls().len());
            cloud.fail(LIST, kind, false);
            assert_eq!(refresh(&census, &cloud, &["2"]).await, [expected], "{kind:?}");
            assert_eq!(cloud.calls()[before..], *calls);
        }
    }

    #[tokio::test]
    async fn a_pod_that_is_not_found_is_looked_for_in_the_list() {
        let (census, cloud) = (Census::default(), cloud());
        cloud.fail("read pod", Kind::NotFound, false);
        assert_eq!(refresh(&census, &cloud, &["1"]).await, [Some(true)], "alone");
        cloud.fail("read pod", Kind::NotFound, false);
        assert_eq!(refresh(&census, &cloud, &["4"]).await, [Some(false)], "among several");
        assert_eq!(cloud.calls(), ["read pod 1", LIST, "read pod 4"]);
    }

    #[tokio::test]
    async fn a_list_that_fails_confirms_no_absence() {
        for kind in [Kind::CloudFailed, Kind::Forbidden, Kind::NotFound] {
            let (census, cloud) = (Census::default(), cloud());
            cloud.fail("read pod", Kind::NotFound, false);
            cloud.fail(LIST, kind, false);
            assert_eq!(refresh(&census, &cloud, &["1"]).await, [None], "{kind:?}");
            cloud.fail("read pod", Kind::NotFound, false);
            assert_eq!(
                refresh(&census, &cloud, &["2"]).await,
                [None],
                "{kind:?}, among several"
            );
        }
    }

    #[tokio::test]
    async fn waits_share_a_list_at_every_moment() {
        let (census, cloud) = (Census::default(), cloud());
        let first = census.waiting(&cloud);
        let awaited = async |one: &str, moment| {
            census
                .awaited(&cloud, &id(one), moment)
                .await
                .is_ok_and(|pod| pod.is_some())
        };
        assert!(awaited("1", Instant::now()).await && !census.is_crowded(&cloud));
        let second = census.waiting(&cloud);
        assert!(census.is_crowded(&cloud));
        for _ in 0..2 {
            let moment = Instant::now();
            assert!(awaited("1", moment).await);
            assert!(awaited("2", moment).await);
        }
        drop(second);
        awaited("1", Instant::now()).await;
        drop(first);
        assert_eq!(cloud.calls(), ["read pod 1", LIST, LIST, "read pod 1"]);
    }

    #[tokio::test]
    async fn however_many_wait_what_is_not_listed_is_asked_for() {
        let (census, cloud) = (Census::default(), cloud());
        let _waits: Vec<Ongoing> = (0..50).map(|_| census.waiting(&cloud)).collect();
        let missed = census.awaited(&cloud, &id("4"), Instant::now()).await;
        assert!(missed.is_err_and(|error| error.kind == Kind::NotFound));
        assert_eq!(cloud.calls(), [LIST, "read pod 4"]);
    }

    #[tokio::test(start_paused = true)]
    async fn between_lists_is_a_multiple_of_the_time_that_one_takes() {
        let meeting = Arc::new(Barrier::new(2));
        let (census, cloud) = (Census::default(), cloud().with_meeting(&meeting));
        assert_eq!(census.spared_until(&cloud), None);
        let two_seconds = async {
            sleep(Duration::from_secs(2)).await;
            meeting.wait().await;
        };
        tokio::join!(census.list(&cloud), two_seconds);
        let spared = census.spared_until(&cloud).map(|until| until - Instant::now());
        assert_eq!(spared, Some(Duration::from_secs(8)));
    }

    /// A list that takes so long, and what is done meanwhile.
    async fn slow<T>(meeting: &Barrier, seconds: u64, work: impl Future<Output = T>) -> T {
        let slowly = async {
            sleep(Duration::from_secs(seconds)).await;
            meeting.wait().await;
        };
        let both = async { tokio::join!(work, slowly).0 };
        tokio::time::timeout(Duration::from_secs(3600), both)
            .await
            .expect("there is one list")
    }

    #[tokio::test(start_paused = true)]
    async fn a_list_that_takes_long_is_good_from_its_arrival() {
        let meeting = Arc::new(Barrier::new(2));
        let (census, cloud) = (Census::default(), cloud().with_meeting(&meeting));
        refresh(&census, &cloud, &["1"]).await;
        let reads = async {
            let found = tokio::join!(refresh(&census, &cloud, &["2"]), refresh(&census, &cloud, &["3"]));
            sleep(LONGEST_USE / 2).await;
            refresh(&census, &cloud, &["1"]).await;
            found
        };
        let found = slow(&meeting, 2 * LONGEST_USE.as_secs(), reads).await;
        assert_eq!(found, (vec![Some(true)], vec![Some(true)]));
        assert_eq!(cloud.calls(), ["read pod 1", LIST]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_list_that_fails_is_shared_with_all_who_waited_for_it() {
        let meeting = Arc::new(Barrier::new(2));
        let (census, cloud) = (Census::default(), cloud().with_meeting(&meeting));
        let _waits: Vec<Ongoing> = (0..8).map(|_| census.waiting(&cloud)).collect();
        refresh(&census, &cloud, &["1"]).await;
        cloud.fail(LIST, Kind::AnswerLost, false);
        let patient = futures_util::future::join_all((0..8).map(|seconds| {
            let (census, cloud) = (&census, &cloud);
            async move {
                sleep(Duration::from_secs(seconds)).await;
                let one = ["1", "2", "3"][seconds as usize % 3];
                let is_err = match seconds % 3 {
                    0 => census.refreshed(cloud, &id(one)).await.is_err(),
                    1 => census.awaited(cloud, &id(one), Instant::now()).await.is_err(),
                    _ => census.lately(cloud, &id(one), Duration::ZERO).await.is_err(),
                };
                assert!(is_err, "{seconds}");
            }
        }));
        slow(&meeting, 150, patient).await;
        assert_eq!(
            refresh(&census, &cloud, &["2"]).await,
            [None],
            "and with who comes soon after"
        );
        assert_eq!(cloud.calls(), ["read pod 1", LIST]);
    }

    #[tokio::test]
    async fn a_list_that_was_not_worth_waiting_for_as_advice_is_asked_for_again() {
        let (census, cloud) = (Census::default(), cloud());
        refresh(&census, &cloud, &["1"]).await;
        cloud.fail(LIST, Kind::AnswerLost, false);
        for _ in 0..2 {
            assert!(census.advice(&cloud).await.pods().is_err());
        }
        assert_eq!(refresh(&census, &cloud, &["2"]).await, [Some(true)]);
        assert!(census.advice(&cloud).await.pods().is_ok());
        assert_eq!(cloud.calls(), ["read pod 1", LIST, LIST]);
    }

    #[tokio::test]
    async fn first_looks_share_a_list_that_is_not_old() {
        let (census, cloud) = (Census::default(), cloud());
        let lately = async |one: &str, moment| census.lately(&cloud, &id(one), moment).await.ok().flatten().is_some();
        let _first = census.waiting(&cloud);
        assert!(lately("1", LONGEST_USE).await, "alone");
        let _second = census.waiting(&cloud);
        for one in ["1", "2", "3"] {
            assert!(lately(one, LONGEST_USE).await);
        }
        assert!(!lately("4", LONGEST_USE).await, "what is not listed is asked for");
        assert!(lately("1", Duration::ZERO).await, "that one is too old");
        assert_eq!(cloud.calls(), ["read pod 1", LIST, "read pod 4", LIST]);
    }
}
