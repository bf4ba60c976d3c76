//! One suite over every cloud: what the trait `Cloud` promises, held against the simulator and the cloud's documents.
//!
//! Read `bench` for what a test works with, `specs` for what it asks for and `echo` for what it must see of that;
//! `life` to `address` are the promises; `document` and `schema` hold every request against the cloud's OpenAPI
//! document; `fixtures` and one file for each cloud hold the client to the bodies that the documents show. A further
//! cloud needs its words in `specs`, its fixtures, and such a file.

mod bench;

mod specs;

mod echo;

mod life;

mod power;

mod gone;

mod quirks;

mod capabilities;

mod answers;

mod creation;

mod failures;

mod address;

mod document;

mod schema;

mod fixtures;

mod yotta;

use gpupod::clouds;

use self::bench::Bench;

/// Runs a test once for each cloud.
async fn on_every_cloud(test: impl AsyncFn(&Bench)) {
    for description in clouds::ALL {
        println!("on {}", description.capabilities.name); // Shown if the test fails.
        test(&Bench::new(description)).await;
    }
}
