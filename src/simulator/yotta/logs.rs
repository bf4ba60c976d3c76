//! A pod's log lines, page by page, and how long it has run.

use serde_json::{Value, json};

use super::envelope::{Outcome, Refusal};
use super::pod::{LogLine, LogSource};
use super::{Yotta, freedoms, pods};
use crate::simulator::clock::iso_8601;
use crate::simulator::cloud::{Quirks, Scene};
use crate::simulator::http::Request;

/// Ours: the documents name neither a default nor a most.
const DEFAULT_LIMIT: usize = 100;
const MOST_LIMIT: usize = 1_000;
/// Of a short page.
const SHORT_LIMIT: usize = 2;
const PARAMETERS: [&str; 6] = ["type", "limit", "cursor", "startTime", "endTime", "keyword"];

struct Filter {
    source: LogSource,
    start: u64,
    end: u64,
    keyword: String,
    skipped: usize,
    limit: usize,
}

pub(super) fn lines(yotta: &mut Yotta, id: &str, request: &Request, scene: &Scene<'_>) -> Outcome {
    let filter = Filter::read(request, scene.quirks)?;
    let pod = pods::find(yotta, id, scene.quirks)?;
    let kept: Vec<&LogLine> = pod.log.iter().filter(|line| filter.keeps(line)).collect();
    let page = kept
        .iter()
        .skip(filter.skipped)
        .take(filter.limit)
        .map(|line| shown(line));
    let items: Vec<Value> = page.collect();
    let next = filter.skipped.saturating_add(filter.limit);
    let (has_previous, has_next) = (filter.skipped > 0, next < kept.len());
    Ok(json!({
        "items": items,
        "page": {
            "previousCursor": has_previous.then(|| cursor(filter.skipped.saturating_sub(filter.limit))),
            "nextCursor": has_next.then(|| cursor(next)),
            "hasPrevious": has_previous,
            "hasNext": has_next,
        },
    }))
}

pub(super) fn runtime(yotta: &mut Yotta, id: &str, scene: &Scene<'_>) -> Outcome {
    let pod = pods::find(yotta, id, scene.quirks)?;
    let running = pod.running_time(scene.now);
    let mut response = json!({
        "id": pod.id.to_string(),
        "name": pod.name(),
        "status": pod.status.word(),
        "createdAt": pod.created_at,
        "updatedAt": pod.since,
        "runningMillis": running,
        "runningSeconds": running / 1_000,
    });
    if let Value::Object(fields) = &mut response {
        freedoms::take(fields, scene.quirks);
    }
    Ok(response)
}

/// Opaque to a client, so that none counts on a number.
fn cursor(position: usize) -> String {
    format!("line-{position}")
}

fn shown(line: &LogLine) -> Value {
    json!({"timestamp": iso_8601(line.time), "level": line.level, "content": line.content})
}

impl Filter {
    fn read(request: &Request, quirks: &Quirks) -> Result<Filter, Refusal> {
        if quirks.strict
            && let Some((name, _)) = request
                .query_pairs()
                .iter()
                .find(|(name, _)| !PARAMETERS.contains(&name.as_str()))
        {
            return Err(Refusal::invalid(format!("{name}: unknown parameter")));
        }
        Ok(Filter {
            source: source(request.query_value("type").as_deref())?,
            start: number(request, "startTime", 0)?,
            end: number(request, "endTime", u64::MAX)?,
            keyword: request.query_value("keyword").unwrap_or_default(),
            skipped: position(request.query_value("cursor").as_deref())?,
            limit: limit(request)?.min(most_lines(quirks)),
        })
    }

    fn keeps(&self, line: &LogLine) -> bool {
        line.source == self.source
            && (self.start..=self.end).contains(&line.time)
            && line.content.contains(&self.keyword)
    }
}

fn source(word: Option<&str>) -> Result<LogSource, Refusal> {
    match word {
        None | Some("CONTAINER") => Ok(LogSource::Container),
        Some("SYSTEM") => Ok(LogSource::System),
        Some(_) => Err(Refusal::invalid("type: must be one of CONTAINER, SYSTEM")),
    }
}

fn position(cursor: Option<&str>) -> Result<usize, Refusal> {
    let Some(cursor) = cursor else { return Ok(0) };
    let position = cursor.strip_prefix("line-").and_then(|position| position.parse().ok());
    position.ok_or_else(|| Refusal::invalid("cursor: is none that the cloud handed out"))
}

fn limit(request: &Request) -> Result<usize, Refusal> {
    let limit: usize = number(request, "limit", DEFAULT_LIMIT)?;
    if (1..=MOST_LIMIT).contains(&limit) {
        Ok(limit)
    } else {
        Err(Refusal::invalid(format!(
            "limit: must be a whole number from 1 to {MOST_LIMIT}"
        )))
    }
}

fn most_lines(quirks: &Quirks) -> usize {
    if quirks.short_pages { SHORT_LIMIT } else { MOST_LIMIT }
}

fn number<N: std::str::FromStr>(request: &Request, name: &str, default: N) -> Result<N, Refusal> {
    let Some(text) = request.query_value(name) else {
        return Ok(default);
    };
    text.parse()
        .map_err(|_| Refusal::invalid(format!("{name}: must be a whole number")))
}
