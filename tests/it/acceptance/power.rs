//! `desired_state`: pods are stopped and started in place.

use serde_json::json;

use super::{plan::Action, pod::Pod, workspace::Workspace};

fn stopped() -> Pod {
    Pod::minimal().with("desired_state", r#""stopped""#)
}

#[test]
fn a_pod_can_be_made_stopped() {
    let workspace = Workspace::applied(stopped());
    assert_eq!(workspace.orders(), ["create", "stop"]);
    assert_eq!(workspace.pod()["status"], "stopped");
    workspace.finish();
}

#[test]
fn a_pod_stops_and_starts_in_place() {
    let workspace = Workspace::applied(Pod::minimal());
    let id = workspace.pod_id();
    for (pod, status) in [(stopped(), "stopped"), (Pod::minimal(), "running")] {
        workspace.write(pod);
        assert_eq!(workspace.plan().only().action, Action::Update);
        workspace.apply();
        assert_eq!(workspace.pod()["status"], status);
        assert_eq!(workspace.pod_id(), id);
    }
    assert_eq!(workspace.orders(), ["create", "stop", "start"]);
    assert!(
        workspace.pod()["ssh"]["command"].is_string(),
        "a started pod can be reached again"
    );
    workspace.finish();
}

#[track_caller]
fn is_mended(workspace: Workspace, event: &str, order: &str) {
    workspace.behind_the_back(json!({"event": event}));
    workspace.cloud.clear_requests();
    let plan = workspace.plan();
    assert_eq!(plan.only().action, Action::Update);
    assert_eq!(plan.only().attributes, ["desired_state"]);
    workspace.apply();
    assert_eq!(workspace.orders(), [order]);
    workspace.finish();
}

#[test]
fn a_pod_that_was_stopped_behind_the_back_is_started() {
    is_mended(Workspace::applied(Pod::minimal()), "stop", "start");
}

#[test]
fn a_pod_that_was_started_behind_the_back_is_stopped() {
    is_mended(Workspace::applied(stopped()), "start", "stop");
}

#[test]
fn a_stop_that_fails_is_tried_again_by_the_next_apply() {
    let workspace = Workspace::applied(Pod::minimal());
    workspace.write(stopped());
    workspace.fault("POST", "/v2/pods/*", 1, json!({"respond": {"status": 500}}));
    workspace
        .try_apply()
        .fails()
        .says(&["The pod cannot be stopped", "HTTP 500"]);
    assert_eq!(workspace.plan().only().action, Action::Update);
    workspace.apply();
    workspace.finish();
}
