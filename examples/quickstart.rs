//! The demo: starts the simulator, lets real Terraform create, inspect, mend, replace and destroy a pod on it, and then
//! moves a module from cloud to cloud.
//!
//! `cargo run --example quickstart` needs Rust and Terraform (or OpenTofu), and nothing else: no account, no key, no
//! network. It leaves nothing behind.

#[path = "../tools/shared/mod.rs"]
mod shared;

use std::{
    env, fs, io,
    path::{Path, PathBuf},
    process::{Command, ExitCode, ExitStatus},
};

use gpupod::simulator::{LivingPod, Options, Pace, RecordedRequest, Simulator};
use serde_json::json;
use shared::{PROVIDER, Result, build_provider, find_terraform};

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The one whose key the first part has; its configuration names none.
const CLOUD: &str = "yotta";
/// The module that the second part moves.
const MODULE: [(&str, &str); 4] = [
    ("main.tf", include_str!("modules/pod/main.tf")),
    ("variables.tf", include_str!("modules/pod/variables.tf")),
    ("outputs.tf", include_str!("modules/pod/outputs.tf")),
    ("versions.tf", include_str!("modules/pod/versions.tf")),
];

/// `terraform plan -detailed-exitcode` ends with this if there is something to do.
const CHANGES: i32 = 2;

fn main() -> ExitCode {
    match demo() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nThe demo ends here: {error}");
            ExitCode::FAILURE
        }
    }
}

fn demo() -> Result<()> {
    let terraform = find_terraform()?;
    say("Building the provider");
    let provider = build_provider()?;

    say("Starting the simulator, which stands in for the clouds");
    let simulator = Simulator::start(Options {
        pace: Pace::Fast,
        ..Options::default()
    })?;
    println!(
        "It listens at {} and makes its pods run within seconds.",
        simulator.url()
    );

    let folder = tempfile::tempdir()?;
    let mut run = Run {
        terraform,
        folder: folder.path().to_owned(),
        simulator,
        clouds: vec![CLOUD],
        settings: folder.path().join("terraform.rc"),
    };
    run.install(&provider)?;
    run.tour()?;
    run.folder = folder.path().join("clouds");
    run.clouds = run.simulator.clouds();
    run.journey()?;
    say("The end");
    match run.simulator.living_pods().as_slice() {
        [] => println!("No pod is left, and nothing is running any more."),
        left => return Err(format!("{} pods are left at the clouds", left.len()).into()),
    }
    Ok(())
}

/// One folder with a configuration, and the simulator that it is applied to.
struct Run {
    terraform: PathBuf,
    folder: PathBuf,
    simulator: Simulator,
    /// Those that have a key.
    clouds: Vec<&'static str>,
    /// What tells Terraform where the provider is.
    settings: PathBuf,
}

impl Run {
    fn tour(&self) -> Result<()> {
        say("The configuration");
        println!("{}", include_str!("demo/main.tf"));
        self.terraform(&["init", "-input=false"])?;

        say("Create: the apply waits until the pod is running");
        self.terraform(&["apply", "-auto-approve"])?;

        say("Plan again: nothing to do");
        self.plan(0)?;

        say("Somebody stops the pod behind Terraform's back");
        self.simulator.event(&self.pod()?.id, json!({ "event": "stop" }))?;
        println!(
            "The cloud says that the pod is {}. The plan says what is different:",
            self.pod()?.status
        );
        self.plan(CHANGES)?;

        say("Mend it: the pod is started again, and stays the same pod");
        self.terraform(&["apply", "-auto-approve"])?;

        say("Stop it on purpose, and see that this is no drift");
        self.terraform(&["apply", "-auto-approve", "-var=desired_state=stopped"])?;

        say("Change the image: a pod's image is fixed, so it is replaced");
        self.terraform(&[
            "apply",
            "-auto-approve",
            "-var=image=pytorch/pytorch:2.9.0-cuda13.0-cudnn9-runtime",
        ])?;

        say("Destroy: paused, deleted, and waited for until it is gone");
        self.terraform(&["destroy", "-auto-approve"])?;

        say("What the cloud was told to do");
        let requests = self.simulator.requests();
        let is_order = |request: &&RecordedRequest| request.method != "GET" && request.path.starts_with("/v2/pods");
        for request in requests.iter().filter(is_order) {
            println!("{} {}", request.method, request.path);
        }
        Ok(())
    }

    /// One module, moved from cloud to cloud by one variable.
    fn journey(&self) -> Result<()> {
        say("The second part: one module on three clouds");
        println!("{}", include_str!("demo/clouds/main.tf"));
        let module = self.folder.join("modules/pod");
        fs::create_dir_all(&module)?;
        fs::write(self.folder.join("main.tf"), include_str!("demo/clouds/main.tf"))?;
        for (name, text) in MODULE {
            fs::write(module.join(name), text)?;
        }
        self.terraform(&["init", "-input=false"])?;
        for cloud in &self.clouds {
            say(&format!("On {cloud}"));
            let variable = format!("-var=cloud={cloud}");
            self.terraform(&["apply", "-auto-approve", &variable])?;
            let pod = self.pod()?;
            println!("The pod {} is {} at {}.", pod.id, pod.status, pod.cloud);
        }
        say("Destroy: a pod of cPod has to be stopped before it is deleted");
        self.terraform(&["destroy", "-auto-approve", "-var=cloud=cpod"])
    }

    /// Lets `terraform init` find the provider that was just built, as it would find a released one.
    fn install(&self, provider: &Path) -> Result<()> {
        let mirror = self.folder.join("mirror");
        let package = mirror.join(format!("registry.terraform.io/gpupod/gpupod/{VERSION}/{}", platform()));
        fs::create_dir_all(&package)?;
        let name = format!("{PROVIDER}_v{VERSION}{}", env::consts::EXE_SUFFIX);
        fs::copy(provider, package.join(name))?;
        let mirror = mirror.display();
        let config = format!(
            "provider_installation {{\n  filesystem_mirror {{\n    path = {:?}\n  }}\n}}\n",
            mirror.to_string()
        );
        fs::write(&self.settings, config)?;
        fs::write(self.folder.join("main.tf"), include_str!("demo/main.tf"))?;
        Ok(())
    }

    fn pod(&self) -> Result<LivingPod> {
        self.simulator
            .living_pods()
            .into_iter()
            .next()
            .ok_or_else(|| "the cloud has no pod".into())
    }

    fn terraform(&self, arguments: &[&str]) -> Result<()> {
        let status = self.run(arguments)?;
        match status.success() {
            true => Ok(()),
            false => Err(format!("`terraform {}` failed with {status}", arguments.join(" ")).into()),
        }
    }

    fn plan(&self, expected: i32) -> Result<()> {
        let status = self.run(&["plan", "-detailed-exitcode"])?;
        match status.code() == Some(expected) {
            true => Ok(()),
            false => Err(format!("the plan ended with {status}, and {expected} was expected").into()),
        }
    }

    fn run(&self, arguments: &[&str]) -> io::Result<ExitStatus> {
        println!("$ terraform {}", arguments.join(" "));
        let keys = self
            .clouds
            .iter()
            .flat_map(|cloud| self.simulator.environment_of(cloud));
        Command::new(&self.terraform)
            .args(arguments)
            .current_dir(&self.folder)
            .env("TF_CLI_CONFIG_FILE", &self.settings)
            .env("TF_IN_AUTOMATION", "1")
            .env("CHECKPOINT_DISABLE", "1")
            .envs(keys)
            .status()
    }
}

fn say(heading: &str) {
    println!("\n── {heading} ──\n");
}

/// The platform as Terraform names it.
fn platform() -> String {
    let system = match env::consts::OS {
        "macos" => "darwin",
        other => other,
    };
    let architecture = match env::consts::ARCH {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        "x86" => "386",
        other => other,
    };
    format!("{system}_{architecture}")
}
