//! Request bodies, as text: a number must keep its digits, and nothing unset may appear.

use reqwest::Method;
use serde_json::{Value, json};

use super::small_spec;
use crate::clouds::{
    Account, EnvironmentVariables, GiB, MarketplaceOptions, Mount, PodId, PodSpec, Price, Secret,
    http::{Idempotency, Request},
    prime_intellect::{
        offers::{Amounts, Choice, Row},
        pages::Place,
        pods::requests::{create, delete, get, list},
        testing::body,
    },
    tolerant::FromJson,
};

fn row(fields: Value) -> Row {
    let mut row = json!({
        "cloudId": "NVIDIA H100", "gpuType": "H100_80GB", "socket": "PCIe", "provider": "runpod", "gpuCount": 1,
        "prices": {"onDemand": "2.10"},
    });
    for (name, value) in fields.as_object().expect("a test's fields") {
        row[name] = value.clone();
    }
    Row::from_json(row).expect("a row")
}

fn request(spec: &PodSpec, row: Row, account: &Account) -> Request {
    let price = row.price(&Amounts::of(spec));
    create(spec, &Choice { row, price }, account)
}

fn check_body(spec: &PodSpec, row: Row, expected: &str) {
    let compact: String = expected.lines().map(str::trim).collect();
    assert_eq!(body(&request(spec, row, &Account::default())), compact);
}

/// What is sent in one field of the pod, if it is.
fn sent(spec: &PodSpec, row: Row, field: &str) -> Option<String> {
    let body: Value = serde_json::from_str(&body(&request(spec, row, &Account::default()))).expect("JSON");
    body["pod"].get(field).map(Value::to_string)
}

fn gib(size: u32) -> Option<GiB> {
    Some(GiB::new(size).expect("a size"))
}

#[test]
fn only_what_is_set_is_sent() {
    check_body(
        &small_spec(),
        row(json!({})),
        r#"{"pod":{"cloudId":"NVIDIA H100","gpuCount":1,"gpuType":"H100_80GB","image":"ubuntu_22_cuda_12",
            "name":"trainer","socket":"PCIe"},
            "provider":{"type":"runpod"}}"#,
    );
}

#[test]
fn everything_can_be_sent() {
    let variables = [("ZONE", "b"), ("API", "a")].map(|(name, value)| (name.to_owned(), Secret::new(value)));
    let text = |text: &str| Some(text.to_owned());
    let spec = PodSpec {
        max_price: Some(Price::new("3.10".parse().expect("a number")).expect("a price")),
        container_volume: gib(200),
        environment: EnvironmentVariables(variables.into()),
        volumes: ["disk-2", "disk-1"]
            .map(|id| Mount {
                volume_id: id.to_owned(),
                path: None,
            })
            .into(),
        marketplace: MarketplaceOptions {
            vcpus: Some(16),
            memory: gib(64),
            auto_restart: Some(false),
            template_id: text("template"),
            ssh_key_id: text("key"),
            prepaid_hours: Some(24),
            team_id: text("team"),
            is_shared_with_team: Some(true),
            team_member_ids: ["b", "a"].map(str::to_owned).into(),
            jupyter_password: Some(Secret::new("hunter-two")),
            ..MarketplaceOptions::default()
        },
        ..small_spec()
    };
    let range = json!({"minCount": 8, "defaultCount": 8, "maxCount": 200});
    let row = row(json!({
        "dataCenter": "US-KS-2", "country": "US", "region": "united_states", "security": "secure_cloud",
        "disk": range, "vcpu": range, "memory": range,
    }));
    check_body(
        &spec,
        row,
        r#"{"disks":["disk-2","disk-1"],
            "pod":{"autoRestart":false,"cloudId":"NVIDIA H100","country":"US","customTemplateId":"template",
            "dataCenterId":"US-KS-2","diskSize":200,
            "envVars":[{"key":"API","value":"a"},{"key":"ZONE","value":"b"}],
            "gpuCount":1,"gpuType":"H100_80GB","image":"ubuntu_22_cuda_12","jupyterPassword":"hunter-two",
            "maxPrice":3.10,"memory":64,"name":"trainer","prepaidForHr":24,"security":"secure_cloud",
            "socket":"PCIe","sshKeyId":"key","vcpus":16},
            "provider":{"type":"runpod"},"shared_with_team":true,"team":{"teamId":"team"},
            "team_member_ids":["a","b"]}"#,
    );
}

#[test]
fn an_amount_without_a_choice_is_not_sent() {
    let spec = PodSpec {
        container_volume: gib(100),
        ..small_spec()
    };
    let check = |disk: Value, expected: Option<&str>| {
        let found = sent(&spec, row(json!({"disk": disk})), "diskSize");
        assert_eq!(found.as_deref(), expected, "{disk}");
    };
    check(json!({"defaultCount": 100}), None);
    check(json!({"defaultCount": 100, "maxCount": 100}), Some("100"));
}

#[test]
fn a_price_limit_is_sent_where_it_is_needed() {
    let limited = PodSpec {
        max_price: Some(Price::new("9.5".parse().expect("a number")).expect("a price")),
        ..small_spec()
    };
    let check = |spec: &PodSpec, fields: Value, expected: Option<&str>| {
        let found = sent(spec, row(fields.clone()), "maxPrice");
        assert_eq!(found.as_deref(), expected, "{fields}");
    };
    let moving = json!({"prices": {"onDemand": "2.10", "isVariable": true}});
    check(&small_spec(), json!({}), None);
    check(&small_spec(), moving.clone(), Some("2.1"));
    check(&small_spec(), json!({"provider": "massedcompute"}), Some("2.1"));
    check(
        &small_spec(),
        json!({"provider": "massedcompute", "prices": null}),
        None,
    );
    let extra = json!({"defaultCount": 10, "pricePerUnit": 0.1});
    check(
        &small_spec(),
        json!({"provider": "massedcompute", "vcpu": extra}),
        Some("3.1"),
    );
    for fields in [json!({}), moving, json!({"provider": "massedcompute"})] {
        check(&limited, fields, Some("9.5"));
    }
}

#[test]
fn a_team_is_the_pods_or_else_the_connections() {
    let team = |wished: Option<&str>, own: Option<&str>| {
        let account = Account {
            team_id: own.map(str::to_owned),
            ..Account::default()
        };
        let mut spec = small_spec();
        spec.marketplace.team_id = wished.map(str::to_owned);
        let body: Value = serde_json::from_str(&body(&request(&spec, row(json!({})), &account))).expect("JSON");
        body.get("team").map(Value::to_string)
    };
    assert_eq!(team(None, None), None);
    assert_eq!(team(None, Some("own")).as_deref(), Some(r#"{"teamId":"own"}"#));
    assert_eq!(
        team(Some("other"), Some("own")).as_deref(),
        Some(r#"{"teamId":"other"}"#)
    );
}

#[test]
fn every_secret_of_a_body_is_known_as_one() {
    let mut spec = PodSpec {
        environment: EnvironmentVariables([("TOKEN".to_owned(), Secret::new("hunter-one"))].into()),
        ..small_spec()
    };
    spec.marketplace.jupyter_password = Some(Secret::new("hunter-two"));
    let request = request(&spec, row(json!({})), &Account::default());
    let secrets: Vec<&str> = request.secrets.iter().map(Secret::reveal).collect();
    assert_eq!(secrets, ["hunter-one", "hunter-two"]);
}

#[test]
fn requests_say_what_they_are_for() {
    let id = PodId::new("9ffb").expect("an id");
    let place = Place { number: 2, offset: 40 };
    let table = [
        (get(&id), Method::GET, "/api/v1/pods/9ffb", "", "reading pod 9ffb"),
        (
            delete(&id),
            Method::DELETE,
            "/api/v1/pods/9ffb",
            "",
            "deleting pod 9ffb",
        ),
        (
            (list().request)(place),
            Method::GET,
            "/api/v1/pods/",
            "offset=40 limit=100",
            "listing pods",
        ),
    ];
    for (request, method, path, query, operation) in table {
        let found: Vec<String> = request
            .query
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        assert_eq!((request.method, request.path.as_str()), (method, path));
        assert_eq!(
            (found.join(" ").as_str(), request.operation.as_str()),
            (query, operation)
        );
        assert_eq!(
            (request.idempotency, request.body),
            (Idempotency::Idempotent, None),
            "{path}"
        );
    }
    let creation = request(&small_spec(), row(json!({})), &Account::default());
    assert_eq!(
        (creation.method, creation.path.as_str()),
        (Method::POST, "/api/v1/pods/")
    );
    assert_eq!(creation.idempotency, Idempotency::NonIdempotent);
    assert_eq!(creation.operation, r#"creating pod "trainer""#);
}
