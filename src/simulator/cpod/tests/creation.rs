//! Validation of creates.

use serde_json::{Value, json};

use super::{Desk, fixture, minimal};

/// A minimal creation with another value at a place of it; with none, the place is taken out.
fn minimal_with(pointer: &str, value: Value) -> Value {
    let mut body = minimal();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    let parent = body.pointer_mut(parent).unwrap().as_object_mut().unwrap();
    match value {
        Value::Null => parent.remove(name),
        value => parent.insert(name.to_owned(), value),
    };
    body
}

/// Where the mistakes of a body stand, and what each is.
fn mistakes(body: Value) -> Vec<String> {
    let mut desk = Desk::new();
    let (status, response) = desk.ask("POST /v1/pods", body);
    assert_eq!(status, 422, "{response}");
    assert_eq!(desk.cloud.pods.len(), 0);
    let texts = |place: &Value| -> Vec<String> {
        let parts = place.as_array().unwrap().iter();
        parts.map(|part| part.as_str().unwrap().to_owned()).collect()
    };
    let found = response["detail"].as_array().unwrap().iter();
    found
        .map(|one| format!("{} {}", texts(&one["loc"]).join("."), one["type"].as_str().unwrap()))
        .collect()
}

#[test]
fn what_is_required() {
    let check = |pointer: &str, expected: &str| {
        assert_eq!(mistakes(minimal_with(pointer, Value::Null)), [expected]);
    };
    check("/workspaceId", "body.workspaceId missing");
    check("/name", "body.name missing");
    check("/spec", "body.spec missing");
    check("/spec/image", "body.spec.image missing");
}

#[test]
fn kinds() {
    let check = |pointer: &str, value: Value, expected: &str| {
        assert_eq!(mistakes(minimal_with(pointer, value)), [expected]);
    };
    check("/name", json!(7), "body.name string_type");
    check("/organizationId", json!([]), "body.organizationId string_type");
    check("/spec", json!("ubuntu"), "body.spec dict_type");
    check("/spec/cpu", json!(2.0), "body.spec.cpu string_type");
    check("/spec/memory", json!(4096), "body.spec.memory string_type");
    check("/spec/replicas", json!("two"), "body.spec.replicas float_type");
    check("/spec/env", json!([{"key": "A"}]), "body.spec.env dict_type");
    check("/spec/env", json!({"A": 1}), "body.spec.env.A string_type");
    check("/labels", json!({"team": null}), "body.labels.team string_type");
}

#[test]
fn all_mistakes_are_told_at_once() {
    let expected = ["body.workspaceId missing", "body.spec.image missing"];
    assert_eq!(mistakes(json!({"name": "a", "spec": {}})), expected);
    assert_eq!(mistakes(json!([])), ["body model_attributes_type"]);
}

#[test]
fn what_is_no_json_is_told_so() {
    let mut desk = Desk::new();
    let (status, response) = desk.ask("POST /v1/pods", Value::Null);
    assert_eq!((status, &response["detail"][0]["loc"]), (422, &json!(["body"])));
}

#[test]
fn what_may_be_left_out_may_be_null() {
    let mut body = fixture("pod-create-request-minimal");
    body["organizationId"] = Value::Null;
    body["labels"] = Value::Null;
    body["spec"]["cpu"] = Value::Null;
    let pod = Desk::new().create_with(body);
    assert!(pod.get("labels").is_none() && pod["spec"].get("cpu").is_none(), "{pod}");
}

#[test]
fn the_organization_is_the_keys_unless_another_is_asked_for() {
    let mut desk = Desk::new();
    assert_eq!(desk.create_with(minimal())["organizationId"], "org-simulator");
    let other = fixture("pod-create-request-organization");
    assert_eq!(desk.create_with(other)["organizationId"], "org-acme");
}
