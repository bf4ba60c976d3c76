//! The state machine of pods: transitions by time, on request and behind their owner's back.

use serde_json::{Value, json};

use super::{Desk, START};
use crate::simulator::cloud::Cloud;

fn follow(fate: &str, steps: &[(&str, &str)]) {
    let mut desk = Desk::new();
    desk.fates.order(json!({"fate": fate})).unwrap();
    let id = desk.create();
    let take = |desk: &mut Desk, step: &str| take_step(desk, &id, step);
    super::follow(&mut desk, &format!("/v2/pods/{id}"), steps, take);
}

fn take_step(desk: &mut Desk, id: &str, step: &str) -> u64 {
    match step.split_once(' ') {
        Some(("pass", seconds)) => desk.pass(seconds.parse().unwrap()),
        Some(("event", event)) => happen(desk, id, json!({"event": event})).unwrap(),
        _ if step == "delete" => return desk.code(&format!("DELETE /v2/pods/{id}")),
        _ => return desk.code(&format!("POST /v2/pods/{id}/{step}")),
    }
    10000
}

fn happen(desk: &mut Desk, id: &str, change: Value) -> Result<(), String> {
    let change = serde_json::from_value(change).unwrap();
    desk.cloud.change(id, &change, desk.now).unwrap()
}

#[test]
fn a_pod_starts_pauses_resumes_and_ends() {
    follow(
        "normal",
        &[
            ("pass 0", "PENDING"),
            ("pause", "12001 PENDING"),
            ("pass 5", "PREPARING"),
            ("pass 25", "INITIALIZING"),
            ("resume", "12001 INITIALIZING"),
            ("pass 60", "RUNNING"),
            ("resume", "12001 RUNNING"),
            ("pause", "PAUSING"),
            ("pause", "12001 PAUSING"),
            ("pass 20", "PAUSED"),
            ("pass 9999", "PAUSED"),
            ("resume", "PREPARING"),
            ("pass 84", "INITIALIZING"),
            ("pass 1", "RUNNING"),
            ("delete", "TERMINATING"),
            ("pause", "12001 TERMINATING"),
            ("delete", "TERMINATING"),
            ("pass 15", "TERMINATED"),
            ("resume", "12001 TERMINATED"),
            ("pass 86399", "TERMINATED"),
            ("pass 1", "13000"),
            ("delete", "13000 13000"),
        ],
    );
}

#[test]
fn a_pod_can_be_deleted_in_any_state() {
    let ends = ("delete", "TERMINATING");
    follow("normal", &[ends]);
    follow("normal", &[("pass 30", "INITIALIZING"), ends]);
    follow("normal", &[("pass 90", "RUNNING"), ("pause", "PAUSING"), ends]);
    follow("fails", &[("pass 90", "FAILED"), ends]);
}

#[test]
fn fates() {
    follow(
        "fails",
        &[
            ("pass 89", "INITIALIZING"),
            ("pass 1", "FAILED"),
            ("resume", "12001 FAILED"),
        ],
    );
    follow(
        "never_ready",
        &[
            ("pass 99999", "INITIALIZING"),
            ("delete", "TERMINATING"),
            ("pass 15", "TERMINATED"),
        ],
    );
    follow("vanishes", &[("pass 89", "INITIALIZING"), ("pass 1", "13000")]);
}

#[test]
fn events() {
    let runs = ("pass 90", "RUNNING");
    follow("normal", &[runs, ("event stop", "PAUSED"), ("resume", "PREPARING")]);
    follow("normal", &[runs, ("event stop", "PAUSED"), ("event start", "RUNNING")]);
    follow("normal", &[runs, ("event fail", "FAILED"), ("pass 99", "FAILED")]);
    follow("normal", &[runs, ("event terminate", "TERMINATED")]);
    follow("normal", &[runs, ("event preempt", "TERMINATED")]);
    follow("normal", &[runs, ("event vanish", "13000")]);
}

#[test]
fn fields_change_behind_the_owners_back() {
    let mut desk = Desk::new();
    let id = desk.create();
    happen(&mut desk, &id, json!({"set": {"image": "other:1"}})).unwrap();
    assert_eq!(
        desk.data(&format!("GET /v2/pods/{id}"), Value::Null)["image"],
        "other:1"
    );
    happen(&mut desk, &id, json!({"event": "terminate", "reason": "no balance"})).unwrap();
    assert!(
        happen(&mut desk, &id, json!({"event": "start"})).is_err(),
        "what has ended stays so"
    );
    assert!(
        desk.cloud
            .change("1", &serde_json::from_value(json!({})).unwrap(), 0)
            .is_none()
    );
}

#[test]
fn each_step_is_one_state_whatever_the_clock_says() {
    let mut desk = Desk::new();
    let id = desk.create();
    for status in ["PREPARING", "INITIALIZING", "RUNNING", "RUNNING"] {
        desk.cloud.step(START);
        assert_eq!(desk.status(&id), status);
    }
}

#[test]
fn at_a_higher_speed_states_are_shorter() {
    let mut desk = Desk::new();
    let id = desk.create();
    desk.cloud.pass(START + 4_499, 20);
    assert_eq!(desk.status(&id), "INITIALIZING");
    desk.cloud.pass(START + 4_500, 20);
    assert_eq!(desk.status(&id), "RUNNING");
}

#[test]
fn ended_pods_are_listed_only_on_demand() {
    let mut desk = Desk::new();
    let ids = [desk.create(), desk.create()];
    desk.pass(90);
    desk.data(&format!("DELETE /v2/pods/{}", ids[0]), Value::Null);
    assert_eq!(desk.listed(""), 2, "a pod that is ending is still there");
    desk.pass(15);
    let mut check = |query: &str, expected: usize| assert_eq!(desk.listed(query), expected, "{query}");
    check("", 1);
    check("statusList=TERMINATED", 1);
    check("statusList=TERMINATED,RUNNING", 2);
    check("statusList=TERMINATED&statusList=RUNNING", 2);
    check("statusList=PAUSED", 0);
    check("regionList=eu-2", 1);
    check("regionList=us-east-1", 0);
    check("regionList=us-east-1%2Ceu-2", 1);
    assert_eq!(desk.code("GET /v2/pods?statusList=STOPPED"), 10001);
    assert_eq!(desk.code("GET /v2/pods?status=RUNNING"), 10001);
    assert_eq!(desk.cloud.living_pods().len(), 1);
}

#[test]
fn ids() {
    let check = |id: &str, expected: u64| {
        assert_eq!(Desk::new().code(&format!("GET /v2/pods/{id}")), expected, "{id}");
    };
    check("1", 13000);
    check("pod-1", 10001);
    let id: u64 = Desk::new().create().parse().unwrap();
    assert_ne!(id as f64 as u64, id, "an id does not survive as a double");
}
