//! Tests of the simulated cPod, in process and with a clock that only the test moves.

mod creation;

mod lifecycle;

mod list;

mod quirks;

mod shapes;

use serde_json::{Value, json};

use super::Cpod;
use crate::simulator::CPOD_API_KEY;
use crate::simulator::cloud::Cloud;
use crate::simulator::http::{Body, Request};
use crate::simulator::testing::{self, START};

/// A cloud with a key in hand.
type Desk = testing::Desk<Cpod>;

impl Desk {
    /// The HTTP status and the body, null if there is none.
    fn send(&mut self, request: &Request) -> (u16, Value) {
        match self.answer_to(request) {
            (status, Body::Json(body)) => (status, body),
            (status, Body::Text(text)) => {
                assert_eq!(text, "");
                (status, Value::Null)
            }
        }
    }

    fn ask(&mut self, line: &str, body: Value) -> (u16, Value) {
        let key = format!("Bearer {CPOD_API_KEY}");
        self.send(&testing::request(line, ("authorization", key), &body))
    }

    fn status_of(&mut self, line: &str) -> u16 {
        self.ask(line, Value::Null).0
    }

    fn create_with(&mut self, body: Value) -> Value {
        let (status, pod) = self.ask("POST /v1/pods", body);
        assert_eq!(status, 201, "{pod}");
        pod
    }

    /// Creates the smallest pod and returns its id.
    fn create(&mut self) -> String {
        self.create_with(minimal())["id"].as_str().unwrap().to_owned()
    }

    fn read(&mut self, id: &str) -> Value {
        let (status, pod) = self.ask(&format!("GET /v1/pods/{id}"), Value::Null);
        assert_eq!(status, 200, "{pod}");
        pod
    }

    fn change(&mut self, id: &str, change: Value) -> Option<Result<(), String>> {
        let change = serde_json::from_value(change).unwrap();
        self.cloud.change(id, &change, self.now)
    }
}

fn fixture(name: &str) -> Value {
    let path = format!("{}/tests/fixtures/cpod/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn minimal() -> Value {
    fixture("pod-create-request-minimal")
}

#[test]
fn only_the_key_opens() {
    let check = |name: &str, value: String, expected: u16| {
        let request = Request {
            method: "GET".into(),
            path: "/v1/pods".into(),
            headers: vec![(name.to_owned(), value)],
            ..Request::default()
        };
        assert_eq!(Desk::new().send(&request).0, expected);
    };
    check("authorization", format!("Bearer {CPOD_API_KEY}"), 200);
    check("authorization", CPOD_API_KEY.to_owned(), 401);
    check("authorization", "Bearer another".to_owned(), 401);
    check("x-api-key", CPOD_API_KEY.to_owned(), 401);
}

#[test]
fn paths_and_methods() {
    let check = |line: &str, expected: u16| assert_eq!(Desk::new().status_of(line), expected, "{line}");
    check("GET /v1/pods", 200);
    check("GET /v1/podz", 404);
    check("GET /v1/pods/1/restart", 404);
    check("PATCH /v1/pods/1", 405);
    check("GET /v1/pods/1/stop", 405);
    assert!(!Cpod::default().serves("/api/v1/pods"), "that is another cloud's");
}

#[test]
fn what_is_saved_is_restored() {
    let mut desk = Desk::new();
    desk.create_with(fixture("pod-create-request"));
    desk.pass(90);
    let id = desk.create();
    let before = desk.ask("GET /v1/pods", Value::Null);
    let saved: Value = serde_json::from_str(&desk.cloud.save().to_string()).unwrap();
    desk.cloud = Cpod::default();
    desk.cloud.load(saved).unwrap();
    assert_eq!(desk.ask("GET /v1/pods", Value::Null), before);
    assert_ne!(desk.create(), id, "an id is never handed out again");
    assert!(Cpod::default().load(json!({"pods": 1})).is_err());
}

#[test]
fn what_is_forgotten_leaves_its_id_behind() {
    let mut desk = Desk::new();
    let id = desk.create();
    desk.cloud.reset();
    assert_eq!(desk.cloud.living_pods(), []);
    assert_ne!(desk.create(), id);
}

#[test]
fn the_state_shows_no_variable() {
    let mut desk = Desk::new();
    desk.create_with(fixture("pod-create-request"));
    let expected = json!({"pods": [{
        "id": "5d0f3a9e-41c7-4b2a-8f6d-2f6a00001d05", "name": "api-server-primary", "status": "pending",
    }]});
    assert_eq!(desk.cloud.state(), expected);
}
