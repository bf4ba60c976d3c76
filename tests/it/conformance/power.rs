//! Stopping and starting pods, where the cloud can.

use gpupod::clouds::{Kind, Phase::*, Power, StopSupport};

use super::{bench::kind, life::check_way, on_every_cloud};

#[tokio::test]
async fn a_running_pod_stops() {
    on_every_cloud(async |bench| {
        if bench.can_stop() {
            let id = bench.running().await;
            bench.cloud.pods().stop(&id).await.expect("is told to stop");
            assert_ne!(bench.pod(&id).await.desired, Some(Power::Running));
            check_way(
                &bench.phases_until(&id, Some(Stopped)).await,
                &[Some(Stopping), Some(Stopped)],
            );
            assert_eq!(bench.listed().await, [id].into(), "a stopped pod is not gone");
        }
    })
    .await;
}

#[tokio::test]
async fn a_stopped_pod_starts() {
    on_every_cloud(async |bench| {
        if bench.can_stop() {
            let id = bench.stopped().await;
            bench.cloud.pods().start(&id).await.expect("is told to start");
            assert_ne!(bench.pod(&id).await.desired, Some(Power::Stopped));
            check_way(
                &bench.phases_until(&id, Some(Running)).await,
                &[Some(Pending), Some(Provisioning), Some(Running)],
            );
        }
    })
    .await;
}

#[tokio::test]
async fn only_a_running_pod_can_be_stopped() {
    on_every_cloud(async |bench| {
        if bench.can_stop() {
            for id in [bench.stopped().await, bench.create().await.id] {
                assert_eq!(kind(bench.cloud.pods().stop(&id).await), Some(Kind::WrongState));
            }
        }
    })
    .await;
}

#[tokio::test]
async fn only_a_stopped_pod_can_be_started() {
    on_every_cloud(async |bench| {
        if bench.can_stop() {
            for id in [bench.running().await, bench.create().await.id] {
                assert_eq!(kind(bench.cloud.pods().start(&id).await), Some(Kind::WrongState));
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_running_pod_can_be_deleted_unless_the_capabilities_deny_it() {
    on_every_cloud(async |bench| {
        let must_stop = bench.description.capabilities.stop == StopSupport::RequiredBeforeDelete;
        let id = bench.running().await;
        let refusal = must_stop.then_some(Kind::WrongState);
        assert_eq!(kind(bench.cloud.pods().delete(&id).await), refusal);
    })
    .await;
}

#[tokio::test]
async fn an_error_names_the_cloud_and_the_pod() {
    on_every_cloud(async |bench| {
        if bench.can_stop() {
            let id = bench.create().await.id;
            let error = bench.cloud.pods().start(&id).await.expect_err("is not stopped");
            assert_eq!(error.cloud, bench.description.capabilities.title);
            assert!(error.operation.contains(id.as_str()), "{error}");
            assert!(!error.message.is_empty(), "{error:?}");
        }
    })
    .await;
}
