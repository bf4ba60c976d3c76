//! What all of Prime Intellect's JSON has in common: refusals in three shapes, things with an id, and pages.

use std::{collections::BTreeSet, fmt::Display};

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::clouds::{
    Kind,
    http::{Answer, Failure, Receipt},
    lenient::{self, FromJson},
    listed::Listed,
    reason::{self, Reason},
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
    let Reason { message, code } = answer.reason(&OWN);
    let kind = match kind {
        // The document has 401 for it; this was seen without a key.
        Kind::Forbidden if own_words(answer).as_deref() == Some("Not authenticated") => Kind::Unauthorized,
        kind => kind,
    };
    Err(answer.failure(kind, code, message))
}

/// The document's list of problems; then a text, as it was seen, or the framework's list of problems, as the command
/// line tool reads it.
const OWN: [&str; 2] = ["errors", "detail"];

/// What is said where Prime Intellect itself says it.
fn own_words(answer: &Answer) -> Option<String> {
    match answer.json()? {
        Value::Object(fields) => reason::said_by(&fields, &OWN),
        _ => None,
    }
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
    let Some((Value::Object(mut page), list)) = answer.listed(&[entries])? else {
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
