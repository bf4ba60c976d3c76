//! What a test works in: a folder with a configuration, a tool, and simulated clouds of its own.

use std::{fmt::Display, fs, path::PathBuf, thread};

use gpupod::simulator::{API_KEY, CPOD_API_KEY, Options, PRIME_INTELLECT_API_KEY, Simulator};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::{
    clouds,
    plan::Plan,
    pod::{POD, Pod},
    tool::{self, Outcome, TERRAFORM, TOFU, Tool},
    volume::VOLUME,
};

const TERRAFORM_BLOCK: &str = r#"terraform {
  required_providers {
    gpupod = { source = "gpupod/gpupod" }
  }
}
"#;
/// The cloud whose key a test has, unless it says otherwise.
const DEFAULT_CLOUD: &str = "yotta";
/// Failures are seen at once, and nobody waits for long.
pub const PROVIDER_SETTINGS: &str = "poll_interval = \"50ms\"\nmax_retries = 0";
/// A credential of this name belongs to a test, not to Terraform.
pub const REGISTRY_AUTH_BY_HAND: &str = "by-hand";
/// The file of clouds that were saved.
pub const CLOUDS: &str = "clouds.json";
/// More often than any test asks.
const ALWAYS: u32 = 1_000_000;

/// A test's own world. It must be finished with [`finish`](Workspace::finish).
pub struct Workspace {
    pub cloud: Simulator,
    pub tool: Tool,
    directory: TempDir,
    is_finished: bool,
}

impl Workspace {
    /// With a configuration that is not applied yet.
    pub fn new(configuration: impl Display) -> Self {
        Self::start(TERRAFORM, &Value::Null, configuration)
    }

    /// With a configuration that has been applied.
    #[track_caller]
    pub fn applied(configuration: impl Display) -> Self {
        let workspace = Self::new(configuration);
        workspace.apply();
        workspace
    }

    /// One for `terraform`, and one for `tofu` where there is one.
    pub fn for_each_tool() -> Vec<Self> {
        let further = tool::is_installed(TOFU).then_some(TOFU);
        let programs = [TERRAFORM].into_iter().chain(further);
        programs.map(|program| Self::start(program, &Value::Null, "")).collect()
    }

    /// With clouds that a simulator saved.
    pub fn with_saved_clouds(saved: &Value, configuration: impl Display) -> Self {
        Self::start(TERRAFORM, saved, configuration)
    }

    fn start(program: &'static str, saved: &Value, configuration: impl Display) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let cloud = start_clouds(directory.path().join(CLOUDS), saved);
        let tool = Tool::new(program, directory.path());
        let mut workspace = Self {
            cloud,
            tool,
            directory,
            is_finished: false,
        };
        workspace.set_keys(&[DEFAULT_CLOUD]);
        workspace.provider(PROVIDER_SETTINGS);
        workspace.write(configuration);
        workspace
    }

    /// With the keys of these clouds and of no others. With several, the configuration must say which one it means.
    pub fn with_keys_of(mut self, clouds: &[&str]) -> Self {
        self.set_keys(clouds);
        self
    }

    /// With the keys of all clouds.
    pub fn with_all_keys(self) -> Self {
        self.with_keys_of(&clouds::names())
    }

    fn set_keys(&mut self, clouds: &[&str]) {
        for (name, _) in self.cloud.environment() {
            self.tool.unset(name);
        }
        for (name, value) in clouds.iter().flat_map(|cloud| self.cloud.environment_of(cloud)) {
            self.tool.set(name, value);
        }
    }

    /// Replaces the configuration.
    pub fn write(&self, configuration: impl Display) {
        fs::write(self.file("main.tf"), configuration.to_string()).unwrap();
    }

    /// Plans without asking the cloud.
    pub fn without_plan_checks(self) -> Self {
        self.provider(&format!("{PROVIDER_SETTINGS}\nplan_checks = \"off\""));
        self
    }

    /// Leaves the provider block to the configuration.
    pub fn remove_provider_block(&self) {
        fs::remove_file(self.file("provider.tf")).unwrap();
    }

    pub fn restore_provider_block(&self) {
        self.provider(PROVIDER_SETTINGS);
    }

    /// Replaces the settings of the provider block.
    pub fn provider(&self, settings: &str) {
        let block = format!("{TERRAFORM_BLOCK}\nprovider \"gpupod\" {{\n{settings}\n}}\n");
        fs::write(self.file("provider.tf"), block).unwrap();
    }

    /// A pod with everything, whose image is fetched with a credential of the cloud.
    pub fn maximal_pod(&self) -> Pod {
        let credential = json!({"name": REGISTRY_AUTH_BY_HAND, "username": "someone", "password": "p"});
        self.ask("POST", "/v2/container-registry-auths", &credential);
        Pod::maximal(&self.registry_auth_id())
    }

    /// The credential of the maximal pod.
    pub fn registry_auth_id(&self) -> String {
        let credentials = self.ask("GET", "/v2/container-registry-auths", &Value::Null);
        credentials["data"][0]["id"].as_str().unwrap().to_owned()
    }

    /// Asks the cloud whose path it is, as anybody can who has its key.
    pub fn ask(&self, method: &str, path: &str, body: &Value) -> Value {
        let (header, key) = match path {
            path if path.starts_with("/api/v1/") => ("authorization", format!("Bearer {PRIME_INTELLECT_API_KEY}")),
            path if path.starts_with("/v1/") => ("authorization", format!("Bearer {CPOD_API_KEY}")),
            _ => ("x-api-key", API_KEY.to_owned()),
        };
        let ask = async {
            // To read this machine's certificates takes longer than all the rest, and nothing here is encrypted.
            let request = reqwest::Client::builder()
                .no_proxy()
                .tls_certs_only([])
                .build()?
                .request(method.parse().unwrap(), self.cloud.url() + path)
                .header(header, key)
                .body(body.to_string());
            request.send().await?.bytes().await
        };
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        serde_json::from_slice(&runtime.block_on(ask).unwrap()).unwrap()
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    /// Runs a command, however it ends.
    pub fn run(&self, arguments: &[&str]) -> Outcome {
        self.tool.run(&with_plain_output(arguments))
    }

    pub fn try_apply(&self) -> Outcome {
        self.run(&["apply", "-auto-approve"])
    }

    #[track_caller]
    pub fn apply(&self) -> Outcome {
        self.try_apply().succeeds()
    }

    #[track_caller]
    pub fn destroy(&self) -> Outcome {
        self.run(&["destroy", "-auto-approve"]).succeeds()
    }

    /// Holds that there is nothing left to do, and destroys everything without looking at it once more.
    #[cfg(unix)]
    #[track_caller]
    pub fn settle_and_destroy(&self) {
        self.plan().assert_empty();
        self.run(&["destroy", "-auto-approve", "-refresh=false"]).succeeds();
    }

    /// Another way to [`finish`](Workspace::finish), for a test that saw an empty plan and destroyed what it was of.
    #[cfg(unix)]
    #[track_caller]
    pub fn finish_destroyed(mut self) {
        self.is_finished = true;
        assert_eq!(self.resources(), [Value::Null; 0]);
        self.assert_all_match();
    }

    /// What would be done.
    #[track_caller]
    pub fn plan(&self) -> Plan {
        let outcome = self.run(&["plan", "-detailed-exitcode", "-out=plan.bin"]);
        match outcome.code {
            Some(0) => Plan::empty(outcome.told()),
            Some(2) => Plan::read(
                &self.run(&["show", "-json", "plan.bin"]).succeeds().output,
                outcome.told(),
            ),
            _ => panic!("the plan failed:\n{}\n{}", outcome.output, outcome.errors),
        }
    }

    /// The provider's part of `providers schema`.
    #[track_caller]
    pub fn schema(&self) -> Value {
        let shown = self.run(&["providers", "schema", "-json"]).succeeds();
        let mut schemas: Value = serde_json::from_str(&shown.output).unwrap();
        schemas["provider_schemas"]["registry.terraform.io/gpupod/gpupod"].take()
    }

    /// The state as it stands in its file.
    pub fn state(&self) -> String {
        fs::read_to_string(self.file("terraform.tfstate")).unwrap_or_default()
    }

    pub fn resources(&self) -> Vec<Value> {
        let state: Value = serde_json::from_str(&self.state()).unwrap_or_default();
        state["resources"].as_array().cloned().unwrap_or_default()
    }

    fn instances(&self) -> Vec<Value> {
        self.instances_of("gpupod_pod")
    }

    pub fn instances_of(&self, kind: &str) -> Vec<Value> {
        let of_kind = self
            .resources()
            .into_iter()
            .filter(|resource| resource["mode"] == "managed" && resource["type"] == kind);
        of_kind
            .flat_map(|resource| resource["instances"].as_array().cloned().unwrap_or_default())
            .collect()
    }

    /// The attributes of what has this address in the state.
    #[track_caller]
    pub fn attributes(&self, address: &str) -> Value {
        let has_address = |resource: &&Value| match resource["mode"].as_str() {
            Some("data") => address == format!("data.{}", address_of(resource)),
            _ => address == address_of(resource),
        };
        let resources = self.resources();
        let found = resources.iter().find(has_address);
        let found = found.unwrap_or_else(|| panic!("no {address} in the state"));
        found["instances"][0]["attributes"].clone()
    }

    /// The id of what has this address in the state.
    #[track_caller]
    pub fn id(&self, address: &str) -> String {
        self.attributes(address)["id"].as_str().unwrap().to_owned()
    }

    /// The value of an output.
    pub fn output(&self, name: &str) -> Value {
        let state: Value = serde_json::from_str(&self.state()).unwrap_or_default();
        state["outputs"][name]["value"].clone()
    }

    /// The attributes of the one pod in the state.
    #[track_caller]
    pub fn pod(&self) -> Value {
        match self.instances().as_slice() {
            [only] => only["attributes"].clone(),
            several => panic!("not one pod in the state: {several:#?}"),
        }
    }

    #[track_caller]
    pub fn pod_id(&self) -> String {
        self.pod()["id"].as_str().unwrap().to_owned()
    }

    /// The id of the pod with this label.
    #[track_caller]
    pub fn id_of(&self, label: &str) -> String {
        let pod = self.resources().into_iter().find(|resource| resource["name"] == label);
        let id = &pod.expect("no such pod in the state")["instances"][0]["attributes"]["id"];
        id.as_str().unwrap().to_owned()
    }

    /// As the messages advise after an order whose answer was lost.
    #[track_caller]
    pub fn import_the_living_pod(&self) {
        let living = self.cloud.living_pods();
        self.run(&["import", POD, &living[0].id]).succeeds();
    }

    /// Whether Terraform will replace the one pod because its creation failed.
    pub fn pod_is_tainted(&self) -> bool {
        self.instances().iter().all(|pod| pod["status"] == "tainted")
    }

    pub fn has_no_pods(&self) -> bool {
        self.instances().is_empty() && self.cloud.living_pods().is_empty()
    }

    /// Changes the one pod behind Terraform's back.
    #[track_caller]
    pub fn behind_the_back(&self, event: Value) {
        self.cloud.event(&self.pod_id(), event).unwrap();
    }

    /// Changes the one volume behind Terraform's back.
    #[track_caller]
    pub fn behind_the_volume(&self, event: Value) {
        self.cloud.volume_event(&self.id(VOLUME), event).unwrap();
    }

    /// The next order of a pod meets this.
    pub fn next_create(&self, action: Value) {
        self.fault("POST", "/v2/pods", 1, action);
    }

    /// Every read of a pod meets this, until the faults are cleared.
    pub fn each_read(&self, action: Value) {
        self.fault("GET", "/v2/pods*", ALWAYS, action);
    }

    pub fn fault(&self, method: &str, path: &str, times: u32, action: Value) {
        let fault = json!({"method": method, "path": path, "times": times, "action": action});
        self.cloud.order(fault).unwrap();
    }

    /// What must hold after every test: there is nothing left to do, and what lives in the cloud is in the state.
    #[track_caller]
    pub fn finish(mut self) {
        self.is_finished = true;
        self.plan().assert_empty();
        self.assert_all_match();
    }
}

impl Drop for Workspace {
    fn drop(&mut self) {
        assert!(self.is_finished || thread::panicking(), "the test does not `finish`");
    }
}

/// A configuration with a provider block that looks at its pods as often as tests do.
pub fn at_test_pace(configuration: &str) -> String {
    const BLOCK: &str = "provider \"gpupod\" {\n";
    const PACE: &str = "  poll_interval = \"50ms\"\n";
    match configuration.contains(BLOCK) {
        true => configuration.replace(BLOCK, &format!("{BLOCK}{PACE}")),
        false => format!("{BLOCK}{PACE}}}\n{configuration}"),
    }
}

/// In memory, unless there is something that was saved. Strict, so that the provider sends what the documents allow and
/// nothing else; a test of what they lack turns that off.
fn start_clouds(file: PathBuf, saved: &Value) -> Simulator {
    let file = (!saved.is_null()).then(|| {
        fs::write(&file, saved.to_string()).unwrap();
        file
    });
    let options = Options {
        file,
        strict: true,
        ..Options::default()
    };
    Simulator::start(options).unwrap()
}

fn with_plain_output<'a>(arguments: &[&'a str]) -> Vec<&'a str> {
    let mut arguments = arguments.to_vec();
    arguments.push("-no-color");
    arguments
}

fn address_of(resource: &Value) -> String {
    let part = |name: &str| resource[name].as_str().unwrap_or_default().to_owned();
    format!("{}.{}", part("type"), part("name"))
}
