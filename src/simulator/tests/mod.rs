//! Tests of the simulator as a whole: over a real socket, since a cut connection has no other form.

mod control;

mod faults;

mod limit;

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

use super::{API_KEY, CPOD_API_KEY, Options, PRIME_INTELLECT_API_KEY, Pace, Simulator};

fn stepped() -> Simulator {
    Simulator::start(Options {
        pace: Pace::Stepped,
        ..Options::default()
    })
    .unwrap()
}

/// Sends one request with the keys of all clouds on a connection of its own, without waiting for the answer.
fn send(simulator: &Simulator, line: &str, body: &Value) -> TcpStream {
    send_with(simulator, line, &format!("Host: {}", simulator.address), body)
}

fn send_with(simulator: &Simulator, line: &str, headers: &str, body: &Value) -> TcpStream {
    let mut stream = TcpStream::connect(simulator.address).unwrap();
    let body = if body.is_null() {
        String::new()
    } else {
        body.to_string()
    };
    let keys = format!("X-Api-Key: {API_KEY}\r\nAuthorization: Bearer {PRIME_INTELLECT_API_KEY}\r\n");
    let head = format!("{line} HTTP/1.1\r\n{headers}\r\nConnection: close\r\n{keys}");
    write!(stream, "{head}Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
    stream
}

/// All that comes before the connection is closed: nothing at all if it was cut.
fn receive(mut stream: TcpStream) -> String {
    let mut text = String::new();
    // A cut may show as a reset, which has no bytes either.
    let _ = stream.read_to_string(&mut text);
    text
}

/// The HTTP status and the body of an answer.
fn ask(simulator: &Simulator, line: &str, body: Value) -> (u16, Value) {
    let text = receive(send(simulator, line, &body));
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    (status, serde_json::from_str(body).unwrap_or_else(|_| json!(body)))
}

fn small_pod() -> Value {
    json!({"name": "a", "image": "ubuntu:24.04", "gpuType": "NVIDIA_RTX_4090_24G", "gpuCount": 1})
}

fn create(simulator: &Simulator) -> String {
    let id = ask(simulator, "POST /v2/pods", small_pod()).1["data"]["id"].take();
    id.as_str().unwrap().to_owned()
}

fn status(simulator: &Simulator, id: &str) -> Value {
    ask(simulator, &format!("GET /v2/pods/{id}"), Value::Null).1["data"]["status"].clone()
}

#[test]
fn the_environment_leads_to_the_simulator() {
    let simulator = stepped();
    let yotta = [
        ("YOTTA_API_KEY", API_KEY.to_owned()),
        ("YOTTA_BASE_URL", simulator.url()),
    ];
    let prime_intellect = [
        ("PRIME_API_KEY", PRIME_INTELLECT_API_KEY.to_owned()),
        ("PRIME_API_BASE_URL", simulator.url()),
    ];
    let cpod = [
        ("CPOD_API_KEY", CPOD_API_KEY.to_owned()),
        ("CPOD_BASE_URL", simulator.url()),
    ];
    assert_eq!(simulator.environment_of("yotta"), yotta);
    assert_eq!(simulator.environment_of("cpod"), cpod);
    assert_eq!(simulator.environment_of("prime_intellect"), prime_intellect);
    assert_eq!(simulator.environment_of("nimbus"), []);
    let of_each = |cloud: &&str| simulator.environment_of(cloud);
    let all: Vec<_> = simulator.clouds().iter().flat_map(of_each).collect();
    assert_eq!(simulator.environment(), all);
    assert!(simulator.url().starts_with("http://127.0.0.1:"));
}

#[test]
fn every_answer_tells_the_clock_that_things_are_made_by() {
    let simulator = stepped();
    simulator
        .order(json!({"method": "DELETE", "path": "/v2/pods/1", "action": {"respond": {"status": 503}}}))
        .unwrap();
    let check = |line: &str, body: Value, expected: &str| {
        let response = receive(send(&simulator, line, &body));
        assert!(response.contains(&format!("date: {expected} GMT\r\n")), "{response}");
    };
    check("POST /v2/pods", small_pod(), "Thu, 01 Jan 2026 00:00:00");
    simulator.advance(Duration::from_secs(3_661));
    check("GET /v2/pods", Value::Null, "Thu, 01 Jan 2026 01:01:01");
    check("DELETE /v2/pods/1", Value::Null, "Thu, 01 Jan 2026 01:01:01");
    check("GET /nowhere", Value::Null, "Thu, 01 Jan 2026 01:01:01");
    check("GET /_simulator/state", Value::Null, "Thu, 01 Jan 2026 01:01:01");
}

#[test]
fn an_instant_pod_passes_one_state_per_request() {
    let simulator = Simulator::start(Options::default()).unwrap();
    let id = create(&simulator);
    let seen: Vec<Value> = (0..4).map(|_| status(&simulator, &id)).collect();
    assert_eq!(seen, ["PREPARING", "INITIALIZING", "RUNNING", "RUNNING"]);
    ask(&simulator, &format!("DELETE /v2/pods/{id}"), Value::Null);
    assert_eq!(status(&simulator, &id), "TERMINATED");
    assert_eq!(status(&simulator, &id), Value::Null);
}

/// Whatever the pace, a client's clock is never behind the moments that it is told.
#[test]
fn nothing_was_made_in_the_future() {
    for pace in [Pace::Instant, Pace::Fast, Pace::Real] {
        let simulator = Simulator::start(Options {
            pace,
            ..Options::default()
        })
        .unwrap();
        for _ in 0..20 {
            let id = create(&simulator);
            let pod = ask(&simulator, &format!("GET /v2/pods/{id}"), Value::Null).1["data"].take();
            ask(&simulator, &format!("DELETE /v2/pods/{id}"), Value::Null);
            let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis();
            for name in ["createdAt", "updatedAt"] {
                let told = u128::from(pod[name].as_u64().unwrap());
                assert!(told <= now, "{pace:?}: {name} is {told}, and it is {now}");
            }
        }
    }
}

#[test]
fn strict_is_chosen_at_the_start_and_later() {
    let simulator = Simulator::start(Options {
        pace: Pace::Stepped,
        strict: true,
        ..Options::default()
    })
    .unwrap();
    let mut pod = small_pod();
    pod["expose"] = json!([{"port": 22, "protocol": "SSH"}]);
    let code = |pod: &Value| ask(&simulator, "POST /v2/pods", pod.clone()).1["code"].take();
    assert_eq!(code(&pod), 10001);
    simulator.quirks(json!({"strict": false})).unwrap();
    assert_eq!(code(&pod), 10000);
}

#[test]
fn an_instant_volume_passes_one_state_per_request() {
    let simulator = Simulator::start(Options::default()).unwrap();
    let volume = json!({"name": "a", "storageType": "CEPH", "region": "us-east-3", "sizeInGb": 1});
    let created = ask(&simulator, "POST /v2/volumes", volume).1["data"].take();
    let path = format!("/v2/volumes/{}", created["id"].as_str().unwrap());
    let read = || ask(&simulator, &format!("GET {path}"), Value::Null).1["data"]["status"].clone();
    assert_eq!(created["status"], "creating");
    assert_eq!(read(), "active");
    ask(&simulator, &format!("POST {path}/resize"), json!({"sizeInGb": 2}));
    assert_eq!(read(), "active");
    ask(&simulator, &format!("DELETE {path}"), Value::Null);
    assert_eq!(read(), Value::Null);
    assert_eq!(simulator.living_volumes(), []);
}

#[test]
fn pods_outlive_the_simulator_in_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = Some(folder.path().join("clouds.json"));
    let start = || {
        Simulator::start(Options {
            file: file.clone(),
            pace: Pace::Stepped,
            ..Options::default()
        })
        .unwrap()
    };
    let simulator = start();
    let id = create(&simulator);
    simulator.advance(Duration::from_secs(90));
    drop(simulator);
    let simulator = start();
    assert_eq!(status(&simulator, &id), "RUNNING");
    let living = simulator.living_pods();
    assert_eq!(
        (living.len(), living[0].id.as_str(), living[0].name.as_str()),
        (1, id.as_str(), "a")
    );
}

#[test]
fn the_clouds_live_side_by_side() {
    let folder = tempfile::tempdir().unwrap();
    let start = || {
        Simulator::start(Options {
            file: Some(folder.path().join("clouds.json")),
            pace: Pace::Stepped,
            ..Options::default()
        })
        .unwrap()
    };
    let simulator = start();
    let one = create(&simulator);
    let offer = json!({"cloudId": "n1-cpu-small", "gpuType": "CPU_NODE", "socket": "PCIe", "gpuCount": 1, "dataCenterId": "CANADA-1"});
    let body = json!({"pod": offer, "provider": {"type": "hyperstack"}});
    let other = ask(&simulator, "POST /api/v1/pods/", body).1["id"].clone();
    let other = other.as_str().unwrap();
    simulator.event(other, json!({"event": "stop"})).unwrap();
    drop(simulator);
    let simulator = start();
    let living = simulator.living_pods();
    let seen: Vec<_> = living
        .iter()
        .map(|pod| (pod.cloud, pod.id.as_str(), pod.status.as_str()))
        .collect();
    assert_eq!(
        seen,
        [
            ("yotta", one.as_str(), "PENDING"),
            ("prime_intellect", other, "STOPPED")
        ]
    );
    ask(&simulator, "DELETE /_simulator/state", Value::Null);
    assert_eq!(simulator.living_pods(), []);
}

#[test]
fn a_file_of_something_else_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    for text in ["[", r#"{"clouds": {"yotta": {"pods": 7}}}"#] {
        let path = folder.path().join("notes.json");
        std::fs::write(&path, text).unwrap();
        let error = Simulator::start(Options {
            file: Some(path),
            ..Options::default()
        })
        .err()
        .unwrap();
        assert!(
            error.to_string().contains("notes.json is not a simulator's file"),
            "{error}"
        );
    }
}

/// A page that somebody else's server sent must not order pods, read secrets or arm faults, wherever it asks.
#[test]
fn a_page_in_a_browser_reaches_nothing() {
    let simulator = stepped();
    let own = format!("Host: {}", simulator.address);
    let port = simulator.address.port();
    let check = |headers: &str, expected: &str| {
        for line in [
            "GET /_simulator/state",
            "GET /_simulator/requests",
            "POST /_simulator/faults",
            "DELETE /_simulator/state",
            "OPTIONS /_simulator/state",
            "GET /v2/pods",
            "POST /v2/pods",
            "GET /api/v1/pods/",
            "GET /v1/pods",
            "GET /",
        ] {
            let text = receive(send_with(&simulator, line, headers, &small_pod()));
            assert!(text.starts_with("HTTP/1.1 403 "), "{line} {headers}: {text}");
            assert!(
                text.contains(expected) && !text.to_lowercase().contains("access-control"),
                "{text}"
            );
        }
    };
    check(&format!("Host: rebound.example:{port}"), "is not this simulator's");
    check("Host: 127.0.0.1:1", "is not this simulator's");
    check("Accept: */*", "names no host");
    check(&format!("{own}\r\nOrigin: https://page.example"), "is foreign");
    check(&format!("{own}\r\nOrigin: null"), "is foreign");
    check(&format!("{own}\r\nSec-Fetch-Site: cross-site"), "from another site");
    assert_eq!(simulator.living_pods(), []);
    assert!(simulator.requests().is_empty(), "no cloud was asked");
    let response = |headers: &str| receive(send_with(&simulator, "GET /_simulator/state", headers, &Value::Null));
    for name in ["localhost", "127.0.0.1", "[::1]"] {
        assert!(
            response(&format!("Host: {name}:{port}")).starts_with("HTTP/1.1 200 "),
            "{name}"
        );
    }
}

#[test]
fn a_path_of_no_cloud() {
    assert_eq!(ask(&stepped(), "GET /v9/pods", Value::Null).0, 404);
}
