//! Logs of pods, and their rows in the history.

use serde_json::{Value, json};

use super::{Desk, column};
use crate::simulator::cloud::Cloud;

#[test]
fn a_log_is_cut_from_its_end() {
    let mut desk = Desk::new();
    let id = desk.create();
    desk.pass(90);
    let mut lines = |query: &str| {
        let log = desk.read(&format!("pods/{id}/log{query}"));
        let lines = log.as_str().unwrap().lines();
        lines.map(str::to_owned).collect::<Vec<String>>()
    };
    let whole = lines("");
    assert!(whole.len() > 5 && whole[0] == "pod is PROVISIONING", "{whole:?}");
    assert_eq!(lines("?tail=2"), whole[whole.len() - 2..]);
    assert_eq!(lines("?tail=1000"), whole);
    assert_eq!(lines("?tail=0"), [""; 0]);
    assert_eq!(desk.http(&format!("GET pods/{id}/log?tail=x")), 422);
    assert_eq!(desk.http("GET pods/nobody/log"), 404);
    desk.quirks.merge(json!({"log_as_object": true})).unwrap();
    assert_eq!(desk.read(&format!("pods/{id}/log")), json!({ "logs": whole }));
}

#[test]
fn the_history_has_what_has_ended() {
    let mut desk = Desk::new();
    let ids: Vec<String> = (0..3).map(|_| desk.create()).collect();
    desk.pass(30);
    for (id, seconds) in [(&ids[1], 3_600), (&ids[0], 0)] {
        desk.pass(seconds);
        assert_eq!(
            desk.told(&format!("DELETE pods/{id}"), Value::Null)["status"],
            "DELETING"
        );
        desk.pass(15);
    }
    let mut sorted = |query: &str| column(&desk.read(&format!("pods/history?{query}"))["data"], "id");
    let by_creation = [ids[0].clone(), ids[1].clone()];
    let by_end = [ids[1].clone(), ids[0].clone()];
    assert_eq!(sorted("sort_by=createdAt&sort_order=asc"), by_creation);
    assert_eq!(sorted("sort_order=asc"), by_end);
    assert_eq!(sorted(""), by_creation, "the last end comes first");
    assert_eq!(sorted("limit=1&offset=1"), by_end[..1]);
    desk.pass(2 * 24 * 60 * 60);
    assert_eq!(desk.read("pods/history")["total_count"], 2, "it forgets nothing");
    assert_eq!(desk.http(&format!("GET pods/{}", ids[0])), 404);
}

/// An hour at 0.45, without the thirty seconds before the machine was there and those in which it ends.
#[test]
fn a_pod_is_billed_for_the_time_that_it_is_there() {
    let mut desk = Desk::new();
    let id = desk.create();
    desk.pass(30 + 3_600);
    desk.told(&format!("DELETE pods/{id}"), Value::Null);
    desk.pass(15);
    let row = desk.read("pods/history")["data"][0].clone();
    assert_eq!(row["totalBilledPrice"].to_string(), "0.45");
    assert_eq!(row["priceHr"].to_string(), "0.45");
    assert_eq!(row["terminatedAt"], "2026-01-01T01:00:45Z");
    assert_eq!(
        (&row["type"], &row["gpuName"]),
        (&json!("Instance"), &json!("RTX4090_24GB"))
    );
}

#[test]
fn what_vanished_leaves_no_row() {
    let mut desk = Desk::new();
    let id = desk.create();
    let change = serde_json::from_value(json!({"event": "vanish"})).unwrap();
    desk.cloud.change(&id, &change, desk.now).unwrap().unwrap();
    assert_eq!(desk.read("pods/history")["data"], json!([]));
}
