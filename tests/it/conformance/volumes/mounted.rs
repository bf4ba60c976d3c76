//! A volume that pods mount: it stays as it is until they are gone.

use gpupod::clouds::{
    Kind, Phase, PodFeature, PodId, PodSpec, Result, Support, VolumeId, VolumePhase::Active, Volumes,
};
use serde_json::json;

use super::with_every_storage;
use crate::conformance::{
    bench::{Bench, kind},
    specs::{gib, mount},
};

pub fn check_in_the_way(refusal: Result<()>) {
    let kind = kind(refusal);
    assert!(matches!(kind, Some(Kind::WrongState | Kind::Conflict)), "{kind:?}");
}

async fn check_held(bench: &Bench, volumes: &dyn Volumes, id: &VolumeId) {
    check_in_the_way(volumes.delete(id).await);
    assert_eq!(bench.volume_phase(id).await, Some(Active));
}

/// A pod that mounts a volume, and runs.
async fn mounting(bench: &Bench, id: &VolumeId) -> PodId {
    let takes_path = (bench.description.capabilities.pod)(PodFeature::VolumeMountPath) != Support::Refused;
    let spec = PodSpec {
        volumes: vec![mount(id.as_str(), takes_path.then_some("/data"))],
        ..bench.least_spec()
    };
    let pod = bench.cloud.pods().create(&spec).await.expect("is made");
    bench.phases_until(&pod.id, Some(Phase::Running)).await;
    assert_eq!(bench.pod(&pod.id).await.observed.volumes, Some(spec.volumes));
    pod.id
}

#[tokio::test]
async fn the_pods_that_mount_a_volume_are_counted() {
    with_every_storage(async |bench, _, storage| {
        let id = bench.active_volume(storage).await;
        for count in 0..3 {
            assert!(bench.volume(&id).await.mount_count.is_none_or(|seen| seen == count));
            mounting(bench, &id).await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_mounted_volume_is_not_deleted() {
    with_every_storage(async |bench, volumes, storage| {
        let id = bench.active_volume(storage).await;
        let pod = mounting(bench, &id).await;
        check_held(bench, volumes, &id).await;
        if bench.can_stop() {
            bench.stop(&pod).await;
            check_held(bench, volumes, &id).await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_mounted_volume_does_not_grow() {
    with_every_storage(async |bench, volumes, storage| {
        if bench.grows(storage) {
            let id = bench.active_volume(storage).await;
            mounting(bench, &id).await;
            check_in_the_way(volumes.grow(&id, gib(1_000)).await);
            assert_eq!(bench.volume_phase(&id).await, Some(Active));
        }
    })
    .await;
}

#[tokio::test]
async fn a_refusal_over_http_is_the_same() {
    with_every_storage(async |bench, volumes, storage| {
        bench
            .simulator
            .quirks(json!({"conflict_over_http": true}))
            .expect("a quirk");
        let id = bench.active_volume(storage).await;
        mounting(bench, &id).await;
        check_held(bench, volumes, &id).await;
        let unsigned = json!({"respond": {"status": 409, "body": "<html>"}});
        bench.order("DELETE", 1, &unsigned);
        check_held(bench, volumes, &id).await;
    })
    .await;
}

#[tokio::test]
async fn a_volume_can_be_deleted_once_its_pod_is_gone() {
    with_every_storage(async |bench, volumes, storage| {
        let id = bench.active_volume(storage).await;
        let pod = mounting(bench, &id).await;
        bench.delete(&pod).await;
        assert!(bench.volume(&id).await.mount_count.is_none_or(|count| count == 0));
        volumes.delete(&id).await.expect("is told to end");
        bench.volume_phases_until(&id, None).await;
    })
    .await;
}
