//! A pod that is gone, in whichever way its cloud says so.

use std::time::Duration;

use gpupod::clouds::{Kind, PodId};
use serde_json::{Value, json};

use super::{
    bench::{Bench, kind},
    on_every_cloud,
};

/// Longer than any cloud remembers what has ended.
const LATER: Duration = Duration::from_secs(2 * 24 * 60 * 60);

fn every_way() -> [Value; 4] {
    [json!(null), json!("terminated"), json!("not_found"), json!("absent")]
}

#[tokio::test]
async fn a_pod_that_is_gone_reads_as_none() {
    on_every_cloud(async |bench| {
        for gone_as in every_way() {
            let bench = Bench::with_quirks(bench.description, &json!({"gone_as": gone_as}));
            let id = bench.deleted().await;
            check_gone(&bench, &id).await;
            bench.simulator.advance(LATER);
            check_gone(&bench, &id).await;
        }
    })
    .await;
}

/// Deleting it once more is done, too.
async fn check_gone(bench: &Bench, id: &PodId) {
    assert_eq!(bench.phase(id).await, None);
    assert!(bench.listed().await.is_empty());
    bench.cloud.delete_pod(id).await.expect("is gone already");
}

#[tokio::test]
async fn a_pod_that_is_gone_takes_no_orders() {
    on_every_cloud(async |bench| {
        if bench.can_stop() {
            for gone_as in every_way() {
                let bench = Bench::with_quirks(bench.description, &json!({"gone_as": gone_as}));
                let id = bench.deleted().await;
                let allowed = [Some(Kind::NotFound), Some(Kind::WrongState)];
                assert!(allowed.contains(&kind(bench.cloud.stop_pod(&id).await)), "{gone_as}");
                assert!(allowed.contains(&kind(bench.cloud.start_pod(&id).await)), "{gone_as}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_pod_that_vanishes_on_its_way_is_gone() {
    on_every_cloud(async |bench| {
        bench.simulator.next_pods(json!({"fate": "vanishes"})).expect("a fate");
        let id = bench.create().await.id;
        bench.phases_until(&id, None).await;
        check_gone(bench, &id).await;
    })
    .await;
}

#[tokio::test]
async fn one_pod_gone_leaves_the_others() {
    on_every_cloud(async |bench| {
        let (kept, deleted) = (bench.create().await.id, bench.deletable().await);
        bench.cloud.delete_pod(&deleted).await.expect("is told to end");
        bench.phases_until(&deleted, None).await;
        assert_eq!(bench.listed().await, [kept].into());
    })
    .await;
}
