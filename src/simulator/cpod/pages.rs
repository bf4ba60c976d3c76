//! The list of pods: who is in it, and one page of it.

use std::ops::Bound;

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

use super::lifecycle::WORDS;
use super::pod::Pod;
use super::refusal::{Outcome, Refusal};
use super::{Cpod, shown};
use crate::simulator::cloud::Quirks;
use crate::simulator::http::{Request, Response};

/// Those of cPod's other lists; for pods no document gives them.
const DEFAULT_LIMIT: usize = 50;
const MOST: usize = 500;
/// The size of a short page.
const SHORT: usize = 3;

pub(super) fn list(cpod: &Cpod, request: &Request, quirks: &Quirks) -> Outcome {
    let query = Query::read(request)?;
    let most = if quirks.short_pages { SHORT } else { MOST };
    let start = query.after.as_ref().map_or(Bound::Unbounded, Bound::Excluded);
    let pods = cpod.pods.range::<String, _>((start, Bound::Unbounded));
    let mut wanted = pods.map(|(_, pod)| pod).filter(|pod| query.keeps(pod));
    let page: Vec<&Pod> = wanted.by_ref().take(query.limit.min(most)).collect();
    let is_last = wanted.next().is_none();
    let next = page.last().filter(|_| !is_last).map(|pod| to_cursor(&pod.id));
    let data: Vec<Value> = page.into_iter().map(|pod| shown::pod(pod, quirks)).collect();
    Ok(Response::json(200, json!({"data": data, "nextCursor": next})))
}

struct Query {
    status: Option<String>,
    workspace_id: Option<String>,
    limit: usize,
    /// The last pod of the page before.
    after: Option<String>,
}

impl Query {
    /// A parameter that no document has is passed over.
    fn read(request: &Request) -> Result<Query, Refusal> {
        let query = Query {
            status: request.query_value("status"),
            workspace_id: request.query_value("workspaceId"),
            limit: request.query_value("limit").map_or(Ok(DEFAULT_LIMIT), to_limit)?,
            after: request.query_value("cursor").map(to_id).transpose()?,
        };
        match &query.status {
            Some(status) if !WORDS.contains(&status.as_str()) => {
                Err(Refusal::new(400, format!("status: {status} is no status")))
            }
            _ => Ok(query),
        }
    }

    fn keeps(&self, pod: &Pod) -> bool {
        let is_in = |workspace: &String| pod.asked.get("workspaceId").is_some_and(|found| found == workspace);
        self.status.as_ref().is_none_or(|status| status == pod.status.word())
            && self.workspace_id.as_ref().is_none_or(is_in)
    }
}

fn to_limit(text: String) -> Result<usize, Refusal> {
    let limit = text.parse().ok().filter(|limit| *limit > 0);
    limit.ok_or_else(|| Refusal::new(400, "limit: must be a whole number from 1"))
}

/// Nothing in it invites to be understood, and it needs to be encoded in a query.
fn to_cursor(id: &str) -> String {
    STANDARD.encode(format!("after {id}"))
}

fn to_id(cursor: String) -> Result<String, Refusal> {
    let decoded = STANDARD.decode(cursor).ok();
    let text = decoded.and_then(|bytes| String::from_utf8(bytes).ok());
    let id = text.and_then(|text| text.strip_prefix("after ").map(str::to_owned));
    id.ok_or_else(|| Refusal::new(400, "cursor: is none of this list"))
}
