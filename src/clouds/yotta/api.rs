//! Yotta's JSON conventions: the envelope of every response, objects with an id, and pages.

use std::fmt::Display;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::codes;
use crate::clouds::{
    Kind,
    http::{Failure, Receipt, Response},
    reason::Reason,
    streamed_list::StreamedList,
    tolerant::{self, FromJson, TextOrNumber},
};

/// Where the envelope has the reason.
const OWN: [&str; 1] = ["message"];

/// The reference's page.
#[derive(Debug)]
pub struct Page<Entry> {
    pub list: StreamedList<Entry>,
    /// Entries and pages of the whole list, as far as Yotta says.
    pub total: Option<u64>,
    pub pages: Option<u64>,
}

/// The `data` of the envelope. The HTTP status is asked first; business errors mostly come with HTTP 200 and a code.
pub fn data(response: &Response) -> Result<Value, Failure> {
    data_of(response, response.json())
}

/// The same, with a list in the response apart.
fn listed<Entry: FromJson>(
    response: &Response,
    path: &[&str],
) -> Result<(Value, Option<StreamedList<Entry>>), Failure> {
    let (body, list) = response.with_list(path)?.unzip();
    Ok((data_of(response, body)?, list.flatten()))
}

fn data_of(response: &Response, body: Option<Value>) -> Result<Value, Failure> {
    let mut envelope = match body {
        Some(Value::Object(fields)) => fields,
        _ => Map::new(),
    };
    let code = tolerant::take::<i64>(&mut envelope, "code");
    let kind = match (response.error_kind(), code) {
        (None, Some(codes::SUCCESS)) => return Ok(envelope.remove("data").unwrap_or_default()),
        (None, None) if response.status() == 204 => return Ok(Value::Null),
        // A code that no document has may mean anything, also after a create: nothing is proven.
        (None, code) => code.and_then(codes::kind).unwrap_or(Kind::Unreadable),
        // These two statuses say little, and a code may say more. No code makes a 500 mean "not found".
        (Some(general @ (Kind::Invalid | Kind::Conflict)), code) => code.and_then(codes::kind).unwrap_or(general),
        (Some(kind), _) => kind,
    };
    let message = match envelope.is_empty() {
        true => response.reason(&OWN).message,
        false => Reason::of_json(&Value::Object(envelope), &OWN).message,
    };
    Err(response.failure(kind, code.map(|code| code.to_string()), message))
}

/// An order that was followed. The documents show true and null as its data, which tell nothing.
pub fn done(response: &Response) -> Result<(), Failure> {
    response.check_id_if_present(&data(response)?, &["id"])
}

/// A deletion that was accepted: by any success, whatever its body, unless Yotta's code in it says otherwise.
pub fn deleted(response: &Response) -> Result<Receipt, Failure> {
    let has_code = response.json().is_some_and(|body| body.get("code").is_some());
    if has_code || response.error_kind().is_some() {
        done(response)?;
    }
    Ok(response.receipt())
}

/// One thing with its id, without which it could not be asked about again.
pub fn one<Id: FromJson + Display, Json: DeserializeOwned + Default>(
    response: &Response,
) -> Result<(Id, Json), Failure> {
    let Thing(id, json) = Thing::from_json(data(response)?).ok_or_else(|| unreadable(response))?;
    response.check_id(&id)?;
    Ok((id, json))
}

/// An unpaged list. What has no id cannot be asked about either and is left out.
pub fn all<Id: FromJson, Json: DeserializeOwned + Default>(response: &Response) -> Result<Vec<(Id, Json)>, Failure> {
    let (_, list) = listed(response, &["data"])?;
    let StreamedList { entries, .. } = list.ok_or_else(|| unreadable(response))?;
    Ok(entries.into_iter().map(|Thing(id, json)| (id, json)).collect())
}

pub fn page<Entry: FromJson>(response: &Response) -> Result<Page<Entry>, Failure> {
    let (Value::Object(mut page), list) = listed(response, &["data", "items"])? else {
        return Err(unreadable(response));
    };
    let total = tolerant::take(&mut page, "total");
    // A server may well write an empty list as null. Without a total it could be any list.
    let nothing = || (total == Some(0)).then(StreamedList::default);
    Ok(Page {
        list: list.or_else(nothing).ok_or_else(|| unreadable(response))?,
        total,
        pages: tolerant::take(&mut page, "pages"),
    })
}

pub fn unreadable(response: &Response) -> Failure {
    response.failure(Kind::Unreadable, None, None)
}

/// A thing with its id, or a bare id, which is what version 1 of the API answers to a create. A text such as "done" is no
/// id.
pub struct Thing<Id, Json>(pub Id, pub Json);

impl<Id: FromJson, Json: DeserializeOwned + Default> FromJson for Thing<Id, Json> {
    fn from_json(value: Value) -> Option<Self> {
        let (id, json) = match value {
            Value::Object(_) => FromJson::from_json(value),
            bare => bare_id(bare),
        }?;
        Some(Self(id, json))
    }
}

fn bare_id<Id: FromJson, Json: Default>(id: Value) -> Option<(Id, Json)> {
    let TextOrNumber(text) = FromJson::from_json(id.clone())?;
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| Some((Id::from_json(id)?, Json::default())))?
}
