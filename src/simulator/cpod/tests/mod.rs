//! Tests of the simulated cPod, in process and with a clock that only the test moves.

mod creation;

mod lifecycle;

mod list;

mod quirks;

mod shapes;

use serde_json::{Value, json};

use super::Cpod;
use crate::simulator::CPOD_API_KEY;
use crate::simulator::cloud::{Cloud, Fates, Quirks, Scene};
use crate::simulator::http::{Body, Request};

const START: u64 = 1_767_225_600_000;

/// A cloud with a key in hand.
#[derive(Default)]
struct Desk {
    cpod: Cpod,
    quirks: Quirks,
    fates: Fates,
    volume_fates: Fates,
    now: u64,
}

impl Desk {
    fn new() -> Desk {
        Desk {
            now: START,
            ..Desk::default()
        }
    }

    fn with_quirks(quirks: Value) -> Desk {
        let mut desk = Desk::new();
        desk.quirks.merge(quirks).unwrap();
        desk
    }

    /// The HTTP status and the body, null if there is none.
    fn send(&mut self, request: &Request) -> (u16, Value) {
        let mut scene = Scene {
            now: self.now,
            quirks: &self.quirks,
            fates: &mut self.fates,
            volume_fates: &mut self.volume_fates,
        };
        let answer = self.cpod.answer(request, &mut scene);
        match answer.body {
            Body::Json(body) => (answer.status, body),
            Body::Text(text) => {
                assert_eq!(text, "");
                (answer.status, Value::Null)
            }
        }
    }

    /// `line` is a method and a path, perhaps with a query.
    fn ask(&mut self, line: &str, body: Value) -> (u16, Value) {
        let (method, target) = line.split_once(' ').unwrap();
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let body = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        self.send(&Request {
            method: method.to_owned(),
            path: path.to_owned(),
            query: query.to_owned(),
            headers: vec![("authorization".to_owned(), format!("Bearer {CPOD_API_KEY}"))],
            body: body.into(),
        })
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

    fn pass(&mut self, seconds: u64) {
        self.now += seconds * 1_000;
        self.cpod.pass(self.now);
    }

    fn change(&mut self, id: &str, change: Value) -> Option<Result<(), String>> {
        let change = serde_json::from_value(change).unwrap();
        self.cpod.change(id, &change, self.now)
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
    let saved: Value = serde_json::from_str(&desk.cpod.save().to_string()).unwrap();
    desk.cpod = Cpod::default();
    desk.cpod.load(saved).unwrap();
    assert_eq!(desk.ask("GET /v1/pods", Value::Null), before);
    assert_ne!(desk.create(), id, "an id is never handed out again");
    assert!(Cpod::default().load(json!({"pods": 1})).is_err());
}

#[test]
fn what_is_forgotten_leaves_its_id_behind() {
    let mut desk = Desk::new();
    let id = desk.create();
    desk.cpod.reset();
    assert_eq!(desk.cpod.living_pods(), []);
    assert_ne!(desk.create(), id);
}

#[test]
fn the_state_shows_no_variable() {
    let mut desk = Desk::new();
    desk.create_with(fixture("pod-create-request"));
    let expected = json!({"pods": [{
        "id": "5d0f3a9e-41c7-4b2a-8f6d-2f6a00001d05", "name": "api-server-primary", "status": "pending",
    }]});
    assert_eq!(desk.cpod.state(), expected);
}
