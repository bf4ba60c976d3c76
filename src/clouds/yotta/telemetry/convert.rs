//! Conversion of Yotta's log lines and running times.

use serde_json::Value;

use super::api::{CursorsJson, LogLineJson, RuntimeJson};
use crate::clouds::{
    LogLine, Runtime,
    tolerant::{FromJson, Milliseconds, TextOrNumber, Tolerant, VerbatimOrNumber, filled, word},
};

/// `None` for a line without a text. An empty one is a line.
pub fn to_log_line(json: Value) -> Option<LogLine> {
    let line = LogLineJson::from_json(json)?;
    Some(LogLine {
        content: line.content.0?.0,
        timestamp: text(line.timestamp),
        level: filled(line.level),
    })
}

/// Where the log goes on, if Yotta says that it does.
pub fn next_cursor(cursors: CursorsJson) -> Option<String> {
    match cursors.has_next.0 {
        Some(false) => None,
        Some(true) | None => cursors
            .next_cursor
            .0
            .map(|VerbatimOrNumber(cursor)| cursor)
            .filter(|cursor| !cursor.is_empty()),
    }
}

/// Whether the pod has ended for good, as for a pod itself.
pub fn is_gone(json: &RuntimeJson) -> bool {
    word(&json.status) == "TERMINATED"
}

pub fn to_runtime(json: RuntimeJson) -> Runtime {
    Runtime {
        name: filled(json.name),
        cloud_status: filled(json.status),
        created_at: json.created_at.0.map(|Milliseconds(moment)| moment),
        updated_at: json.updated_at.0.map(|Milliseconds(moment)| moment),
        running_seconds: json.running_seconds.0.filter(|time| *time >= 0),
        running_millis: json.running_millis.0.filter(|time| *time >= 0),
    }
}

fn text(said: Tolerant<TextOrNumber>) -> Option<String> {
    filled(Tolerant(said.0.map(|TextOrNumber(text)| text)))
}
