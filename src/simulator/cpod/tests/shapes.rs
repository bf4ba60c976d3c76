//! Holds the answers against the fixtures.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{Desk, fixture};
use crate::simulator::CPOD_API_KEY;
use crate::simulator::http::Request;

fn check(name: &str, expected_status: u16, (status, body): (u16, Value)) {
    assert_eq!((status, body), (expected_status, fixture(name)), "{name}");
}

#[test]
fn pods() {
    let mut desk = Desk::new();
    let pod = desk.create_with(fixture("pod-create-request"));
    let path = format!("/v1/pods/{}", pod["id"].as_str().unwrap());
    desk.pass(90);
    check("pod-running", 200, desk.ask(&format!("GET {path}"), Value::Null));
    check(
        "pod-created",
        201,
        desk.ask("POST /v1/pods", fixture("pod-create-request-minimal")),
    );
    check("pod-list", 200, desk.ask("GET /v1/pods", Value::Null));
    check("pod-list-page", 200, desk.ask("GET /v1/pods?limit=1", Value::Null));
    desk.quirks.merge(json!({"masked_variables": true})).unwrap();
    check("pod-masked", 200, desk.ask(&format!("GET {path}"), Value::Null));
    desk.quirks.merge(json!({"masked_variables": false})).unwrap();
    check("pod-stopping", 200, desk.ask(&format!("POST {path}/stop"), Value::Null));
    desk.pass(20);
    check(
        "pod-provisioning",
        200,
        desk.ask(&format!("POST {path}/start"), Value::Null),
    );
}

#[test]
fn refusals() {
    let mut desk = Desk::new();
    let id = desk.create();
    check("error-not-found", 404, desk.ask("GET /v1/pods/another", Value::Null));
    check(
        "error-wrong-state",
        409,
        desk.ask(&format!("POST /v1/pods/{id}/stop"), Value::Null),
    );
    let body = json!({"name": "tiny", "spec": {"env": {"DATABASE_PASSWORD": "correct-horse"}}});
    check("error-invalid", 422, desk.ask("POST /v1/pods", body));
    let stranger = Request {
        path: "/v1/pods".to_owned(),
        headers: vec![("authorization".to_owned(), format!("Token {CPOD_API_KEY}"))],
        ..Request::default()
    };
    check("error-unauthorized", 401, desk.send(&stranger));
}

#[test]
fn the_readme_names_every_fixture() {
    let folder = format!("{}/tests/fixtures/cpod", env!("CARGO_MANIFEST_DIR"));
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
