//! What a user can name in HCL: the provider block, resources, data sources and functions.
//!
//! Read `provider` for the block, `session` for what it becomes, `pod` for the one resource that matters most, `data` for
//! what can be looked up. What they share is named for what it does: which `cloud` is meant and what it supports, how a
//! `thing` is made, proven to be ours, waited for, told of and deleted. A cloud is known here by its trait and its capabilities, never by
//! its name.

mod messages;

mod provider;

mod session;

mod cloud;

mod part;

mod support;

mod thing;

mod absence;

mod identity;

mod roll;

mod id;

mod make;

mod ownership;

mod neighbours;

mod wait;

mod release;

mod timeouts;

mod told;

mod number;

mod quantity;

mod image;

mod advice;

mod asked;

mod lookup;

mod failure;

pub mod pod;

pub mod volume;

pub mod registry_auth;

mod ssh_key;

mod data;

mod functions;

#[cfg(test)]
mod testing;

pub use provider::{Gpupod, ProviderModel};

/// The messages of this layer.
pub const MESSAGE_TABLES: &[crate::tf::MessageTable] = &[
    messages::MESSAGES,
    session::messages::MESSAGES,
    pod::messages::MESSAGES,
    pod::catalogue::messages::MESSAGES,
    volume::messages::MESSAGES,
    registry_auth::messages::MESSAGES,
    ssh_key::messages::MESSAGES,
    data::messages::MESSAGES,
    functions::messages::MESSAGES,
];
