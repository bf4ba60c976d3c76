//! Pods that end behind Terraform's back.

use serde_json::{Value, json};

use super::{plan::Action, pod::Pod, workspace::Workspace};

#[track_caller]
fn is_made_anew(event: &str, gone_as: Value) {
    let workspace = Workspace::applied(Pod::minimal());
    let id = workspace.pod_id();
    workspace.cloud.quirks(json!({"gone_as": gone_as})).unwrap();
    workspace.behind_the_back(json!({"event": event}));
    assert_eq!(workspace.plan().only().action, Action::Create);
    workspace.apply();
    assert_ne!(workspace.pod_id(), id);
    workspace.finish();
}

#[test]
fn a_pod_that_was_terminated_is_made_anew() {
    for gone_as in [json!(null), json!("terminated"), json!("not_found"), json!("absent")] {
        is_made_anew("terminate", gone_as);
    }
}

#[test]
fn a_pod_that_was_reclaimed_is_made_anew() {
    is_made_anew("preempt", json!(null));
}

#[test]
fn a_pod_that_vanished_is_made_anew() {
    for gone_as in [json!(null), json!("absent")] {
        is_made_anew("vanish", gone_as);
    }
}

#[test]
fn a_pod_that_failed_is_kept_with_a_warning_and_replaced() {
    let workspace = Workspace::applied(Pod::minimal());
    let id = workspace.pod_id();
    workspace.behind_the_back(json!({"event": "fail"}));
    let plan = workspace.plan();
    assert_eq!(plan.only().action, Action::Replace);
    assert!(
        plan.told.contains("The pod has failed") && plan.told.contains(&id),
        "{}",
        plan.told
    );
    workspace.apply();
    assert_ne!(workspace.pod_id(), id);
    workspace.finish();
}
