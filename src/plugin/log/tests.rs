//! From events to lines.

use std::sync::{Arc, Mutex};

use super::*;

/// The lines that the events of `act` leave, without their time.
fn lines(level: LevelFilter, act: impl FnOnce()) -> Vec<Value> {
    let written = Arc::new(Mutex::new(Vec::new()));
    let keep = {
        let written = Arc::clone(&written);
        move |line: &str| written.lock().unwrap().push(line.to_owned())
    };
    let subscriber = Registry::default().with(Log::new("gpupod", level, keep));
    tracing::subscriber::with_default(subscriber, act);
    let written = written.lock().unwrap();
    written.iter().map(|line| without_time(line)).collect()
}

fn without_time(line: &str) -> Value {
    assert!(line.ends_with("}\n"), "{line}");
    let mut fields: Map<String, Value> = serde_json::from_str(line).unwrap();
    assert!(fields.remove("@timestamp").is_some());
    Value::Object(fields)
}

fn check(level: LevelFilter, act: impl FnOnce(), expected: &[&str]) {
    let found: Vec<_> = lines(level, act)
        .iter()
        .map(|line| line["@message"].to_string())
        .collect();
    let expected: Vec<_> = expected.iter().map(|text| format!("{text:?}")).collect();
    assert_eq!(found, expected);
}

#[test]
fn fields_keep_their_types() {
    let act = || tracing::info!(pod = "p-1", tries = 3, done = true, size = ?Some(1), "asked");
    let expected = serde_json::json!({
        "@level": "info", "@message": "asked", "@module": "gpupod.plugin.log.tests",
        "pod": "p-1", "tries": 3, "done": true, "size": "Some(1)",
    });
    assert_eq!(lines(LevelFilter::INFO, act), [expected]);
}

#[test]
fn spans_add_their_fields() {
    let act = || {
        let outer = tracing::info_span!("request", rpc = "Plan", id = tracing::field::Empty).entered();
        outer.record("id", 7);
        tracing::info_span!("call", rpc = "inner").in_scope(|| tracing::info!("here"));
    };
    let line = &lines(LevelFilter::INFO, act)[0];
    assert_eq!((&line["rpc"], &line["id"]), (&"inner".into(), &7.into()));
}

#[test]
fn causes_are_told() {
    let error = crate::plugin::Error::Announce {
        source: std::io::Error::other("closed"),
    };
    let act = || tracing::error!(error = &error as &dyn std::error::Error, "failed");
    assert_eq!(
        lines(LevelFilter::ERROR, act)[0]["error"],
        "cannot write the handshake to stdout: closed"
    );
}

#[test]
fn only_the_level_that_was_asked_for() {
    let act = || {
        tracing::error!("error");
        tracing::warn!("warn");
        tracing::debug!("debug");
    };
    check(LevelFilter::WARN, act, &["error", "warn"]);
    check(LevelFilter::TRACE, act, &["error", "warn", "debug"]);
    check(LevelFilter::OFF, act, &[]);
}

#[test]
fn only_our_own_events() {
    let act = || {
        tracing::error!(target: "hyper::client", "a body");
        tracing::error!(target: "gpupodder", "not us");
        tracing::error!(target: "gpupod", "us");
    };
    check(LevelFilter::TRACE, act, &["us"]);
}

#[test]
fn a_text_is_one_line_that_cannot_act() {
    let act = || {
        tracing::warn!(
            status = "\u{1b}[31mRUNNING\u{1b}[0m\n[ERROR] forged\u{202e}",
            reason = "x".repeat(5_000_000),
            "asked"
        );
    };
    let line = &lines(LevelFilter::WARN, act)[0];
    assert_eq!(line["status"], "RUNNING [ERROR] forged");
    assert_eq!(
        line["reason"].as_str().map(|reason| reason.chars().count()),
        Some(1_001)
    );
}
