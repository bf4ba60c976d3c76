//! A volume is renamed first and grows then, and the state has what was done.

use super::*;
use crate::{
    clouds::{Kind, Mount, MountPath, Observed, Phase, Pod},
    resources::testing,
};

pub fn pod_with(volume: &str) -> Pod {
    let mount = Mount {
        volume_id: volume.to_owned(),
        path: MountPath::new("/data").ok(),
    };
    Pod {
        phase: Phase::Running,
        observed: Observed {
            name: Some("trainer".to_owned()),
            volumes: Some(vec![mount]),
            ..Observed::default()
        },
        ..testing::pod("9")
    }
}

fn with_volume() -> TestCloud {
    let cloud = TestCloud::new();
    let volume = testing::volume("7", "data");
    cloud.world().volumes.insert("7".to_owned(), volume);
    cloud
}

fn becomes(phase: VolumePhase, size: Option<u32>) -> impl FnOnce(&mut testing::World) {
    move |world| {
        for volume in world.volumes.values_mut() {
            (volume.phase, volume.size) = (phase, size);
        }
    }
}

async fn update(cx: &Context<Session>, planned: VolumeModel, saved: &Saved) -> Result<VolumeModel, Diagnostics> {
    let change = Change {
        prior: state("7", "data", 100),
        config: planned.clone(),
        planned: VolumeModel {
            id: text("7"),
            created_at: Tf::Null,
            ..planned
        },
    };
    VolumeResource.update(cx, change, saved).await
}

#[tokio::test(start_paused = true)]
async fn a_rename_comes_first_and_growing_is_waited_for() {
    let cloud = with_volume();
    cloud.then(|_| {});
    cloud.then(becomes(VolumePhase::Active, Some(100)));
    cloud.then(becomes(VolumePhase::Active, Some(200)));
    let cx = cloud.context();
    let changed = update(&cx, planned("models", 200), &Saved::default())
        .await
        .expect("it is changed");
    assert_eq!((changed.name, changed.status), (text("models"), text("active")));
    assert_eq!(
        cloud.calls(),
        [
            "rename volume 7 to models",
            "grow volume 7 to 200",
            "read volume 7",
            "read volume 7",
            "read volume 7"
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn a_change_that_is_none_of_the_clouds_makes_no_call() {
    let cloud = with_volume();
    let changed = update(&cloud.context(), planned("data", 100), &Saved::default()).await;
    assert_eq!(changed.expect("it is changed").status, text("active"));
    assert_eq!(cloud.calls(), [""; 0]);
}

#[tokio::test(start_paused = true)]
async fn what_an_import_left_open_is_taken_over_without_a_call() {
    let cloud = with_volume();
    let prior = VolumeModel {
        size_in_gb: Tf::Null,
        region: Tf::Null,
        ..state("7", "data", 100)
    };
    let change = Change {
        prior,
        planned: planned("data", 100),
        config: planned("data", 100),
    };
    let changed = VolumeResource.update(&cloud.context(), change, &Saved::default()).await;
    assert_eq!(changed.expect("it is changed").size_in_gb, Tf::Known(100_u32.into()));
    assert_eq!(cloud.calls(), [""; 0]);
}

#[tokio::test(start_paused = true)]
async fn a_refused_second_step_leaves_the_first_in_the_state() {
    let cloud = with_volume();
    cloud.world().pods.push(pod_with("7"));
    let saved = Saved::default();
    let refusal = refusal(update(&cloud.context(), planned("models", 200), &saved).await);
    assert!(refusal.starts_with("size_in_gb: The volume cannot grow: "), "{refusal}");
    assert!(
        refusal.contains("The pod `trainer` (9) mounts it. Remove the mounts, then apply again."),
        "{refusal}"
    );
    let saved = of_saved(&saved);
    assert_eq!(
        (saved.name, saved.size_in_gb),
        (text("models"), Tf::Known(100_u32.into()))
    );
}

#[tokio::test(start_paused = true)]
async fn an_interrupted_second_step_leaves_the_first_in_the_state() {
    let (cloud, saved) = (with_volume(), Saved::default());
    let cx = cloud.context();
    cx.stop.cancel();
    let refusal = refusal(update(&cx, planned("models", 200), &saved).await);
    assert!(refusal.contains("was told to grow"), "{refusal}");
    assert_eq!(of_saved(&saved).name, text("models"));
    assert_eq!(cloud.calls(), ["rename volume 7 to models"]);
}

#[tokio::test(start_paused = true)]
async fn a_wait_that_is_left_keeps_the_size_that_was_ordered() {
    let (cloud, saved) = (with_volume(), Saved::default());
    refusal(update(&cloud.context(), planned("data", 200), &saved).await);
    let saved = of_saved(&saved);
    assert_eq!(
        (saved.size_in_gb, saved.status),
        (Tf::Known(200_u32.into()), text("resizing"))
    );
}

#[tokio::test(start_paused = true)]
async fn a_volume_that_grows_after_a_lost_answer_is_waited_for() {
    let cloud = with_volume();
    cloud.fail("grow volume", Kind::AnswerLost, true);
    cloud.then(|_| {});
    cloud.then(|_| {});
    cloud.then(becomes(VolumePhase::Active, None));
    let changed = update(&cloud.context(), planned("data", 200), &Saved::default()).await;
    assert_eq!(changed.expect("it grows").size_in_gb, Tf::Known(200_u32.into()));
}

/// A cloud that does not tell sizes, and has grown the volume before anybody looked.
#[tokio::test(start_paused = true)]
async fn a_volume_that_has_grown_already_calls_a_second_order_wrong() {
    let cloud = with_volume();
    cloud.fail("grow volume", Kind::AnswerLost, false);
    cloud.fail("grow volume", Kind::Invalid, false);
    let changed = update(&cloud.context(), planned("data", 200), &Saved::default()).await;
    assert_eq!(changed.expect("it has grown").size_in_gb, Tf::Known(200_u32.into()));
}

#[tokio::test(start_paused = true)]
async fn a_lost_answer_without_growth_is_an_error() {
    let (cloud, saved) = (with_volume(), Saved::default());
    cloud.fail("grow volume", Kind::AnswerLost, false);
    cloud.fail("grow volume", Kind::AnswerLost, false);
    let refusal = refusal(update(&cloud.context(), planned("data", 200), &saved).await);
    assert!(refusal.contains("The volume cannot grow"), "{refusal}");
    assert!(saved.last().is_none(), "nothing was changed");
}

/// A run that was killed in the middle has grown it, and nobody knows.
#[tokio::test(start_paused = true)]
async fn a_size_that_is_called_wrong_is_explained_where_the_cloud_tells_none() {
    let cloud = with_volume();
    for (size, explained) in [(None, true), (Some(100), false)] {
        becomes(VolumePhase::Active, size)(&mut cloud.world());
        cloud.fail("grow volume", Kind::Invalid, false);
        let refusal = refusal(update(&cloud.context(), planned("data", 200), &Saved::default()).await);
        assert!(refusal.contains("The volume cannot grow"), "{refusal}");
        let command = refusal.contains("`terraform import ADDRESS test_cloud/7`");
        assert_eq!(command, explained, "{refusal}");
    }
}
