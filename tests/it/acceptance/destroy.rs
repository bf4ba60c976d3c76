//! The end of a pod: what the cloud is told, and in which order.

use serde_json::{Value, json};

use super::{pod::Pod, workspace::Workspace};

/// A pod that has been made, with an empty record from here on.
fn with(pod: Pod) -> Workspace {
    let workspace = Workspace::applied(pod);
    workspace.cloud.clear_requests();
    workspace
}

#[track_caller]
fn is_gone(workspace: Workspace) {
    assert!(workspace.has_no_pods());
    workspace.write("");
    workspace.finish();
}

fn deleted_at_once() -> Pod {
    Pod::minimal().with("stop_before_destroy", false)
}

fn wrong_state() -> Value {
    json!({"code": 12001, "message": "the pod is busy", "data": null})
}

#[test]
fn a_running_pod_is_stopped_and_waited_for_before_it_is_deleted_and_waited_for() {
    let workspace = with(Pod::minimal());
    workspace.destroy();
    assert_eq!(workspace.calls(), ["read", "stop", "read", "delete", "read"]);
    is_gone(workspace);
}

#[test]
fn without_a_stop_a_pod_is_deleted_at_once() {
    let workspace = with(deleted_at_once());
    workspace.destroy();
    assert_eq!(workspace.calls(), ["read", "delete", "read"]);
    is_gone(workspace);
}

#[test]
fn a_stopped_pod_is_deleted_at_once() {
    let workspace = with(Pod::minimal().with("desired_state", r#""stopped""#));
    workspace.destroy();
    assert_eq!(workspace.orders(), ["delete"]);
    is_gone(workspace);
}

#[test]
fn a_failed_pod_is_deleted_at_once() {
    let workspace = with(Pod::minimal());
    workspace.behind_the_back(json!({"event": "fail"}));
    workspace.destroy();
    assert_eq!(workspace.orders(), ["delete"]);
    is_gone(workspace);
}

#[test]
fn a_pod_that_is_gone_already_is_destroyed() {
    for gone_as in [json!(null), json!("terminated"), json!("not_found"), json!("absent")] {
        let workspace = with(Pod::minimal());
        workspace.cloud.quirks(json!({"gone_as": gone_as})).unwrap();
        workspace.behind_the_back(json!({"event": "terminate"}));
        workspace
            .run(&["destroy", "-auto-approve", "-refresh=false"])
            .succeeds();
        assert!(workspace.orders().is_empty());
        is_gone(workspace);
    }
}

#[test]
fn a_delete_that_is_refused_leads_to_a_stop_and_another_delete() {
    for refusal in [json!({"status": 200, "body": wrong_state()}), json!({"status": 409})] {
        let workspace = with(deleted_at_once());
        workspace.fault("DELETE", "/v2/pods/*", 1, json!({"respond": refusal}));
        workspace.destroy();
        assert_eq!(workspace.orders(), ["delete", "stop", "delete"]);
        is_gone(workspace);
    }
}

#[test]
fn a_stop_that_is_refused_because_the_pod_has_failed_meanwhile_leads_to_a_delete() {
    let workspace = with(Pod::minimal());
    workspace.fault(
        "POST",
        "/v2/pods/*",
        1,
        json!({"respond": {"status": 200, "body": wrong_state()}}),
    );
    workspace.destroy();
    assert_eq!(workspace.orders(), ["stop", "stop", "delete"]);
    is_gone(workspace);
}

#[test]
fn a_delete_that_fails_keeps_the_pod_in_the_state() {
    let workspace = with(deleted_at_once());
    workspace.fault("DELETE", "/v2/pods/*", 1, json!({"respond": {"status": 403}}));
    workspace
        .run(&["destroy", "-auto-approve"])
        .fails()
        .says(&["The pod cannot be deleted", "HTTP 403"]);
    workspace.assert_pods_match();
    workspace.finish();
}

#[test]
fn a_pod_that_does_not_go_within_its_time_is_kept_in_the_state() {
    let short = Pod::minimal()
        .with("stop_before_destroy", false)
        .with("timeouts", r#"{ delete = "300ms" }"#);
    let workspace = with(short);
    let still_here = json!({"code": 10000, "message": "success", "data": null});
    workspace.fault(
        "DELETE",
        "/v2/pods/*",
        1,
        json!({"respond": {"status": 200, "body": still_here}}),
    );
    workspace.run(&["destroy", "-auto-approve"]).fails().says(&[
        "was not gone after 300ms (`timeouts.delete`)",
        "Its last status was `running` (RUNNING)",
    ]);
    workspace.finish();
}

#[test]
fn a_pod_that_never_comes_to_rest_is_deleted_all_the_same() {
    let workspace = Workspace::new(Pod::minimal().with("timeouts", r#"{ create = "200ms", delete = "2s" }"#));
    workspace.cloud.next_pods(json!({"fate": "never_ready"})).unwrap();
    workspace.try_apply().fails().says(&["The pod took too long"]);
    workspace.destroy();
    assert_eq!(workspace.orders(), ["create", "delete"]);
    is_gone(workspace);
}
