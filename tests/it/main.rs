//! One test binary for everything that is larger than a unit.

mod architecture;
mod descriptors;
mod docs;
mod files;
mod package;
mod plugin;
