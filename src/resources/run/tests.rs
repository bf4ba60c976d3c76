//! Lists that reads and waits share, on a cloud in memory.

use std::{sync::Arc, time::Duration};

use tokio::{
    sync::Barrier,
    time::{Instant, sleep},
};

use super::{
    ListCache,
    list_cache::{LONGEST_USE, Ongoing},
};
use crate::{
    clouds::{Kind, Pod, PodId},
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
async fn refresh(cache: &ListCache<Pod>, cloud: &TestCloud, ids: &[&str]) -> Vec<Option<bool>> {
    let mut found = Vec::new();
    for one in ids {
        let pod = cache.refreshed(cloud, &id(one)).await;
        found.push(pod.ok().map(|pod| pod.is_some()));
    }
    found
}

#[tokio::test]
async fn the_reads_of_a_walk_share_a_list() {
    let (cache, cloud) = (ListCache::<Pod>::default(), cloud());
    let found = refresh(&cache, &cloud, &["1", "2", "3", "4", "1"]).await;
    assert_eq!(found, [true, true, true, false, true].map(Some));
    assert_eq!(cloud.calls(), ["read pod 1", LIST, "read pod 4"]);
}

#[tokio::test]
async fn of_a_pod_that_is_listed_twice_the_last_word_counts() {
    let with_status = |status: &str| Pod {
        cloud_status: status.to_owned(),
        ..pod("2")
    };
    let cloud = TestCloud::new().with_pods(vec![with_status("EARLIER"), pod("1"), with_status("LATER")]);
    let list = ListCache::<Pod>::default().list(&cloud).await;
    let found = list.find(&cloud, &id("2")).await.ok().flatten();
    assert_eq!(found.map(|pod| pod.cloud_status).as_deref(), Some("LATER"));
    assert_eq!(cloud.calls(), [LIST]);
}

#[tokio::test]
async fn a_change_of_ours_makes_another_list_necessary() {
    let (cache, cloud) = (ListCache::<Pod>::default(), cloud());
    refresh(&cache, &cloud, &["1", "2"]).await;
    let change = cache.changing(&cloud);
    refresh(&cache, &cloud, &["2"]).await;
    drop(change);
    refresh(&cache, &cloud, &["2", "3"]).await;
    assert_eq!(cloud.calls(), ["read pod 1", LIST, LIST, LIST]);
}

#[tokio::test]
async fn a_list_that_fails_drops_no_pod() {
    let cache = ListCache::<Pod>::default();
    for (kind, expected, calls) in [
        (Kind::CloudFailed, None, &[LIST][..]),
        (Kind::Forbidden, Some(true), &[LIST, "read pod 2"]),
    ] {
        let cloud = cloud();
        refresh(&cache, &cloud, &["1"]).await;
        let (_change, before) = (cache.changing(&cloud), cloud.calls().len());
        cloud.fail(LIST, kind, false);
        assert_eq!(refresh(&cache, &cloud, &["2"]).await, [expected], "{kind:?}");
        assert_eq!(cloud.calls()[before..], *calls);
    }
}

#[tokio::test]
async fn a_pod_that_is_not_found_is_looked_for_in_the_list() {
    let (cache, cloud) = (ListCache::<Pod>::default(), cloud());
    cloud.fail("read pod", Kind::NotFound, false);
    assert_eq!(refresh(&cache, &cloud, &["1"]).await, [Some(true)], "alone");
    cloud.fail("read pod", Kind::NotFound, false);
    assert_eq!(refresh(&cache, &cloud, &["4"]).await, [Some(false)], "among several");
    assert_eq!(cloud.calls(), ["read pod 1", LIST, "read pod 4"]);
}

#[tokio::test]
async fn a_list_that_fails_confirms_no_absence() {
    for kind in [Kind::CloudFailed, Kind::Forbidden, Kind::NotFound] {
        let (cache, cloud) = (ListCache::<Pod>::default(), cloud());
        cloud.fail("read pod", Kind::NotFound, false);
        cloud.fail(LIST, kind, false);
        assert_eq!(refresh(&cache, &cloud, &["1"]).await, [None], "{kind:?}");
        cloud.fail("read pod", Kind::NotFound, false);
        assert_eq!(refresh(&cache, &cloud, &["2"]).await, [None], "{kind:?}, among several");
    }
}

#[tokio::test]
async fn waits_share_a_list_at_every_moment() {
    let (cache, cloud) = (ListCache::<Pod>::default(), cloud());
    let first = cache.waiting(&cloud);
    let awaited = async |one: &str, moment| {
        cache
            .awaited(&cloud, &id(one), moment)
            .await
            .is_ok_and(|pod| pod.is_some())
    };
    assert!(awaited("1", Instant::now()).await && !cache.is_crowded(&cloud));
    let second = cache.waiting(&cloud);
    assert!(cache.is_crowded(&cloud));
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
    let (cache, cloud) = (ListCache::<Pod>::default(), cloud());
    let _waits: Vec<Ongoing> = (0..50).map(|_| cache.waiting(&cloud)).collect();
    let missed = cache.awaited(&cloud, &id("4"), Instant::now()).await;
    assert!(missed.is_err_and(|error| error.kind == Kind::NotFound));
    assert_eq!(cloud.calls(), [LIST, "read pod 4"]);
}

#[tokio::test(start_paused = true)]
async fn between_lists_is_a_multiple_of_the_time_that_one_takes() {
    let meeting = Arc::new(Barrier::new(2));
    let (cache, cloud) = (ListCache::<Pod>::default(), cloud().with_meeting(&meeting));
    assert_eq!(cache.spared_until(&cloud), None);
    let two_seconds = async {
        sleep(Duration::from_secs(2)).await;
        meeting.wait().await;
    };
    tokio::join!(cache.list(&cloud), two_seconds);
    let spared = cache.spared_until(&cloud).map(|until| until - Instant::now());
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
    let (cache, cloud) = (ListCache::<Pod>::default(), cloud().with_meeting(&meeting));
    refresh(&cache, &cloud, &["1"]).await;
    let reads = async {
        let found = tokio::join!(refresh(&cache, &cloud, &["2"]), refresh(&cache, &cloud, &["3"]));
        sleep(LONGEST_USE / 2).await;
        refresh(&cache, &cloud, &["1"]).await;
        found
    };
    let found = slow(&meeting, 2 * LONGEST_USE.as_secs(), reads).await;
    assert_eq!(found, (vec![Some(true)], vec![Some(true)]));
    assert_eq!(cloud.calls(), ["read pod 1", LIST]);
}

#[tokio::test(start_paused = true)]
async fn a_list_that_fails_is_shared_with_all_who_waited_for_it() {
    let meeting = Arc::new(Barrier::new(2));
    let (cache, cloud) = (ListCache::<Pod>::default(), cloud().with_meeting(&meeting));
    let _waits: Vec<Ongoing> = (0..8).map(|_| cache.waiting(&cloud)).collect();
    refresh(&cache, &cloud, &["1"]).await;
    cloud.fail(LIST, Kind::AnswerLost, false);
    let patient = futures_util::future::join_all((0..8).map(|seconds| {
        let (cache, cloud) = (&cache, &cloud);
        async move {
            sleep(Duration::from_secs(seconds)).await;
            let one = ["1", "2", "3"][seconds as usize % 3];
            let is_err = match seconds % 3 {
                0 => cache.refreshed(cloud, &id(one)).await.is_err(),
                1 => cache.awaited(cloud, &id(one), Instant::now()).await.is_err(),
                _ => cache.lately(cloud, &id(one), Duration::ZERO).await.is_err(),
            };
            assert!(is_err, "{seconds}");
        }
    }));
    slow(&meeting, 150, patient).await;
    assert_eq!(
        refresh(&cache, &cloud, &["2"]).await,
        [None],
        "and with who comes soon after"
    );
    assert_eq!(cloud.calls(), ["read pod 1", LIST]);
}

#[tokio::test]
async fn a_list_that_was_not_worth_waiting_for_as_advice_is_asked_for_again() {
    let (cache, cloud) = (ListCache::<Pod>::default(), cloud());
    refresh(&cache, &cloud, &["1"]).await;
    cloud.fail(LIST, Kind::AnswerLost, false);
    for _ in 0..2 {
        assert!(cache.advice(&cloud).await.objects().is_err());
    }
    assert_eq!(refresh(&cache, &cloud, &["2"]).await, [Some(true)]);
    assert!(cache.advice(&cloud).await.objects().is_ok());
    assert_eq!(cloud.calls(), ["read pod 1", LIST, LIST]);
}

#[tokio::test]
async fn first_looks_share_a_list_that_is_not_old() {
    let (cache, cloud) = (ListCache::<Pod>::default(), cloud());
    let lately = async |one: &str, moment| cache.lately(&cloud, &id(one), moment).await.ok().flatten().is_some();
    let _first = cache.waiting(&cloud);
    assert!(lately("1", LONGEST_USE).await, "alone");
    let _second = cache.waiting(&cloud);
    for one in ["1", "2", "3"] {
        assert!(lately(one, LONGEST_USE).await);
    }
    assert!(!lately("4", LONGEST_USE).await, "what is not listed is asked for");
    assert!(lately("1", Duration::ZERO).await, "that one is too old");
    assert_eq!(cloud.calls(), ["read pod 1", LIST, "read pod 4", LIST]);
}
