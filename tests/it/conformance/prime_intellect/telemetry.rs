//! Prime Intellect's logs, in every shape that they may have, and its history.

use gpupod::clouds::{EndedPod, LogLine, LogQuery};
use serde_json::json;

use super::{NAME, answer_next_with, bench, reading};
use crate::conformance::{fixtures, things::pod_id};

const ID: &str = "4d1f0a7c93b64e258f60c2d95a3e71b8";

async fn log(fixture: &str, limit: u32) -> Vec<LogLine> {
    let query = LogQuery {
        kind: None,
        limit,
        keyword: None,
        start: None,
        end: None,
    };
    let bench = bench();
    // Written out, since a text in an order stands for a body that need not be JSON.
    let body = json!(fixtures::read(NAME, fixture).to_string());
    answer_next_with(&bench, "GET *", 200, &body);
    let logs = bench.cloud.logs().expect("are shown");
    let lines = logs.pod_logs(&pod_id(ID), &query).await;
    lines.expect("is read")
}

fn bare(content: &str) -> LogLine {
    LogLine {
        timestamp: None,
        level: None,
        content: content.to_owned(),
    }
}

#[tokio::test]
async fn a_log_is_read_in_every_shape() {
    for fixture in ["log-text", "log-list", "log-object"] {
        let expected = ["Pulling the image", "Starting", "Epoch 1"].map(bare);
        assert_eq!(log(fixture, 100).await, expected, "{fixture}");
        assert_eq!(log(fixture, 2).await, expected[1..], "{fixture}");
    }
    let line = |timestamp: &str, level: &str, content| LogLine {
        timestamp: Some(timestamp.to_owned()),
        level: Some(level.to_owned()),
        ..bare(content)
    };
    let expected = [
        line("2026-01-01T00:02:00.000Z", "INFO", "Pulling the image"),
        line("2026-01-01T00:05:00.000Z", "INFO", "Starting"),
        line("2026-01-01T00:06:00.000Z", "WARN", "Epoch 1"),
    ];
    assert_eq!(log("log-entries", 100).await, expected);
}

#[tokio::test]
async fn a_history_is_read() {
    let bench = reading("history-page");
    let histories = bench.cloud.histories().expect("are told");
    let price = |text: &str| Some(text.parse().expect("a number"));
    let trainer = EndedPod {
        id: pod_id(ID),
        name: Some("trainer".to_owned()),
        provider: Some("datacrunch".to_owned()),
        gpu_type: Some("H100_80GB".to_owned()),
        gpu_count: Some(1),
        // 2026-01-01T00:00:00Z.
        created_at: Some(1_767_225_600_000),
        ended_at: Some(1_767_232_800_000),
        price_per_hour: price("2.67"),
        total_price: price("5.34"),
    };
    let old = EndedPod {
        id: pod_id("b6c0d2e4f6081a2b3c4d5e6f70819203"),
        name: Some("old".to_owned()),
        provider: Some("primecompute".to_owned()),
        ended_at: Some(1_767_231_000_000),
        price_per_hour: price("2.2"),
        total_price: price("3.3"),
        ..trainer.clone()
    };
    assert_eq!(histories.ended_pods(100).await.expect("are listed"), [trainer, old]);
}
