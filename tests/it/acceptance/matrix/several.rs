//! Equally named things of one run, of which some answers are lost: each comes out right.

use serde_json::json;

use super::subject::{self, Subject};
use crate::acceptance::{clouds::in_a_workspace, workspace::Workspace};

const COUNT: usize = 5;

/// What the orders of one kind meet, one after the other.
fn faults(subject: &Subject) -> [serde_json::Value; 3] {
    let fault = |after: u32, action| json!({"method": "POST", "path": subject.path, "after": after, "action": action});
    [
        fault(0, json!({"cut": {"carried_out": true}})),
        // The first one has met its fault by then.
        fault(1, json!({"respond": {"status": 500, "carried_out": true}})),
        fault(1, json!({"replace_body": "<html></html>"})),
    ]
}

#[test]
fn equally_named_things_come_out_right_when_answers_are_lost() {
    let workspace = Workspace::new("").with_all_keys();
    in_a_workspace(&workspace);
    let blocks = subject::ALL.map(|subject| subject.block().with("count", COUNT).to_string());
    workspace.write(blocks.concat());
    for fault in subject::ALL.into_iter().flat_map(faults) {
        workspace.cloud.order(fault).unwrap();
    }
    workspace.apply();
    for subject in subject::ALL {
        let requests = workspace.cloud.requests();
        let orders = requests
            .iter()
            .filter(|request| request.method == "POST" && request.path == subject.path);
        assert_eq!(orders.count(), COUNT, "{}", subject.title);
        let living = workspace.living(subject.cloud, subject.kind);
        assert_eq!(living.len(), COUNT, "{}", subject.title);
        assert_eq!(living, workspace.known(&subject.address()), "{}", subject.title);
    }
    workspace.settle_and_destroy();
    workspace.finish_destroyed();
}
