//! Volumes in the hands of pods: which can be mounted, and for how long they stay so.

use serde_json::{Value, json};

use super::{Desk, VOLUME, minimal_with};
use crate::simulator::cloud::Cloud;

/// Creates a pod that mounts each volume once.
fn mount(desk: &mut Desk, ids: &[&str]) -> Value {
    let mounts = ids.iter().enumerate();
    let volumes: Vec<Value> = mounts
        .map(|(index, id)| json!({"id": id, "mountPath": format!("/data/{index}")}))
        .collect();
    desk.ask("POST /v2/pods", minimal_with(json!({ "volumes": volumes }))).1
}

fn furnished() -> (Desk, String) {
    (Desk::furnished(), VOLUME.to_string())
}

fn mount_count(desk: &mut Desk) -> u64 {
    desk.read_volume(&VOLUME.to_string())["mountCount"].as_u64().unwrap()
}

#[test]
fn only_active_volumes_can_be_mounted() {
    let mut desk = Desk::new();
    let young = desk.create_volume("ceph");
    let check = |desk: &mut Desk, id: &str, expected: u64| {
        assert_eq!(mount(desk, &[id])["code"], expected, "{id}");
    };
    check(&mut desk, &young, 12001);
    check(&mut desk, "1", 10001);
    check(&mut desk, "data", 10001);
    desk.pass(20);
    check(&mut desk, &young, 10000);
    let going = desk.create_volume("s3");
    desk.pass(20);
    desk.code(&format!("DELETE /v2/volumes/{going}"));
    check(&mut desk, &going, 12001);
    desk.pass(10);
    check(&mut desk, &going, 10001);
}

#[test]
fn a_pod_shows_what_it_mounts() {
    let (mut desk, id) = furnished();
    desk.quirks.merge(json!({"system_volume": true})).unwrap();
    let pod = mount(&mut desk, &[&id]);
    assert_eq!(
        pod["data"]["volumes"][0],
        json!({"id": id, "mountPath": "/data/0", "mountMode": "Data"})
    );
    assert_eq!(pod["data"]["volumes"][1]["mountMode"], "System");
}

/// The mount count after each step of a pod's life, which is a request, an event or seconds that pass.
fn follow(steps: &[(&str, u64)]) {
    let (mut desk, volume) = furnished();
    let pod = mount(&mut desk, &[&volume])["data"]["id"].to_string();
    assert_eq!(mount_count(&mut desk), 1);
    for (step, expected) in steps {
        take_step(&mut desk, &pod, step);
        assert_eq!(mount_count(&mut desk), *expected, "after {step} of {steps:?}");
    }
}

fn take_step(desk: &mut Desk, pod: &str, step: &str) {
    match step.split_once(' ') {
        Some(("pass", seconds)) => desk.pass(seconds.parse().unwrap()),
        Some((_, event)) => {
            let change = serde_json::from_value(json!({ "event": event })).unwrap();
            desk.cloud.change(pod, &change, desk.now).unwrap().unwrap();
        }
        None if step == "delete" => drop(desk.data(&format!("DELETE /v2/pods/{pod}"), Value::Null)),
        None => drop(desk.data(&format!("POST /v2/pods/{pod}/{step}"), Value::Null)),
    }
}

#[test]
fn a_pod_holds_its_volumes_until_its_end() {
    let deleted = [("delete", 1), ("pass 14", 1), ("pass 1", 0), ("pass 99999", 0)];
    follow(&deleted);
    follow(&[&[("pass 90", 1), ("pause", 1), ("pass 20", 1)], &deleted[..]].concat());
    follow(&[&[("event fail", 1), ("pass 99999", 1)], &deleted[..]].concat());
    follow(&[("event terminate", 0)]);
    follow(&[("event preempt", 0)]);
    follow(&[("event vanish", 0)]);
}

#[test]
fn mounts_are_counted_over_all_pods() {
    let (mut desk, id) = furnished();
    let other = desk.create_volume("ceph");
    desk.pass(20);
    mount(&mut desk, &[&id, &other]);
    mount(&mut desk, &[&id]);
    assert_eq!(mount_count(&mut desk), 2);
    assert_eq!(mount(&mut desk, &[&id, "1"])["code"], 10001);
    assert_eq!(mount_count(&mut desk), 2, "a refused pod mounts nothing");
    let counts: Vec<Value> = desk.data("GET /v2/volumes", Value::Null)["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["mountCount"].clone())
        .collect();
    assert_eq!(counts.len(), 2);
    assert!(counts.contains(&json!(1)) && counts.contains(&json!(2)), "{counts:?}");
}

#[test]
fn a_mounted_volume_stays_as_it_is() {
    let check = |quirks: Value, expected: u16| {
        let (mut desk, id) = furnished();
        desk.quirks.merge(quirks).unwrap();
        let pod = mount(&mut desk, &[&id])["data"]["id"].to_string();
        let requests = [
            (format!("DELETE /v2/volumes/{id}"), Value::Null),
            (format!("POST /v2/volumes/{id}/resize"), json!({"sizeInGb": 200})),
        ];
        for (line, body) in requests {
            let (status, envelope) = desk.ask(&line, body);
            assert_eq!((status, &envelope["code"]), (expected, &json!(12001)), "{line}");
        }
        assert_eq!(desk.read_volume(&id)["status"], "active");
        desk.data(&format!("POST /v2/volumes/{id}/name"), json!({"name": "other"}));
        desk.data(&format!("DELETE /v2/pods/{pod}"), Value::Null);
        desk.pass(15);
        assert_eq!(desk.data(&format!("DELETE /v2/volumes/{id}"), Value::Null), json!(true));
    };
    check(json!({}), 200);
    check(json!({"conflict_over_http": true}), 409);
}
