//! What goes wrong while a thing is changed or deleted: it stays under Terraform's care.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{
    subject::{self, Subject},
    table::Section,
};
use crate::acceptance::{block::Block, clouds::in_a_workspace, workspace::Workspace};

/// Something that can be changed in place, by the title of what it is a change of.
struct Change {
    title: &'static str,
    of: &'static str,
    attribute: &'static str,
    value: &'static str,
    method: &'static str,
}

const STOPPED: &str = r#""stopped""#;
const RENAMED: &str = r#""renamed""#;

/// Each is made and taken back.
const CHANGES: [Change; 5] = [
    Change {
        title: "Yotta pod: stop and start",
        of: "Yotta pod",
        attribute: "desired_state",
        value: STOPPED,
        method: "POST",
    },
    Change {
        title: "cPod pod: stop and start",
        of: "cPod pod",
        attribute: "desired_state",
        value: STOPPED,
        method: "POST",
    },
    Change {
        title: "Yotta volume: rename",
        of: "Yotta volume",
        attribute: "name",
        value: RENAMED,
        method: "POST",
    },
    Change {
        title: "Prime disk: rename",
        of: "Prime disk",
        attribute: "name",
        value: RENAMED,
        method: "PATCH",
    },
    Change {
        title: "Yotta credential: rename",
        of: "Yotta credential",
        attribute: "name",
        value: RENAMED,
        method: "PATCH",
    },
];

fn faults() -> Vec<(&'static str, Value)> {
    let status = |status: u16, carried_out: bool| json!({"respond": {"status": status, "carried_out": carried_out}});
    vec![
        ("cut before it was read", json!({"cut": {}})),
        ("cut after it was carried out", json!({"cut": {"carried_out": true}})),
        ("500, not carried out", status(500, false)),
        ("500, carried out", status(500, true)),
        ("403", status(403, false)),
        ("200 with HTML, carried out", json!({"replace_body": "<html></html>"})),
    ]
}

impl Change {
    fn subject(&self) -> &'static Subject {
        let mut all = subject::ALL.into_iter();
        all.find(|subject| subject.title == self.of).expect("a subject")
    }

    fn label(&self) -> String {
        format!("of_{}", self.attribute)
    }

    fn address(&self) -> String {
        format!("{}.{}_{}", self.subject().kind, self.subject().cloud, self.label())
    }

    fn block(&self) -> Block {
        let label = format!("{}_{}", self.subject().cloud, self.label());
        self.subject().block().labelled(&label)
    }

    fn changed(&self) -> Block {
        self.block().with(self.attribute, self.value)
    }

    fn meets(&self, workspace: &Workspace, action: &Value) {
        let path = format!("{}/*", self.subject().path.trim_end_matches('/'));
        workspace.fault(self.method, &path, 1, action.clone());
    }
}

fn workspace() -> Workspace {
    let workspace = Workspace::new("").with_keys_of(&["yotta", "prime_intellect", "cpod"]);
    in_a_workspace(&workspace);
    workspace
}

fn attributes(workspace: &Workspace, change: &Change) -> Value {
    let instances = workspace.instances_at(&change.address());
    assert_eq!(instances.len(), 1, "{}", change.title);
    assert_eq!(instances[0]["status"], Value::Null, "{} is tainted", change.title);
    instances[0]["attributes"].clone()
}

/// Applies a configuration under a fault, and says how each thing stands in the state.
fn apply_under(workspace: &Workspace, action: &Value, configuration: &str) -> Vec<String> {
    let ids: Vec<Value> = CHANGES
        .iter()
        .map(|change| attributes(workspace, change)["id"].clone())
        .collect();
    workspace.write(configuration);
    CHANGES.iter().for_each(|change| change.meets(workspace, action));
    workspace.try_apply();
    workspace.cloud.clear_faults();
    let told: Vec<Value> = CHANGES.iter().map(|change| attributes(workspace, change)).collect();
    workspace.run(&["apply", "-auto-approve", "-refresh-only"]).succeeds();
    let cells = CHANGES.iter().zip(told).map(|(change, told)| {
        let is_true = attributes(workspace, change)[change.attribute] == told[change.attribute];
        if is_true {
            "as it is"
        } else {
            "behind until the next refresh"
        }
    });
    let cells = cells.map(str::to_owned).collect();
    workspace.apply();
    workspace.plan().assert_empty();
    let now: Vec<Value> = CHANGES
        .iter()
        .map(|change| attributes(workspace, change)["id"].clone())
        .collect();
    assert_eq!(ids, now, "nothing is replaced");
    cells
}

#[test]
fn a_change_that_goes_wrong_replaces_and_loses_nothing() {
    let workspace = workspace();
    let original = CHANGES
        .iter()
        .map(|change| change.block().to_string())
        .collect::<String>();
    let changed = CHANGES
        .iter()
        .map(|change| change.changed().to_string())
        .collect::<String>();
    let rows = faults().into_iter().map(|(title, action)| {
        println!("{title}"); // Shown if the test fails.
        workspace.write(&original);
        workspace.apply();
        let cells = apply_under(&workspace, &action, &changed);
        apply_under(&workspace, &action, &original);
        workspace.destroy();
        (title, cells)
    });
    let rows = rows.collect();
    workspace.write("");
    workspace.finish();
    let columns = CHANGES.iter().map(|change| change.title).collect();
    let heading = "Changes";
    Section { heading, columns, rows }.check();
}

#[test]
fn a_thing_whose_end_goes_wrong_is_kept_until_it_is_gone() {
    let workspace = workspace();
    let all = subject::ALL.map(|subject| subject.block().to_string()).concat();
    let rows = faults().into_iter().map(|(title, action)| {
        println!("{title}"); // Shown if the test fails.
        workspace.write(&all);
        workspace.apply();
        for subject in subject::ALL {
            let path = format!("{}/*", subject.path.trim_end_matches('/'));
            workspace.fault("DELETE", &path, 1, action.clone());
        }
        workspace.run(&["destroy", "-auto-approve"]);
        workspace.cloud.clear_faults();
        let cells = subject::ALL.map(|subject| {
            let living: BTreeSet<String> = workspace.living(subject.cloud, subject.kind);
            let known = workspace.known(&subject.address());
            assert!(living.is_subset(&known), "{}: {living:?} {known:?}", subject.title);
            // How far the cloud has come with it by now is the cloud's own affair.
            let cell = if known.is_empty() { "gone" } else { "kept in the state" };
            cell.to_owned()
        });
        workspace.destroy();
        workspace.assert_all_match();
        (title, cells.to_vec())
    });
    let rows = rows.collect();
    workspace.write("");
    workspace.finish();
    let columns = subject::ALL.iter().map(|subject| subject.title).collect();
    let heading = "Ends";
    Section { heading, columns, rows }.check();
}
