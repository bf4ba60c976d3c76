//! Holds what the simulator answers against the clouds' documents, so that it does not drift from them with the client.

use std::time::Duration;

use gpupod::simulator::{Options, PRIME_INTELLECT_API_KEY, Pace, Simulator};
use serde_json::{Value, json};

use super::document::Document;

/// Somebody who asks the simulated cloud everything and looks hard at the answers.
struct Visitor {
    simulator: Simulator,
    document: Document,
    client: reqwest::Client,
}

impl Visitor {
    fn new(quirks: &Value) -> Visitor {
        let options = Options {
            pace: Pace::Stepped,
            strict: true,
            ..Options::default()
        };
        let simulator = Simulator::start(options).expect("a loopback port");
        simulator.quirks(quirks.clone()).expect("quirks");
        Visitor {
            simulator,
            document: Document::of("prime_intellect"),
            client: reqwest::Client::builder().no_proxy().build().expect("a client"),
        }
    }

    /// The body of the answer to a line such as `GET pods/?limit=1`, which has this status and is as the document says.
    async fn ask(&self, line: &str, body: Value, expected: u16) -> Value {
        let (method, target) = line.split_once(' ').expect("a method and a path");
        let target = format!("/api/v1/{target}");
        let request = self
            .client
            .request(method.parse().expect("a method"), self.simulator.url() + &target)
            .bearer_auth(PRIME_INTELLECT_API_KEY)
            .body(body.to_string());
        let answer = request.send().await.expect("an answer");
        let status = answer.status().as_u16();
        let text = answer.bytes().await.expect("a body");
        let body: Value = serde_json::from_slice(&text).expect("JSON");
        assert_eq!(status, expected, "{line}: {body}");
        let path = target.split('?').next().unwrap_or_default();
        let mistakes = self.document.mistakes_in_answer(method, path, status, &body);
        assert_eq!(mistakes, Vec::<String>::new(), "{line}: {body}");
        body
    }

    async fn read(&self, target: &str) -> Value {
        self.ask(&format!("GET {target}"), Value::Null, 200).await
    }

    /// Makes a thing and returns its id.
    async fn make(&self, collection: &str, body: Value) -> String {
        let made = self.ask(&format!("POST {collection}/"), body, 200).await;
        made["id"].as_str().expect("an id").to_owned()
    }

    async fn look_at_everything(&self, pod: &str, disk: &str) {
        for target in [
            "pods/",
            "pods/history",
            "disks/",
            "ssh_keys/",
            "user/teams",
            "billing/wallet",
        ] {
            self.read(target).await;
        }
        let teams = self.read("user/teams").await;
        let team = teams["data"][0]["teamId"].as_str().expect("a team");
        self.read(&format!("teams/{team}/members")).await;
        for target in [format!("pods/{pod}"), format!("pods/status?pod_ids={pod}")] {
            self.read(&target).await;
        }
        self.read(&format!("pods/{pod}/log")).await;
        self.read(&format!("disks/{disk}")).await;
    }
}

fn pod(disk: &str) -> Value {
    json!({
        "pod": {
            "name": "trainer",
            "cloudId": "rtx4090.1x",
            "gpuType": "RTX4090_24GB",
            "socket": "PCIe",
            "gpuCount": 1,
            "image": "custom_template",
            "customTemplateId": "t",
            "jupyterPassword": "p",
        },
        "provider": {"type": "primecompute"},
        "disks": [disk],
    })
}

/// Each is off at first, so each is tried; texts instead of numbers are in examples only and not in the schema.
fn every_quirk() -> Vec<Value> {
    let logins = ["command", "list", "list_with_null", "empty_host"];
    let logins = logins.map(|login| json!({"login_as": login, "addresses_as_list": true}));
    let others = [
        json!({}),
        json!({"reorder_lists": true, "short_pages": true, "empty_pages": 1}),
        json!({"failed_installation": true, "log_as_object": true, "gone_as": "terminated"}),
    ];
    [logins.to_vec(), others.to_vec()].concat()
}

#[tokio::test]
async fn a_whole_life_is_answered_as_the_document_says() {
    for quirks in every_quirk() {
        let visitor = Visitor::new(&quirks);
        for target in [
            "availability/gpus",
            "availability/gpus",
            "availability/multi-node",
            "availability/disks",
            "availability/gpu-summary",
            "availability/multi-node-summary",
            "availability/",
            "availability/clusters",
            "user/whoami",
        ] {
            visitor.read(target).await;
        }
        let key = json!({"name": "laptop", "publicKey": "ssh-ed25519 AAAA"});
        let key = visitor.make("ssh_keys", key).await;
        let disk = json!({"disk": {"size": 100}, "provider": {"type": "primecompute"}});
        let disk = visitor.make("disks", disk).await;
        visitor.simulator.advance(Duration::from_secs(20));
        let failing = json!({"fate": "fails"});
        for fate in [None, Some(failing)] {
            fate.into_iter()
                .for_each(|fate| visitor.simulator.next_pods(fate).expect("a fate"));
            let pod = visitor.make("pods", pod(&disk)).await;
            for _ in 0..10 {
                visitor.look_at_everything(&pod, &disk).await;
                visitor.simulator.advance(Duration::from_secs(10));
            }
            visitor
                .simulator
                .event(&pod, json!({"event": "stop"}))
                .expect("an event");
            visitor.look_at_everything(&pod, &disk).await;
            visitor.ask(&format!("DELETE pods/{pod}"), Value::Null, 200).await;
            visitor.simulator.advance(Duration::from_secs(15));
            visitor.look_at_everything(&pod, &disk).await;
        }
        for (line, body) in [
            (format!("PATCH disks/{disk}"), json!({"name": "renamed"})),
            (format!("DELETE disks/{disk}"), Value::Null),
            (format!("PATCH ssh_keys/{key}"), json!({"isPrimary": true})),
            (format!("PATCH ssh_keys/{key}"), json!({})),
            (format!("DELETE ssh_keys/{key}"), Value::Null),
        ] {
            visitor.ask(&line, body, 200).await;
        }
    }
}

#[tokio::test]
async fn refusals_are_shaped_as_the_document_says() {
    let visitor = Visitor::new(&json!({}));
    let disk = json!({"disk": {"size": 100}, "provider": {"type": "primecompute"}});
    let young = visitor.make("disks", disk).await;
    let table = [
        ("GET pods/?offset=x", Value::Null, 422),
        ("GET availability/gpus?gpu_type=H100", Value::Null, 422),
        ("POST pods/", json!({}), 422),
        ("POST disks/", json!({}), 422),
        ("POST ssh_keys/", json!({}), 422),
        ("POST pods/", pod(&young), 400),
        ("POST pods/", pod("nobody"), 404),
        ("GET pods/nobody", Value::Null, 404),
        ("DELETE pods/nobody", Value::Null, 404),
        ("GET disks/nobody", Value::Null, 404),
        ("DELETE ssh_keys/nobody", Value::Null, 404),
    ];
    for (line, body, status) in table {
        visitor.ask(line, body, status).await;
    }
    let mut sold_out = pod(&young);
    sold_out["pod"]["cloudId"] = json!("rtx4090.8x");
    sold_out["pod"]["gpuCount"] = json!(8);
    sold_out["disks"] = json!([]);
    visitor.ask("POST pods/", sold_out, 409).await;
}
