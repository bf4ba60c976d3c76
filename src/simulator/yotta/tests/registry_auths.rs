//! Credentials of container registries, their limits, and their use by pods.

use serde_json::{Value, json};

use super::{Desk, fixture, minimal_with};

const PATH: &str = "/v2/container-registry-auths";

fn creation(changes: Value) -> Value {
    let mut body = fixture("registry-auth-create-request");
    body.as_object_mut()
        .unwrap()
        .extend(changes.as_object().unwrap().clone());
    body
}

#[test]
fn limits() {
    let check = |changes: Value, expected: &str| {
        let (status, envelope) = Desk::new().ask(&format!("POST {PATH}"), creation(changes.clone()));
        let seen = format!("{} {}", envelope["code"], envelope["message"].as_str().unwrap());
        assert_eq!((status, seen.split(':').next().unwrap()), (200, expected), "{changes}");
    };
    check(json!({}), "10000 success");
    check(json!({"type": null}), "10000 success");
    check(json!({"type": "QUAY"}), "10001 type");
    check(json!({"name": "a@b._-9"}), "10000 success");
    check(json!({"name": "a".repeat(20)}), "10000 success");
    check(json!({"name": "a".repeat(21)}), "10001 name");
    check(json!({"name": "1a"}), "10001 name");
    check(json!({"name": "a b"}), "10001 name");
    check(json!({"name": "ä"}), "10001 name");
    check(json!({"username": ""}), "10001 username");
    check(json!({"password": "p".repeat(256)}), "10001 password");
    check(json!({"password": null}), "10001 password");
    check(json!({"registry": "r"}), "10001 registry");
}

#[test]
fn a_credential_is_made_changed_and_removed() {
    let mut desk = Desk::new();
    let id = desk.data(&format!("POST {PATH}"), creation(json!({})))["id"].to_string();
    let one = format!("{PATH}/{id}");
    let changed = desk.data(&format!("PATCH {one}"), json!({"name": "other", "password": "new"}));
    assert_eq!(changed["name"], "other");
    assert_eq!(
        desk.ask(&format!("PATCH {one}"), json!({"type": "GCR"})).1["code"],
        10001
    );
    assert_eq!(desk.data(&format!("GET {one}"), Value::Null), changed);
    assert_eq!(desk.data(&format!("GET {PATH}"), Value::Null), json!([changed]));
    desk.data(&format!("DELETE {one}"), Value::Null);
    for method in ["GET", "DELETE", "PATCH"] {
        assert_eq!(desk.code(&format!("{method} {one}")), 10007, "{method}");
    }
}

#[test]
fn a_credential_in_use_stays() {
    let mut desk = Desk::new();
    let id = desk.data(&format!("POST {PATH}"), creation(json!({})))["id"].clone();
    let pod = minimal_with(json!({"imagePublicType": "PRIVATE", "containerRegistryAuthId": id}));
    let pod = desk.data("POST /v2/pods", pod);
    assert_eq!(pod["imageRegistryUsername"], "team");
    assert_eq!(desk.code(&format!("DELETE {PATH}/{id}")), 12001);
    desk.data(&format!("DELETE /v2/pods/{}", pod["id"]), Value::Null);
    desk.pass(15);
    assert_eq!(desk.code(&format!("DELETE {PATH}/{id}")), 10000);
}

#[test]
fn the_password_is_nowhere() {
    use crate::simulator::cloud::Cloud;
    let mut desk = Desk::new();
    let response = desk.data(&format!("POST {PATH}"), creation(json!({"password": "hush-hush"})));
    for text in [
        response.to_string(),
        desk.cloud.state().to_string(),
        desk.cloud.save().to_string(),
    ] {
        assert!(!text.contains("hush-hush"), "{text}");
    }
}
