//! A volume is deleted when nothing mounts it any more, and imported by its id.

use super::{change::pod_with, *};
use crate::{
    clouds::Kind,
    resources::testing::{self, World},
};

fn with_volume() -> TestCloud {
    let cloud = TestCloud::new();
    let volume = testing::volume("7", "data");
    cloud.world().volumes.insert("7".to_owned(), volume);
    cloud
}

async fn delete(cloud: &TestCloud) -> Result<(), Diagnostics> {
    let state = state("7", "data", 100);
    VolumeResource.delete(&cloud.context(), state, &Saved::default()).await
}

#[tokio::test(start_paused = true)]
async fn a_volume_waits_for_the_pods_of_its_run_and_until_it_is_gone() {
    let cloud = with_volume();
    cloud.world().pods.push(pod_with("7"));
    cloud.then(|_| {});
    cloud.then(|_| {});
    cloud.then(|world| world.pods.clear());
    cloud.then(|_| {});
    cloud.then(|world| world.volumes.clear());
    assert_eq!(delete(&cloud).await, Ok(()));
    assert_eq!(
        cloud.calls(),
        [
            "delete volume 7",
            "read volume 7",
            "delete volume 7",
            "read volume 7",
            "read volume 7"
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn a_volume_that_is_mounted_is_not_deleted_again_and_again() {
    let cloud = with_volume();
    cloud.world().pods.push(pod_with("7"));
    let mounted = |count| {
        move |world: &mut World| {
            let volume = world.volumes.get_mut("7").expect("is there");
            volume.mount_count = Some(count);
        }
    };
    cloud.then(mounted(1));
    cloud.then(|_| {});
    cloud.then(mounted(1));
    cloud.then(move |world| {
        world.pods.clear();
        mounted(0)(world);
    });
    cloud.then(|_| {});
    cloud.then(|world| world.volumes.clear());
    let state = VolumeModel {
        mount_count: Tf::Known(1_u32.into()),
        ..state("7", "data", 100)
    };
    let deleted = VolumeResource.delete(&cloud.context(), state, &Saved::default()).await;
    assert_eq!(deleted, Ok(()));
    let looks = ["read volume 7"; 4];
    let end = ["delete volume 7", "read volume 7"];
    assert_eq!(cloud.calls(), [&looks[..], &end].concat());
}

#[tokio::test(start_paused = true)]
async fn a_deletion_that_is_not_found_is_sent_again_while_the_volume_is_listed() {
    let cloud = with_volume();
    cloud.fail("delete volume", Kind::NotFound, false);
    cloud.then(|_| {});
    cloud.then(|_| {});
    cloud.then(|world| world.volumes.clear());
    assert_eq!(delete(&cloud).await, Ok(()));
    let expected = ["delete volume 7", "list volumes", "delete volume 7", "read volume 7"];
    assert_eq!(cloud.calls(), expected);
}

#[tokio::test(start_paused = true)]
async fn a_deletion_that_is_never_found_forgets_nothing_that_is_listed() {
    let cloud = with_volume();
    for _ in 0..9 {
        cloud.fail("delete volume", Kind::NotFound, false);
    }
    let refusal = refusal(delete(&cloud).await);
    assert!(
        refusal.contains("The cloud lists the volume 7 all the same."),
        "{refusal}"
    );
    let cloud = with_volume();
    cloud.fail("delete volume", Kind::NotFound, false);
    cloud.fail("list volumes", Kind::CloudFailed, false);
    let refusal = self::refusal(delete(&cloud).await);
    assert!(refusal.contains("list volumes: CloudFailed"), "{refusal}");
}

#[tokio::test(start_paused = true)]
async fn the_pods_that_still_mount_it_are_named_when_time_is_up() {
    let cloud = with_volume();
    cloud.world().pods.push(pod_with("7"));
    let refusal = refusal(delete(&cloud).await);
    assert!(
        refusal.starts_with(
            "timeouts: The volume cannot be deleted: The volume 7 could still not be deleted after 20m \
             (`timeouts.delete`). Test Cloud, delete volume: Conflict"
        ),
        "{refusal}"
    );
    assert!(refusal.contains("The pod `trainer` (9) mounts it."), "{refusal}");
}

#[tokio::test(start_paused = true)]
async fn the_pods_that_the_volume_itself_tells_are_named_too() {
    let cloud = with_volume();
    cloud.world().pods.push(pod_with("7"));
    for pod in cloud.world().pods.iter_mut() {
        pod.observed.volumes = None;
    }
    let volume = cloud.world().volumes["7"].clone();
    let told = crate::clouds::Volume {
        mount_count: Some(2),
        mounted_by: Some(vec!["9".to_owned(), "p-unlisted".to_owned()]),
        ..volume
    };
    cloud.world().volumes.insert("7".to_owned(), told);
    cloud.world().failures.push(("delete volume", Kind::Conflict, false));
    cloud.world().failures.push(("delete volume", Kind::Conflict, false));
    let refusal = refusal(delete(&cloud).await);
    let expected = "The pods `trainer` (9), p-unlisted mount it.";
    assert!(refusal.contains(expected), "{refusal}");
    assert_eq!(
        cloud.calls().iter().filter(|call| *call == "delete volume 7").count(),
        2
    );
}

#[tokio::test(start_paused = true)]
async fn who_mounts_it_may_remain_unknown() {
    let cloud = with_volume();
    cloud.world().pods.push(pod_with("7"));
    cloud.fail("list pods", Kind::Unreachable, false);
    let refusal = refusal(delete(&cloud).await);
    assert!(
        refusal.contains("Which pods mount it could not be found out"),
        "{refusal}"
    );
}

#[tokio::test(start_paused = true)]
async fn an_error_that_passes_does_not_end_the_wait() {
    let cloud = with_volume();
    cloud.world().pods.push(pod_with("7"));
    cloud.then(|_| {});
    cloud.then(|world| {
        world.pods.clear();
        world.failures.push(("delete volume", Kind::CloudFailed, false));
    });
    cloud.then(|_| {});
    cloud.then(|world| world.volumes.clear());
    assert_eq!(delete(&cloud).await, Ok(()));
}

#[tokio::test(start_paused = true)]
async fn another_refusal_is_told_at_once() {
    let cloud = with_volume();
    cloud.fail("delete volume", Kind::Forbidden, false);
    let refusal = refusal(delete(&cloud).await);
    assert!(
        refusal.contains("The volume cannot be deleted: Test Cloud, delete volume: Forbidden"),
        "{refusal}"
    );
    assert_eq!(cloud.calls(), ["delete volume 7"]);
}

#[tokio::test(start_paused = true)]
async fn a_volume_that_is_gone_already_is_deleted() {
    assert_eq!(delete(&TestCloud::new()).await, Ok(()));
}

#[tokio::test(start_paused = true)]
async fn an_interrupt_ends_the_wait_for_pods() {
    let cloud = with_volume();
    cloud.world().pods.push(pod_with("7"));
    let cx = cloud.context();
    let stop = cx.stop.clone();
    cloud.then(move |_| stop.cancel());
    let refusal = refusal(
        VolumeResource
            .delete(&cx, state("7", "data", 100), &Saved::default())
            .await,
    );
    assert!(refusal.contains("before the volume 7 was deleted"), "{refusal}");
    assert_eq!(cloud.calls(), ["delete volume 7"]);
}

#[tokio::test]
async fn an_import_takes_an_id_with_or_without_a_cloud() {
    let cx = TestCloud::new().context();
    let expected = VolumeModel {
        cloud: text("test_cloud"),
        id: text("7"),
        ..VolumeModel::null()
    };
    for id in ["7", "test_cloud/7"] {
        assert_eq!(VolumeResource.import(&cx, id).await, Ok(expected.clone()), "{id}");
    }
    let wrong = refusal(VolumeResource.import(&cx, "nimbus/a b").await);
    assert!(
        wrong.contains("cloud: No such cloud: `cloud` is \"nimbus\".") && wrong.contains("id: Not an id of a volume: "),
        "{wrong}"
    );
}
