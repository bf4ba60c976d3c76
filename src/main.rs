//! Serves the provider under Terraform; by hand it explains itself or starts the simulator.

#![warn(clippy::print_stdout, reason = "standard output belongs to the handshake")]

use std::{env, error::Error, process::ExitCode};

use gpupod::{
    plugin::{self, Definition, Mode},
    resources::Gpupod,
    server, simulator,
};

/// A value is many small pieces of memory, and the system's own allocator takes a quarter of all time with them.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

const DEFINITION: Definition = Definition {
    name: "gpupod",
    address: "registry.terraform.io/gpupod/gpupod",
    // What every Terraform provider has.
    magic_cookie: (
        "TF_PLUGIN_MAGIC_COOKIE",
        "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
    ),
    protocol_version: 6,
};

const HELP: &str = "\
The Terraform provider for rented GPUs.

Terraform starts it by itself: name it under `required_providers`, and run `terraform init`.

Usage:
  terraform-provider-gpupod               serve Terraform (only Terraform can start this)
  terraform-provider-gpupod --debug       serve, and print what connects Terraform to this process
  terraform-provider-gpupod simulator     stand in for the clouds on this machine; see `simulator --help`
  terraform-provider-gpupod --version     print the version
  terraform-provider-gpupod --help        print this text";

fn main() -> ExitCode {
    let mut arguments = env::args().skip(1);
    match arguments.next().as_deref() {
        None => serve(Mode::Plugin),
        // Go's flag package, which other providers have, takes one hyphen as well as two.
        Some("--debug" | "-debug") => serve(Mode::Debug),
        Some("simulator") => simulator::run(arguments),
        Some("--version" | "-version" | "version") => {
            print(&format!("{} {}", env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION")))
        }
        Some("--help" | "-help" | "-h" | "help") => print(HELP),
        Some(other) => {
            eprintln!("There is no command or option {other:?}.\n\n{HELP}");
            ExitCode::FAILURE
        }
    }
}

fn serve(mode: Mode) -> ExitCode {
    plugin::install_panic_hook();
    plugin::init_log(&DEFINITION);
    let services = |lifetime: plugin::Lifetime| server::routes(Gpupod, lifetime.stop, lifetime.work);
    match plugin::serve(&DEFINITION, mode, services) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}", with_causes(&error));
            ExitCode::FAILURE
        }
    }
}

#[expect(clippy::print_stdout, reason = "help and version, which a person asked for")]
fn print(text: &str) -> ExitCode {
    println!("{text}");
    ExitCode::SUCCESS
}

fn with_causes(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        text.push_str(&format!(": {next}"));
        cause = next.source();
    }
    text
}
