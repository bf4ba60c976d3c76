//! Being a go-plugin server: handshake, mutual TLS, the listener, the services, the log. Knows no Terraform.
//!
//! Read `serve` first: it is the life of the process from the first line to the last.

pub mod serve;

pub mod definition;

pub mod handshake;

pub mod listen;

pub mod tls;

pub mod connections;

pub mod services;

pub mod lifetime;

pub mod signals;

pub mod debug;

pub mod log;

pub mod panic;

pub mod error;

pub mod proto;

pub use definition::{Definition, Mode};
pub use error::Error;
pub use lifetime::Lifetime;
pub use log::init as init_log;
pub use panic::install_hook as install_panic_hook;
pub use serve::{serve, serve_on};
