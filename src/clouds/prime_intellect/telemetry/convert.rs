//! Conversion of Prime Intellect's logs and of its history of pods.

use serde_json::{Map, Value};

use super::api::{EndedJson, LogLineJson};
use crate::clouds::{
    EndedPod, LogLine, PodId,
    money::price,
    tolerant::{FromJson, TextOrNumber, Tolerant, Verbatim, count, filled, moment, word},
};

/// Where an object may hold the lines.
const HOLDERS: [&str; 4] = ["logs", "log", "data", "lines"];

/// The lines of a log in any shape that one may have: a text, a list, or an object that holds one of these. The document
/// leaves it open, and no response was ever seen. `None` if there is nothing in it that can be a log, which is another thing
/// than an empty one.
pub fn to_lines(log: Value) -> Option<Vec<LogLine>> {
    match log {
        Value::Null => Some(Vec::new()),
        Value::String(text) => Some(lines_of_text(&text)),
        Value::Array(entries) => lines_of_list(entries),
        Value::Object(fields) => lines_of_object(fields),
        Value::Bool(_) | Value::Number(_) => None,
    }
}

pub fn lines_of_text(text: &str) -> Vec<LogLine> {
    text.lines().map(bare).collect()
}

fn lines_of_list(entries: Vec<Value>) -> Option<Vec<LogLine>> {
    let is_empty = entries.is_empty();
    let lines: Vec<LogLine> = entries.into_iter().filter_map(to_line).collect();
    (is_empty || !lines.is_empty()).then_some(lines)
}

/// Of several holders the one with the most lines: the others may be there for another purpose.
fn lines_of_object(mut fields: Map<String, Value>) -> Option<Vec<LogLine>> {
    if fields.is_empty() {
        return Some(Vec::new());
    }
    let held = HOLDERS.iter().filter_map(|name| to_lines(fields.remove(*name)?));
    held.max_by_key(Vec::len)
}

/// The newest lines stand at the end, as `tail` has it elsewhere (inferred).
pub fn last(mut lines: Vec<LogLine>, limit: u32) -> Vec<LogLine> {
    let surplus = lines.len().saturating_sub(limit as usize);
    lines.split_off(surplus)
}

/// `None` for an entry without a text. An empty one is a line.
fn to_line(entry: Value) -> Option<LogLine> {
    if let Value::String(text) = &entry {
        return Some(bare(text));
    }
    let line = LogLineJson::from_json(entry)?;
    let texts = [line.message, line.content, line.log, line.line];
    let Verbatim(text) = texts.into_iter().find_map(|said| said.0)?;
    Some(LogLine {
        timestamp: filled(Tolerant(line.timestamp.0.map(|TextOrNumber(text)| text))),
        level: filled(line.level),
        ..bare(&text)
    })
}

/// A line of which nothing but the text is known. A line break at its end is no part of it.
fn bare(text: &str) -> LogLine {
    LogLine {
        timestamp: None,
        level: None,
        content: text.trim_end_matches(['\r', '\n']).to_owned(),
    }
}

/// The history tells of clusters, disks and more besides pods. One client asks for a row until it has an end: a row
/// without is of a pod that is still going (inferred).
pub fn is_ended_pod(row: &EndedJson) -> bool {
    let is_pod = matches!(word(&row.kind).as_str(), "INSTANCE" | "");
    is_pod && filled(row.terminated_at.clone()).is_some()
}

/// That a row has its pod's id is inferred: the document calls it the id of a record.
pub fn to_ended_pod(id: PodId, json: EndedJson) -> EndedPod {
    EndedPod {
        id,
        name: filled(json.name),
        provider: filled(json.provider_type),
        gpu_type: filled(json.gpu_name),
        gpu_count: count(&json.gpu_count),
        created_at: moment(&json.created_at),
        ended_at: moment(&json.terminated_at),
        price_per_hour: price(&json.price_hr),
        total_price: price(&json.total_billed_price),
    }
}
