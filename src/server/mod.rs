//! The RPCs, one file each, and what holds for every resource: defaults, unknown marking, replacement, saved state.
//!
//! Read `service` for the list of calls, `grpc` for how they come and go, `plan` and `apply` for the two that matter
//! most, `normalize_state` and `consistency` for why an answer cannot lose a resource, `read_validation` for answers of a
//! service that no configuration could repeat, `private_state` for what is stored beside a state.

#![warn(unreachable_pub)]

mod messages;

mod validate;

mod plan;

mod normalize_state;

mod read_validation;

mod consistency;

mod private_state;

mod task;

mod response_spacing;

mod catalogue;

mod rpc;

mod shared;

mod grpc;

mod service;

#[cfg(test)]
mod testing;

pub use service::{Server, routes};

/// The messages of this layer.
pub const MESSAGE_TABLES: &[crate::tf::MessageTable] = &[messages::MESSAGES];
