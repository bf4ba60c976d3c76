//! A reader's folder, terminal and clouds.

use std::{env, fs, fs::File, os::unix::fs::symlink, path::Path, process::Command};

use serde_json::{Value, json};

use super::script::{Commands, Step};
use crate::acceptance::{
    clouds::PUBLIC_KEY,
    running::Running,
    tool::Outcome,
    workspace::{Workspace, at_test_pace},
};

/// What a reader answers when asked.
const ANSWER: &str = "answer.txt";
const VERSION: &str = env!("CARGO_PKG_VERSION");

pub struct World {
    workspace: Workspace,
    /// What the last commands printed.
    printed: String,
}

impl World {
    /// With a provider that `init` finds as it finds a released one, and with the key of no cloud.
    pub fn new() -> Self {
        let mut workspace = Workspace::new("").with_keys_of(&[]);
        workspace.remove_provider_block();
        fs::remove_file(workspace.file("main.tf")).unwrap();
        fs::write(workspace.file(ANSWER), "yes\n").unwrap();
        fs::create_dir(workspace.file(".ssh")).unwrap();
        fs::write(workspace.file(".ssh/id_ed25519.pub"), PUBLIC_KEY).unwrap();
        install(&mut workspace);
        workspace.tool.unset("TF_INPUT");
        workspace.tool.set("TF_CLI_ARGS", "-no-color");
        Self {
            workspace,
            printed: String::new(),
        }
    }

    pub fn take(&mut self, step: &Step) {
        match step {
            Step::AtTheCloud(what) => at_the_cloud(&self.workspace, what),
            Step::Write { file, text } => self.write(file, text),
            Step::Type(commands) => self.type_in(commands),
            Step::Reads(lines) => self.read(lines),
        }
    }

    fn write(&self, file: &str, text: &str) {
        let path = self.workspace.file(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let text = match file {
            "main.tf" => at_test_pace(text),
            _ => text.to_owned(),
        };
        fs::write(path, text).unwrap();
    }

    fn type_in(&mut self, commands: &Commands) {
        self.printed.clear();
        for (index, line) in commands.lines.iter().enumerate() {
            let is_last = index + 1 == commands.lines.len();
            if let Some(variables) = line.strip_prefix("export ") {
                self.export(variables);
                continue;
            }
            let outcome = match is_last && commands.is_interrupted {
                true => self.interrupt(line),
                false if line.contains(" simulator ") => self.start_simulator(line),
                false => self.shell(line).output().unwrap().into(),
            };
            let expected = if is_last { commands.code } else { 0 };
            assert_eq!(
                outcome.code,
                Some(expected),
                "{line}\n{}\n{}",
                outcome.output,
                outcome.errors
            );
            self.printed.push_str(&outcome.told());
        }
    }

    /// Sets variables of the terminal. Of those that lead to a cloud, the simulated clouds know the value.
    fn export(&mut self, variables: &str) {
        let known = self.workspace.cloud.environment();
        for (name, value) in variables.split_whitespace().filter_map(|one| one.split_once('=')) {
            let cloud = name.split_once('_').map_or(name, |(cloud, _)| cloud);
            let of_cloud: Vec<_> = known.iter().filter(|(known, _)| known.starts_with(cloud)).collect();
            for (known, value) in &of_cloud {
                self.workspace.tool.set(known, value);
            }
            match of_cloud.is_empty() {
                true => self.workspace.tool.set(name, value.trim_matches('"')),
                false => assert!(of_cloud.iter().any(|(known, _)| *known == name), "{name} is not read"),
            }
        }
    }

    fn shell(&self, line: &str) -> Command {
        let mut command = self.workspace.tool.shell(line);
        command.stdin(File::open(self.workspace.file(ANSWER)).unwrap());
        command
    }

    fn interrupt(&self, line: &str) -> Outcome {
        let command = Running::start(self.shell(&format!("exec {line}")));
        let is_waited_for = |asked: &[gpupod::simulator::RecordedRequest]| {
            asked.iter().filter(|one| one.path.starts_with("/v2/pods/")).count() > 4
        };
        assert!(self.workspace.cloud.wait_for(is_waited_for));
        command.interrupt();
        command.end()
    }

    /// As it is written, but on a port of its own. The commands after it use the clouds of this world.
    fn start_simulator(&self, line: &str) -> Outcome {
        let mut simulator = Running::start(self.shell(&format!("exec {line} --listen 127.0.0.1:0")));
        simulator.line_with("export CPOD_BASE_URL=");
        simulator.interrupt();
        let mut outcome = simulator.end();
        let port = outcome
            .output
            .split("127.0.0.1:")
            .nth(1)
            .and_then(|rest| rest.split(';').next());
        outcome.output = outcome.output.replace(port.unwrap(), "7800");
        outcome
    }

    fn read(&self, lines: &[String]) {
        let mut rest = self.printed.as_str();
        for line in lines {
            let words = line.split_whitespace().collect::<Vec<_>>().join(" ");
            let found = rest.find(&words);
            let found =
                found.unwrap_or_else(|| panic!("{line:?} is not printed, or not in this order:\n{}", self.printed));
            rest = &rest[found + words.len()..];
        }
    }

    /// What lives is in the state; then everything ends.
    pub fn end(mut self) {
        self.workspace.assert_all_match();
        for entry in fs::read_dir(self.workspace.file(".")).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "tf") {
                fs::remove_file(path).unwrap();
            }
        }
        for (name, value) in self.workspace.cloud.environment() {
            self.workspace.tool.set(name, value);
        }
        self.workspace.tool.set("TF_INPUT", "0");
        self.workspace.restore_provider_block();
        self.workspace.write("");
        self.workspace.apply();
        let pods = self.workspace.cloud.living_pods();
        assert!(pods.is_empty(), "the guide leaves {pods:?}");
        self.workspace.finish();
    }
}

/// Lets `terraform init` find the provider.
fn install(workspace: &mut Workspace) {
    let platform = format!("{}_{}", system(), architecture());
    let mirror = workspace.file("mirror");
    let package = mirror.join(format!("registry.terraform.io/gpupod/gpupod/{VERSION}/{platform}"));
    fs::create_dir_all(&package).unwrap();
    let program = Path::new(env!("CARGO_BIN_EXE_terraform-provider-gpupod"));
    symlink(program, package.join(format!("terraform-provider-gpupod_v{VERSION}"))).unwrap();
    let settings = workspace.file("mirror.tfrc");
    let block = format!("provider_installation {{\n  filesystem_mirror {{ path = {mirror:?} }}\n}}\n");
    fs::write(&settings, block).unwrap();
    workspace.tool.set("TF_CLI_CONFIG_FILE", settings.display());
}

fn system() -> &'static str {
    match env::consts::OS {
        "macos" => "darwin",
        other => other,
    }
}

fn architecture() -> &'static str {
    match env::consts::ARCH {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        other => other,
    }
}

/// What happens while a reader looks elsewhere.
fn at_the_cloud(workspace: &Workspace, what: &str) {
    let cloud = &workspace.cloud;
    match what {
        "the pod is stopped" => workspace.behind_the_back(json!({"event": "stop"})),
        "the pod batch is deleted" => cloud
            .event(&workspace.id_of("batch"), json!({"event": "vanish"}))
            .unwrap(),
        "the next pod takes long" => cloud.next_pods(json!({"fate": "never_ready"})).unwrap(),
        "the pod gets ready" => workspace.behind_the_back(json!({"event": "start"})),
        "somebody makes a pod" => drop(workspace.ask("POST", "/v2/pods", &pod())),
        "somebody makes a volume" => drop(workspace.ask("POST", "/v2/volumes", &volume())),
        "only the state is lost" => fs::remove_file(workspace.file("terraform.tfstate")).unwrap(),
        other => panic!("nobody knows how {other}"),
    }
}

fn pod() -> Value {
    json!({
        "name": "trainer",
        "image": "pytorch/pytorch:2.8.0-cuda12.8-cudnn9-runtime",
        "gpuType": "NVIDIA_RTX_4090_24G",
        "gpuCount": 1,
        "expose": [{"port": 8888, "protocol": "HTTP"}],
        "environmentVars": [{"key": "EPOCHS", "value": "10"}],
    })
}

fn volume() -> Value {
    json!({"name": "data", "storageType": "CEPH", "region": "us-east-1", "sizeInGb": 100})
}
