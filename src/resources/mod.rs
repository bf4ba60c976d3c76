//! What a user can name in HCL: the provider block, resources, data sources and functions.
//!
//! Read `provider` for the block, `session` for what it becomes, `pod` for the one resource that matters most,
//! `data` for what can be looked up. A cloud is known here by its trait and its capabilities, never by its name.

mod provider;

mod session;

mod failure;

mod timeouts;

mod number;

pub mod pod;

mod data;

mod functions;

pub use provider::{Gpupod, ProviderModel};
