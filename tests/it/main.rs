//! One test binary for everything that is larger than a unit.

mod descriptors;
mod plugin;
mod protocol;
mod schema;
mod tables;
