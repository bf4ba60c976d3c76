//! What goes wrong at the cloud while a thing is deleted: it is kept until it is gone.

use super::{
    changes::{faults, workspace},
    subject,
    table::Section,
    trial::unreachable,
};
use crate::acceptance::workspace::Workspace;

/// What is left of each thing. What lives is in the state.
#[track_caller]
pub fn cells(workspace: &Workspace) -> Vec<String> {
    let cells = subject::ALL.map(|subject| {
        let living = workspace.living(subject.cloud, subject.kind);
        let known = workspace.known(&subject.address());
        assert!(living.is_subset(&known), "{}: {living:?} {known:?}", subject.title);
        // How far the cloud has come with it by now is the cloud's own affair.
        let cell = if known.is_empty() { "gone" } else { "kept in the state" };
        cell.to_owned()
    });
    cells.to_vec()
}

/// Makes everything, ends it under a fault, and says what is left.
fn row(workspace: &mut Workspace, end: impl FnOnce(&mut Workspace)) -> Vec<String> {
    workspace.apply();
    end(workspace);
    workspace.cloud.clear_faults();
    let cells = cells(workspace);
    workspace.destroy();
    workspace.assert_all_match();
    cells
}

#[test]
fn a_thing_whose_end_goes_wrong_is_kept_until_it_is_gone() {
    let mut workspace = workspace();
    workspace.write(subject::ALL.map(|subject| subject.block().to_string()).concat());
    let refused = row(&mut workspace, |workspace| {
        workspace.run(&["plan", "-destroy", "-out=end.bin"]).succeeds();
        unreachable(workspace, "end.bin").fails();
    });
    let mut rows = vec![("connection refused", refused)];
    for (title, action) in faults() {
        println!("{title}"); // Shown if the test fails.
        let cells = row(&mut workspace, |workspace| {
            for subject in subject::ALL {
                let path = subject.path_of(&workspace.id(&subject.address()));
                workspace.fault("DELETE", &path, 1, action.clone());
            }
            workspace.run(&["destroy", "-auto-approve", "-refresh=false"]);
        });
        rows.push((title, cells));
    }
    workspace.write("");
    workspace.finish();
    let columns = subject::ALL.iter().map(|subject| subject.title).collect();
    let heading = "Ends";
    Section { heading, columns, rows }.check();
}
