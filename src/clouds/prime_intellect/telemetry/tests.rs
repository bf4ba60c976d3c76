//! Tests of logs and the history: requests, conversion of lines and rows, and pagination.

use crate::clouds::{
    EndedPod, Histories, Kind, LogLine, LogQuery, Logs, PodId,
    http::{Response, test_server::Reply},
    prime_intellect::{
        telemetry::api,
        testing::{page, prime, refusal, success, unsigned_404},
    },
};

fn id() -> PodId {
    PodId::new("p-1").expect("an id")
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

fn line(timestamp: Option<&str>, level: Option<&str>, content: &str) -> LogLine {
    LogLine {
        timestamp: timestamp.map(str::to_owned),
        level: level.map(str::to_owned),
        content: content.to_owned(),
    }
}

fn plain_text(body: &[u8]) -> Reply {
    Reply::Answer(
        200,
        "content-type: text/plain; charset=utf-8\r\n".to_owned(),
        body.to_vec(),
    )
}

#[test]
fn a_log_is_read_in_any_shape() {
    let check = |body: &str, expected: &[&str]| {
        let lines = api::log(&Response::of(200, body)).unwrap_or_else(|failure| panic!("{body}: {failure:?}"));
        let expected: Vec<LogLine> = expected.iter().map(|content| line(None, None, content)).collect();
        assert_eq!(lines, expected, "{body}");
    };
    check(r#""a\nb\n""#, &["a", "b"]);
    check(r#""a\r\n\r\nb""#, &["a", "", "b"]);
    check(r#""""#, &[]);
    check(r#"["a\n","","b"]"#, &["a", "", "b"]);
    check(r#"["two\nlines"]"#, &["two\nlines"]);
    check("[]", &[]);
    check("null", &[]);
    check("{}", &[]);
    for member in ["message", "content", "log", "line"] {
        check(
            &format!(r#"[{{"{member}":"a\n"}},null,5,{{"other":"x"}},"b"]"#),
            &["a", "b"],
        );
    }
    for member in ["logs", "log", "data", "lines"] {
        check(&format!(r#"{{"{member}":"a\nb","status":"ok"}}"#), &["a", "b"]);
        check(&format!(r#"{{"{member}":["a",{{"message":"b"}}]}}"#), &["a", "b"]);
        check(&format!(r#"{{"{member}":null,"status":"ok"}}"#), &[]);
    }
    check(r#"{"data":{"logs":["a"]}}"#, &["a"]);
    check(r#"{"logs":null,"data":"a","lines":1}"#, &["a"]);
}

#[test]
fn what_cannot_be_a_log_is_no_empty_one() {
    for body in [
        "5",
        "true",
        "<html>",
        "",
        r#"{"entries":["a"]}"#,
        r#"{"logs":5}"#,
        "[null]",
        r#"[{"other":"a"}]"#,
    ] {
        let failure = api::log(&Response::of(200, body)).expect_err(body);
        assert_eq!(failure.kind, Kind::Unreadable, "{body}");
    }
}

#[test]
fn what_a_line_tells_besides_its_text_is_kept() {
    let body = r#"[{"timestamp":"2026-01-01T00:00:00Z","level":"INFO","message":"hello","content":"not this"},
        {"timestamp":1763600000000,"level":"","message":7,"content":""},{"timestamp":[],"level":7,"line":"bye"}]"#;
    let expected = [
        line(Some("2026-01-01T00:00:00Z"), Some("INFO"), "hello"),
        line(Some("1763600000000"), None, ""),
        line(None, None, "bye"),
    ];
    assert_eq!(api::log(&Response::of(200, body)).expect("a log"), expected);
}

#[tokio::test]
async fn a_log_may_be_plain_text() {
    let (_server, told) = prime([plain_text(b"a\n\"b\" \xff\n")]).await;
    let lines = told.pod_logs(&id(), &query(9)).await.expect("a log");
    let expected = vec![line(None, None, "a"), line(None, None, "\"b\" \u{fffd}")];
    assert_eq!(lines, expected);
    let failure = Reply::Answer(500, "content-type: text/plain\r\n".to_owned(), b"down".to_vec());
    let (_server, refused) = prime(vec![failure; 5]).await;
    let error = refused.pod_logs(&id(), &query(9)).await.expect_err("is refused");
    assert_eq!(error.kind, Kind::CloudFailed);
}

/// The server need not keep to `tail`.
#[tokio::test]
async fn only_the_last_lines_are_kept() {
    for (limit, tail, expected) in [
        (0, 1, &[][..]),
        (2, 2, &["b", "c"]),
        (3, 3, &["a", "b", "c"]),
        (9, 9, &["a", "b", "c"]),
    ] {
        let (server, prime) = prime([success(r#""a\nb\nc""#)]).await;
        let lines = prime.pod_logs(&id(), &query(limit)).await.expect("a log");
        let lines = lines.into_iter().map(|line| line.content);
        assert_eq!(lines.collect::<Vec<_>>(), expected, "{limit}");
        assert_eq!(server.lines(), [format!("GET /api/v1/pods/p-1/log?tail={tail}")]);
    }
}

#[tokio::test]
async fn nothing_but_the_number_of_lines_is_asked_for() {
    let (server, prime) = prime([success("null")]).await;
    let query_of_all = LogQuery {
        kind: Some("SYSTEM".to_owned()),
        limit: 5,
        keyword: Some("error".to_owned()),
        start: Some(1),
        end: Some(2),
    };
    assert_eq!(prime.pod_logs(&id(), &query_of_all).await.expect("a log"), vec![]);
    assert_eq!(server.lines(), ["GET /api/v1/pods/p-1/log?tail=5"]);
}

#[tokio::test]
async fn a_log_that_is_not_found_may_not_have_begun() {
    for not_found in [refusal(404, "Pod not found"), refusal(404, "Not Found"), unsigned_404()] {
        let (_server, prime) = prime([not_found]).await;
        let error = prime.pod_logs(&id(), &query(1)).await.expect_err("is not found");
        assert_eq!(error.kind, Kind::NotFound);
    }
}

#[tokio::test]
async fn a_log_of_another_pod_is_unreadable() {
    for told in [r#"{"podId":"p-2","logs":["a"]}"#, r#"{"pod_id":7,"logs":["a"]}"#] {
        let (_server, prime) = prime([success(told)]).await;
        let error = prime.pod_logs(&id(), &query(1)).await.expect_err("is another's");
        assert_eq!(error.kind, Kind::Unreadable);
    }
    let (_server, prime) = prime([success(r#"{"podId":"p-1","logs":["a"]}"#)]).await;
    assert_eq!(prime.pod_logs(&id(), &query(1)).await.expect("a log").len(), 1);
}

#[tokio::test]
async fn a_refusal_is_an_error() {
    for (reply, kind) in [
        (refusal(401, "Invalid API key"), Kind::Unauthorized),
        (refusal(422, "tail: too large"), Kind::Invalid),
        (success("7"), Kind::Unreadable),
        (Reply::json(200, "<html>"), Kind::Unreadable),
    ] {
        let (_server, prime) = prime(vec![reply.clone(); 2]).await;
        let error = prime.pod_logs(&id(), &query(1)).await.expect_err("a refusal");
        assert_eq!(error.kind, kind, "{reply:?}");
        let error = prime.ended_pods(1).await.expect_err("a refusal");
        assert_eq!(error.kind, kind, "{reply:?}");
    }
}

/// A row of an ended pod with further fields, given as JSON.
fn row(id: &str, fields: &str) -> String {
    format!(r#"{{"id":"{id}","type":"Instance","terminatedAt":"2026-01-01T01:00:00Z"{fields}}}"#)
}

async fn ended(rows: &str) -> Vec<EndedPod> {
    let (_server, prime) = prime([page(rows, 1)]).await;
    prime.ended_pods(100).await.expect("are listed")
}

async fn ended_ids(rows: &str) -> Vec<String> {
    ended(rows).await.into_iter().map(|pod| pod.id.to_string()).collect()
}

#[tokio::test]
async fn a_row_is_read() {
    let rows = row(
        "p-1",
        r#","name":"trainer","providerType":"runpod","createdAt":"2026-01-01T00:00:00Z","gpuName":"H100_80GB",
            "gpuCount":8,"socket":"PCIe","priceHr":13.160,"totalBilledPrice":"13.16","userId":"u-1""#,
    );
    let expected = EndedPod {
        id: id(),
        name: Some("trainer".to_owned()),
        provider: Some("runpod".to_owned()),
        gpu_type: Some("H100_80GB".to_owned()),
        gpu_count: Some(8),
        created_at: Some(1_767_225_600_000),
        ended_at: Some(1_767_229_200_000),
        price_per_hour: Some("13.16".parse().expect("a number")),
        total_price: Some("13.16".parse().expect("a number")),
    };
    assert_eq!(ended(&rows).await, [expected]);
}

#[tokio::test]
async fn only_pods_that_have_ended_are_told() {
    let end = r#""terminatedAt":"2026-01-01T01:00:00Z""#;
    for (kind, is_told) in [
        (r#""type":"Instance","#, true),
        (r#""type":"INSTANCE","#, true),
        (r#""type":null,"#, true),
        ("", true),
        (r#""type":"Cluster","#, false),
        (r#""type":"Disk","#, false),
        (r#""type":"Sandbox","#, false),
        (r#""type":"something new","#, false),
    ] {
        let ids = ended_ids(&format!(r#"{{"id":"p-1",{kind}{end}}}"#)).await;
        assert_eq!(!ids.is_empty(), is_told, "{kind}");
    }
    for (end, is_told) in [(r#""some day""#, true), ("null", false), (r#""""#, false), ("5", false)] {
        let ids = ended_ids(&format!(r#"{{"id":"p-1","type":"Instance","terminatedAt":{end}}}"#)).await;
        assert_eq!(!ids.is_empty(), is_told, "{end}");
    }
}

#[tokio::test]
async fn rows_are_read_leniently() {
    let rows = [
        &row("p-1", ""),
        "null",
        r#"{"type":"Instance"}"#,
        &row("../x", ""),
        &row("p-2", ""),
    ]
    .join(",");
    assert_eq!(ended_ids(&rows).await, ["p-1", "p-2"]);
    let nothing = EndedPod {
        id: id(),
        name: None,
        provider: None,
        gpu_type: None,
        gpu_count: None,
        created_at: None,
        ended_at: Some(1_767_229_200_000),
        price_per_hour: None,
        total_price: None,
    };
    for field in [
        "name",
        "providerType",
        "createdAt",
        "gpuName",
        "gpuCount",
        "priceHr",
        "totalBilledPrice",
    ] {
        for value in ["null", "true", "-1.5", "{}", "[1]", r#""""#] {
            let rows = row("p-1", &format!(r#","{field}":{value}"#));
            assert_eq!(ended(&rows).await, std::slice::from_ref(&nothing), "{field}: {value}");
        }
    }
}

#[tokio::test]
async fn the_history_is_read_up_to_the_limit() {
    let rows = |ids: std::ops::Range<u32>| ids.map(|id| row(&format!("p-{id}"), "")).collect::<Vec<_>>().join(",");
    let sandbox = r#"{"id":"s-1","type":"Sandbox","terminatedAt":"2026-01-01T01:00:00Z"}"#;
    // The limit, and how many pods and questions that makes of three pages.
    for (limit, count, questions) in [(0, 0, 1), (2, 2, 1), (3, 3, 2), (5, 5, 3), (9, 5, 3)] {
        let pages = [
            page(&format!("{sandbox},{}", rows(0..2)), 8),
            // The last one of the page before has moved.
            page(&rows(1..4), 8),
            page(&format!("{},{sandbox}", rows(4..5)), 8),
        ];
        let (server, prime) = prime(pages).await;
        let pods = prime.ended_pods(limit).await.expect("are listed");
        let expected: Vec<String> = (0..count).map(|id| format!("p-{id}")).collect();
        let ids: Vec<String> = pods.into_iter().map(|pod| pod.id.to_string()).collect();
        assert_eq!((ids, server.lines().len()), (expected, questions), "{limit}");
        let place = |offset: u32| {
            format!("GET /api/v1/pods/history?sort_by=terminatedAt&sort_order=desc&offset={offset}&limit=100")
        };
        assert_eq!(server.lines(), [place(0), place(3), place(6)][..questions]);
    }
}
