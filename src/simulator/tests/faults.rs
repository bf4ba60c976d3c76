//! Ordered faults, as a client meets them.

use serde_json::{Value, json};

use super::{Simulator, ask, create, receive, send, small_pod, status, stepped};

fn ordered(action: Value) -> Simulator {
    let simulator = stepped();
    simulator
        .order(json!({"method": "POST", "path": "/v2/pods", "action": action}))
        .unwrap();
    simulator
}

#[test]
fn an_answer_is_replaced() {
    let check = |carried_out: bool, pods: usize| {
        let respond =
            json!({"status": 429, "headers": {"Retry-After": "1"}, "body": "<p>busy</p>", "carried_out": carried_out});
        let simulator = ordered(json!({ "respond": respond }));
        let text = receive(send(&simulator, "POST /v2/pods", &small_pod()));
        assert!(
            text.starts_with("HTTP/1.1 429 ") && text.ends_with("\r\n\r\n<p>busy</p>"),
            "{text}"
        );
        assert!(text.to_lowercase().contains("retry-after: 1\r\n"), "{text}");
        assert_eq!(simulator.living_pods().len(), pods);
        assert_eq!(ask(&simulator, "POST /v2/pods", small_pod()).0, 200, "one time only");
    };
    check(false, 0);
    check(true, 1);
}

#[test]
fn a_connection_is_cut() {
    let check = |carried_out: bool, pods: usize| {
        let simulator = ordered(json!({"cut": {"carried_out": carried_out}}));
        assert_eq!(receive(send(&simulator, "POST /v2/pods", &small_pod())), "");
        assert_eq!(simulator.living_pods().len(), pods);
        assert_eq!(simulator.requests()[0].status, None);
    };
    check(false, 0);
    check(true, 1);
}

#[test]
fn an_answer_is_altered() {
    let altered = |action: Value| ask(&ordered(action), "POST /v2/pods", small_pod()).1;
    assert_eq!(altered(json!({"merge_data": {"id": null}}))["data"].get("id"), None);
    assert_eq!(
        altered(json!({"merge_data": {"status": "SOMETHING_NEW"}}))["data"]["status"],
        "SOMETHING_NEW"
    );
    let big: Value = serde_json::from_str("9223372036854775808").unwrap();
    assert_eq!(
        altered(json!({"merge_data": {"id": big}}))["data"]["id"].to_string(),
        "9223372036854775808"
    );
    assert_eq!(
        altered(json!({"replace_body": {"code": 10000}})),
        json!({"code": 10000})
    );
    assert_eq!(altered(json!({"replace_body": "{\"code\":"})), json!("{\"code\":"));
}

#[test]
fn an_answer_is_about_something_else() {
    let simulator = stepped();
    let (one, other) = (create(&simulator), create(&simulator));
    let answered = |path: String| {
        let action = json!({ "answer_of": path });
        let path = format!("/v2/pods/{one}");
        simulator.order(json!({"path": path, "action": action})).unwrap();
        ask(&simulator, &format!("GET {path}"), Value::Null).1
    };
    let told = answered(format!("/v2/pods/{other}"));
    assert_eq!(told["data"]["id"], other.as_str());
    assert_eq!(answered("/v2/pods/7".to_owned())["code"], 13000, "nothing has this id");
    assert_eq!(status(&simulator, &one), "PENDING", "one time only");
}

#[test]
fn a_held_request_is_released() {
    let check = |hang: Value, pods_while_held: usize| {
        let simulator = ordered(json!({ "hang": hang }));
        let stream = send(&simulator, "POST /v2/pods", &small_pod());
        assert!(simulator.wait_for(|requests| requests.len() == 1));
        // Its connection is served on the same thread, so this answer comes after the other request was held.
        ask(&simulator, "GET /_simulator/state", Value::Null);
        assert_eq!(simulator.living_pods().len(), pods_while_held);
        simulator.clear_faults();
        assert!(receive(stream).starts_with("HTTP/1.1 200 "));
        assert_eq!(simulator.living_pods().len(), 1);
    };
    check(json!(true), 0);
    check(json!({"carried_out": true}), 1);
}

#[test]
fn a_held_request_does_not_keep_the_simulator() {
    let simulator = ordered(json!({"hang": true}));
    let stream = send(&simulator, "POST /v2/pods", &small_pod());
    assert!(simulator.wait_for(|requests| requests.len() == 1));
    drop(simulator);
    assert_eq!(receive(stream), "");
}

#[test]
fn a_delayed_request_is_answered() {
    let simulator = ordered(json!({"delay_ms": 1}));
    let id = create(&simulator);
    assert_eq!(status(&simulator, &id), "PENDING");
}
