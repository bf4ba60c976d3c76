//! A volume is made once, and is in the state whatever happens next.

use super::*;
use crate::clouds::Kind;

async fn create(cloud: &TestCloud, saved: &Saved) -> Result<VolumeModel, Diagnostics> {
    create_in(&cloud.context(), saved).await
}

async fn create_in(cx: &Context<Session>, saved: &Saved) -> Result<VolumeModel, Diagnostics> {
    let planned = planned("data", 100);
    VolumeResource.create(cx, planned.clone(), planned, saved).await
}

fn becomes(phase: VolumePhase) -> impl FnOnce(&mut crate::resources::testing::World) {
    move |world| world.volumes.values_mut().for_each(|volume| volume.phase = phase)
}

#[tokio::test(start_paused = true)]
async fn a_new_volume_is_waited_for() {
    let cloud = TestCloud::new();
    cloud.then(|_| {});
    cloud.then(becomes(VolumePhase::Active));
    let made = create(&cloud, &Saved::default()).await.expect("it is made");
    assert_eq!((made.id, made.status), (text("101"), text("active")));
    assert_eq!(made.size_in_gb, Tf::Known(100_u32.into()));
    assert_eq!(
        cloud.calls(),
        [
            "list volumes",
            "create volume data",
            "read volume 101",
            "read volume 101"
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn a_volume_that_fails_ends_the_wait_and_stays_in_the_state() {
    let (cloud, saved) = (TestCloud::new(), Saved::default());
    cloud.then(becomes(VolumePhase::Failed));
    let refusal = refusal(create(&cloud, &saved).await);
    assert!(
        refusal.contains("The volume 101 is `failed` (ok)") && refusal.contains("an apply replaces it"),
        "{refusal}"
    );
    let saved = of_saved(&saved);
    assert_eq!((saved.id, saved.status), (text("101"), text("failed")));
}

#[tokio::test(start_paused = true)]
async fn a_volume_that_does_not_get_ready_is_waited_for_no_longer_than_allowed() {
    let (cloud, saved) = (TestCloud::new(), Saved::default());
    let refusal = refusal(create(&cloud, &saved).await);
    assert!(
        refusal.contains("The volume took too long: The volume 101 was not active after 20m (`timeouts.create`)"),
        "{refusal}"
    );
    assert_eq!(of_saved(&saved).id, text("101"));
}

#[tokio::test(start_paused = true)]
async fn a_status_that_is_not_known_fails_no_volume() {
    let (cloud, saved) = (TestCloud::new(), Saved::default());
    cloud.then(becomes(VolumePhase::Unknown));
    let cx = cloud.context();
    let made = create_in(&cx, &saved).await.expect("it is kept");
    assert_eq!((made.id, made.status), (text("101"), text("unknown")));
    let warnings = messages(&cx.warnings()());
    assert!(
        warnings[0].starts_with("status: Unknown volume status: The volume 101 has the status `ok`, which"),
        "{warnings:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn an_interrupt_leaves_the_wait_and_keeps_the_volume() {
    let (cloud, saved) = (TestCloud::new(), Saved::default());
    let cx = cloud.context();
    let stop = cx.stop.clone();
    cloud.then(move |_| stop.cancel());
    let refusal = refusal(create_in(&cx, &saved).await);
    assert!(refusal.contains("Interrupted"), "{refusal}");
    assert_eq!(of_saved(&saved).id, text("101"));
}

#[tokio::test(start_paused = true)]
async fn a_volume_whose_answer_was_lost_is_found() {
    let cloud = TestCloud::new();
    cloud.fail("create volume", Kind::AnswerLost, true);
    cloud.then(becomes(VolumePhase::Active));
    let cx = cloud.context();
    let made = create_in(&cx, &Saved::default()).await.expect("it is found");
    assert_eq!(made.id, text("101"));
    let warnings = messages(&cx.warnings()());
    assert!(warnings.join("").contains("and the volume was found"), "{warnings:?}");
    let orders = cloud.calls().into_iter().filter(|call| call.starts_with("create"));
    assert_eq!(orders.count(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_lost_answer_without_a_volume_is_no_second_order() {
    let cloud = TestCloud::new();
    cloud.fail("create volume", Kind::CloudFailed, false);
    let refusal = refusal(create(&cloud, &Saved::default()).await);
    assert!(
        refusal.contains("The volume was not made") && refusal.contains("if one turns up later"),
        "{refusal}"
    );
    assert!(cloud.world().volumes.is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_volume_that_was_there_is_never_taken_for_a_new_one() {
    let cloud = TestCloud::new();
    let older = crate::resources::testing::volume("7", "data");
    cloud.world().volumes.insert("7".to_owned(), older);
    cloud.fail("create volume", Kind::AnswerLost, false);
    refusal(create(&cloud, &Saved::default()).await);
}

#[tokio::test(start_paused = true)]
async fn a_failed_volume_is_told_of_and_kept() {
    let cloud = TestCloud::new();
    let broken = Volume {
        phase: VolumePhase::Failed,
        ..crate::resources::testing::volume("7", "data")
    };
    cloud.world().volumes.insert("7".to_owned(), broken);
    let cx = cloud.context();
    let read = VolumeResource.read(&cx, state("7", "data", 100), Origin::State).await;
    let read = read.expect("it can be read").expect("it is there");
    assert_eq!(read.status, text("failed"));
    let warnings = messages(&cx.warnings()());
    assert!(
        warnings[0].starts_with("status: The volume has failed: The volume 7 (data) is `ok`."),
        "{warnings:?}"
    );
    let mut plan = Plan {
        prior: Some(read.clone()),
        config: planned("data", 100).with_unknowns_from(VolumeModel::null()),
        planned: read.clone(),
        replace: Vec::new(),
    };
    plan::complete(&cx, &mut plan, &mut Diagnostics::new());
    assert_eq!((plan.planned, plan.replace), (read, Vec::new()), "it may hold data");
}

#[tokio::test(start_paused = true)]
async fn only_a_volume_that_is_certainly_gone_leaves_the_state() {
    let cloud = TestCloud::new();
    let cx = cloud.context();
    let read = |state| VolumeResource.read(&cx, state, Origin::State);
    assert_eq!(read(state("7", "data", 100)).await, Ok(None));
    assert!(crate::resources::testing::messages(&cx.warnings()())[0].starts_with(": The volume 7 is gone: "));
    cloud.fail("read volume", Kind::Unauthorized, false);
    let refusal = refusal(read(state("7", "data", 100)).await);
    assert!(refusal.contains("The volume cannot be read"), "{refusal}");
}

#[tokio::test(start_paused = true)]
async fn a_volume_that_is_not_shown_yet_is_waited_for_until_time_is_up() {
    let cloud = TestCloud::new();
    for _ in 0..9 {
        cloud.fail("read volume", Kind::NotFound, false);
        cloud.then(|_| {});
    }
    cloud.then(becomes(VolumePhase::Active));
    let made = create(&cloud, &Saved::default()).await.expect("it is made");
    assert_eq!(made.status, text("active"));
    let (cloud, saved) = (TestCloud::new(), Saved::default());
    cloud.then(|world| world.volumes.clear());
    let refusal = refusal(create(&cloud, &saved).await);
    assert!(
        refusal.contains("was not active after 20m") && refusal.contains("has told its id and not found it since"),
        "{refusal}"
    );
    assert!(!refusal.contains("is gone"), "{refusal}");
    assert_eq!(of_saved(&saved).id, text("101"));
}

#[tokio::test(start_paused = true)]
async fn a_volume_that_was_seen_is_gone_when_it_is_not_listed_either() {
    let cloud = TestCloud::new();
    cloud.then(|_| {});
    cloud.then(|world| world.failures.push(("read volume", Kind::NotFound, false)));
    cloud.then(becomes(VolumePhase::Active));
    let made = create(&cloud, &Saved::default()).await;
    assert_eq!(made.expect("it is listed").status, text("active"));
    let cloud = TestCloud::new();
    cloud.then(|_| {});
    cloud.then(|world| world.volumes.clear());
    let refusal = refusal(create(&cloud, &Saved::default()).await);
    assert!(refusal.contains("The volume 101 was there and is gone"), "{refusal}");
}

#[tokio::test(start_paused = true)]
async fn an_answer_about_another_volume_is_no_answer_to_the_order() {
    let cloud = TestCloud::new();
    let cx = cloud.context();
    cx.session.run.own_ids.note::<Volume>("test_cloud", "101");
    let refusal = refusal(create_in(&cx, &Saved::default()).await);
    assert!(
        refusal.contains("the answer is about the volume 101, which was there before"),
        "{refusal}"
    );
}
