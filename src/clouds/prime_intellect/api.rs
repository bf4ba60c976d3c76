//! What all of Prime Intellect's JSON has in common: refusals in three shapes, things with an id, and pages.

use std::{collections::BTreeSet, fmt::Display};

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use crate::clouds::{
    Kind,
    http::{Answer, Failure, Receipt},
    lenient::{self, FromJson, Readable, Said, TextOrNumber},
    listed::Listed,
};

/// The body of a success. It has no envelope.
pub fn success(answer: &Answer) -> Result<Value, Failure> {
    accepted(answer)?;
    match answer.status() {
        204 => Ok(Value::Null),
        _ => answer.json().ok_or_else(|| unreadable(answer)),
    }
}

fn accepted(answer: &Answer) -> Result<(), Failure> {
    let Some(kind) = answer.refusal() else { return Ok(()) };
    let message = complaint(answer);
    let kind = match (kind, message.as_deref()) {
        // The document has 401 for it; this was seen without a key.
        (Kind::Forbidden, Some("Not authenticated")) => Kind::Unauthorized,
        (kind, _) => kind,
    };
    Err(answer.failure(kind, None, message))
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct RefusalJson {
    /// The document's list of problems.
    errors: Said<Readable<ProblemJson>>,
    /// A text, as it was seen, or the framework's list of problems, as the command line tool reads it.
    detail: Said<DetailJson>,
}

/// A problem in the words of both lists. What was given (`input`) is not read: it may be secret.
#[derive(Deserialize, Default)]
#[serde(default)]
struct ProblemJson {
    param: Said<String>,
    details: Said<String>,
    loc: Said<Readable<TextOrNumber>>,
    msg: Said<String>,
}

enum DetailJson {
    Text(String),
    Problems(Readable<ProblemJson>),
}

impl FromJson for ProblemJson {
    fn from_json(value: Value) -> Option<Self> {
        lenient::object(value)
    }
}

impl FromJson for DetailJson {
    fn from_json(value: Value) -> Option<Self> {
        match value {
            Value::String(text) => Some(Self::Text(text)),
            list => FromJson::from_json(list).map(Self::Problems),
        }
    }
}

/// Why a request was refused, in Prime Intellect's words; `None` if the body has none of the three shapes.
fn complaint(answer: &Answer) -> Option<String> {
    let refusal: RefusalJson = answer.json().and_then(lenient::object)?;
    let words = match (refusal.errors.0, refusal.detail.0) {
        (Some(problems), _) | (None, Some(DetailJson::Problems(problems))) => in_words(&problems.0),
        (None, Some(DetailJson::Text(text))) => text,
        (None, None) => return None,
    };
    (!words.trim().is_empty()).then_some(words)
}

fn in_words(problems: &[ProblemJson]) -> String {
    let problems = problems.iter().filter_map(problem_in_words);
    problems.collect::<Vec<_>>().join("; ")
}

fn problem_in_words(problem: &ProblemJson) -> Option<String> {
    let place = problem.param.0.clone().or_else(|| place(problem.loc.0.as_ref()?));
    let what = problem.details.0.as_ref().or(problem.msg.0.as_ref());
    match (place, what) {
        (Some(place), Some(what)) => Some(format!("{place}: {what}")),
        (place, what) => place.or_else(|| what.cloned()),
    }
}

/// A path such as `body`, `pod`, `gpuCount`. That it is in the body goes without saying.
fn place(Readable(path): &Readable<TextOrNumber>) -> Option<String> {
    let path: Vec<&str> = path.iter().map(|TextOrNumber(step)| step.as_str()).collect();
    let path = path.strip_prefix(&["body"]).unwrap_or(&path);
    (!path.is_empty()).then(|| path.join("."))
}

/// An order that was followed. What is answered to it differs from call to call, and tells nothing.
pub fn done(answer: &Answer) -> Result<(), Failure> {
    answer.is_about_if_told(&success(answer)?, &["id"])
}

/// A deletion that was accepted: by any success, whatever its body. The document leaves that open.
pub fn deleted(answer: &Answer) -> Result<Receipt, Failure> {
    accepted(answer)?;
    answer.is_about_if_told(&answer.json().unwrap_or_default(), &["id"])?;
    Ok(answer.receipt())
}

/// One thing with its id, without which it could not be asked about again.
pub fn one<Id: FromJson + Display, Json: DeserializeOwned>(answer: &Answer) -> Result<(Id, Json), Failure> {
    let thing: Option<(Id, Json)> = FromJson::from_json(success(answer)?);
    let (id, json) = thing.ok_or_else(|| unreadable(answer))?;
    answer.is_about(&id)?;
    Ok((id, json))
}

/// The things of a list, each once, in the list's order.
pub fn each_once<Id: Clone + Ord, Json>(things: impl Iterator<Item = (Id, Json)>) -> impl Iterator<Item = (Id, Json)> {
    let mut known = BTreeSet::new();
    things.filter(move |(id, _)| known.insert(id.clone()))
}

/// A part of a list.
#[derive(Debug)]
pub struct Page<Entry> {
    pub list: Listed<Entry>,
    /// Entries of the whole list, as far as Prime Intellect says.
    pub total: Option<u64>,
}

/// A page of pods, disks or keys, which are asked for by offset and limit.
pub fn page<Entry: FromJson>(answer: &Answer) -> Result<Page<Entry>, Failure> {
    page_of(answer, "data", "total_count")
}

/// A page, by the names of its list and of the number of entries of the whole list.
pub fn page_of<Entry: FromJson>(answer: &Answer, entries: &str, total: &str) -> Result<Page<Entry>, Failure> {
    accepted(answer)?;
    let Some((Value::Object(mut page), list)) = answer.listed(&[entries]) else {
        return Err(unreadable(answer));
    };
    let total = lenient::take(&mut page, total);
    // An empty list may well be written as null. Without a total it could be any list.
    let nothing = || (total == Some(0)).then(Listed::default);
    Ok(Page {
        list: list.or_else(nothing).ok_or_else(|| unreadable(answer))?,
        total,
    })
}

pub fn unreadable(answer: &Answer) -> Failure {
    answer.failure(Kind::Unreadable, None, None)
}
