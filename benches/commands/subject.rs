//! What is measured: a folder with a configuration of so many resources, and what Terraform needs to apply it.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use gpupod::simulator::{Options, Simulator};
use tempfile::TempDir;

use crate::{
    arguments::Arguments,
    shared::{Result, find_terraform},
};

/// Terraform's time for one block grows with the square of its instances.
pub const BLOCK: usize = 100;
/// In its state, nulls among them, for Terraform handles those as well. Held to a pod's state by `state::prepare`.
pub const VALUES_OF_A_POD: usize = 57;

#[derive(Clone, Copy, PartialEq)]
pub enum Kind {
    /// Terraform alone.
    Floor,
    /// Terraform alone, with as many values in its state as a pod has.
    Alike,
    /// This provider, on a cloud with such a latency.
    Gpupod(Duration),
    /// A provider that is written in Go.
    Peer,
}

impl Kind {
    pub fn name(self) -> String {
        match self {
            Kind::Floor => "terraform_data".to_owned(),
            Kind::Alike => "terraform_data, as large".to_owned(),
            Kind::Gpupod(latency) => format!("gpupod, {} ms", latency.as_millis()),
            Kind::Peer => "hashicorp/time".to_owned(),
        }
    }

    /// Where Terraform knows the provider from, and its version.
    fn source(self) -> Option<(&'static str, &'static str)> {
        match self {
            Kind::Floor | Kind::Alike => None,
            Kind::Gpupod(_) => Some(("gpupod", env!("CARGO_PKG_VERSION"))),
            Kind::Peer => Some(("time", "0.99.0")),
        }
    }

    fn address(self) -> Option<String> {
        let (name, _) = self.source()?;
        let namespace = if self == Kind::Peer { "hashicorp" } else { name };
        Some(format!("registry.terraform.io/{namespace}/{name}"))
    }

    fn block(self, block: usize, count: usize) -> String {
        let (kind, body) = match self {
            Kind::Floor => ("terraform_data", "  input = \"block\"".to_owned()),
            Kind::Alike => ("terraform_data", values(block)),
            Kind::Peer => ("time_static", String::new()),
            Kind::Gpupod(_) => ("gpupod_pod", pod(block)),
        };
        format!("\nresource \"{kind}\" \"block_{block}\" {{\n  count = {count}\n{body}\n}}\n")
    }
}

/// Half as many as a pod has, for `terraform_data` keeps them twice: as its input and as its output.
fn values(block: usize) -> String {
    let value = |index| format!("    value_{index} = \"{block}-${{count.index}}-{index}\"\n");
    let values: String = (0..VALUES_OF_A_POD.div_ceil(2)).map(value).collect();
    format!("  input = {{\n{values}  }}")
}

fn pod(block: usize) -> String {
    format!(
        r#"  name                    = "bench-{block}-${{count.index}}"
  image                   = "pytorch/pytorch:2.8.0"
  gpu_type                = "NVIDIA_RTX_4090_24G"
  gpu_count               = 1
  container_volume_in_gb  = 100
  initialization_command  = "sleep infinity"
  environment_vars        = {{ STAGE = "bench", BLOCK = "{block}" }}
  expose = [
    {{ port = 22, protocol = "TCP" }},
    {{ port = 8888, protocol = "HTTP" }},
  ]"#
    )
}

pub struct Subject {
    pub kind: Kind,
    folder: TempDir,
    simulator: Option<Simulator>,
    terraform: PathBuf,
}

impl Subject {
    /// Installs the provider as users have it: from a mirror, with a lock file by which Terraform checks its hash.
    pub fn new(kind: Kind, arguments: &Arguments, pods: usize) -> Result<Self> {
        let simulator = match kind {
            Kind::Gpupod(latency) => {
                let options = Options {
                    latency,
                    ..Options::default()
                };
                Some(Simulator::start(options)?)
            }
            Kind::Floor | Kind::Alike | Kind::Peer => None,
        };
        let subject = Self {
            kind,
            folder: tempfile::tempdir()?,
            simulator,
            terraform: find_terraform()?,
        };
        let path = subject.folder.path();
        if let (Some(address), Some((name, version))) = (kind.address(), kind.source()) {
            let executable = match kind {
                Kind::Peer => arguments.peer.as_ref().ok_or("no peer is given")?,
                _ => &arguments.provider,
            };
            let platform = path.join(format!("mirror/{address}/{version}/{}", platform(&subject.terraform)?));
            fs::create_dir_all(&platform)?;
            let suffix = env::consts::EXE_SUFFIX;
            fs::copy(
                executable,
                platform.join(format!("terraform-provider-{name}_v{version}{suffix}")),
            )?;
        }
        let mirror = path.join("mirror");
        fs::create_dir_all(&mirror)?;
        fs::write(
            path.join("settings.tfrc"),
            format!("provider_installation {{\n  filesystem_mirror {{\n    path = {mirror:?}\n  }}\n}}\n"),
        )?;
        fs::create_dir(path.join("run"))?;
        subject.write(&subject.configuration(pods))?;
        subject.run(subject.command(&["init"]))?;
        Ok(subject)
    }

    pub fn is_ours(&self) -> bool {
        matches!(self.kind, Kind::Gpupod(_))
    }

    pub fn simulator(&self) -> Option<&Simulator> {
        self.simulator.as_ref()
    }

    pub fn folder(&self) -> PathBuf {
        self.folder.path().join("run")
    }

    pub fn configuration(&self, pods: usize) -> String {
        let blocks: String = (0..pods.div_ceil(BLOCK)).map(|block| self.block(pods, block)).collect();
        format!("{}{blocks}", self.head())
    }

    /// One of the blocks of `configuration`, by itself.
    pub fn part(&self, pods: usize, block: usize) -> String {
        format!("{}{}", self.head(), self.block(pods, block))
    }

    fn block(&self, pods: usize, block: usize) -> String {
        self.kind.block(block, BLOCK.min(pods - block * BLOCK))
    }

    fn head(&self) -> String {
        let (Some(address), Some((name, _))) = (self.kind.address(), self.kind.source()) else {
            return String::new();
        };
        // The simulated pods run as soon as they are asked about.
        let settings = if self.is_ours() {
            " poll_interval = \"50ms\" "
        } else {
            ""
        };
        format!(
            "terraform {{\n  required_providers {{\n    {name} = {{ source = \"{address}\" }}\n  }}\n}}\n\nprovider \
             \"{name}\" {{{settings}}}\n"
        )
    }

    pub fn write(&self, configuration: &str) -> Result<()> {
        Ok(fs::write(self.folder().join("main.tf"), configuration)?)
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.terraform);
        command
            .args(arguments)
            .arg("-no-color")
            .current_dir(self.folder())
            .env_clear()
            .env("PATH", env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.folder.path())
            .env("TF_CLI_CONFIG_FILE", self.folder.path().join("settings.tfrc"))
            .env("TF_IN_AUTOMATION", "1")
            .env("TF_INPUT", "0")
            .env("CHECKPOINT_DISABLE", "1");
        if let Some(simulator) = &self.simulator {
            command.envs(simulator.environment_of("yotta"));
        }
        command
    }

    pub fn run(&self, mut command: Command) -> Result<()> {
        let output = command.output()?;
        match output.status.success() {
            true => Ok(()),
            false => Err(format!(
                "{command:?}\n{}{}",
                String::from_utf8_lossy(&output.stdout),
                String::from_utf8_lossy(&output.stderr)
            )
            .into()),
        }
    }
}

/// The system as Terraform calls it.
fn platform(terraform: &Path) -> Result<String> {
    let output = Command::new(terraform).args(["version", "-json"]).output()?;
    let version: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    Ok(version["platform"]
        .as_str()
        .ok_or("Terraform does not tell its platform")?
        .to_owned())
}
