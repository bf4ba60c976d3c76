//! Tests of logs and running times: requests, conversion of lines, and pagination.

use crate::clouds::{
    Kind, LogLine, LogQuery, Logs, PodId, Runtime, Runtimes,
    http::test_server::Reply,
    yotta::testing::{refusal, success, unsigned_404, yotta},
};

fn id() -> PodId {
    PodId::new("42").expect("an id")
}

fn query(limit: u32) -> LogQuery {
    LogQuery {
        kind: None,
        limit,
        keyword: None,
        start: None,
        end: None,
    }
}

/// A page of so many lines, with what it says of the next one.
fn page(lines: usize, cursors: &str) -> Reply {
    let items = vec![r#"{"content":"hello"}"#; lines].join(",");
    success(&format!(r#"{{"items":[{items}],"page":{{{cursors}}}}}"#))
}

#[tokio::test]
async fn every_condition_is_asked_for() {
    let (server, yotta) = yotta([page(0, ""), page(0, "")]).await;
    let query_of_all = LogQuery {
        kind: Some("SYSTEM".to_owned()),
        limit: 5,
        keyword: Some("out of memory & more".to_owned()),
        start: Some(1_763_600_000_000),
        end: Some(1_763_600_001_000),
    };
    assert_eq!(yotta.pod_logs(&id(), &query_of_all).await.expect("a log"), vec![]);
    assert_eq!(yotta.pod_logs(&id(), &query(7)).await.expect("a log"), vec![]);
    let expected = [
        "GET /v2/pods/42/logs?type=SYSTEM&limit=5&startTime=1763600000000&endTime=1763600001000\
         &keyword=out+of+memory+%26+more",
        "GET /v2/pods/42/logs?limit=7",
    ];
    assert_eq!(server.lines(), expected);
}

#[tokio::test]
async fn lines_are_read_leniently() {
    let items = r#"{"timestamp":"2026-01-01T00:00:00Z","level":"INFO","content":"hello"},
        {"timestamp":1763600000000,"level":null,"content":""},
        null,{"level":"WARN"},{"content":5},{"timestamp":[],"level":7,"content":"bye"}"#;
    let (_server, yotta) = yotta([success(&format!(r#"{{"items":[{items}],"page":null}}"#))]).await;
    let line = |timestamp: Option<&str>, level: Option<&str>, content: &str| LogLine {
        timestamp: timestamp.map(str::to_owned),
        level: level.map(str::to_owned),
        content: content.to_owned(),
    };
    let expected = vec![
        line(Some("2026-01-01T00:00:00Z"), Some("INFO"), "hello"),
        line(Some("1763600000000"), None, ""),
        line(None, None, "bye"),
    ];
    assert_eq!(yotta.pod_logs(&id(), &query(100)).await.expect("a log"), expected);
}

#[tokio::test]
async fn cursors_are_followed_up_to_the_limit() {
    let (server, yotta) = yotta([
        page(100, r#""nextCursor":"a b","hasNext":true"#),
        page(30, r#""nextCursor":7"#),
        page(20, r#""nextCursor":"c","hasNext":true"#),
    ])
    .await;
    let lines = yotta.pod_logs(&id(), &query(150)).await.expect("a log");
    assert_eq!(lines.len(), 150);
    let expected = [
        "GET /v2/pods/42/logs?limit=100",
        "GET /v2/pods/42/logs?limit=50&cursor=a+b",
        "GET /v2/pods/42/logs?limit=20&cursor=7",
    ];
    assert_eq!(server.lines(), expected);
}

#[tokio::test]
async fn a_log_ends() {
    let next = r#""nextCursor":"a","hasNext":true"#;
    let no_next = r#""nextCursor":"b","hasNext":false"#;
    // The limit, the pages, and how many lines and questions that makes.
    let table = [
        (0, vec![page(3, next)], 0, 1),
        (2, vec![page(3, next)], 2, 1),
        (9, vec![page(3, no_next)], 3, 1),
        (9, vec![page(3, "")], 3, 1),
        (9, vec![page(3, r#""nextCursor":"","hasNext":true"#)], 3, 1),
        (9, vec![page(3, next), page(0, r#""nextCursor":"b""#)], 3, 2),
        // A cursor that leads to itself.
        (9, vec![page(3, next), page(3, next)], 6, 2),
        (9, vec![success("{}")], 0, 1),
        (9, vec![success(r#"{"items":null,"page":null}"#)], 0, 1),
    ];
    for (limit, replies, lines, questions) in table {
        let (server, yotta) = yotta(replies.clone()).await;
        let found = yotta.pod_logs(&id(), &query(limit)).await.expect("a log");
        assert_eq!(
            (found.len(), server.lines().len()),
            (lines, questions),
            "{limit} {replies:?}"
        );
    }
}

#[tokio::test]
async fn lines_that_cannot_be_read_do_not_lead_on_for_ever() {
    let reply = |number: u32| success(&format!(r#"{{"items":[null],"page":{{"nextCursor":"{number}"}}}}"#));
    let (server, yotta) = yotta((0..100).map(reply)).await;
    assert_eq!(yotta.pod_logs(&id(), &query(5)).await.expect("a log"), vec![]);
    assert_eq!(server.lines().len(), 5);
}

#[tokio::test]
async fn a_running_time_is_read() {
    let (server, yotta) = yotta([
        success(
            r#"{"id":"42","name":"trainer","status":"RUNNING","createdAt":"1763600000000","updatedAt":1763600001000,
                "runningMillis":61500,"runningSeconds":"61"}"#,
        ),
        success(r#"{"name":[],"status":5,"runningMillis":"long","runningSeconds":1.5}"#),
        success(r#"{"status":"terminated"}"#),
    ])
    .await;
    let expected = Runtime {
        name: Some("trainer".to_owned()),
        cloud_status: Some("RUNNING".to_owned()),
        created_at: Some(1_763_600_000_000),
        updated_at: Some(1_763_600_001_000),
        running_seconds: Some(61),
        running_millis: Some(61_500),
    };
    assert_eq!(yotta.pod_runtime(&id()).await.expect("an answer"), Some(expected));
    let nothing = Runtime {
        name: None,
        cloud_status: None,
        created_at: None,
        updated_at: None,
        running_seconds: None,
        running_millis: None,
    };
    assert_eq!(yotta.pod_runtime(&id()).await.expect("an answer"), Some(nothing));
    assert_eq!(yotta.pod_runtime(&id()).await.expect("is gone"), None);
    assert_eq!(server.lines(), ["GET /v2/pods/42/runtime"; 3]);
}

#[tokio::test]
async fn what_is_not_found_may_not_have_begun() {
    for not_found in [refusal(200, 13000), refusal(200, 10007), unsigned_404()] {
        let (_server, yotta) = yotta(vec![not_found; 2]).await;
        let error = yotta.pod_logs(&id(), &query(1)).await.expect_err("is not found");
        assert_eq!(error.kind, Kind::NotFound);
        let error = yotta.pod_runtime(&id()).await.expect_err("is not found");
        assert_eq!(error.kind, Kind::NotFound);
    }
}

#[tokio::test]
async fn what_is_told_of_another_pod_is_unreadable() {
    let (_server, yotta) = yotta([
        success(r#"{"id":"43","status":"RUNNING"}"#),
        success(r#"{"podId":43,"items":[]}"#),
        success(r#"{"id":42,"items":[]}"#),
    ])
    .await;
    let error = yotta.pod_runtime(&id()).await.expect_err("is another's");
    assert_eq!(error.kind, Kind::Unreadable);
    let error = yotta.pod_logs(&id(), &query(1)).await.expect_err("is another's");
    assert_eq!(error.kind, Kind::Unreadable);
    assert!(yotta.pod_logs(&id(), &query(1)).await.is_ok());
}

#[tokio::test]
async fn a_refusal_is_an_error() {
    for (reply, kind) in [
        (refusal(401, 13000), Kind::Unauthorized),
        (refusal(200, 10001), Kind::Invalid),
        (success("null"), Kind::Unreadable),
        (success("[]"), Kind::Unreadable),
        (Reply::json(200, "<html>"), Kind::Unreadable),
    ] {
        let (_server, yotta) = yotta(vec![reply.clone(); 2]).await;
        let error = yotta.pod_logs(&id(), &query(1)).await.expect_err("a refusal");
        assert_eq!(error.kind, kind, "{reply:?}");
        let error = yotta.pod_runtime(&id()).await.expect_err("a refusal");
        assert_eq!(error.kind, kind, "{reply:?}");
    }
}
