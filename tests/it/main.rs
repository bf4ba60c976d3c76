//! One test binary for everything that is larger than a unit.

mod descriptors;
mod docs;
mod files;
mod plugin;
