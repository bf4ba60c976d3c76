//! Size of a volume, its growth, and the difference to what is stored in it.

use gpupod::clouds::{Kind, Storage, VolumeId, VolumePhase::*, Volumes};
use serde_json::json;

use super::{
    answers::generations, bench::has_size, mounted::check_in_the_way, where_there_are_volumes, with_every_storage,
};
use crate::conformance::{
    bench::{Bench, kind},
    life::check_way,
    specs::gib,
};

/// What every storage with a size is asked for in.
const ASKED: u32 = 100;

/// Runs a test once for every kind of storage that can become larger.
async fn with_every_size(test: impl AsyncFn(&Bench, &dyn Volumes, &Storage)) {
    with_every_storage(async |bench, volumes, storage| {
        if bench.grows(storage) {
            test(bench, volumes, storage).await;
        }
    })
    .await;
}

async fn check_size(bench: &Bench, id: &VolumeId, expected: u32) {
    bench.simulator.quirks(json!({"older_volumes": true})).expect("a quirk");
    assert_eq!(bench.volume(id).await.size, Some(expected));
    bench
        .simulator
        .quirks(json!({"older_volumes": false}))
        .expect("a quirk");
}

#[tokio::test]
async fn a_volume_grows() {
    with_every_size(async |bench, volumes, storage| {
        let id = bench.active_volume(storage).await;
        volumes.grow(&id, gib(ASKED + 1)).await.expect("is told to grow");
        let seen = bench.volume_phases_until(&id, Some(Active)).await;
        assert!(seen.len() > 1, "nothing grows at once");
        check_way(&seen, &[Some(Resizing), Some(Active)]);
        check_size(bench, &id, ASKED + 1).await;
    })
    .await;
}

#[tokio::test]
async fn a_volume_never_shrinks() {
    with_every_size(async |bench, volumes, storage| {
        let id = bench.active_volume(storage).await;
        let refusal = volumes.grow(&id, gib(ASKED - 1)).await;
        assert_eq!(kind(refusal), Some(Kind::Invalid));
        assert_eq!(bench.volume_phase(&id).await, Some(Active));
        check_size(bench, &id, ASKED).await;
    })
    .await;
}

#[tokio::test]
async fn a_volume_in_motion_does_not_grow() {
    with_every_size(async |bench, volumes, storage| {
        let growing = bench.active_volume(storage).await;
        volumes.grow(&growing, gib(ASKED + 1)).await.expect("is told to grow");
        for id in [growing, bench.create_volume(storage).await] {
            check_in_the_way(volumes.grow(&id, gib(ASKED + 2)).await);
        }
    })
    .await;
}

#[tokio::test]
async fn a_volume_that_keeps_its_size_is_not_told_to_grow() {
    with_every_storage(async |bench, volumes, storage| {
        if has_size(storage) && !bench.grows(storage) {
            let id = bench.active_volume(storage).await;
            bench.simulator.clear_requests();
            assert_eq!(kind(volumes.grow(&id, gib(ASKED + 1)).await), Some(Kind::Invalid));
            assert!(bench.simulator.requests().is_empty());
            check_size(bench, &id, ASKED).await;
        }
    })
    .await;
}

#[tokio::test]
async fn the_space_used_is_never_the_size() {
    where_there_are_volumes(async |bench, _| {
        for quirks in generations() {
            for storage in bench.storages() {
                let bench = Bench::with_quirks(bench.description, &quirks);
                let id = bench.active_volume(&storage).await;
                check_used(&bench, &id, 0).await;
                bench.fill(&id, 5);
                check_used(&bench, &id, 5).await;
            }
        }
    })
    .await;
}

/// What the cloud does not say, or not clearly, is left open.
async fn check_used(bench: &Bench, id: &VolumeId, used: u32) {
    for volume in [vec![bench.volume(id).await], bench.listed_volumes().await].concat() {
        assert!(volume.size.is_none_or(|size| size == ASKED), "{volume:?}");
        assert!(volume.used.is_none_or(|seen| seen == used), "{volume:?}");
    }
}
