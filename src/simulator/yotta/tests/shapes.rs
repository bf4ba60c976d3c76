//! Holds the answers against the fixtures: the same keys and the same kinds of JSON.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{AUTH, Desk, VOLUME, fixture, minimal};

/// Where the two differ in shape. Each element of a list must be shaped like one of the fixture's.
fn differences(at: &str, expected: &Value, seen: &Value) -> Vec<String> {
    match (expected, seen) {
        (Value::Object(expected), Value::Object(seen)) => {
            let surplus = seen
                .keys()
                .filter(|key| !expected.contains_key(*key))
                .map(|key| format!("{at}/{key} is new"));
            let fields = expected.iter().flat_map(|(key, value)| match seen.get(key) {
                Some(seen) => differences(&format!("{at}/{key}"), value, seen),
                None => vec![format!("{at}/{key} is missing")],
            });
            surplus.chain(fields).collect()
        }
        (Value::Array(expected), Value::Array(seen)) => seen
            .iter()
            .enumerate()
            .filter(|(_, seen)| {
                !expected
                    .iter()
                    .any(|expected| differences("", expected, seen).is_empty())
            })
            .map(|(index, seen)| format!("{at}/{index} is like none of the fixture's: {seen}"))
            .collect(),
        _ if kind(expected) == kind(seen) => Vec::new(),
        _ => vec![format!("{at} is {} and not {}", kind(seen), kind(expected))],
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a flag",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

fn check(name: &str, (status, envelope): (u16, Value)) {
    let expected = fixture(name);
    assert_eq!(
        (status, &envelope["code"]),
        (200, &expected["code"]),
        "{name}: {envelope}"
    );
    assert_eq!(differences("", &expected, &envelope), Vec::<String>::new(), "{name}");
}

#[test]
fn pods() {
    let mut desk = Desk::furnished();
    let (status, envelope) = desk.ask("POST /v2/pods", fixture("pod-create-request"));
    assert_eq!(status, 200);
    let pod = format!("/v2/pods/{}", envelope["data"]["id"]);
    desk.pass(90);
    check("pod-running", desk.ask(&format!("GET {pod}"), Value::Null));
    check("pod-created", desk.ask("POST /v2/pods", minimal()));
    check("pod-list", desk.ask("GET /v2/pods", Value::Null));
    desk.quirks.merge(json!({"system_volume": true})).unwrap();
    check("pod-with-system-volume", desk.ask(&format!("GET {pod}"), Value::Null));
}

#[test]
fn the_full_pod_is_answered_as_it_was_asked() {
    let mut desk = Desk::furnished();
    let asked = fixture("pod-create-request");
    let answered = desk.data("POST /v2/pods", asked.clone());
    let running = fixture("pod-running");
    for (name, value) in asked.as_object().unwrap() {
        let is_echoed = answered.get(name).is_some() && !["expose", "volumes"].contains(&name.as_str());
        assert!(!is_echoed || answered[name] == *value, "{name}: {}", answered[name]);
        assert!(!is_echoed || running["data"][name] == *value, "{name} of the fixture");
    }
    assert_eq!(answered["volumes"], running["data"]["volumes"]);
}

#[test]
fn numbers_as_text() {
    let mut desk = Desk::with_quirks(json!({"numbers_as_text": true}));
    check("pod-create-answer-text-numbers", desk.ask("POST /v2/pods", minimal()));
}

#[test]
fn refusals() {
    let mut desk = Desk::new();
    let id = desk.create();
    check("error-not-found", desk.ask("GET /v2/pods/1", Value::Null));
    check("error-invalid", desk.ask("POST /v2/pods", json!({})));
    check(
        "error-wrong-state",
        desk.ask(&format!("POST /v2/pods/{id}/pause"), Value::Null),
    );
}

#[test]
fn gpus() {
    let mut desk = Desk::new();
    check("gpu-list-page", desk.ask("POST /v2/gpu/list", Value::Null));
    check(
        "gpu-list-page",
        desk.ask("POST /v2/gpu/list", json!({"includeUnavailable": true, "size": 100})),
    );
}

#[test]
fn registry_auths() {
    let mut desk = Desk::furnished();
    let path = "/v2/container-registry-auths";
    check("registry-auth", desk.ask(&format!("GET {path}/{AUTH}"), Value::Null));
    check(
        "registry-auth",
        desk.ask(&format!("POST {path}"), fixture("registry-auth-create-request")),
    );
    check("registry-auth-list", desk.ask(&format!("GET {path}"), Value::Null));
}

#[test]
fn volumes() {
    let mut desk = Desk::furnished();
    let path = format!("/v2/volumes/{VOLUME}");
    for kind in ["ceph", "vendor", "s3", "r2"] {
        let asked = fixture(&format!("volume-create-request-{kind}"));
        desk.data("POST /v2/volumes", asked);
    }
    check("volume-list-page", desk.ask("GET /v2/volumes", Value::Null));
    check("volume-newer", desk.ask(&format!("GET {path}"), Value::Null));
    desk.quirks.merge(json!({"bare_volumes": true})).unwrap();
    check("volume-bare", desk.ask(&format!("GET {path}"), Value::Null));
    desk.quirks.merge(json!({"older_volumes": true})).unwrap();
    check("volume-older", desk.ask(&format!("GET {path}"), Value::Null));
    check(
        "volume-older",
        desk.ask(&format!("POST {path}/name"), fixture("volume-rename-request")),
    );
    check(
        "volume-resized",
        desk.ask(&format!("POST {path}/resize"), fixture("volume-resize-request")),
    );
    check("volume-deleted", desk.ask(&format!("DELETE {path}"), Value::Null));
}

#[test]
fn refusals_of_volumes() {
    let mut desk = Desk::furnished();
    let path = format!("/v2/volumes/{VOLUME}");
    check("error-volume-not-found", desk.ask("GET /v2/volumes/1", Value::Null));
    check(
        "error-volume-invalid",
        desk.ask(&format!("POST {path}/resize"), json!({"sizeInGb": 1})),
    );
    desk.data("POST /v2/pods", fixture("pod-create-request"));
    check("error-volume-mounted", desk.ask(&format!("DELETE {path}"), Value::Null));
}

#[test]
fn a_difference_is_found() {
    let check = |expected: Value, seen: Value, found: &[&str]| assert_eq!(differences("", &expected, &seen), found);
    check(json!({"a": 1}), json!({"a": "1"}), &["/a is text and not a number"]);
    check(json!({"a": 1}), json!({"b": 1}), &["/b is new", "/a is missing"]);
    check(json!({"a": null}), json!({"a": 1}), &["/a is a number and not null"]);
    check(
        json!([1]),
        json!([2, "3"]),
        &["/1 is like none of the fixture's: \"3\""],
    );
    check(json!([1, null]), json!([2, null]), &[]);
}

#[test]
fn the_readme_names_every_fixture() {
    let folder = format!("{}/tests/fixtures/yotta", env!("CARGO_MANIFEST_DIR"));
    let readme = std::fs::read_to_string(format!("{folder}/README.md")).unwrap();
    let rows = readme
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split('`').next());
    let named: BTreeSet<String> = rows.map(str::to_owned).collect();
    let files = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap());
    let present: BTreeSet<String> = files.filter(|name| name.ends_with(".json")).collect();
    assert_eq!(named, present);
}
