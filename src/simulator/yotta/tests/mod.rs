//! Tests of the simulated Yotta, in process and with a clock that only the test moves.

mod creation;

mod lifecycle;

mod logs;

mod quirks;

mod registry_auths;

mod shapes;

mod volumes;

mod volume_lifecycle;

mod mounts;

mod clients;

use serde_json::{Value, json};

use super::Yotta;
use super::volumes::{Status, Volume};
use crate::simulator::API_KEY;
use crate::simulator::cloud::{Cloud, Fate};
use crate::simulator::http::{Body, Request};
use crate::simulator::passing::Passing;
use crate::simulator::testing::{self, START};

/// The credential and the volume that the fixtures name.
const AUTH: u64 = 420_522_713_875_326_001;
const VOLUME: u64 = 420_522_713_875_327_001;

/// A cloud with a key in hand.
type Desk = testing::Desk<Yotta>;

impl Desk {
    /// With what the fixtures' full creation refers to.
    fn furnished() -> Desk {
        let mut desk = Desk::new();
        let auth =
            json!({"id": AUTH, "name": "team-registry", "username": "team", "kind": "DOCKER_HUB", "created_at": START});
        desk.cloud
            .registry_auths
            .insert(AUTH, serde_json::from_value(auth).unwrap());
        let asked = fixture("volume-create-request-ceph").as_object().unwrap().clone();
        let mut volume = Volume::new(VOLUME, asked, Fate::Normal, START);
        volume.enter(Status::Active, START);
        desk.cloud.volumes.insert(VOLUME, volume);
        desk
    }

    /// The HTTP status and the envelope.
    fn send(&mut self, request: &Request) -> (u16, Value) {
        match self.answer_to(request) {
            (status, Body::Json(envelope)) => (status, envelope),
            (_, Body::Text(text)) => panic!("not an envelope: {text}"),
        }
    }

    fn ask(&mut self, line: &str, body: Value) -> (u16, Value) {
        self.send(&testing::request(line, ("x-api-key", API_KEY.to_owned()), &body))
    }

    fn data(&mut self, line: &str, body: Value) -> Value {
        let (status, mut envelope) = self.ask(line, body);
        assert_eq!((status, &envelope["code"]), (200, &json!(10000)), "{line}: {envelope}");
        envelope["data"].take()
    }

    fn code(&mut self, line: &str) -> u64 {
        let (_, envelope) = self.ask(line, Value::Null);
        envelope["code"].as_u64().unwrap()
    }

    /// Creates the smallest pod and returns its id.
    fn create(&mut self) -> String {
        self.data("POST /v2/pods", minimal())["id"].to_string()
    }

    /// Creates the volume of a fixture and returns its id.
    fn create_volume(&mut self, kind: &str) -> String {
        let asked = fixture(&format!("volume-create-request-{kind}"));
        self.data("POST /v2/volumes", asked)["id"].as_str().unwrap().to_owned()
    }

    fn read_volume(&mut self, id: &str) -> Value {
        self.data(&format!("GET /v2/volumes/{id}"), Value::Null)
    }

    fn status(&mut self, id: &str) -> String {
        self.data(&format!("GET /v2/pods/{id}"), Value::Null)["status"]
            .as_str()
            .unwrap()
            .to_owned()
    }

    fn listed(&mut self, query: &str) -> usize {
        self.data(&format!("GET /v2/pods?{query}"), Value::Null)
            .as_array()
            .unwrap()
            .len()
    }
}

/// Follows the thing at a path: each step is a request to it, an event, or seconds that pass, and the status after it.
/// A step gives the code that answered it, or that of success.
fn follow(desk: &mut Desk, path: &str, steps: &[(&str, &str)], take: impl Fn(&mut Desk, &str) -> u64) {
    for (step, expected) in steps {
        let told = take(desk, step);
        let (_, envelope) = desk.ask(&format!("GET {path}"), Value::Null);
        let status = envelope["data"]["status"]
            .as_str()
            .map_or(envelope["code"].to_string(), str::to_owned);
        let seen = match told {
            10000 => status,
            refusal => format!("{refusal} {status}"),
        };
        assert_eq!(seen, *expected, "after {step} of {steps:?}");
    }
}

fn fixture(name: &str) -> Value {
    let path = format!("{}/tests/fixtures/yotta/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn minimal() -> Value {
    fixture("pod-create-request-minimal")
}

/// The smallest creation with other fields.
fn minimal_with(changes: Value) -> Value {
    let mut body = minimal();
    body.as_object_mut()
        .unwrap()
        .extend(changes.as_object().unwrap().clone());
    body
}

#[test]
fn only_the_key_opens() {
    let check = |headers: &[(&str, &str)], expected: u16| {
        let headers = headers
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        let request = Request {
            method: "GET".into(),
            path: "/v2/pods".into(),
            headers,
            ..Request::default()
        };
        assert_eq!(Desk::new().send(&request).0, expected);
    };
    check(&[("x-api-key", API_KEY)], 200);
    check(&[("x-api-key", "another")], 401);
    check(&[("authorization", API_KEY)], 401);
    check(&[], 401);
}

#[test]
fn paths_and_methods() {
    let check = |line: &str, expected: u16| {
        assert_eq!(Desk::new().ask(line, Value::Null).0, expected, "{line}");
    };
    check("GET /v2/pods", 200);
    check("GET /v2/podz", 404);
    check("GET /v2/pods/1/stop", 404);
    check("GET /v2/gpu/list", 405);
    check("PATCH /v2/pods/1", 405);
    check("GET /v2/pods/1/pause", 405);
    check("PATCH /v2/volumes/1", 405);
    check("GET /v2/volumes/1/resize", 405);
    check("POST /v2/volumes/1/mount", 404);
}

#[test]
fn what_is_saved_is_restored() {
    let mut desk = Desk::furnished();
    desk.data("POST /v2/pods", fixture("pod-create-request"));
    desk.pass(90);
    let id = desk.create();
    desk.data(&format!("DELETE /v2/pods/{id}"), Value::Null);
    desk.create_volume("vendor");
    let before = desk.data("GET /v2/pods", Value::Null);
    let volumes_before = desk.data("GET /v2/volumes", Value::Null);
    let saved: Value = serde_json::from_str(&desk.cloud.save().to_string()).unwrap();
    desk.cloud = Yotta::default();
    desk.cloud.load(saved).unwrap();
    assert_eq!(desk.data("GET /v2/pods", Value::Null), before);
    assert_eq!(desk.data("GET /v2/volumes", Value::Null), volumes_before);
    assert_ne!(desk.create(), id, "an id is never handed out again");
    assert!(Yotta::default().load(json!({"pods": 1})).is_err());
}
