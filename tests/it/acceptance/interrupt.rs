//! Ctrl-C: Terraform ends soon, and what exists is in the state.

use gpupod::simulator::RecordedRequest;
use serde_json::json;

use super::{pod::Pod, running::Running, workspace::Workspace};

const IT_STOPS: &str = "Stopping operation";

/// With a time after which a wait that nobody leaves ends all the same, and the test with it.
fn pod() -> Pod {
    Pod::minimal().with("timeouts", r#"{ create = "20s", delete = "20s" }"#)
}

fn apply_in_the_background(workspace: &Workspace) -> Running {
    Running::start(workspace.tool.command(&["apply", "-auto-approve", "-no-color"]))
}

fn is_ordered(requests: &[RecordedRequest]) -> bool {
    requests
        .iter()
        .any(|request| request.method == "POST" && request.path == "/v2/pods")
}

fn is_waited_for(requests: &[RecordedRequest]) -> bool {
    requests
        .iter()
        .filter(|request| request.path.starts_with("/v2/pods/"))
        .count()
        > 4
}

#[track_caller]
fn is_kept_and_replaced(workspace: Workspace) {
    assert!(workspace.pod_is_tainted());
    workspace.assert_pods_match();
    workspace.behind_the_back(json!({"event": "start"}));
    workspace.apply();
    assert_eq!(workspace.cloud.living_pods().len(), 1);
    workspace.finish();
}

#[test]
fn a_wait_is_left_and_the_pod_is_in_the_state() {
    let workspace = Workspace::new(pod());
    workspace.cloud.next_pods(json!({"fate": "never_ready"})).unwrap();
    let apply = apply_in_the_background(&workspace);
    assert!(workspace.cloud.wait_for(is_waited_for));
    apply.interrupt();
    apply
        .end()
        .fails()
        .says(&["Interrupted", "The pod is kept in the state"]);
    is_kept_and_replaced(workspace);
}

#[test]
fn an_order_in_flight_is_finished_and_the_pod_is_in_the_state() {
    let workspace = Workspace::new(pod());
    workspace.cloud.next_pods(json!({"fate": "never_ready"})).unwrap();
    workspace.next_create(json!({"hang": {"carried_out": true}}));
    let mut apply = apply_in_the_background(&workspace);
    assert!(workspace.cloud.wait_for(is_ordered));
    apply.interrupt();
    apply.line_with(IT_STOPS);
    workspace.cloud.clear_faults();
    apply
        .end()
        .fails()
        .says(&["Interrupted", "The pod is kept in the state"]);
    is_kept_and_replaced(workspace);
}

#[test]
fn a_pod_that_fails_at_the_same_moment_is_in_the_state() {
    let workspace = Workspace::new(pod());
    workspace.cloud.next_pods(json!({"fate": "fails"})).unwrap();
    workspace.next_create(json!({"hang": true}));
    let mut apply = apply_in_the_background(&workspace);
    assert!(workspace.cloud.wait_for(is_ordered));
    apply.interrupt();
    apply.line_with(IT_STOPS);
    workspace.cloud.clear_faults();
    apply.end().fails();
    is_kept_and_replaced(workspace);
}

#[test]
fn a_destroy_that_is_interrupted_is_finished_by_the_next() {
    let workspace = Workspace::applied(pod());
    workspace.fault("POST", "/v2/pods/*", 1, json!({"hang": true}));
    let mut destroy = Running::start(workspace.tool.command(&["destroy", "-auto-approve", "-no-color"]));
    assert!(
        workspace
            .cloud
            .wait_for(|requests| requests.iter().any(|request| request.path.ends_with("/pause")))
    );
    destroy.interrupt();
    destroy.line_with(IT_STOPS);
    workspace.cloud.clear_faults();
    destroy.end();
    workspace.assert_pods_match();
    workspace.destroy();
    assert!(workspace.has_no_pods());
    workspace.write("");
    workspace.finish();
}
