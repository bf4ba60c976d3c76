//! Runs that are stopped while they change or delete what exists: what they leave is true, and the next run ends it.

use gpupod::simulator::RecordedRequest;
use serde_json::json;

use super::{
    change::{self, Change},
    changes::workspace,
    ends,
    fault::Moment,
    halt::{self, Halt},
    subject::{self, Subject},
    table::Section,
};
use crate::acceptance::{block, plan::Action::Update, workspace::Workspace};

const CANNOT: &str = "–";

const UNKNOWN: &str = "behind, and the error of the next run names the import";

/// As the error of the next run advises; what is returned is written beside the configuration.
fn import_again(workspace: &Workspace, change: &Change) -> String {
    let (address, cloud) = (change.address(), change.subject().cloud);
    let id = workspace.id(&address);
    let advice = format!("`terraform import ADDRESS {cloud}/{id}`");
    workspace.try_apply().fails().says(&[&advice]);
    workspace.run(&["state", "rm", &address]).succeeds();
    block::import(&address, cloud, &id)
}

/// A dash for what has no such moment.
fn with_dashes(cells: Vec<String>, has_it: impl Iterator<Item = bool>) -> Vec<String> {
    let cells = cells.into_iter().zip(has_it);
    let cell = |(cell, has_it)| if has_it { cell } else { CANNOT.to_owned() };
    cells.map(cell).collect()
}

fn halts_a_change(halt: &Halt, change: &Change) -> bool {
    halt.moment != Moment::DuringTheWait || change.wait.is_some()
}

fn halt_changes(workspace: &Workspace, halt: &Halt) {
    workspace.cloud.clear_requests();
    if halt.moment == Moment::BeforeTheOrder {
        halt::hold_all_looks(workspace);
        let subjects = || change::ALL.iter().map(Change::subject);
        return halt.stop(workspace, &["apply", "-auto-approve"], |requests| {
            halt::are_looked_at(subjects(), requests)
        });
    }
    workspace.run(&["plan", "-out=change.bin"]).succeeds();
    workspace.cloud.clear_requests();
    for change in &change::ALL {
        change.hide(workspace);
        if let Some(action) = halt.action(change.wait.is_some()) {
            change.meets(workspace, &action);
        }
    }
    let traces = change::ALL
        .each_ref()
        .map(|change| (change.wait, change.traces(workspace)));
    let is_there = |requests: &[RecordedRequest]| {
        traces.iter().all(|(wait, traces)| match halt.moment {
            Moment::DuringTheWait if wait.is_some() => traces.has_a_look_after_the_order(requests),
            _ => traces.has_order(requests),
        })
    };
    halt.stop(workspace, &["apply", "change.bin"], is_there);
}

fn row_of_changes(workspace: &Workspace, round: usize, halt: &Halt) -> Vec<String> {
    change::prepare(workspace, round);
    let ids = change::ids(workspace);
    halt_changes(workspace, halt);
    halt::let_time_pass(workspace);
    let plan = workspace.plan();
    let is_unknown = |change: &Change| change.is_untold && halt.is_a_death() && halt.is_carried_out();
    for change in &change::ALL {
        let is_left = !halt.is_carried_out() || is_unknown(change);
        let left = is_left.then_some(Update);
        assert_eq!(plan.action(&change.address()), left, "{}: {}", halt.title, change.title);
    }
    let mut cells = change::cells(workspace);
    let mut imports = String::new();
    for (change, cell) in change::ALL.iter().zip(&mut cells) {
        if is_unknown(change) {
            imports.push_str(&import_again(workspace, change));
            UNKNOWN.clone_into(cell);
        }
    }
    if !plan.changes.is_empty() {
        workspace.write(format!("{}{imports}", change::after(round)));
        workspace.apply();
        workspace.plan().assert_empty();
    }
    assert_eq!(ids, change::ids(workspace), "nothing is replaced");
    workspace.assert_all_match();
    with_dashes(cells, change::ALL.iter().map(|change| halts_a_change(halt, change)))
}

#[test]
fn a_change_that_is_stopped_is_ended_by_the_next_run() {
    let workspace = workspace();
    let mut rows = Vec::new();
    for (round, halt) in halt::ALL.iter().enumerate() {
        println!("{}", halt.title); // Shown if the test fails.
        rows.push((halt.title, row_of_changes(&workspace, round, halt)));
    }
    workspace.destroy();
    workspace.finish_destroyed();
    let columns = change::ALL.iter().map(|change| change.title).collect();
    let heading = "Changes that are stopped";
    Section { heading, columns, rows }.check();
}

fn path(workspace: &Workspace, subject: &Subject) -> String {
    subject.path_of(&workspace.id(&subject.address()))
}

fn halt_ends(workspace: &Workspace, halt: &Halt) {
    workspace.cloud.clear_requests();
    if halt.moment == Moment::BeforeTheOrder {
        halt::hold_all_looks(workspace);
        return halt.stop(workspace, &["destroy", "-auto-approve"], |requests| {
            halt::are_looked_at(subject::ALL, requests)
        });
    }
    let plan = ["plan", "-destroy", "-refresh=false", "-out=end.bin"];
    workspace.run(&plan).succeeds();
    workspace.cloud.clear_requests();
    for subject in subject::ALL {
        let path = path(workspace, subject);
        if let Some(action) = halt.action(subject.is_living) {
            workspace.fault("DELETE", &path, 1, action);
        }
        // A pod is looked at before.
        let looks = u32::from(subject.kind == "gpupod_pod");
        let hidden =
            json!({"method": "GET", "path": path, "after": looks, "times": 1_000_000, "action": {"hang": true}});
        workspace.cloud.order(hidden).unwrap();
    }
    let paths = subject::ALL.map(|subject| path(workspace, subject));
    let is_there = |requests: &[RecordedRequest]| {
        subject::ALL.iter().zip(&paths).all(|(subject, path)| {
            let of_it = requests.iter().filter(|request| request.path == *path);
            let mut since = of_it.skip_while(|request| request.method != "DELETE");
            since.next().is_some()
                && (halt.moment != Moment::DuringTheWait || !subject.is_living || since.next().is_some())
        })
    };
    halt.stop(workspace, &["apply", "end.bin"], is_there);
}

fn row_of_ends(workspace: &Workspace, halt: &Halt) -> Vec<String> {
    workspace.apply();
    halt_ends(workspace, halt);
    let cells = ends::cells(workspace);
    workspace.destroy();
    workspace.assert_all_match();
    let has_it = |subject: &&Subject| halt.moment != Moment::DuringTheWait || subject.is_living;
    with_dashes(cells, subject::ALL.iter().map(has_it))
}

#[test]
fn an_end_that_is_stopped_is_kept_until_it_is_gone() {
    let workspace = workspace();
    let timeouts = r#"{ create = "20s", update = "20s", delete = "20s" }"#;
    let blocks = subject::ALL.map(|subject| match (subject.is_living, subject.can_stop) {
        // One that is stopped already is deleted at once.
        (_, true) => subject
            .block()
            .with("timeouts", timeouts)
            .with("desired_state", r#""stopped""#),
        (true, false) => subject.block().with("timeouts", timeouts),
        (false, false) => subject.block(),
    });
    workspace.write(blocks.map(|block| block.to_string()).concat());
    let mut rows = Vec::new();
    for halt in &halt::ALL {
        println!("{}", halt.title); // Shown if the test fails.
        rows.push((halt.title, row_of_ends(&workspace, halt)));
    }
    workspace.write("");
    workspace.finish();
    let columns = subject::ALL.iter().map(|subject| subject.title).collect();
    let heading = "Ends that are stopped";
    Section { heading, columns, rows }.check();
}
