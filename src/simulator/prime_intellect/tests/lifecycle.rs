//! The state machine of pods: transitions by time, on request and behind their owner's back.

use serde_json::{Value, json};

use super::{Desk, START};
use crate::simulator::cloud::Cloud;

/// A pod in a few words: its status, its installation, and what it can be reached by.
fn seen(desk: &mut Desk, id: &str) -> String {
    let (http, pod) = desk.ask(&format!("GET pods/{id}"), Value::Null);
    if http != 200 {
        return http.to_string();
    }
    let mut words = vec![
        pod["status"].as_str().unwrap(),
        pod["installationStatus"].as_str().unwrap(),
    ];
    words.extend(
        ["ip", "sshConnection"]
            .into_iter()
            .filter(|name| pod[*name].is_string()),
    );
    words.join(" ")
}

/// Follows one pod: each step is a deletion, an event, or seconds that pass, with what is seen after it.
#[track_caller]
fn follow(fate: &str, steps: &[(&str, &str)]) {
    let mut desk = Desk::new();
    desk.fates.order(json!({ "fate": fate })).unwrap();
    let id = desk.create();
    for (step, expected) in steps {
        let told = take_step(&mut desk, &id, step);
        assert_eq!(told + &seen(&mut desk, &id), *expected, "after {step} of {steps:?}");
    }
}

/// What a deletion is answered, if that is what the step is.
fn take_step(desk: &mut Desk, id: &str, step: &str) -> String {
    match step.split_once(' ') {
        Some(("pass", seconds)) => desk.pass(seconds.parse().unwrap()),
        Some((_, event)) => happen(desk, id, json!({ "event": event })).unwrap(),
        None => {
            let (http, response) = desk.ask(&format!("DELETE pods/{id}"), Value::Null);
            let status = response["status"].as_str().unwrap_or_default();
            return format!("{http} {status}").trim_end().to_owned() + ": ";
        }
    }
    String::new()
}

fn happen(desk: &mut Desk, id: &str, change: Value) -> Result<(), String> {
    let change = serde_json::from_value(change).unwrap();
    desk.cloud.change(id, &change, desk.now).unwrap()
}

const RUNS: (&str, &str) = ("pass 90", "ACTIVE FINISHED ip sshConnection");

#[test]
fn a_pod_starts_and_ends() {
    follow(
        "normal",
        &[
            ("pass 0", "PROVISIONING PENDING"),
            ("pass 20", "PENDING PENDING"),
            ("pass 10", "ACTIVE PENDING"),
            ("pass 10", "ACTIVE ACTIVE"),
            ("pass 30", "ACTIVE FINISHED"),
            ("pass 10", "ACTIVE FINISHED ip"),
            ("pass 10", "ACTIVE FINISHED ip sshConnection"),
            ("pass 9999", "ACTIVE FINISHED ip sshConnection"),
            ("delete", "200 DELETING: DELETING TERMINATED"),
            ("delete", "200 DELETING: DELETING TERMINATED"),
            ("pass 15", "TERMINATED TERMINATED"),
            ("delete", "200 TERMINATED: TERMINATED TERMINATED"),
            ("pass 86399", "TERMINATED TERMINATED"),
            ("pass 1", "404"),
            ("delete", "404: 404"),
        ],
    );
}

#[test]
fn a_pod_can_be_deleted_in_any_state() {
    let ends = ("delete", "200 DELETING: DELETING TERMINATED");
    follow("normal", &[ends, ("pass 15", "TERMINATED TERMINATED")]);
    follow("normal", &[("pass 20", "PENDING PENDING"), ends]);
    follow("normal", &[RUNS, ("event stop", "STOPPED FINISHED"), ends]);
    follow("fails", &[("pass 90", "ERROR ERROR"), ends]);
}

#[test]
fn fates() {
    follow("fails", &[("pass 69", "ACTIVE ACTIVE"), ("pass 1", "ERROR ERROR")]);
    follow(
        "never_ready",
        &[
            ("pass 99999", "ACTIVE ACTIVE"),
            ("delete", "200 DELETING: DELETING TERMINATED"),
        ],
    );
    follow(
        "vanishes",
        &[("pass 69", "ACTIVE ACTIVE"), ("pass 1", "404"), ("delete", "404: 404")],
    );
}

#[test]
fn events() {
    let stops = ("event stop", "STOPPED FINISHED");
    follow(
        "normal",
        &[RUNS, stops, ("pass 9999", "STOPPED FINISHED"), ("event start", RUNS.1)],
    );
    follow(
        "normal",
        &[RUNS, ("event fail", "ERROR ERROR"), ("pass 99", "ERROR ERROR")],
    );
    follow("normal", &[RUNS, ("event terminate", "TERMINATED TERMINATED")]);
    follow("normal", &[RUNS, ("event preempt", "TERMINATED TERMINATED")]);
    follow("normal", &[RUNS, ("event vanish", "404")]);
}

#[test]
fn a_failure_has_a_reason() {
    let mut desk = Desk::new();
    desk.fates.order(json!({"fate": "fails"})).unwrap();
    let reason = |desk: &mut Desk, id: &str| desk.read(&format!("pods/{id}"))["installationFailure"].clone();
    let failed = desk.create();
    let other = desk.create();
    desk.pass(60);
    assert_eq!(reason(&mut desk, &failed), Value::Null);
    desk.pass(30);
    assert_eq!(reason(&mut desk, &failed), "the image could not be installed");
    happen(
        &mut desk,
        &other,
        json!({"event": "fail", "reason": "the GPU fell off the bus"}),
    )
    .unwrap();
    assert_eq!(reason(&mut desk, &other), "the GPU fell off the bus");
    happen(&mut desk, &other, json!({"event": "start"})).unwrap();
    assert_eq!(reason(&mut desk, &other), Value::Null);
}

#[test]
fn fields_change_behind_the_owners_back() {
    let mut desk = Desk::new();
    let id = desk.create();
    happen(
        &mut desk,
        &id,
        json!({"set": {"name": "b", "status": "UNKNOWN", "novel": 1}}),
    )
    .unwrap();
    let pod = desk.read(&format!("pods/{id}"));
    assert_eq!((&pod["name"], &pod["novel"]), (&json!("b"), &json!(1)));
    let row = desk.read(&format!("pods/status?pod_ids={id}"))["data"][0].clone();
    assert_eq!((&row["status"], row.get("novel")), (&json!("UNKNOWN"), None));
    assert_eq!(desk.cloud.living_pods()[0].name, "b");
    happen(&mut desk, &id, json!({"event": "terminate", "reason": "no credits"})).unwrap();
    let back = happen(&mut desk, &id, json!({"event": "start"}));
    assert!(back.is_err(), "what has ended stays so");
    let nothing = serde_json::from_value(json!({})).unwrap();
    assert!(desk.cloud.change("1", &nothing, 0).is_none());
}

#[test]
fn each_step_is_one_stage_whatever_the_clock_says() {
    let mut desk = Desk::new();
    let id = desk.create();
    for expected in [
        "PENDING PENDING",
        "ACTIVE PENDING",
        "ACTIVE ACTIVE",
        "ACTIVE FINISHED",
        "ACTIVE FINISHED ip",
        RUNS.1,
        RUNS.1,
    ] {
        desk.cloud.step(START);
        assert_eq!(seen(&mut desk, &id), expected);
    }
}

#[test]
fn a_running_pod_tells_where_it_is() {
    let mut desk = Desk::new();
    let id = desk.create();
    desk.pass(80);
    let addressed = desk.read(&format!("pods/{id}"));
    assert_eq!(addressed["ip"], "203.0.113.1");
    assert_eq!(addressed["primePortMapping"][0]["usedBy"], "SSH");
    desk.pass(10);
    let running = desk.read(&format!("pods/{id}"));
    assert_eq!(running["sshConnection"], "ubuntu@203.0.113.1 -p 22000");
    assert_eq!(running["primePortMapping"][0]["external"], "22000");
}

#[test]
fn states_of_many() {
    let mut desk = Desk::new();
    let ids = [desk.create(), desk.create(), desk.create()];
    desk.told(&format!("DELETE pods/{}", ids[1]), Value::Null);
    happen(&mut desk, &ids[2], json!({"event": "vanish"})).unwrap();
    let query = ["nobody", &ids[1], &ids[0], &ids[2]]
        .map(|id| format!("pod_ids={id}"))
        .join("&");
    let told = desk.read(&format!("pods/status?{query}"));
    let rows: Vec<(&str, &str)> = told["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["podId"].as_str().unwrap(), row["status"].as_str().unwrap()))
        .collect();
    assert_eq!(rows, [(ids[1].as_str(), "DELETING"), (ids[0].as_str(), "PROVISIONING")]);
    assert_eq!(desk.read("pods/status")["data"], json!([]));
}
