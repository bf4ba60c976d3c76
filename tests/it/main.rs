//! One test binary for everything that is larger than a unit.

mod conformance;
mod descriptors;
mod plugin;
mod protocol;
mod schema;
