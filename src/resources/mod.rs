//! The provider block, resources, data sources and functions, on floors. Each names only those above it in this list.
//!
//! - `common`: vocabulary of all floors, such as attributes that depend on the cloud, and a cloud's error as a diagnostic
//! - `run`: memories of one run (caches with single flight); knows clouds only
//! - `session`: the provider block, and the configured provider that it becomes
//! - `managed`: the life of any object: create once, wait, read, find, delete; generic over a cloud's collections
//! - the nouns: `pod`, `volume`, `registry_auth`, `ssh_key`, `gpu_specs` and the `functions`; the same file names in each
//!
//! `registry` is the one list of them. A cloud is known here by its trait and its capabilities, never by its name.

mod common;

mod run;

mod session;

mod managed;

pub mod pod;

pub mod volume;

pub mod registry_auth;

mod ssh_key;

mod gpu_specs;

mod functions;

mod registry;

#[cfg(test)]
mod testing;

pub use registry::Gpupod;
pub use session::ProviderModel;

/// The messages of this layer.
pub const MESSAGE_TABLES: &[crate::tf::MessageTable] = &[
    common::messages::MESSAGES,
    session::messages::MESSAGES,
    managed::messages::MESSAGES,
    pod::messages::MESSAGES,
    pod::catalogue::messages::MESSAGES,
    volume::messages::MESSAGES,
    registry_auth::messages::MESSAGES,
    ssh_key::messages::MESSAGES,
    gpu_specs::messages::MESSAGES,
    functions::messages::MESSAGES,
];
