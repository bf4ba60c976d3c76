//! The state machine of pods: transitions by time, on request and behind their owner's back.

use serde_json::{Value, json};

use super::{Desk, START};
use crate::simulator::cloud::Cloud;

/// Follows one pod: each step is a request to it, an event, or seconds that pass, and the status after it, behind the
/// HTTP status of a refusal.
fn follow(fate: &str, steps: &[(&str, &str)]) {
    let mut desk = Desk::new();
    desk.fates.order(json!({"fate": fate})).unwrap();
    let id = desk.create();
    for (step, expected) in steps {
        let told = take_step(&mut desk, &id, step);
        let (status, pod) = desk.ask(&format!("GET /v1/pods/{id}"), Value::Null);
        let seen = pod["status"].as_str().map_or(status.to_string(), str::to_owned);
        let seen = if told < 300 { seen } else { format!("{told} {seen}") };
        assert_eq!(seen, *expected, "after {step} of {steps:?}");
    }
}

fn take_step(desk: &mut Desk, id: &str, step: &str) -> u16 {
    match step.split_once(' ') {
        Some(("pass", seconds)) => desk.pass(seconds.parse().unwrap()),
        Some(("event", event)) => desk.change(id, json!({ "event": event })).unwrap().unwrap(),
        _ if step == "delete" => return desk.status_of(&format!("DELETE /v1/pods/{id}")),
        _ => return desk.status_of(&format!("POST /v1/pods/{id}/{step}")),
    }
    200
}

#[test]
fn a_pod_starts_stops_starts_again_and_ends() {
    follow(
        "normal",
        &[
            ("pass 0", "pending"),
            ("stop", "409 pending"),
            ("delete", "409 pending"),
            ("pass 10", "provisioning"),
            ("start", "409 provisioning"),
            ("pass 80", "running"),
            ("start", "409 running"),
            ("delete", "409 running"),
            ("stop", "stopping"),
            ("stop", "409 stopping"),
            ("delete", "409 stopping"),
            ("pass 20", "stopped"),
            ("pass 9999", "stopped"),
            ("stop", "409 stopped"),
            ("start", "provisioning"),
            ("pass 79", "provisioning"),
            ("pass 1", "running"),
            ("stop", "stopping"),
            ("pass 20", "stopped"),
            ("delete", "404"),
            ("delete", "404 404"),
            ("start", "404 404"),
        ],
    );
}

#[test]
fn fates() {
    follow(
        "fails",
        &[
            ("pass 89", "provisioning"),
            ("pass 1", "failed"),
            ("start", "409 failed"),
            ("delete", "404"),
        ],
    );
    follow("never_ready", &[("pass 99999", "provisioning")]);
    follow("vanishes", &[("pass 89", "provisioning"), ("pass 1", "404")]);
}

#[test]
fn events() {
    let runs = ("pass 90", "running");
    follow("normal", &[runs, ("event stop", "stopped"), ("start", "provisioning")]);
    follow("normal", &[runs, ("event stop", "stopped"), ("event start", "running")]);
    follow("normal", &[runs, ("event fail", "failed"), ("pass 99", "failed")]);
    for end in ["event terminate", "event preempt", "event vanish"] {
        follow("normal", &[runs, (end, "404")]);
    }
}

#[test]
fn fields_change_behind_the_owners_back() {
    let mut desk = Desk::new();
    let id = desk.create();
    let change = json!({"set": {"spec": {"cpu": "250m"}, "name": "other"}, "reason": "somebody"});
    desk.change(&id, change).unwrap().unwrap();
    let pod = desk.read(&id);
    assert_eq!(pod["name"], "other");
    assert_eq!(pod["spec"], json!({"image": "ubuntu:24.04", "cpu": "250m"}));
    assert!(desk.change("another", json!({})).is_none());
}

#[test]
fn each_step_is_one_state_whatever_the_clock_says() {
    let mut desk = Desk::new();
    let id = desk.create();
    for status in ["provisioning", "running", "running"] {
        desk.cloud.step(START);
        assert_eq!(desk.read(&id)["status"], status);
    }
}

#[test]
fn a_pod_lives_until_it_is_deleted() {
    let mut desk = Desk::new();
    let id = desk.create();
    desk.change(&id, json!({"event": "stop"})).unwrap().unwrap();
    let living = desk.cloud.living_pods();
    assert_eq!(
        (
            living[0].cloud,
            living[0].id.as_str(),
            living[0].name.as_str(),
            living[0].status.as_str()
        ),
        ("cpod", id.as_str(), "tiny", "stopped")
    );
    assert_eq!(desk.status_of(&format!("DELETE /v1/pods/{id}")), 204);
    assert_eq!(desk.cloud.living_pods(), []);
}

#[test]
fn ids_are_uuids() {
    let id = Desk::new().create();
    let lengths: Vec<usize> = id.split('-').map(str::len).collect();
    assert_eq!(lengths, [8, 4, 4, 4, 12], "{id}");
    assert!(
        id.chars().all(|digit| digit == '-' || digit.is_ascii_hexdigit()),
        "{id}"
    );
}
