//! The state machine of volumes: transitions by time, on request and behind their owner's back.

use serde_json::{Value, json};

use super::Desk;
use crate::simulator::cloud::Cloud;

fn follow(fate: &str, steps: &[(&str, &str)]) {
    let mut desk = Desk::new();
    desk.volume_fates.order(json!({"fate": fate})).unwrap();
    let id = desk.create_volume("ceph");
    let take = |desk: &mut Desk, step: &str| take_step(desk, &id, step);
    super::follow(&mut desk, &format!("/v2/volumes/{id}"), steps, take);
}

fn take_step(desk: &mut Desk, id: &str, step: &str) -> u64 {
    match step.split_once(' ') {
        Some(("pass", seconds)) => desk.pass(seconds.parse().unwrap()),
        Some(("event", event)) => happen(desk, id, json!({"event": event})),
        Some(("resize", size)) => return resize(desk, id, size.parse().unwrap()),
        _ => return desk.code(&format!("DELETE /v2/volumes/{id}")),
    }
    10000
}

fn resize(desk: &mut Desk, id: &str, size: i64) -> u64 {
    let (_, envelope) = desk.ask(&format!("POST /v2/volumes/{id}/resize"), json!({"sizeInGb": size}));
    envelope["code"].as_u64().unwrap()
}

fn happen(desk: &mut Desk, id: &str, change: Value) {
    let change = serde_json::from_value(change).unwrap();
    desk.cloud.change_volume(id, &change, desk.now).unwrap().unwrap();
}

#[test]
fn a_volume_is_made_grows_and_goes() {
    follow(
        "normal",
        &[
            ("pass 19", "creating"),
            ("resize 200", "12001 creating"),
            ("pass 1", "active"),
            ("resize 99", "10001 active"),
            ("resize 100", "10001 active"),
            ("resize 10241", "10001 active"),
            ("resize 200", "resizing"),
            ("resize 300", "12001 resizing"),
            ("pass 29", "resizing"),
            ("pass 1", "active"),
            ("resize 199", "10001 active"),
            ("delete", "deleting"),
            ("pass 9", "deleting"),
            ("delete", "deleting"),
            ("pass 1", "10007"),
            ("delete", "10007 10007"),
            ("resize 300", "10007 10007"),
        ],
    );
}

#[test]
fn fates_and_events() {
    let gone = [("delete", "deleting"), ("pass 10", "10007")];
    follow(
        "fails",
        &[("pass 20", "error"), ("pass 999", "error"), gone[0], gone[1]],
    );
    follow("never_ready", &[("pass 999999", "creating"), gone[0], gone[1]]);
    follow("vanishes", &[("pass 19", "creating"), ("pass 1", "10007")]);
    follow(
        "normal",
        &[
            ("pass 20", "active"),
            ("event fail", "error"),
            ("resize 200", "12001 error"),
        ],
    );
    follow("normal", &[("event vanish", "10007")]);
}

#[test]
fn the_new_size_comes_with_the_end_of_the_resize() {
    let mut desk = Desk::with_quirks(json!({"older_volumes": true}));
    let id = desk.data("POST /v2/volumes", super::fixture("volume-create-request-ceph"))["id"].to_string();
    desk.pass(20);
    happen(&mut desk, &id, json!({"set": {"sizeInGb": 150}}));
    assert_eq!(resize(&mut desk, &id, 200), 10000);
    assert_eq!(desk.read_volume(&id)["sizeInGb"], 150);
    desk.pass(30);
    assert_eq!(desk.read_volume(&id)["sizeInGb"], 200);
    resize(&mut desk, &id, 300);
    happen(&mut desk, &id, json!({"event": "fail"}));
    desk.pass(999);
    assert_eq!(
        desk.read_volume(&id)["sizeInGb"],
        200,
        "a failed resize changes nothing"
    );
}

#[test]
fn a_volume_without_a_size_cannot_grow() {
    let mut desk = Desk::new();
    let id = desk.create_volume("s3");
    desk.pass(20);
    assert_eq!(resize(&mut desk, &id, 200), 10001);
}

#[test]
fn used_space_is_rounded_down() {
    let mut desk = Desk::new();
    let id = desk.create_volume("ceph");
    let mut check = |used: u64, gib: u64| {
        happen(&mut desk, &id, json!({ "used_bytes": used }));
        let volume = desk.read_volume(&id);
        assert_eq!(
            (&volume["sizeBytes"], &volume["sizeInGb"]),
            (&json!(used.to_string()), &json!(gib))
        );
    };
    check((1 << 30) - 1, 0);
    check(1 << 30, 1);
    check(u64::MAX, (1 << 34) - 1);
}

#[test]
fn a_new_name_overrules_the_one_given_behind_the_back() {
    let mut desk = Desk::new();
    let id = desk.create_volume("s3");
    happen(&mut desk, &id, json!({"set": {"name": "theirs"}}));
    assert_eq!(desk.read_volume(&id)["name"], "theirs");
    let renamed = desk.data(&format!("POST /v2/volumes/{id}/name"), json!({"name": "ours"}));
    assert_eq!(
        (&renamed["name"], &desk.read_volume(&id)["name"]),
        (&json!("ours"), &json!("ours"))
    );
    let (_, refused) = desk.ask(&format!("POST /v2/volumes/{id}/name"), json!({"name": ""}));
    assert_eq!(refused["code"], 10001);
}

#[test]
fn the_cost_adds_up() {
    let check = |kind: &str, change: fn(&mut Desk, &str), expected: [&str; 2]| {
        let mut desk = Desk::new();
        let id = desk.create_volume(kind);
        desk.pass(3_600);
        assert_eq!(desk.read_volume(&id)["cost"], expected[0], "{kind}");
        change(&mut desk, &id);
        desk.pass(3_600);
        assert_eq!(desk.read_volume(&id)["cost"], expected[1], "{kind}");
    };
    let grow = |desk: &mut Desk, id: &str| {
        resize(desk, id, 200);
        desk.pass(30);
    };
    let fill = |desk: &mut Desk, id: &str| happen(desk, id, json!({"used_bytes": 50_u64 << 30}));
    check("ceph", grow, ["0.01", "0.03"]);
    check("ceph", fill, ["0.01", "0.02"]);
    check("s3", fill, ["0.00", "0.005"]);
}

#[test]
fn a_volume_that_is_gone() {
    let check = |gone_as: Value, expected: u16| {
        let mut desk = Desk::with_quirks(json!({ "gone_as": gone_as }));
        let (status, envelope) = desk.ask("GET /v2/volumes/1", Value::Null);
        assert_eq!((status, &envelope["code"]), (expected, &json!(10007)), "{gone_as}");
        assert_eq!(desk.code("GET /v2/volumes/vol-1"), 10001);
    };
    check(json!(null), 200);
    check(json!("terminated"), 200);
    check(json!("absent"), 404);
}
