//! A limit of requests a second, in stepped time.

use std::time::Duration;

use serde_json::{Value, json};

use super::{ask, create, receive, send, small_pod, stepped};

const LIST: &str = "GET /v2/pods";

#[test]
fn what_is_too_much_for_a_second_is_refused_and_not_carried_out() {
    let simulator = stepped();
    simulator.limit(json!({"per_second": 2})).unwrap();
    let order = || ask(&simulator, "POST /v2/pods", small_pod()).0;
    assert_eq!([order(), order(), order(), order()], [200, 200, 429, 429]);
    simulator.advance(Duration::from_millis(999));
    assert_eq!(order(), 429);
    simulator.advance(Duration::from_millis(1));
    assert_eq!([order(), order(), order()], [200, 200, 429], "a refusal does not count");
    assert_eq!(simulator.living_pods().len(), 4);
}

#[test]
fn a_refusal_says_when_to_come_back_if_it_is_told_to() {
    let check = |limit: Value, says: bool| {
        let simulator = stepped();
        simulator.limit(limit).unwrap();
        ask(&simulator, LIST, Value::Null);
        let refusal = receive(send(&simulator, LIST, &Value::Null)).to_lowercase();
        assert!(refusal.starts_with("http/1.1 429 "), "{refusal}");
        assert_eq!(refusal.contains("retry-after: 7\r\n"), says, "{refusal}");
    };
    check(json!({"per_second": 1}), false);
    check(json!({"per_second": 1, "retry_after": 7}), true);
}

#[test]
fn each_cloud_counts_for_itself_and_what_is_refused_meets_no_fault() {
    let simulator = stepped();
    ask(&simulator, "POST /_simulator/limit", json!({"per_second": 1}));
    simulator
        .order(json!({"path": "/v2/pods", "after": 1, "action": {"respond": {"status": 503}}}))
        .unwrap();
    let list = || ask(&simulator, LIST, Value::Null).0;
    assert_eq!([list(), list()], [200, 429]);
    assert_eq!(ask(&simulator, "GET /api/v1/pods/", Value::Null).0, 200);
    simulator.advance(Duration::from_secs(1));
    assert_eq!([list(), list()], [503, 429]);
    ask(&simulator, "DELETE /_simulator/limit", Value::Null);
    assert_eq!([list(), list()], [200, 200]);
    create(&simulator);
}

#[test]
fn a_limit_that_lets_nothing_through_is_refused() {
    let simulator = stepped();
    let check = |limit: Value| assert_eq!(ask(&simulator, "POST /_simulator/limit", limit).0, 400);
    check(json!({"per_second": 0}));
    check(json!({"per_second": -1}));
    check(json!({"per_minute": 1}));
    assert_eq!(ask(&simulator, LIST, Value::Null).0, 200);
}
