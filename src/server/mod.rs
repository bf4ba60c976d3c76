//! The RPCs, one file each, and what holds for every resource: defaults, unknown marking, replacement, saved state.
//!
//! Read `service` for the list of calls, `grpc` for how they come and go, `plan` and `apply` for the two that matter
//! most, `conform` and `contract` for why an answer cannot lose a thing, `acceptable` for answers that make no sense.

mod validate;

mod plan;

mod conform;

mod acceptable;

mod contract;

mod private;

mod task;

mod spacing;

mod catalogue;

mod rpc;

mod shared;

mod grpc;

mod service;

#[cfg(test)]
mod testing;

pub use service::{Server, routes};
