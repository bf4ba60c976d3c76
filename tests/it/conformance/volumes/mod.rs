//! Volumes, where the cloud has them.

mod bench;

mod life;

mod size;

mod mounted;

mod answers;

use gpupod::clouds::{Storage, Volumes};

use super::{bench::Bench, things::volumes_of, where_there_is};

/// Runs a test once for each cloud that has volumes.
async fn where_there_are_volumes(test: impl AsyncFn(&Bench, &dyn Volumes)) {
    where_there_is(
        |cloud| cloud.volume.is_some(),
        |cloud| cloud.volumes().is_some(),
        async |bench| test(bench, volumes_of(&*bench.cloud)).await,
    )
    .await;
}

/// Runs a test once for every kind of storage.
async fn with_every_storage(test: impl AsyncFn(&Bench, &dyn Volumes, &Storage)) {
    where_there_are_volumes(async |bench, _| {
        for storage in bench.storages() {
            println!("with {storage:?}");
            let bench = Bench::new(bench.description);
            test(&bench, volumes_of(&*bench.cloud), &storage).await;
        }
    })
    .await;
}
