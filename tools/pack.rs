//! Builds the provider and packs it for Terraform's registry: `cargo run --example pack`.

mod packing;

use std::{
    env,
    path::{Path, PathBuf},
    process::{Command, ExitCode, Stdio},
};

use packing::{Built, PROVIDER, Result, cargo, pack, target::Target};
use serde_json::Value;

const HELP: &str = "\
Usage: cargo run --example pack -- [OPTION VALUE]...

  --target TRIPLE       build and pack for this target, as often as there are targets (default: this machine)
  --built TRIPLE=PATH   pack a provider that is built already
  --out DIR             where the files go (default target/release-files)

It writes an archive for each target, the registry's manifest, a bill of materials and SHA256SUMS.";

struct Asked {
    targets: Vec<Target>,
    built: Vec<Built>,
    out: PathBuf,
}

fn main() -> ExitCode {
    match run() {
        Ok(files) => {
            for file in files {
                println!("{}", file.display());
            }
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<Vec<PathBuf>> {
    let mut asked = read_arguments(env::args().skip(1))?;
    if asked.targets.is_empty() && asked.built.is_empty() {
        asked.targets.push(Target::named(&host()?)?);
    }
    for target in asked.targets {
        let program = build(target)?;
        asked.built.push(Built { target, program });
    }
    pack(package(), &asked.built, &asked.out)
}

fn package() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read_arguments(mut arguments: impl Iterator<Item = String>) -> Result<Asked> {
    let mut asked = Asked {
        targets: Vec::new(),
        built: Vec::new(),
        out: package().join("target/release-files"),
    };
    while let Some(name) = arguments.next() {
        let value = arguments.next().ok_or(HELP)?;
        match name.as_str() {
            "--target" => asked.targets.push(Target::named(&value)?),
            "--built" => {
                let (triple, program) = value.split_once('=').ok_or(HELP)?;
                asked.built.push(Built {
                    target: Target::named(triple)?,
                    program: program.into(),
                });
            }
            "--out" => asked.out = value.into(),
            _ => return Err(HELP.into()),
        }
    }
    Ok(asked)
}

/// The target that rustc builds for unless it is told otherwise.
fn host() -> Result<String> {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).args(["--print", "host-tuple"]).output()?;
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}

/// Builds the released program, and lets cargo tell where it is.
fn build(target: Target) -> Result<PathBuf> {
    let mut cargo = cargo();
    cargo
        .args(["build", "--release", "--locked", "--bin", PROVIDER])
        .args(["--target", target.triple])
        .args(["--message-format", "json-render-diagnostics"])
        .arg("--manifest-path")
        .arg(package().join("Cargo.toml"))
        .stderr(Stdio::inherit());
    let output = cargo.output()?;
    let told = String::from_utf8(output.stdout)?;
    let messages = told.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let mut executables = messages.filter_map(|message| Some(PathBuf::from(message["executable"].as_str()?)));
    match output.status.success() {
        true => executables.next_back().ok_or_else(|| "cargo built no program".into()),
        false => Err(format!("the provider was not built for {}", target.triple).into()),
    }
}
