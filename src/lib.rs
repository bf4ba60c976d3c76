//! The Terraform provider for rented GPUs. The modules in reading order: how strangers' text and JSON are
//! made harmless, how a process becomes a plugin, how
//! Terraform's bytes become values, what a schema and a resource are, what holds for every resource, what a pod
//! is, how a cloud is asked, a stand-in for the clouds, and the pages that users read. ARCHITECTURE.md is the map.

#![warn(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "standard output belongs to the handshake, and clients read standard error as the log"
)]

pub mod untrusted;

pub mod plugin;

pub mod wire;

pub mod tf;

pub mod server;

pub mod resources;

pub mod clouds;

#[expect(clippy::print_stderr, reason = "a command of its own, whose errors a person reads")]
pub mod simulator;

pub mod docs;
