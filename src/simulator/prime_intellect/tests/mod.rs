//! Tests of the simulated Prime Intellect, in process and with a clock that only the test moves.

mod refusals;

mod creation;

mod lifecycle;

mod pages;

mod availability;

mod volumes;

mod ssh_keys;

mod records;

mod quirks;

mod clients;

use serde_json::{Value, json};

use super::PrimeIntellect;
use crate::simulator::cloud::Cloud;
use crate::simulator::http::{Body, Request};
use crate::simulator::testing::{self, START};
use crate::simulator::{API_KEY, PRIME_INTELLECT_API_KEY};

/// A cloud with a key in hand.
type Desk = testing::Desk<PrimeIntellect>;

impl Desk {
    /// The HTTP status and the body; a page that is no JSON is text.
    fn send(&mut self, request: &Request) -> (u16, Value) {
        match self.answer_to(request) {
            (status, Body::Json(body)) => (status, body),
            (status, Body::Text(text)) => (status, json!(text)),
        }
    }

    /// The path is below the prefix.
    fn ask(&mut self, line: &str, body: Value) -> (u16, Value) {
        let (method, target) = line.split_once(' ').unwrap();
        let line = format!("{method} /api/v1/{target}");
        let key = format!("Bearer {PRIME_INTELLECT_API_KEY}");
        self.send(&testing::request(&line, ("authorization", key), &body))
    }

    /// The body of an answer that is no refusal.
    #[track_caller]
    fn told(&mut self, line: &str, body: Value) -> Value {
        let (status, body) = self.ask(line, body);
        assert_eq!(status, 200, "{line}: {body}");
        body
    }

    #[track_caller]
    fn read(&mut self, path: &str) -> Value {
        self.told(&format!("GET {path}"), Value::Null)
    }

    fn http(&mut self, line: &str) -> u16 {
        self.ask(line, Value::Null).0
    }

    /// Creates the smallest pod and returns its id.
    #[track_caller]
    fn create(&mut self) -> String {
        id(&self.told("POST pods/", smallest()))
    }

    /// Creates a disk beside the smallest pod and returns its id.
    #[track_caller]
    fn create_disk(&mut self) -> String {
        id(&self.told("POST disks/", smallest_volume()))
    }
}

fn id(thing: &Value) -> String {
    thing["id"].as_str().unwrap().to_owned()
}

/// A pod of an offer with a data center, which takes every kind of disk and more.
fn smallest() -> Value {
    json!({
        "pod": {"name": "a", "cloudId": "rtx4090.1x", "gpuType": "RTX4090_24GB", "socket": "PCIe", "gpuCount": 1},
        "provider": {"type": "primecompute"},
    })
}

fn smallest_volume() -> Value {
    json!({"disk": {"size": 100, "name": "d"}, "provider": {"type": "primecompute"}})
}

/// A body with other fields; one that is null is left out.
fn with(mut body: Value, changes: Value) -> Value {
    merge(&mut body, changes);
    body
}

fn merge(target: &mut Value, changes: Value) {
    match (target, changes) {
        (Value::Object(target), Value::Object(changes)) => {
            for (name, change) in changes {
                match change {
                    Value::Null => drop(target.remove(&name)),
                    change => merge(target.entry(name).or_insert(Value::Null), change),
                }
            }
        }
        (target, change) => *target = change,
    }
}

/// The ids or names in a list, each once and in order.
fn column(rows: &Value, name: &str) -> Vec<String> {
    let rows = rows.as_array().unwrap().iter();
    rows.map(|row| row[name].as_str().unwrap().to_owned()).collect()
}

#[test]
fn only_the_key_opens() {
    let check = |header: Option<String>, expected: u16, detail: &str| {
        let headers = header.map(|value| ("authorization".to_owned(), value));
        let request = Request {
            method: "GET".into(),
            path: "/api/v1/pods/".into(),
            headers: headers.into_iter().collect(),
            ..Request::default()
        };
        let (status, body) = Desk::new().send(&request);
        assert_eq!(status, expected);
        assert_eq!(body["detail"].as_str().unwrap_or_default(), detail);
    };
    check(Some(format!("Bearer {PRIME_INTELLECT_API_KEY}")), 200, "");
    check(Some(format!("Bearer {API_KEY}")), 401, "Invalid API key");
    check(Some(PRIME_INTELLECT_API_KEY.to_owned()), 403, "Not authenticated");
    check(None, 403, "Not authenticated");
}

#[test]
fn paths_and_methods() {
    let check = |line: &str, expected: u16| assert_eq!(Desk::new().http(line), expected, "{line}");
    for collection in ["pods", "disks", "ssh_keys"] {
        check(&format!("GET {collection}"), 200);
        check(&format!("GET {collection}/"), 200);
        check(&format!("PUT {collection}/"), 405);
    }
    check("GET pods/history", 200);
    check("GET pods/status", 200);
    check("GET availability/gpus", 200);
    check("GET availability/disks", 200);
    check("POST availability/gpus", 405);
    check("PATCH pods/1", 405);
    check("GET ssh_keys/1", 405);
    check("POST pods/1/log", 405);
    check("GET pods/1/logs", 404);
    check("POST pods/1/stop", 404);
    check("GET podz", 404);
}

#[test]
fn what_is_saved_is_restored() {
    let mut desk = Desk::new();
    let disk = desk.create_disk();
    desk.told("POST ssh_keys/", json!({"name": "k", "publicKey": "ssh-ed25519 AAAA"}));
    desk.pass(20);
    let id = id(&desk.told("POST pods/", with(smallest(), json!({ "disks": [disk] }))));
    desk.pass(90);
    let ended = desk.create();
    desk.told(&format!("DELETE pods/{ended}"), Value::Null);
    let all = ["pods", "disks", "ssh_keys", "pods/history"];
    let before = all.map(|path| desk.read(path));
    let saved: Value = serde_json::from_str(&desk.cloud.save().to_string()).unwrap();
    desk.cloud = PrimeIntellect::default();
    desk.cloud.load(saved).unwrap();
    assert_eq!(all.map(|path| desk.read(path)), before);
    assert_ne!(desk.create(), id, "an id is never handed out again");
    desk.cloud.reset();
    assert!(desk.cloud.living_pods().is_empty() && desk.cloud.living_volumes().is_empty());
    assert!(desk.create() > ended, "an id is never handed out again");
    assert!(PrimeIntellect::default().load(json!({"pods": 1})).is_err());
}

#[test]
fn the_state_tells_no_secret() {
    let mut desk = Desk::new();
    let secrets = json!({"envVars": [{"key": "A", "value": "swordfish"}], "jupyterPassword": "swordfish"});
    let id = id(&desk.told("POST pods/", with(smallest(), json!({ "pod": secrets }))));
    desk.pass(90);
    let log = desk.read(&format!("pods/{id}/log"));
    for text in [desk.cloud.state(), desk.cloud.save(), log, desk.read("pods")] {
        assert!(!text.to_string().contains("swordfish"), "{text}");
    }
    assert_eq!(desk.cloud.state()["pods"][0]["id"], id);
}
