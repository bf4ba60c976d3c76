//! Being a go-plugin server: handshake, mutual TLS, the listener, the services, the log. Knows no Terraform.
//!
//! Read `serve` first: it is the life of the process from its first line to its end.

#![warn(unreachable_pub)]

mod serve;

mod definition;

pub mod handshake;

mod listen;

mod tls;

mod connections;

mod presence;

mod services;

mod lifetime;

mod signals;

mod debug;

mod log;

mod panic;

mod error;

pub mod proto;

pub use definition::{Definition, Mode};
pub use error::Error;
pub use lifetime::Lifetime;
pub use log::init as init_log;
pub use panic::{install_hook as install_panic_hook, message as panic_message};
pub use serve::{serve, serve_on};
