//! What goes wrong at the cloud while a thing is changed in place: it stays under Terraform's care.

use serde_json::{Value, json};

use super::{
    change::{self, ALL},
    table::Section,
    trial::unreachable,
};
use crate::acceptance::{clouds::in_a_workspace, workspace::Workspace};

/// What an order can meet that is given to a thing which exists.
pub fn faults() -> Vec<(&'static str, Value)> {
    let status = |status: u16, carried_out: bool| json!({"respond": {"status": status, "carried_out": carried_out}});
    vec![
        ("cut before it was read", json!({"cut": {}})),
        ("cut after it was carried out", json!({"cut": {"carried_out": true}})),
        ("500, not carried out", status(500, false)),
        ("500, carried out", status(500, true)),
        ("502, carried out", status(502, true)),
        ("504, carried out", status(504, true)),
        ("401", status(401, false)),
        ("403", status(403, false)),
        ("409", status(409, false)),
        ("422", status(422, false)),
        ("429", status(429, false)),
        ("200 with HTML, carried out", json!({"replace_body": "<html></html>"})),
    ]
}

pub fn workspace() -> Workspace {
    let workspace = Workspace::new("").with_all_keys();
    in_a_workspace(&workspace);
    workspace
}

/// Applies the changes of a round under a fault, and says how each thing stands in the state.
fn row(workspace: &mut Workspace, round: usize, apply: impl FnOnce(&mut Workspace)) -> Vec<String> {
    change::prepare(workspace, round);
    let ids = change::ids(workspace);
    apply(workspace);
    workspace.cloud.clear_faults();
    let cells = change::cells(workspace);
    if !change::are_through(workspace, round) {
        workspace.apply();
    }
    workspace.plan().assert_empty();
    assert_eq!(ids, change::ids(workspace), "nothing is replaced");
    workspace.assert_all_match();
    cells
}

#[test]
fn a_change_that_goes_wrong_replaces_and_loses_nothing() {
    let mut workspace = workspace();
    let refused = row(&mut workspace, 0, |workspace| {
        workspace.run(&["plan", "-out=change.bin"]).succeeds();
        unreachable(workspace, "change.bin").fails();
    });
    let mut rows = vec![("connection refused", refused)];
    for (title, action) in faults() {
        println!("{title}"); // Shown if the test fails.
        let cells = row(&mut workspace, rows.len(), |workspace| {
            ALL.iter().for_each(|change| change.meets(workspace, &action));
            workspace.try_apply();
        });
        rows.push((title, cells));
    }
    workspace.destroy();
    workspace.finish_destroyed();
    let columns = ALL.iter().map(|change| change.title).collect();
    let heading = "Changes";
    Section { heading, columns, rows }.check();
}
