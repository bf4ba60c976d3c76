//! A registry credential from its creation to its end, with and without pods that use it.

use serde_json::{Value, json};

use super::{
    changes::no_attribute_is_missing_in,
    credential::{CREDENTIAL, credential, user},
    plan::Action::{self, Create, Replace, Update},
    pod::POD,
    workspace::Workspace,
};

/// Each attribute, another value for it, what the page of the resource promises, and what the cloud is sent.
const CHANGES: [(&str, &str, Action, &str); 5] = [
    ("name", r#""renamed""#, Update, r#"{"name": "renamed"}"#),
    ("username", r#""somebody""#, Update, r#"{"username": "somebody"}"#),
    ("password_wo_version", "2", Update, r#"{"password": "first"}"#),
    ("type", r#""GCR""#, Replace, ""),
    ("timeouts", r#"{ delete = "3m" }"#, Update, ""),
];

/// What can be configured and is not in the table, each for its own reason.
const ELSEWHERE: [&str; 2] = [
    "cloud",       // There is no other one yet.
    "password_wo", // Terraform cannot see a change.
];

#[test]
fn a_credential_lives_and_ends() {
    for workspace in Workspace::for_each_tool() {
        workspace.write(credential());
        workspace.apply();
        let expected = json!({"name": "team", "username": "robot", "password": "first", "type": "DOCKER_HUB"});
        assert_eq!(workspace.sent("POST", "/v2/container-registry-auths"), [expected]);
        workspace.plan().assert_empty();
        workspace.destroy();
        workspace.write("");
        workspace.finish();
    }
}

#[test]
fn a_change_is_sent_in_place_or_replaces_as_its_attribute_says() {
    for (attribute, value, expected, body) in CHANGES {
        let workspace = Workspace::applied(credential());
        let id = workspace.id(CREDENTIAL);
        workspace.write(credential().with(attribute, value));
        let plan = workspace.plan();
        assert_eq!(plan.only().action, expected, "{attribute}");
        let forced = if expected == Replace { vec![attribute] } else { vec![] };
        assert_eq!(plan.only().replaced_for, forced);
        workspace.cloud.clear_requests();
        workspace.apply();
        let expected_bodies: Vec<Value> = serde_json::from_str(&format!("[{body}]")).unwrap();
        assert_eq!(
            workspace.sent("PATCH", "/v2/container-registry-auths"),
            expected_bodies,
            "{attribute}"
        );
        assert_eq!(workspace.id(CREDENTIAL) == id, expected == Update, "{attribute}");
        workspace.finish();
    }
}

#[test]
fn no_attribute_is_left_out_of_the_table() {
    let told: Vec<&str> = CHANGES.iter().map(|change| change.0).chain(ELSEWHERE).collect();
    no_attribute_is_missing_in("gpupod_container_registry_auth", &told);
}

#[test]
fn another_password_is_sent_when_its_version_changes_and_not_before() {
    let workspace = Workspace::applied(credential());
    let another = credential().with("password_wo", r#""second""#);
    workspace.write(&another);
    workspace.plan().assert_empty();
    workspace.write(another.with("password_wo_version", 2));
    workspace.apply();
    assert_eq!(
        workspace.sent("PATCH", "/v2/container-registry-auths"),
        [json!({"password": "second"})]
    );
    workspace.finish();
}

#[test]
fn a_password_can_be_left_out_once_it_was_sent() {
    let workspace = Workspace::applied(credential());
    workspace.write(credential().without("password_wo"));
    workspace.plan().assert_empty();
    workspace.write(credential().without("password_wo").with("password_wo_version", 2));
    workspace.run(&["plan"]).fails().says(&[
        "`password_wo` is not set, but `password_wo_version` changes",
        "Give it the password to send",
    ]);
    workspace.write(credential());
    workspace.finish();
}

#[test]
fn mistakes_are_told_while_planning() {
    let workspace = Workspace::new("");
    let check = |attribute: &str, value: &str, says: &str| {
        workspace.write(credential().with(attribute, value));
        workspace
            .run(&["plan"])
            .fails()
            .says(&[&format!("`{attribute}`"), says]);
    };
    check("name", r#""1 team""#, "the first of them a letter");
    check("username", r#""""#, "the credential is new");
    check("type", r#""QUAY""#, "Use `DOCKER_HUB`");
    check("password_wo", "null", "the credential is new");
    check("password_wo_version", "null", "Give it a number");
    assert!(workspace.changes().is_empty());
    workspace.write("");
    workspace.finish();
}

#[test]
fn a_credential_and_its_pod_are_made_in_one_apply_and_go_in_the_right_order() {
    let workspace = Workspace::applied(format!("{}\n{}", credential(), user()));
    let id: u64 = workspace.id(CREDENTIAL).parse().unwrap();
    assert_eq!(workspace.order_body()["containerRegistryAuthId"], id);
    workspace.plan().assert_empty();
    workspace.cloud.clear_requests();
    workspace.destroy();
    assert_eq!(
        workspace.changes(),
        [
            "POST pods/*/pause",
            "DELETE pods/*",
            "DELETE container-registry-auths/*"
        ]
    );
    workspace.write("");
    workspace.finish();
}

#[test]
fn a_change_in_place_keeps_the_pod_that_uses_it() {
    let workspace = Workspace::applied(format!("{}\n{}", credential(), user()));
    workspace.write(format!("{}\n{}", credential().with("name", r#""renamed""#), user()));
    assert_eq!(workspace.plan().only().address, CREDENTIAL);
    workspace.apply();
    workspace.finish();
}

#[test]
fn a_credential_that_stays_in_use_is_kept_and_that_is_explained() {
    let credential = credential().with("timeouts", r#"{ delete = "200ms" }"#);
    let workspace = Workspace::applied(format!("{credential}\n{}", user()));
    let pod_id = workspace.pod_id();
    workspace.run(&["state", "rm", POD]).succeeds();
    workspace.run(&["destroy", "-auto-approve"]).fails().says(&[
        "The registry credential cannot be deleted",
        "200ms (`timeouts.delete`)",
        "in use by pod",
        "destroy again when nothing uses it any more",
    ]);
    workspace.run(&["import", POD, &pod_id]).succeeds();
    workspace.apply();
    workspace.finish();
}

#[test]
fn an_imported_credential_takes_what_the_cloud_does_not_tell_without_a_call() {
    for prefix in ["", "yotta/"] {
        let workspace = Workspace::applied(credential());
        let id = workspace.id(CREDENTIAL);
        workspace.run(&["state", "rm", CREDENTIAL]).succeeds();
        workspace.cloud.clear_requests();
        workspace
            .run(&["import", CREDENTIAL, &format!("{prefix}{id}")])
            .succeeds();
        assert_eq!(workspace.plan().only().action, Update);
        workspace.apply();
        assert!(workspace.changes().is_empty());
        assert_eq!(workspace.id(CREDENTIAL), id);
        workspace.finish();
    }
}

#[test]
fn an_import_of_what_is_not_there_is_refused() {
    let workspace = Workspace::new(credential());
    let check = |id: &str, says: &str| drop(workspace.run(&["import", CREDENTIAL, id]).fails().says(&[says]));
    check("7", "There is no such registry credential to import");
    check("nowhere/7", "Use `yotta`");
    check("yotta/", "Not an id of a registry credential");
    workspace.write("");
    workspace.finish();
}

#[test]
fn a_credential_that_was_deleted_behind_the_back_is_planned_anew() {
    let workspace = Workspace::applied(credential());
    let path = format!("/v2/container-registry-auths/{}", workspace.id(CREDENTIAL));
    workspace.ask("DELETE", &path, &Value::Null);
    assert_eq!(workspace.plan().only().action, Create);
    workspace.apply();
    workspace.finish();
}

#[test]
fn an_order_whose_answer_was_lost_makes_one_credential() {
    let workspace = Workspace::new(credential());
    workspace.fault(
        "POST",
        "/v2/container-registry-auths",
        1,
        json!({"cut": {"carried_out": true}}),
    );
    workspace.apply();
    assert_eq!(workspace.changes(), ["POST container-registry-auths"]);
    workspace.finish();
}
