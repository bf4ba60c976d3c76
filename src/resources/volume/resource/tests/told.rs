//! A long operation talks: the log tells each status once, and now and then that it still waits.

use super::*;
use crate::{clouds::Kind, resources::testing::Log};

#[tokio::test(start_paused = true)]
async fn a_wait_tells_every_change_and_never_falls_silent() {
    let (log, cloud) = (Log::kept(), TestCloud::new());
    cloud.then(|_| {});
    let planned = planned("data", 100);
    let (cx, saved) = (cloud.context(), Saved::default());
    let refusal = refusal(VolumeResource.create(&cx, planned.clone(), planned, &saved).await);
    assert!(refusal.contains("Its last status was `creating`"), "{refusal}");
    let lines = log.lines();
    let changes = lines.iter().filter(|line| line.starts_with("the volume's status"));
    assert_eq!(changes.count(), 1, "{lines:#?}");
    let silences: Vec<&String> = lines
        .iter()
        .filter(|line| line.contains("is still not active"))
        .collect();
    assert_eq!(silences.len(), 19, "one a minute in 20 minutes: {lines:#?}");
    for part in ["id=101", "status=\"creating\"", "waited_s=60"] {
        assert!(silences[0].contains(part), "{part}: {}", silences[0]);
    }
}

#[tokio::test(start_paused = true)]
async fn a_wait_for_what_cannot_be_read_tells_the_error() {
    let (log, cloud) = (Log::kept(), TestCloud::new());
    for _ in 0..1000 {
        cloud.fail("read volume", Kind::CloudFailed, false);
    }
    let planned = planned("data", 100);
    let (cx, saved) = (cloud.context(), Saved::default());
    let refusal = refusal(VolumeResource.create(&cx, planned.clone(), planned, &saved).await);
    assert!(
        refusal.contains("Its status was never read, and the last answer was an error"),
        "{refusal}"
    );
    let lines = log.lines();
    assert!(
        lines
            .iter()
            .any(|line| line.contains("error=") && line.contains("CloudFailed")),
        "{lines:#?}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_volume_in_use_is_told_of_every_minute() {
    let (log, cloud) = (Log::kept(), TestCloud::new());
    for _ in 0..1000 {
        cloud.fail("delete volume", Kind::Conflict, false);
    }
    let (cx, saved) = (cloud.context(), Saved::default());
    let refusal = refusal(VolumeResource.delete(&cx, state("7", "data", 100), &saved).await);
    assert!(refusal.contains("could still not be deleted after 20m"), "{refusal}");
    let told = log
        .lines()
        .iter()
        .filter(|line| line.starts_with("the volume is in use"))
        .count();
    assert_eq!(told, 20, "at once, and then once a minute until the end");
}
