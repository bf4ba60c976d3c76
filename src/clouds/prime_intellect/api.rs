//! Prime Intellect's JSON conventions: errors in three shapes, objects with an id, and pages.

use std::{collections::BTreeSet, fmt::Display};

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::clouds::{
    Kind,
    http::{Failure, Receipt, Response},
    reason::{self, Reason},
    streamed_list::StreamedList,
    tolerant::{self, FromJson},
};

/// The body of a success. It has no envelope.
pub fn success(response: &Response) -> Result<Value, Failure> {
    accepted(response)?;
    match response.status() {
        204 => Ok(Value::Null),
        _ => response.json().ok_or_else(|| unreadable(response)),
    }
}

fn accepted(response: &Response) -> Result<(), Failure> {
    let Some(kind) = response.error_kind() else {
        return Ok(());
    };
    let Reason { message, code } = response.reason(&OWN);
    let kind = match kind {
        // The document has 401 for it; this was seen without a key.
        Kind::Forbidden if own_words(response).as_deref() == Some("Not authenticated") => Kind::Unauthorized,
        kind => kind,
    };
    Err(response.failure(kind, code, message))
}

/// The document's list of problems; then a text, as it was seen, or the framework's list of problems, as the command
/// line tool reads it.
const OWN: [&str; 2] = ["errors", "detail"];

/// The message in Prime Intellect's own fields.
fn own_words(response: &Response) -> Option<String> {
    match response.json()? {
        Value::Object(fields) => reason::said_by(&fields, &OWN),
        _ => None,
    }
}

/// An order that was followed. What is answered to it differs from call to call, and tells nothing.
pub fn done(response: &Response) -> Result<(), Failure> {
    response.check_id_if_present(&success(response)?, &["id"])
}

/// A deletion that was accepted: by any success, whatever its body. The document leaves that open.
pub fn deleted(response: &Response) -> Result<Receipt, Failure> {
    accepted(response)?;
    response.check_id_if_present(&response.json().unwrap_or_default(), &["id"])?;
    Ok(response.receipt())
}

/// One thing with its id, without which it could not be asked about again.
pub fn one<Id: FromJson + Display, Json: DeserializeOwned>(response: &Response) -> Result<(Id, Json), Failure> {
    let thing: Option<(Id, Json)> = FromJson::from_json(success(response)?);
    let (id, json) = thing.ok_or_else(|| unreadable(response))?;
    response.check_id(&id)?;
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
    pub list: StreamedList<Entry>,
    /// Entries of the whole list, as far as Prime Intellect says.
    pub total: Option<u64>,
}

/// A page of pods, disks or keys, which are asked for by offset and limit.
pub fn page<Entry: FromJson>(response: &Response) -> Result<Page<Entry>, Failure> {
    page_of(response, "data", "total_count")
}

/// A page, by the names of its list and of the number of entries of the whole list.
pub fn page_of<Entry: FromJson>(response: &Response, entries: &str, total: &str) -> Result<Page<Entry>, Failure> {
    accepted(response)?;
    let Some((Value::Object(mut page), list)) = response.with_list(&[entries])? else {
        return Err(unreadable(response));
    };
    let total = tolerant::take(&mut page, total);
    // An empty list may well be written as null. Without a total it could be any list.
    let nothing = || (total == Some(0)).then(StreamedList::default);
    Ok(Page {
        list: list.or_else(nothing).ok_or_else(|| unreadable(response))?,
        total,
    })
}

pub fn unreadable(response: &Response) -> Failure {
    response.failure(Kind::Unreadable, None, None)
}
