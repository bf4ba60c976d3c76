//! The workflows of `.github/` name what is there, and build what can be packed. What they trust, and with what, is held
//! in `supply_chain`.

mod supply_chain;

use std::collections::BTreeSet;

use serde_json::Value;

use crate::{
    files,
    packing::target::{TARGETS, Target},
};

const WORKFLOWS: &str = ".github/workflows";

/// A workflow with its path, its text and what the text means.
struct Workflow {
    path: String,
    text: String,
    content: Value,
}

impl Workflow {
    fn all() -> Vec<Self> {
        files::below(WORKFLOWS).into_iter().map(Self::read).collect()
    }

    fn named(name: &str) -> Self {
        Self::read(format!("{WORKFLOWS}/{name}.yml"))
    }

    fn read(path: String) -> Self {
        let text = files::read(&path);
        Self::from_text(path, text)
    }

    fn from_text(path: String, text: String) -> Self {
        let content = serde_saphyr::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"));
        Self { path, text, content }
    }

    fn jobs(&self) -> impl Iterator<Item = (&String, &Value)> {
        self.content["jobs"].as_object().unwrap().iter()
    }
}

/// The words of a text that follow this one.
fn words_after<'a>(text: &'a str, start: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(start)
        .skip(1)
        .filter_map(|rest| rest.split([' ', '\n', '"', '`', ')']).next())
}

fn strings(list: &Value) -> BTreeSet<&str> {
    list.as_array()
        .unwrap()
        .iter()
        .map(|one| one.as_str().unwrap())
        .collect()
}

#[test]
fn every_file_of_the_forge_is_yaml_or_markdown() {
    let mut seen = 0;
    for path in files::below(".github") {
        match path.rsplit_once('.').unwrap().1 {
            "md" => continue,
            "yml" => seen += 1,
            _ => panic!("{path} is neither"),
        }
        let parsed: Result<Value, _> = serde_saphyr::from_str(&files::read(&path));
        assert!(parsed.is_ok_and(|content| content.is_object()), "{path} is no YAML");
    }
    assert!(seen > 3);
}

#[test]
fn commands_and_scripts_of_the_workflows_exist() {
    let manifest = files::read("Cargo.toml");
    let mut named = BTreeSet::new();
    for workflow in Workflow::all() {
        for example in words_after(&workflow.text, "--example ") {
            let declared = format!("[[example]]\nname = \"{example}\"\n");
            assert!(manifest.contains(&declared), "{}: {example}", workflow.path);
            named.insert(example.to_owned());
        }
        for script in words_after(&workflow.text, " .ci/") {
            assert!(
                files::root().join(".ci").join(script).exists(),
                "{}: .ci/{script}",
                workflow.path
            );
            named.insert(format!(".ci/{script}"));
        }
    }
    let expected = [".ci/fuzz", ".ci/run", "load", "pack", "quickstart", "soak"];
    assert_eq!(named.iter().map(String::as_str).collect::<Vec<_>>(), expected);
}

#[test]
fn a_release_is_built_once_for_each_system_that_can_be_packed() {
    let release = Workflow::named("release");
    let matrix = release.content["jobs"]["build"]["strategy"]["matrix"]["include"].as_array();
    let built: Vec<Target> = matrix
        .unwrap()
        .iter()
        .map(|row| Target::named(row["target"].as_str().unwrap()).unwrap())
        .collect();
    let platforms: BTreeSet<String> = built.iter().map(|target| target.platform()).collect();
    assert_eq!(platforms.len(), built.len(), "two programs for one system: {built:?}");
    let mut expected: BTreeSet<String> = TARGETS.iter().map(|target| target.platform()).collect();
    // As the workflow says, Rust brings no standard library for it.
    expected.remove("freebsd_arm64");
    assert_eq!(platforms, expected);
    let of_linux = built.iter().filter(|target| target.os == "linux");
    for target in of_linux {
        assert!(
            target.triple.ends_with("musl"),
            "{target:?} needs the C library of a machine"
        );
    }
}

#[test]
fn versions_stand_in_one_place() {
    // As the workflows read them.
    let manifest = files::read("Cargo.toml");
    let read = |key: &str| {
        let start = format!("{key} = \"");
        let line = manifest
            .lines()
            .find_map(|line| line.strip_prefix(&start)?.strip_suffix('"'));
        line.unwrap_or_else(|| panic!("no {key} at the start of a line"))
            .to_owned()
    };
    assert_eq!(read("version"), env!("CARGO_PKG_VERSION"));
    assert_eq!(read("rust-version"), env!("CARGO_PKG_RUST_VERSION"));
    assert!(
        Workflow::named("ci")
            .text
            .contains(r#"s/^rust-version = "\(.*\)"$/\1/p' Cargo.toml"#)
    );
    assert!(
        Workflow::named("release")
            .text
            .contains(r#"s/^version = "\(.*\)"$/\1/p' Cargo.toml"#)
    );
    for workflow in Workflow::all() {
        let rust: Vec<&str> = ["cargo +1", "toolchain: ", "toolchain install 1"]
            .into_iter()
            .filter(|pin| workflow.text.contains(pin))
            .collect();
        assert!(rust.is_empty(), "{} names a Rust of its own: {rust:?}", workflow.path);
    }
}

#[test]
fn the_oldest_terraform_of_the_readme_is_tried() {
    let readme = files::read("README.md");
    let oldest = readme.split("Terraform or OpenTofu, ").nth(1).unwrap();
    let oldest = oldest.split(' ').next().unwrap().trim_end_matches(',');
    let ci = Workflow::named("ci");
    for job in ["terraform", "opentofu"] {
        let versions = strings(&ci.content["jobs"][job]["strategy"]["matrix"]["version"]);
        let first = format!("~{oldest}.0");
        assert!(
            versions.contains(first.as_str()),
            "{job}: {first} is not in {versions:?}"
        );
        assert!(versions.contains("latest"), "{job}");
    }
}

#[test]
fn every_fuzz_target_has_its_night() {
    let nightly = Workflow::named("nightly");
    let tried = strings(&nightly.content["jobs"]["fuzz"]["strategy"]["matrix"]["target"]);
    let paths = files::below("fuzz/targets");
    let targets = paths
        .iter()
        .map(|path| path.trim_start_matches("fuzz/targets/").trim_end_matches(".rs"));
    assert_eq!(tried, targets.collect());
}

#[test]
fn runs_have_an_end() {
    for workflow in Workflow::all() {
        assert!(workflow.content["concurrency"].is_object(), "{}", workflow.path);
        for (name, job) in workflow.jobs() {
            assert!(
                job["timeout-minutes"].is_u64(),
                "{}: {name} may run for ever",
                workflow.path
            );
        }
    }
}

#[test]
fn a_report_asks_for_every_cloud_and_warns_of_secrets() {
    let form = Workflow::read(".github/ISSUE_TEMPLATE/bug.yml".to_owned());
    let fields = form.content["body"].as_array().unwrap();
    let field = |id: &str| fields.iter().find(|field| field["id"] == id).unwrap();
    let clouds = strings(&field("cloud")["attributes"]["options"]);
    for cloud in gpupod::clouds::ALL {
        let name = cloud.capabilities.name;
        assert!(clouds.contains(name), "{name} is not in {clouds:?}");
    }
    let log = field("log")["attributes"]["description"].as_str().unwrap();
    assert!(log.contains("TF_LOG_PROVIDER=TRACE") && log.contains("take out what is not for everybody"));
    assert_eq!(field("secrets")["attributes"]["options"][0]["required"], true);
}
