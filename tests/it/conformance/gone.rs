//! Objects that are gone, in whichever way their cloud says so.

use std::time::Duration;

use gpupod::clouds::Kind;
use serde_json::{Value, json};

use super::{
    bench::{Bench, kind},
    on_every_cloud,
    things::Thing,
    with_every_thing,
};

/// Longer than any cloud remembers what has ended.
pub const LATER: Duration = Duration::from_secs(2 * 24 * 60 * 60);

pub fn every_way() -> [Value; 4] {
    [json!(null), json!("terminated"), json!("not_found"), json!("absent")]
}

#[tokio::test]
async fn what_is_gone_reads_as_none() {
    with_every_thing(async |bench, thing| {
        for gone_as in every_way() {
            let bench = Bench::with_quirks(bench.description, &json!({"gone_as": gone_as}));
            let id = thing.deleted(&bench).await;
            check_gone(&bench, thing, &id).await;
            bench.simulator.advance(LATER);
            check_gone(&bench, thing, &id).await;
        }
    })
    .await;
}

/// Deleting it once more is done, too.
async fn check_gone(bench: &Bench, thing: Thing, id: &str) {
    let cloud = &*bench.cloud;
    assert_eq!(thing.read(cloud, id).await.expect("is read"), None);
    assert!(thing.list(cloud).await.expect("are listed").is_empty());
    thing.delete(cloud, id).await.expect("is gone already");
}

#[tokio::test]
async fn a_pod_that_is_gone_takes_no_orders() {
    on_every_cloud(async |bench| {
        if bench.can_stop() {
            for gone_as in every_way() {
                let bench = Bench::with_quirks(bench.description, &json!({"gone_as": gone_as}));
                let id = bench.deleted().await;
                let allowed = [Some(Kind::NotFound), Some(Kind::WrongState)];
                assert!(allowed.contains(&kind(bench.cloud.pods().stop(&id).await)), "{gone_as}");
                assert!(
                    allowed.contains(&kind(bench.cloud.pods().start(&id).await)),
                    "{gone_as}"
                );
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
        check_gone(bench, Thing::Pod, id.as_str()).await;
    })
    .await;
}

#[tokio::test]
async fn one_thing_gone_leaves_the_others() {
    with_every_thing(async |bench, thing| {
        let kept = thing.create(&*bench.cloud).await.expect("is made");
        thing.deleted(bench).await;
        let listed = thing.list(&*bench.cloud).await.expect("are listed");
        assert!(listed.keys().eq([&kept]));
    })
    .await;
}
