//! One test binary for everything that is larger than a unit.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "helpers of tests fail by panicking"
)]

mod acceptance;
mod architecture;
mod conformance;
mod descriptors;
mod diagnostics;
mod docs;
mod files;
mod markdown;
mod meaning;
mod package;
#[path = "../../tools/packing/mod.rs"]
mod packing;
mod pages;
mod plugin;
mod protocol;
mod readme;
mod schema;
#[path = "../../tools/smallest_pods.rs"]
mod smallest_pods;
mod states;
mod tables;
mod workflows;
