//! Lifecycle of a pod, as the client observes it.

use std::fmt::Debug;

use gpupod::clouds::{Phase::*, StopSupport};
use serde_json::json;

use super::{bench::Bench, echo::differences, on_every_cloud, specs};

/// Each phase that was seen must be one of the way, and none may come before its predecessor.
pub fn check_way<Phase: PartialEq + Debug>(seen: &[Option<Phase>], way: &[Option<Phase>]) {
    let mut rest = way.iter();
    let is_in_order = seen.iter().all(|phase| rest.any(|next| next == phase));
    assert!(
        is_in_order && seen.last() == way.last(),
        "{seen:?} is not the way {way:?}"
    );
}

#[tokio::test]
async fn a_pod_comes_to_run() {
    on_every_cloud(async |bench| {
        let pod = bench.create().await;
        let seen = bench.phases_until(&pod.id, Some(Running)).await;
        assert!(seen.len() > 1, "nothing runs at once");
        check_way(&seen, &[Some(Pending), Some(Provisioning), Some(Running)]);
    })
    .await;
}

#[tokio::test]
async fn a_pod_is_seen_as_it_was_asked_for() {
    on_every_cloud(async |bench| {
        let spec = specs::ample(bench.description.capabilities);
        let made = bench.cloud.pods().create(&spec).await.expect("is made");
        bench.phases_until(&made.id, Some(Running)).await;
        let observed = bench.pod(&made.id).await.observed;
        assert_eq!(differences(&spec, &observed), Vec::<&str>::new());
        assert_eq!(observed.name.as_deref(), Some("trainer"));
        assert_eq!(observed.image.as_deref(), Some(spec.image.as_str()));
        assert_eq!(observed.gpu_type, spec.gpu.as_ref().map(|gpu| gpu.gpu_type.clone()));
        assert_eq!(observed.gpu_count, spec.gpu.map(|gpu| gpu.count.get()));
    })
    .await;
}

#[tokio::test]
async fn the_list_shows_pods_as_they_are_read_one_by_one() {
    on_every_cloud(async |bench| {
        let ids = [bench.running().await, bench.create().await.id];
        assert_eq!(bench.listed().await, ids.into());
        for listed in bench.cloud.pods().list().await.expect("are listed") {
            let read = bench.pod(&listed.id).await;
            assert_eq!(format!("{listed:?}"), format!("{read:?}"));
        }
    })
    .await;
}

#[tokio::test]
async fn an_empty_cloud_has_an_empty_list() {
    on_every_cloud(async |bench| assert!(bench.listed().await.is_empty())).await;
}

#[tokio::test]
async fn a_deleted_pod_ends() {
    on_every_cloud(async |bench| {
        let id = bench.deletable().await;
        bench.cloud.pods().delete(&id).await.expect("is told to end");
        let seen = bench.phases_until(&id, None).await;
        check_way(&seen, &[Some(Terminating), None]);
        assert!(bench.listed().await.is_empty());
        assert_eq!(bench.simulator.living_pods(), []);
    })
    .await;
}

#[tokio::test]
async fn a_pod_can_be_deleted_before_it_runs() {
    on_every_cloud(async |bench| {
        if bench.description.capabilities.stop != StopSupport::RequiredBeforeDelete {
            let id = bench.create().await.id;
            bench.cloud.pods().delete(&id).await.expect("is told to end");
            bench.phases_until(&id, None).await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_pod_can_fail_and_be_deleted() {
    on_every_cloud(async |bench| {
        bench.simulator.next_pods(json!({"fate": "fails"})).expect("a fate");
        let id = bench.create().await.id;
        let seen = bench.phases_until(&id, Some(Failed)).await;
        check_way(&seen, &[Some(Pending), Some(Provisioning), Some(Failed)]);
        assert_eq!(bench.listed().await, [id.clone()].into());
        bench.cloud.pods().delete(&id).await.expect("is told to end");
        bench.phases_until(&id, None).await;
    })
    .await;
}

#[tokio::test]
async fn what_befalls_a_pod_is_seen() {
    on_every_cloud(async |bench| {
        for (event, phase) in [
            ("fail", Some(Failed)),
            ("terminate", None),
            ("preempt", None),
            ("vanish", None),
        ] {
            let id = bench.running().await;
            befall(bench, id.as_str(), event);
            assert_eq!(bench.phase(&id).await, phase, "{event}");
            assert_eq!(bench.listed().await.contains(&id), phase.is_some(), "{event}");
        }
    })
    .await;
}

fn befall(bench: &Bench, id: &str, event: &str) {
    bench.simulator.event(id, json!({"event": event})).expect("an event");
}
