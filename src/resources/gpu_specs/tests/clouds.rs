//! Several clouds, some of which publish nothing or fail.

use std::{sync::Arc, time::Duration};

use tokio::sync::Barrier;

use super::*;
use crate::{
    resources::testing::{BARE, NORTH, SOUTH, texts},
    tf::Model,
};

#[tokio::test]
async fn a_cloud_that_publishes_nothing_is_left_out_unless_it_is_named() {
    let clouds = || {
        let machines = vec![machine("A", vec![option(1, 100)])];
        vec![TestCloud::of(&NORTH).with_machines(machines), TestCloud::of(&BARE)]
    };
    assert_eq!(offers(&read(clouds(), filter!()).await), ["north A x1 1"]);
    let told = |result: Result<GpuSpecsModel, Diagnostics>| result.err().map(details).unwrap_or_default();
    let named = filter!(clouds: texts(&["north", "bare"]));
    let refused = told(GpuSpecsDataSource.read(&context(clouds()), named).await);
    assert!(refused.contains("Bare publishes no GPUs"), "{refused}");
    let alone = told(
        GpuSpecsDataSource
            .read(&context(vec![TestCloud::of(&BARE)]), filter!())
            .await,
    );
    assert!(alone.contains("Bare publishes no GPUs"), "{alone}");
    let none = told(GpuSpecsDataSource.read(&context(Vec::new()), filter!()).await);
    assert!(
        none.starts_with("`clouds` is not set, and no cloud has a key."),
        "{none}"
    );
}

#[tokio::test]
async fn a_cloud_that_fails_is_told_and_fails_the_read() {
    let clouds = || {
        let machines = vec![machine("A", vec![option(1, 100)])];
        vec![
            TestCloud::of(&NORTH).with_machines(machines),
            TestCloud::of(&SOUTH).failing(),
        ]
    };
    let failed = GpuSpecsDataSource.read(&context(clouds()), filter!()).await;
    let told = failed.err().map(details).unwrap_or_default();
    assert!(told.starts_with("South, listing: out of order"), "{told}");
    let without = filter!(clouds: texts(&["north"]));
    assert_eq!(offers(&read(clouds(), without).await), ["north A x1 1"]);
}

#[tokio::test(start_paused = true)]
async fn clouds_are_asked_at_the_same_time() {
    let meeting = Arc::new(Barrier::new(2));
    let clouds = [&NORTH, &SOUTH].map(|cloud| TestCloud::of(cloud).with_meeting(&meeting));
    let shown = tokio::time::timeout(Duration::from_secs(1), read(clouds.into(), filter!())).await;
    assert!(shown.is_ok(), "one waits for the other");
}
