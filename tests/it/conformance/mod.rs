//! One suite over every cloud: what the trait `Cloud` and its parts promise, held against the simulator and the
//! cloud's documents.
//!
//! Read `bench` for what a test works with, `words` and `specs` for what it asks for, `echo` for what it must see of
//! that, and `things` for what pods, volumes, credentials and keys have in common; `life` to `quirks` are the promises
//! about pods, `gone` to `address` about all things, `volumes` to `histories` about the further parts of a cloud;
//! `document` and `schema` hold every request against the cloud's OpenAPI document, and in `simulated` what the
//! simulator answers; `fixtures` and one folder for each cloud hold the client to the bodies that the documents show. A
//! further cloud needs its words, its fixtures, and such a folder.

mod bench;

mod words;

mod specs;

mod echo;

mod things;

mod life;

mod power;

mod quirks;

mod capabilities;

mod gone;

mod identity;

mod answers;

mod hostile;

mod creation;

mod clock;

mod failures;

mod address;

mod volumes;

mod catalogue;

mod registry_auths;

mod ssh_keys;

mod telemetry;

mod histories;

mod document;

mod schema;

mod simulated;

mod fixtures;

mod yotta;

mod prime_intellect;

mod cpod;

use gpupod::clouds::{self, Capabilities, Cloud};

use self::{bench::Bench, things::Thing};

/// Runs a test once for each cloud.
async fn on_every_cloud(test: impl AsyncFn(&Bench)) {
    for description in clouds::ALL {
        println!("on {}", description.capabilities.name); // Shown if the test fails.
        test(&Bench::new(description)).await;
    }
}

/// Runs a test once for everything that can be made at a cloud.
async fn with_every_thing(test: impl AsyncFn(&Bench, Thing)) {
    on_every_cloud(async |bench| {
        for thing in Thing::all(bench.description.capabilities) {
            println!("with a {thing:?}");
            test(&Bench::new(bench.description), thing).await;
        }
    })
    .await;
}

/// Runs a test once for each cloud that says that it has a part, which then must be there, and nowhere else.
async fn where_there_is(
    promised: fn(&Capabilities) -> bool,
    there: fn(&dyn Cloud) -> bool,
    test: impl AsyncFn(&Bench),
) {
    on_every_cloud(async |bench| {
        let is_there = there(&*bench.cloud);
        assert_eq!(is_there, promised(bench.description.capabilities));
        if is_there {
            test(bench).await;
        }
    })
    .await;
}
