//! The simulator's answers, whichever they are: the document must allow them.

use std::time::Duration;

use gpupod::simulator::{CPOD_API_KEY, Options, Pace, Simulator};
use serde_json::{Value, json};

use crate::conformance::{document::Document, fixtures};

/// Somebody who asks the simulated cloud and looks hard at the answers.
struct Visitor {
    simulator: Simulator,
    key: &'static str,
    client: reqwest::Client,
}

impl Visitor {
    fn new() -> Visitor {
        let simulator = Simulator::start(Options {
            pace: Pace::Stepped,
            strict: true,
            ..Options::default()
        });
        Visitor {
            simulator: simulator.expect("a loopback port"),
            key: CPOD_API_KEY,
            client: reqwest::Client::builder().no_proxy().build().expect("a client"),
        }
    }

    /// The body of the answer to a line such as `GET /v1/pods?limit=1`, null if there is none. It has this status, and is
    /// as the document says.
    async fn ask(&self, line: &str, body: Value, expected: u16) -> Value {
        let (method, target) = line.split_once(' ').expect("a method and a path");
        let url = self.simulator.url() + target;
        let request = self.client.request(method.parse().expect("a method"), url);
        let answer = request.bearer_auth(self.key).body(body.to_string()).send().await;
        let answer = answer.expect("an answer");
        let status = answer.status().as_u16();
        let text = answer.bytes().await.expect("a body");
        let body: Value = match text.is_empty() {
            true => Value::Null,
            false => serde_json::from_slice(&text).expect("JSON"),
        };
        assert_eq!(status, expected, "{line}: {body}");
        let path = target.split('?').next().unwrap_or_default();
        let mistakes = Document::of("cpod").mistakes_in_answer(method, path, status, &body);
        assert_eq!(mistakes, Vec::<String>::new(), "{line}: {body}");
        body
    }

    /// Asks for nothing but a pod or an order to one.
    async fn order(&self, line: &str, expected: u16) -> Value {
        self.ask(line, Value::Null, expected).await
    }

    /// The path of a new pod.
    async fn create(&self, fixture: &str) -> String {
        let pod = self.ask("POST /v1/pods", fixtures::read("cpod", fixture), 201).await;
        format!("/v1/pods/{}", pod["id"].as_str().expect("an id"))
    }

    /// Looks at a pod and at the list after so many seconds.
    async fn look(&self, path: &str, seconds: u64, status: &str) {
        self.simulator.advance(Duration::from_secs(seconds));
        assert_eq!(self.order(&format!("GET {path}"), 200).await["status"], status);
        self.order("GET /v1/pods", 200).await;
    }
}

#[tokio::test]
async fn every_answer_in_a_pods_life_is_allowed() {
    let visitor = Visitor::new();
    for fixture in ["pod-create-request", "pod-create-request-minimal"] {
        let path = &visitor.create(fixture).await;
        visitor.look(path, 0, "pending").await;
        visitor.order(&format!("POST {path}/start"), 409).await;
        visitor.look(path, 10, "provisioning").await;
        visitor.look(path, 80, "running").await;
        visitor.order(&format!("DELETE {path}"), 409).await;
        visitor.order(&format!("POST {path}/stop"), 200).await;
        visitor.look(path, 0, "stopping").await;
        visitor.look(path, 20, "stopped").await;
        visitor.order(&format!("POST {path}/stop"), 409).await;
        visitor.order(&format!("POST {path}/start"), 200).await;
        visitor.look(path, 80, "running").await;
        visitor.order(&format!("POST {path}/stop"), 200).await;
        visitor.look(path, 20, "stopped").await;
        visitor.order(&format!("DELETE {path}"), 204).await;
        for line in ["GET {}", "DELETE {}", "POST {}/start", "POST {}/stop"] {
            visitor.order(&line.replace("{}", path), 404).await;
        }
    }
    visitor.simulator.next_pods(json!({"fate": "fails"})).expect("a fate");
    let path = visitor.create("pod-create-request-organization").await;
    visitor.look(&path, 90, "failed").await;
}

#[tokio::test]
async fn every_page_is_allowed() {
    let visitor = Visitor::new();
    visitor.create("pod-create-request").await;
    visitor.create("pod-create-request-minimal").await;
    let page = visitor.order("GET /v1/pods?limit=1", 200).await;
    let cursor = page["nextCursor"]
        .as_str()
        .expect("there is another")
        .replace('=', "%3D");
    let last = visitor
        .order(&format!("GET /v1/pods?limit=1&cursor={cursor}"), 200)
        .await;
    assert_eq!(last["nextCursor"], Value::Null);
    visitor
        .order("GET /v1/pods?status=pending&workspaceId=ws-research", 200)
        .await;
    visitor.order("GET /v1/pods?status=paused", 400).await;
}

#[tokio::test]
async fn every_refusal_is_allowed() {
    let mut visitor = Visitor::new();
    visitor.ask("POST /v1/pods", json!({}), 422).await;
    visitor.ask("POST /v1/pods", json!([]), 422).await;
    visitor.simulator.quirks(json!({"gone_as": "absent"})).expect("a quirk");
    visitor.order("GET /v1/pods/another", 404).await;
    let path = visitor.create("pod-create-request-minimal").await;
    visitor.key = "another";
    for line in [
        "GET {}",
        "DELETE {}",
        "POST {}/start",
        "POST {}/stop",
        "GET /v1/pods",
        "POST /v1/pods",
    ] {
        visitor.order(&line.replace("{}", &path), 401).await;
    }
}

/// Those that keep to the document's words.
#[tokio::test]
async fn every_freedom_is_allowed() {
    for quirk in ["fill_defaults", "platform_variables", "masked_variables", "short_pages"] {
        let visitor = Visitor::new();
        visitor.simulator.quirks(json!({ quirk: true })).expect("a quirk");
        for fixture in ["pod-create-request", "pod-create-request-minimal"] {
            let path = visitor.create(fixture).await;
            visitor.look(&path, 0, "pending").await;
        }
    }
}

#[test]
fn an_answer_that_the_document_does_not_allow_is_found() {
    let check = |status: u16, body: Value, expected: &str| {
        let document = Document::of("cpod");
        assert_eq!(
            document.mistakes_in_answer("GET", "/v1/pods", status, &body),
            [expected]
        );
    };
    check(200, json!({}), "answer: data is missing");
    check(200, json!({"data": [], "next": 1}), "answer: next is in no document");
    check(200, json!({"data": 1}), "answer/data: 1 is against type \"array\"");
    check(404, json!({}), "GET /v1/pods is not answered with 404");
}
