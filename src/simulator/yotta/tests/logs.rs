//! Log lines page by page, and the time a pod has run.

use serde_json::{Value, json};

use super::{Desk, START};

fn running() -> (Desk, String) {
    let mut desk = Desk::new();
    let id = desk.create();
    desk.pass(90);
    (desk, id)
}

#[test]
fn filters_keep_what_they_name() {
    let (mut desk, id) = running();
    let mut check = |query: &str, expected: usize| {
        let data = desk.data(&format!("GET /v2/pods/{id}/logs?{query}"), Value::Null);
        assert_eq!(data["items"].as_array().unwrap().len(), expected, "{query}");
    };
    check("", 6);
    check("type=CONTAINER", 6);
    check("type=SYSTEM", 4);
    check("type=SYSTEM&keyword=RUNNING", 1);
    check(&format!("type=SYSTEM&startTime={}", START + 5_000), 3);
    check(&format!("type=SYSTEM&endTime={}", START + 5_000), 2);
    check("limit=2", 2);
}

#[test]
fn wrong_filters_are_refused() {
    let (mut desk, id) = running();
    for query in [
        "type=ALL",
        "limit=0",
        "limit=x",
        "limit=1001",
        "cursor=7",
        "startTime=now",
        "lines=1",
    ] {
        assert_eq!(desk.code(&format!("GET /v2/pods/{id}/logs?{query}")), 10001, "{query}");
    }
}

#[test]
fn cursors_lead_through_all_lines_and_back() {
    let (mut desk, id) = running();
    let whole = desk.data(&format!("GET /v2/pods/{id}/logs"), Value::Null);
    let mut seen = Vec::new();
    let mut query = "limit=4".to_owned();
    let last = loop {
        let page = desk.data(&format!("GET /v2/pods/{id}/logs?{query}"), Value::Null);
        seen.extend(page["items"].as_array().unwrap().clone());
        match page["page"]["nextCursor"].as_str() {
            Some(cursor) => query = format!("limit=4&cursor={cursor}"),
            None => break page,
        }
    };
    assert_eq!(json!(seen), whole["items"]);
    assert_eq!(
        (&last["page"]["hasNext"], &last["page"]["hasPrevious"]),
        (&json!(false), &json!(true))
    );
    assert_eq!(last["page"]["previousCursor"], "line-0");
    assert_eq!(whole["items"][0]["timestamp"], "2026-01-01T00:01:30Z");
}

#[test]
fn only_running_counts_as_run_time() {
    let (mut desk, id) = running();
    let mut check = |request: &str, seconds: u64, expected: u64| {
        if !request.is_empty() {
            desk.data(&format!("POST /v2/pods/{id}/{request}"), Value::Null);
        }
        desk.pass(seconds);
        let data = desk.data(&format!("GET /v2/pods/{id}/runtime"), Value::Null);
        assert_eq!(
            (&data["runningSeconds"], &data["id"]),
            (&json!(expected), &json!(id)),
            "{request} {seconds}"
        );
    };
    check("", 0, 0);
    check("", 10, 10);
    check("pause", 1_000, 10);
    check("resume", 85, 10);
    check("", 5, 15);
}
