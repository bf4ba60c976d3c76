//! The freedoms that the documents leave the cloud.

use serde_json::{Value, json};

use super::{Desk, fixture, minimal};

/// What `pointer` finds in a pod under a quirk.
fn check(quirk: &str, asked: Value, pointer: &str, expected: Value) {
    let mut desk = Desk::with_quirks(json!({ quirk: true }));
    let id = desk.create_with(asked)["id"].as_str().unwrap().to_owned();
    let pod = desk.read(&id);
    assert_eq!(pod.pointer(pointer), Some(&expected), "{quirk} {pointer}");
}

#[test]
fn each_quirk_shows_in_a_pod() {
    let full = || fixture("pod-create-request");
    check("numbers_as_text", full(), "/spec/replicas", json!("2"));
    check("other_case", full(), "/status", json!("PENDING"));
    check("masked_variables", full(), "/spec/env/LOG_LEVEL", json!("********"));
    let id = json!("5d0f3a9e-41c7-4b2a-8f6d-2f6a00001d05");
    check("platform_variables", full(), "/spec/env/CPOD_POD_ID", id.clone());
    check("platform_variables", minimal(), "/spec/env/CPOD_POD_ID", id);
}

#[test]
fn defaults_fill_what_was_left_out_alone() {
    let filled = json!({"image": "ubuntu:24.04", "cpu": "500m", "memory": "512Mi", "replicas": 1, "env": {}});
    check("fill_defaults", minimal(), "/spec", filled);
    check("fill_defaults", minimal(), "/labels", json!({}));
    let full = fixture("pod-create-request");
    check("fill_defaults", full.clone(), "/spec", full["spec"].clone());
    check("fill_defaults", full.clone(), "/labels", full["labels"].clone());
}

#[test]
fn a_pod_that_is_gone() {
    let check = |gone_as: Value, expected: Value| {
        let mut desk = Desk::with_quirks(json!({ "gone_as": gone_as }));
        let id = desk.create();
        desk.change(&id, json!({"event": "vanish"})).unwrap().unwrap();
        for line in [format!("GET /v1/pods/{id}"), format!("DELETE /v1/pods/{id}")] {
            assert_eq!(desk.ask(&line, Value::Null), (404, expected.clone()), "{gone_as}");
        }
    };
    let signed = fixture("error-not-found");
    check(json!(null), signed.clone());
    check(json!("terminated"), signed.clone());
    check(json!("not_found"), signed);
    check(json!("absent"), json!({}));
}
