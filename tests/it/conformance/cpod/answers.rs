//! The simulator's answers, whichever they are: the document must allow them.

use std::time::Duration;

use gpupod::simulator::{Options, Pace, Simulator};
use serde_json::{Value, json};

use crate::conformance::{document::Document, fixtures};

/// A simulated cPod, and the key to it.
struct Desk {
    simulator: Simulator,
    key: String,
}

impl Desk {
    fn new() -> Desk {
        let simulator = Simulator::start(Options {
            pace: Pace::Stepped,
            ..Options::default()
        });
        let simulator = simulator.expect("a loopback port");
        let environment = simulator.environment().into_iter();
        let mut keys = environment.filter(|(name, _)| *name == "CPOD_API_KEY");
        let (_, key) = keys.next().expect("the simulator names it");
        Desk { simulator, key }
    }

    /// Asks something, checks the answer, and returns its body, null if there is none.
    #[track_caller]
    fn check(&self, line: &str, body: Value, status: u16) -> Value {
        let (method, target) = line.split_once(' ').expect("a method and a path");
        let answer = send(&self.simulator.url(), &self.key, method, target, &body);
        let asked = self.simulator.requests().pop().expect("is recorded");
        assert_eq!(asked.status, Some(status), "{line}: {answer}");
        let document = Document::of("cpod");
        assert_eq!(
            document.mistakes_in_answer(&asked, &answer),
            Vec::<String>::new(),
            "{line}"
        );
        answer
    }

    fn create(&self, fixture: &str) -> String {
        let pod = self.check("POST /v1/pods", fixtures::read("cpod", fixture), 201);
        format!("/v1/pods/{}", pod["id"].as_str().expect("an id"))
    }

    fn pass(&self, seconds: u64) {
        self.simulator.advance(Duration::from_secs(seconds));
    }
}

fn send(url: &str, key: &str, method: &str, target: &str, body: &Value) -> Value {
    let ask = async {
        let request = reqwest::Client::builder()
            .no_proxy()
            .build()?
            .request(method.parse().expect("a method"), format!("{url}{target}"))
            .bearer_auth(key);
        let request = match body {
            Value::Null => request,
            body => request.body(body.to_string()),
        };
        request.send().await?.bytes().await
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let bytes = runtime.expect("a runtime").block_on(ask).expect("an answer");
    match bytes.is_empty() {
        true => Value::Null,
        false => serde_json::from_slice(&bytes).expect("JSON"),
    }
}

#[test]
fn every_answer_in_a_pods_life_is_allowed() {
    let desk = Desk::new();
    for fixture in ["pod-create-request", "pod-create-request-minimal"] {
        let path = desk.create(fixture);
        let read = |status: &str| {
            let pod = desk.check(&format!("GET {path}"), Value::Null, 200);
            assert_eq!(pod["status"], status);
            desk.check("GET /v1/pods", Value::Null, 200);
        };
        let order = |line: &str, status| desk.check(line, Value::Null, status);
        read("pending");
        order(&format!("POST {path}/start"), 409);
        desk.pass(10);
        read("provisioning");
        desk.pass(80);
        read("running");
        order(&format!("DELETE {path}"), 409);
        order(&format!("POST {path}/stop"), 200);
        read("stopping");
        desk.pass(20);
        read("stopped");
        order(&format!("POST {path}/stop"), 409);
        order(&format!("POST {path}/start"), 200);
        desk.pass(80);
        order(&format!("POST {path}/stop"), 200);
        desk.pass(20);
        order(&format!("DELETE {path}"), 204);
        order(&format!("GET {path}"), 404);
        order(&format!("POST {path}/start"), 404);
        order(&format!("POST {path}/stop"), 404);
        order(&format!("DELETE {path}"), 404);
    }
    desk.simulator.next_pods(json!({"fate": "fails"})).expect("a fate");
    let path = desk.create("pod-create-request-organization");
    desk.pass(90);
    let pod = desk.check(&format!("GET {path}"), Value::Null, 200);
    assert_eq!(pod["status"], "failed");
}

#[test]
fn every_page_is_allowed() {
    let desk = Desk::new();
    desk.create("pod-create-request");
    desk.create("pod-create-request-minimal");
    let page = desk.check("GET /v1/pods?limit=1", Value::Null, 200);
    let cursor = page["nextCursor"].as_str().expect("there is another");
    let target = format!("GET /v1/pods?limit=1&cursor={}", cursor.replace('=', "%3D"));
    assert_eq!(desk.check(&target, Value::Null, 200)["nextCursor"], Value::Null);
    desk.check("GET /v1/pods?status=pending&workspaceId=ws-research", Value::Null, 200);
    desk.check("GET /v1/pods?status=paused", Value::Null, 400);
}

#[test]
fn every_refusal_is_allowed() {
    let mut desk = Desk::new();
    desk.check("POST /v1/pods", json!({}), 422);
    desk.check("POST /v1/pods", json!([]), 422);
    desk.simulator.quirks(json!({"gone_as": "absent"})).expect("a quirk");
    desk.check("GET /v1/pods/another", Value::Null, 404);
    let path = desk.create("pod-create-request-minimal");
    desk.key = "another".to_owned();
    for line in [
        "GET /v1/pods".to_owned(),
        format!("GET {path}"),
        format!("DELETE {path}"),
    ] {
        desk.check(&line, Value::Null, 401);
    }
    for line in [
        "POST /v1/pods".to_owned(),
        format!("POST {path}/stop"),
        format!("POST {path}/start"),
    ] {
        desk.check(&line, json!({}), 401);
    }
}

/// Those that keep to the document's words.
#[test]
fn every_freedom_is_allowed() {
    for quirk in ["fill_defaults", "platform_variables", "masked_variables", "short_pages"] {
        let desk = Desk::new();
        desk.simulator.quirks(json!({ quirk: true })).expect("a quirk");
        for fixture in ["pod-create-request", "pod-create-request-minimal"] {
            let path = desk.create(fixture);
            desk.check(&format!("GET {path}"), Value::Null, 200);
        }
        desk.check("GET /v1/pods", Value::Null, 200);
    }
}

#[test]
fn an_answer_that_the_document_does_not_allow_is_found() {
    let desk = Desk::new();
    desk.check("GET /v1/pods", Value::Null, 200);
    let asked = desk.simulator.requests().pop().expect("is recorded");
    let check = |status: u16, body: Value, expected: &str| {
        let mut asked = asked.clone();
        asked.status = Some(status);
        assert_eq!(Document::of("cpod").mistakes_in_answer(&asked, &body), [expected]);
    };
    check(200, json!({}), "body: data is missing");
    check(200, json!({"data": [], "next": 1}), "body: next is in no document");
    check(200, json!({"data": 1}), "body/data: 1 is against type \"array\"");
    check(404, json!({}), "404 to GET /v1/pods is in no document");
}
