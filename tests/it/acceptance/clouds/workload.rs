//! Pods of cPod: what they ask for, and to which workspace they belong.

use std::collections::BTreeSet;

use serde_json::json;

use super::{
    super::{
        plan::Action::{Replace, Update},
        pod::POD,
        workspace::{PROVIDER_SETTINGS, Workspace},
    },
    CPOD,
};

/// The label that tells the pod of one order from all others.
const MARK: &str = "gpupod-order";

const WISH: &str = r#"{ cpu = "1000m", memory = "2Gi", labels = { team = "research" } }"#;

#[test]
fn what_is_asked_for_is_sent_and_kept() {
    let workspace = CPOD.workspace();
    workspace.write(
        CPOD.pod()
            .with("cpod", WISH)
            .with("environment_vars", r#"{ MODE = "serve" }"#),
    );
    workspace.apply();
    let body = workspace.order_body();
    let mark = body["labels"][MARK].as_str().unwrap_or_default();
    assert_eq!(mark.len(), 32, "{body}");
    assert_eq!(
        body,
        json!({
            "workspaceId": "ws-research",
            "name": "trainer",
            "spec": {
                "image": "docker.io/library/python:3.13",
                "cpu": "1000m",
                "memory": "2Gi",
                "replicas": 1,
                "env": {"MODE": "serve"},
            },
            "labels": {"team": "research", MARK: mark},
        })
    );
    assert_eq!(workspace.pod()["offer"], json!(null));
    let data = "data \"gpupod_pod\" \"this\" {\n  id = gpupod_pod.this.id\n}\n";
    let pod = CPOD
        .pod()
        .with("cpod", WISH)
        .with("environment_vars", r#"{ MODE = "serve" }"#);
    workspace.write(format!("{pod}{data}"));
    workspace.apply();
    let seen = workspace.attributes("data.gpupod_pod.this")["cpod"].clone();
    assert_eq!(
        (&seen["cpu"], &seen["workspace_id"]),
        (&json!("1000m"), &json!("ws-research"))
    );
    assert_eq!(seen["labels"], json!({"team": "research"}));
    assert!(!workspace.state().contains(MARK), "the mark is nobody's label");
    workspace.finish();
}

#[test]
fn a_pod_has_a_mark_of_its_own_and_nothing_shows_it() {
    let workspace = CPOD.workspace();
    workspace.write(CPOD.pod().with("count", 2));
    workspace.apply();
    let requests = workspace.cloud.requests();
    let orders = requests
        .iter()
        .filter(|request| request.method == "POST" && request.path == "/v1/pods");
    let marks: BTreeSet<String> = orders.map(|order| order.body["labels"][MARK].to_string()).collect();
    assert_eq!(marks.len(), 2, "{marks:?}");
    workspace.write(CPOD.pod());
    workspace.apply();
    let id = workspace.id(POD);
    workspace.run(&["state", "rm", POD]).succeeds();
    workspace.run(&["import", POD, &id]).succeeds();
    workspace.plan().assert_empty();
    assert!(!workspace.state().contains(MARK), "an import takes it for no label");
    workspace.write(
        CPOD.pod()
            .with("cpod", format!(r#"{{ labels = {{ {MARK} = "mine" }} }}"#)),
    );
    workspace
        .run(&["validate"])
        .fails()
        .says(&["Label is reserved", "Use another name."]);
    workspace.write(CPOD.pod());
    workspace.finish();
}

#[test]
fn a_pod_without_a_workspace_is_refused_by_the_plan() {
    let workspace = Workspace::new(CPOD.pod()).with_keys_of(&["cpod"]);
    workspace
        .run(&["plan"])
        .fails()
        .says(&["cpod.workspace_id", "name it in one of the two"]);
    assert!(workspace.cloud.requests().is_empty(), "nothing is sent");
    workspace.write(CPOD.pod().with("cpod", r#"{ workspace_id = "ws-other" }"#));
    workspace.apply();
    assert_eq!(workspace.order_body()["workspaceId"], "ws-other");
    workspace.finish();
}

#[test]
fn the_organization_and_the_workspace_of_the_pod_win() {
    let workspace = CPOD.workspace();
    workspace.provider(&format!(
        "{PROVIDER_SETTINGS}\ncpod = {{ workspace_id = \"ws-research\", organization_id = \"org-1\" }}"
    ));
    workspace.write(
        CPOD.pod()
            .with("cpod", r#"{ workspace_id = "ws-2", organization_id = "org-2" }"#),
    );
    workspace.apply();
    let body = workspace.order_body();
    assert_eq!(
        (&body["workspaceId"], &body["organizationId"]),
        (&json!("ws-2"), &json!("org-2"))
    );
    workspace.finish();
}

#[test]
fn a_change_of_what_is_asked_for_replaces() {
    let workspace = CPOD.workspace();
    workspace.write(CPOD.pod().with("cpod", WISH));
    workspace.apply();
    for other in [
        r#"{ cpu = "2000m", memory = "2Gi", labels = { team = "research" } }"#,
        r#"{ cpu = "1000m", memory = "2Gi", labels = { team = "sales" } }"#,
        r#"{ cpu = "1000m", memory = "2Gi", labels = { team = "research" }, replicas = 2 }"#,
    ] {
        workspace.write(CPOD.pod().with("cpod", other));
        assert_eq!(workspace.plan().action(POD), Some(Replace), "{other}");
    }
    workspace.write(CPOD.pod().with("cpod", WISH));
    workspace.finish();
}

#[test]
fn a_label_that_was_changed_behind_the_back_is_drift_and_one_of_the_clouds_own_is_none() {
    let workspace = CPOD.workspace();
    workspace.write(CPOD.pod().with("cpod", WISH));
    workspace.apply();
    workspace.behind_the_back(json!({"set": {"labels": {"team": "research", "cpod.io/node": "n-7"}}}));
    workspace.plan().assert_empty();
    workspace.behind_the_back(json!({"set": {"labels": {"team": "sales"}}}));
    let plan = workspace.plan();
    assert_eq!(plan.only().action, Replace);
    workspace.behind_the_back(json!({"set": {"labels": {"team": "research"}}}));
    workspace.finish();
}

#[test]
fn an_imported_pod_with_its_own_configuration_plans_empty() {
    let workspace = CPOD.workspace();
    let pod = CPOD.pod().with("cpod", WISH);
    workspace.write(&pod);
    workspace.apply();
    let id = workspace.pod_id();
    workspace.run(&["state", "rm", POD]).succeeds();
    workspace.run(&["import", POD, &id]).succeeds();
    workspace.plan().assert_empty();
    // What the configuration leaves out is taken out of the state, without a call.
    workspace.cloud.clear_requests();
    workspace.write(CPOD.pod().with("cpod", r#"{ cpu = "1000m" }"#));
    assert_eq!(workspace.plan().only().action, Update);
    workspace.apply();
    assert_eq!(workspace.orders(), [""; 0]);
    workspace.plan().assert_empty();
    workspace.write(CPOD.pod().with("cpod", r#"{ cpu = "1000m", memory = "2Gi" }"#));
    assert_eq!(
        workspace.plan().action(POD),
        Some(Replace),
        "what is added later replaces"
    );
    workspace.write(CPOD.pod().with("cpod", r#"{ cpu = "1000m" }"#));
    workspace.finish();
}

#[test]
fn a_pod_that_is_starting_is_waited_for_before_it_is_stopped_and_deleted() {
    let workspace = CPOD.workspace();
    workspace.write(CPOD.pod());
    workspace.apply();
    workspace.cloud.clear_requests();
    workspace.write("");
    workspace.apply();
    assert_eq!(workspace.orders(), ["stop", "delete"]);
    workspace.finish();
}
