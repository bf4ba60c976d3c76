//! Answers that say little or nothing: no pod is dropped, nothing is taken for a change.

use serde_json::{Value, json};

use super::{pod::Pod, workspace::Workspace};
use crate::files;

const PAGE: &str = "<html><body>Be right back</body></html>";

#[track_caller]
fn the_plan_fails(action: Value, phrases: &[&str]) {
    let workspace = Workspace::applied(Pod::minimal());
    let state = workspace.state();
    workspace.each_read(action);
    workspace
        .run(&["plan"])
        .fails()
        .says(&["The pod cannot be read"])
        .says(phrases);
    workspace.run(&["apply", "-auto-approve", "-refresh-only"]).fails();
    assert_eq!(workspace.state(), state);
    workspace.cloud.clear_faults();
    workspace.finish();
}

#[test]
fn a_cloud_that_fails_drops_no_pod() {
    the_plan_fails(json!({"respond": {"status": 500, "body": PAGE}}), &["HTTP 500"]);
}

#[test]
fn a_cloud_that_fails_with_a_code_drops_no_pod() {
    let body = json!({"code": 10002, "message": "system error", "data": null});
    the_plan_fails(
        json!({"respond": {"status": 200, "body": body}}),
        &["system error", "code 10002"],
    );
}

#[test]
fn a_key_that_is_refused_drops_no_pod() {
    the_plan_fails(
        json!({"respond": {"status": 401}}),
        &["HTTP 401", "does not take the key"],
    );
}

#[test]
fn a_page_that_is_not_found_drops_no_pod() {
    the_plan_fails(json!({"respond": {"status": 404, "body": PAGE}}), &["HTTP 404"]);
}

#[test]
fn a_page_instead_of_an_answer_drops_no_pod() {
    the_plan_fails(json!({"respond": {"status": 200, "body": PAGE}}), &[]);
}

#[test]
fn a_connection_that_breaks_drops_no_pod() {
    the_plan_fails(json!({"cut": {}}), &["the connection broke"]);
}

#[test]
fn one_page_that_is_not_found_does_not_hide_a_pod_that_is_listed() {
    let workspace = Workspace::applied(Pod::minimal());
    workspace.fault(
        "GET",
        "/v2/pods/*",
        1,
        json!({"respond": {"status": 404, "body": PAGE}}),
    );
    workspace.plan().assert_empty();
    workspace.finish();
}

#[test]
fn a_status_that_nobody_knows_changes_nothing() {
    let workspace = Workspace::applied(Pod::minimal());
    workspace.behind_the_back(json!({"set": {"status": "HIBERNATING"}}));
    workspace.plan().assert_empty();
    workspace.run(&["apply", "-auto-approve", "-refresh-only"]).succeeds();
    assert_eq!(workspace.pod()["status"], "unknown");
    assert_eq!(workspace.pod()["cloud_status"], "HIBERNATING");
    workspace.finish();
}

/// This value for all that an answer may have besides the id.
fn each_field(value: &Value) -> Value {
    let whole: Value = serde_json::from_str(&files::read("tests/fixtures/yotta/pod-running.json")).unwrap();
    let fields = whole["data"].as_object().unwrap().keys().filter(|field| *field != "id");
    fields.map(|field| (field.clone(), value.clone())).collect()
}

#[test]
fn fields_that_are_missing_or_strange_change_nothing() {
    let workspace = Workspace::new("");
    workspace.write(workspace.maximal_pod());
    workspace.apply();
    let strange = json!({"strange": [1, null]});
    for value in [
        json!(null),
        json!(true),
        json!([strange]),
        strange,
        json!([null, 7, "x"]),
        json!(-1.5),
    ] {
        workspace.cloud.clear_faults();
        workspace.each_read(json!({"merge_data": each_field(&value)}));
        workspace.plan().assert_empty();
    }
    workspace.finish();
}

#[test]
fn a_pod_can_be_made_while_the_answers_lack_everything_but_the_status() {
    let workspace = Workspace::new("");
    let mut lacking = each_field(&Value::Null);
    lacking.as_object_mut().unwrap().remove("status");
    workspace.each_read(json!({"merge_data": lacking}));
    workspace.next_create(json!({"merge_data": each_field(&Value::Null)}));
    workspace.write(workspace.maximal_pod());
    workspace.apply();
    workspace.cloud.clear_faults();
    workspace.finish();
}

#[test]
fn many_pods_are_refreshed_with_one_list() {
    let workspace = Workspace::applied(Pod::minimal().with("count", 30));
    workspace.cloud.clear_requests();
    workspace.plan().assert_empty();
    let requests = workspace.cloud.requests();
    let asked: Vec<(&str, bool)> = requests
        .iter()
        .map(|request| (request.method.as_str(), request.path == "/v2/pods"))
        .collect();
    // The first one is asked for alone: nobody knows yet that there are others.
    assert_eq!(asked.len(), 2, "{requests:?}");
    assert!(
        asked.contains(&("GET", true)) && asked.contains(&("GET", false)),
        "{requests:?}"
    );
    workspace.finish();
}
