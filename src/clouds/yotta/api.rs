//! What all of Yotta's JSON has in common: the envelope of every answer, things with an id, and pages.

use serde::{Deserialize, Deserializer, de::DeserializeOwned};
use serde_json::Value;

use crate::clouds::{
    Kind,
    http::{Answer, Failure},
    lenient::{FromJson, Lenient, Said, TextOrNumber},
    paging,
    shape::{self, Entries},
};

const SUCCESS: i64 = 10_000;

#[derive(Deserialize)]
#[serde(bound = "Data: Lenient")]
struct EnvelopeJson<Data> {
    #[serde(default)]
    code: Said<i64>,
    #[serde(default)]
    message: Said<String>,
    #[serde(default)]
    data: Said<Data>,
}

impl<Data: Lenient> Lenient for EnvelopeJson<Data> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        shape::object(deserializer)
    }
}

/// The reference's page.
#[derive(Debug, Clone, PartialEq)]
pub struct Page<Entry> {
    pub entries: Vec<Option<Entry>>,
    /// See `paging::mark`.
    pub mark: Option<u64>,
    /// Entries and pages of the whole list, as far as Yotta says.
    pub total: Option<u64>,
    pub pages: Option<u64>,
}

/// The `data` of the envelope; `None` if it is something else. The HTTP status is asked first; business errors mostly come
/// with HTTP 200 and a code.
pub fn data<Data: Lenient>(answer: &Answer) -> Result<Option<Data>, Failure> {
    let (code, message, data) = match answer.read::<EnvelopeJson<Data>>() {
        Some(Said(Some(envelope))) => (envelope.code.0, envelope.message.0, envelope.data.0),
        _ => (None, None, None),
    };
    let kind = match (answer.refusal(), code) {
        (None, Some(SUCCESS)) => return Ok(data),
        (None, None) if answer.status() == 204 => return Ok(None),
        // A code that no document has may mean anything, also after a create: nothing is proven.
        (None, code) => code.and_then(refusal).unwrap_or(Kind::Unreadable),
        // These two statuses say little, and a code may say more. No code makes a 500 mean "not found".
        (Some(general @ (Kind::Invalid | Kind::Conflict)), code) => code.and_then(refusal).unwrap_or(general),
        (Some(kind), _) => kind,
    };
    Err(answer.failure(kind, code.map(|code| code.to_string()), message))
}

/// The codes of the reference and the guide; 10004 and 12000 are known from the tests of Yotta's SDK.
fn refusal(code: i64) -> Option<Kind> {
    match code {
        10_001 => Some(Kind::Invalid),
        10_002 => Some(Kind::CloudFailed),
        10_004 => Some(Kind::Forbidden),
        10_007 | 12_000 | 13_000 => Some(Kind::NotFound),
        12_001 => Some(Kind::WrongState),
        _ => None,
    }
}

/// An order that was followed. The documents show true and null as its data, which tell nothing.
pub fn done(answer: &Answer) -> Result<(), Failure> {
    data::<Value>(answer).map(drop)
}

/// One thing with its id, without which it could not be asked about again.
pub fn one<Id: FromJson, Json: DeserializeOwned + Default>(answer: &Answer) -> Result<(Id, Json), Failure> {
    let thing = data(answer)?.ok_or_else(|| unreadable(answer));
    thing.map(|Thing(id, json)| (id, json))
}

/// An unpaged list. What has no id cannot be asked about either and is left out.
pub fn all<Id: FromJson, Json: DeserializeOwned + Default>(answer: &Answer) -> Result<Vec<(Id, Json)>, Failure> {
    let Entries(entries) = data(answer)?.ok_or_else(|| unreadable(answer))?;
    let things = entries.into_iter().flatten();
    Ok(things.map(|Thing(id, json)| (id, json)).collect())
}

#[derive(Deserialize)]
#[serde(bound = "Entry: Lenient")]
struct PageJson<Entry> {
    #[serde(default)]
    items: Said<Entries<Entry>>,
    #[serde(default)]
    total: Said<u64>,
    #[serde(default)]
    pages: Said<u64>,
}

impl<Entry: Lenient> Lenient for PageJson<Entry> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        shape::object(deserializer)
    }
}

pub fn page<Entry: Lenient>(answer: &Answer) -> Result<Page<Entry>, Failure> {
    let page: PageJson<Entry> = data(answer)?.ok_or_else(|| unreadable(answer))?;
    let total = page.total.0;
    // A server may well write an empty list as null. Without a total it could be any list.
    let nothing = || (total == Some(0)).then_some(Entries(Vec::new()));
    let Entries(entries) = page.items.0.or_else(nothing).ok_or_else(|| unreadable(answer))?;
    Ok(Page {
        mark: paging::mark(answer, &entries),
        entries,
        total,
        pages: page.pages.0,
    })
}

pub fn unreadable(answer: &Answer) -> Failure {
    answer.failure(Kind::Unreadable, None, None)
}

/// A thing with its id, or a bare id, which is what version 1 of the API answers to a create. A text such as "done" is no
/// id.
#[derive(Debug, Clone, PartialEq)]
pub struct Thing<Id, Json>(pub Id, pub Json);

impl<Id: FromJson, Json: DeserializeOwned + Default> Lenient for Thing<Id, Json> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        let thing = shape::thing(deserializer, bare)?;
        Ok(thing.map(|(id, json)| Self(id, json)))
    }
}

fn bare<Id: FromJson, Json: Default>(id: Value) -> Option<(Id, Json)> {
    let TextOrNumber(text) = FromJson::from_json(id.clone())?;
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| Some((Id::from_json(id)?, Json::default())))?
}
