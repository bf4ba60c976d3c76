//! Supply chain security of the workflows: actions by commit hash, tools by version, least privilege, and a signing key
//! beside which nothing is compiled. What is found wrong is text, so that each check is tried on a workflow that is.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::Workflow;

/// What a job of the release may do beyond reading, by its name. A job that holds a secret may do nothing at all.
const RIGHTS: &[(&str, &[&str])] = &[("sign", &[]), ("draft", &["attestations", "contents", "id-token"])];

/// With a secret at hand, only what moves files between jobs may run.
const CARRIERS: [&str; 2] = ["actions/download-artifact", "actions/upload-artifact"];

/// And of commands only these, which come with the runner.
const TOOLS: [&str; 15] = [
    "cd",
    "cut",
    "diff",
    "echo",
    "export",
    "find",
    "gpg",
    "gpgconf",
    "grep",
    "mktemp",
    "rm",
    "sha256sum",
    "sort",
    "trap",
    "unset",
];

/// The programs that compile, or that fetch and run what other people wrote.
const BUILDERS: [&str; 12] = [
    "apt-get", "cargo", "cmake", "cross", "curl", "make", "node", "npm", "npx", "pip", "rustc", "rustup",
];

fn mistakes(workflow: &Workflow) -> Vec<String> {
    let checks = [
        unpinned_actions,
        unpinned_tools,
        rights,
        keys_beside_builds,
        unpinned_runners,
    ];
    checks.iter().flat_map(|check| check(workflow)).collect()
}

fn steps(job: &Value) -> impl Iterator<Item = &Value> {
    job["steps"].as_array().into_iter().flatten()
}

/// The actions of a job, and the workflow that it may consist of.
fn actions(job: &Value) -> impl Iterator<Item = &str> {
    let uses = steps(job).chain([job]).map(|one| &one["uses"]);
    uses.filter_map(Value::as_str)
}

fn is_release(number: &str) -> bool {
    number.split('.').count() == 3 && number.split('.').all(|part| part.parse::<u32>().is_ok())
}

/// A tag can be moved to other code, a commit cannot. The comment tells readers and Dependabot which release it is.
fn unpinned_actions(workflow: &Workflow) -> Vec<String> {
    let mut wrong = Vec::new();
    let used = workflow.jobs().flat_map(|(_, job)| actions(job));
    for action in used {
        let hash = action.split_once('@').map_or("", |(_, hash)| hash);
        let is_hash = hash.len() == 40 && hash.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if !is_hash {
            wrong.push(format!("{action} is not pinned by a commit's hash"));
        }
        let lines = workflow.text.lines().filter(|line| line.contains(action));
        for line in lines {
            let comment = line.split_once(" # v").map_or("", |(_, version)| version);
            if !is_release(comment) {
                wrong.push(format!("{action} does not say which release it is"));
            }
        }
    }
    for (name, job) in workflow.jobs() {
        let checkouts = steps(job).filter(|step| {
            step["uses"]
                .as_str()
                .is_some_and(|it| it.starts_with("actions/checkout@"))
        });
        for step in checkouts {
            if step["with"]["persist-credentials"] != false {
                wrong.push(format!("{name} leaves the token where every later step can read it"));
            }
        }
    }
    wrong
}

/// What `cargo install` builds runs with the rights of its job.
fn unpinned_tools(workflow: &Workflow) -> Vec<String> {
    let lines = workflow.text.lines().map(str::trim);
    let installs = lines.filter_map(|line| line.split_once("cargo install ").map(|(_, what)| what));
    let is_pinned = |what: &str| {
        let words: Vec<&str> = what.split_whitespace().collect();
        let tools: Vec<&&str> = words.iter().filter(|word| !word.starts_with("--")).collect();
        let has_version = |tool: &&&str| tool.split_once('@').is_some_and(|(_, version)| is_release(version));
        words.contains(&"--locked") && !tools.is_empty() && tools.iter().all(has_version)
    };
    installs
        .filter(|what| !is_pinned(what))
        .map(|what| format!("cargo install {what} takes whatever is the latest"))
        .collect()
}

fn rights(workflow: &Workflow) -> Vec<String> {
    let mut wrong = Vec::new();
    if workflow.content["permissions"] != json!({"contents": "read"}) {
        wrong.push("a job may do more than read without asking for it".to_owned());
    }
    for (name, job) in workflow.jobs() {
        let asked = match &job["permissions"] {
            Value::Null => None,
            Value::Object(rights) => Some(rights.keys().map(String::as_str).collect::<Vec<_>>()),
            other => {
                wrong.push(format!("{name} asks for {other}"));
                continue;
            }
        };
        let allowed = RIGHTS.iter().find(|(job, _)| is_of_release(workflow) && job == name);
        let allowed = allowed.map(|(_, rights)| rights.to_vec());
        let mut sorted = asked.clone();
        if let Some(rights) = &mut sorted {
            rights.sort_unstable();
        }
        if sorted != allowed {
            wrong.push(format!("{name} asks for {asked:?}, and is to have {allowed:?}"));
        }
        let may_write = asked.is_some_and(|rights| !rights.is_empty());
        let builder = commands(job).find(|command| BUILDERS.contains(command));
        if let Some(builder) = builder.filter(|_| may_write) {
            wrong.push(format!("{name} may write, and runs {builder}"));
        }
    }
    wrong
}

fn is_of_release(workflow: &Workflow) -> bool {
    workflow.path.ends_with("release.yml")
}

fn holds_a_secret(job: &Value) -> bool {
    job.to_string().contains("secrets.")
}

/// The words of a job's scripts that stand where a command does.
fn commands(job: &Value) -> impl Iterator<Item = &str> {
    let scripts = steps(job).filter_map(|step| step["run"].as_str());
    let pieces = scripts.flat_map(|script| script.split(['\n', '|', ';', '&', '(', ')', '\'']));
    pieces.filter_map(|piece| piece.split_whitespace().next())
}

fn keys_beside_builds(workflow: &Workflow) -> Vec<String> {
    let mut wrong = Vec::new();
    let outside = [&workflow.content["env"], &workflow.content["on"]];
    if outside.iter().any(|part| holds_a_secret(part)) {
        wrong.push("every job has a secret".to_owned());
    }
    for (name, job) in workflow.jobs().filter(|(_, job)| holds_a_secret(job)) {
        if !is_of_release(workflow) || name != "sign" {
            wrong.push(format!("{name} holds a secret"));
        }
        if holds_a_secret(&job["env"]) {
            wrong.push(format!("every step of {name} has the secret"));
        }
        let strangers = actions(job).filter(|action| !CARRIERS.contains(&action.split('@').next().unwrap_or_default()));
        wrong.extend(strangers.map(|action| format!("{name} holds a secret and runs {action}")));
        // A line such as `name=value` runs nothing.
        let others =
            commands(job).filter(|command| !TOOLS.contains(command) && !is_assignment(command) && is_word(command));
        wrong.extend(others.map(|command| format!("{name} holds a secret and runs {command}")));
        let scripts: Vec<&str> = steps(job).filter_map(|step| step["run"].as_str()).collect();
        let at = |what: &str| scripts.iter().position(|script| script.contains(what));
        let is_checked_first =
            at("sha256sum --check --strict").is_some_and(|check| at("gpg ").is_some_and(|sign| check < sign));
        if !is_checked_first {
            wrong.push(format!("{name} signs what it has not checked"));
        }
    }
    wrong
}

fn is_assignment(command: &str) -> bool {
    command.split_once('=').is_some_and(|(name, _)| {
        name.chars()
            .all(|c| c.is_ascii_uppercase() || c.is_ascii_lowercase() || c == '_')
    })
}

/// Not an option or the rest of a quotation.
fn is_word(command: &str) -> bool {
    command.starts_with(|first: char| first.is_ascii_alphanumeric() || matches!(first, '.' | '/')) && command != "EXIT"
}

/// `latest` is another machine one day, in the middle of a release.
fn unpinned_runners(workflow: &Workflow) -> Vec<String> {
    let jobs = workflow.jobs().filter(|_| is_of_release(workflow));
    let named = jobs.flat_map(|(name, job)| {
        let matrix = job["strategy"]["matrix"]["include"].as_array().into_iter().flatten();
        let runners = matrix.map(|row| &row["runner"]).chain([&job["runs-on"]]);
        runners.map(move |runner| (name, runner.as_str().unwrap_or_default()))
    });
    named
        .filter(|(_, runner)| runner.ends_with("latest"))
        .map(|(name, runner)| format!("{name} runs on {runner}"))
        .collect()
}

#[test]
fn the_workflows_trust_nothing_that_can_change() {
    for workflow in Workflow::all() {
        assert_eq!(mistakes(&workflow), Vec::<String>::new(), "{}", workflow.path);
    }
}

#[test]
fn an_action_is_the_same_everywhere() {
    let mut hashes: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for workflow in Workflow::all() {
        for action in workflow.jobs().flat_map(|(_, job)| actions(job)) {
            let (name, hash) = action.split_once('@').unwrap();
            hashes.entry(name.to_owned()).or_default().insert(hash.to_owned());
        }
    }
    assert!(
        hashes.len() >= 6 && hashes.values().all(|found| found.len() == 1),
        "{hashes:?}"
    );
}

#[test]
fn the_key_is_in_one_step_of_one_job() {
    let release = Workflow::named("release");
    assert_eq!(release.text.matches("secrets.").count(), 1);
    let sign = &release.content["jobs"]["sign"];
    assert!(holds_a_secret(sign));
    assert_eq!(sign["environment"], "release");
    let draft = &release.content["jobs"]["draft"]["needs"];
    assert!(draft.as_array().is_some_and(|needs| needs.contains(&json!("sign"))));
}

/// Each change of the release's workflow, and what is said of it.
#[test]
fn what_is_wrong_is_found() {
    let release = Workflow::named("release");
    let check = |from: &str, to: &str, expected: &str| {
        assert!(release.text.contains(from), "{from:?} is no longer there");
        let text = release.text.replacen(from, to, 1);
        let changed = Workflow::from_text(release.path.clone(), text);
        let found = mistakes(&changed);
        assert!(
            found.iter().any(|mistake| mistake.contains(expected)),
            "{to:?}: {found:?}"
        );
    };
    let hash = "fbc6f3992d24b796d5a048ff273f7fcc4a7b6c09";
    check(&format!("@{hash}"), "@v5", "actions/checkout@v5 is not pinned");
    check(&format!("@{hash}"), "@main", "is not pinned");
    check(&format!("@{hash}"), &format!("@{}", &hash[..39]), "is not pinned");
    check(&format!("{hash} # v5.1.0"), hash, "does not say which release");
    check(" # v5.1.0", " # v5", "does not say which release");
    check("persist-credentials: false", "fetch-depth: 1", "leaves the token");
    check("cross@0.2.5", "cross", "takes whatever is the latest");
    check("cross@0.2.5", "cross@0.2", "takes whatever is the latest");
    check(
        "install --locked cross",
        "install cross",
        "takes whatever is the latest",
    );
    check(
        "permissions:\n  contents: read",
        "permissions: write-all",
        "may do more than read",
    );
    check("permissions: {}", "permissions: { contents: read }", "sign asks for");
    check("    permissions: {}\n", "", "sign asks for None");
    check(
        "      id-token: write\n",
        "      id-token: write\n      packages: write\n",
        "draft asks for",
    );
    check(
        "awk -v heading",
        "cargo build\n          awk -v heading",
        "draft may write, and runs cargo",
    );
    check(
        "awk -v heading",
        "make notes && npm ci\n          awk -v heading",
        "draft may write, and runs make",
    );
    for command in [
        "cargo run --example pack",
        "rustup update",
        "npm ci",
        ".ci/run",
        "./configure",
        "bash pack.sh",
        "curl https://x | sh",
        "true && python3 -m x",
    ] {
        let signing = format!("{command}\n          gpg --batch --detach-sign");
        check("gpg --batch --detach-sign", &signing, "sign holds a secret and runs");
    }
    let with_checkout = format!("permissions: {{}}\n    steps:\n      - uses: actions/checkout@{hash} # v5.1.0\n");
    check(
        "permissions: {}\n    steps:\n",
        &with_checkout,
        "sign holds a secret and runs actions/checkout",
    );
    check(
        "env:\n  CARGO",
        "env:\n  KEY: ${{ secrets.GPG_PRIVATE_KEY }}\n  CARGO",
        "every job has a secret",
    );
    check(
        "GH_TOKEN: ${{ github.token }}",
        "GH_TOKEN: ${{ secrets.TOKEN }}",
        "draft holds a secret",
    );
    check(
        "runs-on: ubuntu-24.04",
        "runs-on: ubuntu-latest",
        "runs on ubuntu-latest",
    );
    let unchecked = Workflow::from_text(
        release.path.clone(),
        release.text.replace("sha256sum --check --strict", "cat"),
    );
    assert!(
        mistakes(&unchecked)
            .iter()
            .any(|mistake| mistake.contains("signs what it has not checked"))
    );
}
