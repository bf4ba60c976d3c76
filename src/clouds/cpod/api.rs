//! cPod's JSON conventions and paths. No public page shows them, so all of this is inferred; it stands here and nowhere else,
//! and a correction changes this file alone.
//!
//! | what | from what |
//! |---|---|
//! | `/v1/pods` | `docs/api-contract` lists it as the base path of pods, and nothing below it; `portal/docs` has `/api/v1` for other things, which a base URL can say |
//! | methods, `/{id}`, `/start`, `/stop` | the names of the SDK's calls in `docs/management/pods` |
//! | an empty object where an order has nothing to say | those calls take an id alone; a proxy may stumble over a POST without a body |
//! | `limit` in the query | an argument of the list there; the greatest is not told, and 500 for other lists (`docs/domains`) |
//! | `cursor` in the query | the argument's name in the other lists of `docs/domains` |
//! | `data` in a list | the SDK's result in `docs/management/pods` |
//! | `nextCursor` in a list | the SDK's `NextCursor` in `docs/sdk-reference/dotnet` |
//! | a pod in a response, with no envelope | the SDK's results in `docs/management/pods` |
//! | any 2xx is a success, also an empty one to a delete | no page |
//! | 404 for a pod that is not known, 409 for what its state forbids | no page; `docs/guides/error-handling` has 400, 401, 403, 404, 429 and 500 |
//! | `detail` in an error, and its list of `loc` and `msg` | FastAPI, which `docs/authentication` names as the backend |
//! | `message`, `details`, `code`, `error` in an error | the first two are in the error of an older SDK (`docs/guides/error-handling`), the others are common |

use std::fmt::Display;

use reqwest::Method;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::clouds::{
    Kind, PodId,
    http::{Failure, Idempotency, Request, Response},
    reason::Reason,
    streamed_list::StreamedList,
    tolerant::{FromJson, VerbatimOrNumber},
};

/// The prefix of every path.
pub const VERSION: &str = "/v1";
const LIMIT: u32 = 100;

/// A call of the SDK.
pub enum Call<'a> {
    Create,
    Get(&'a PodId),
    /// From the beginning, or from where the page before ended.
    List(Option<&'a str>),
    Start(&'a PodId),
    Stop(&'a PodId),
    Delete(&'a PodId),
}

impl Call<'_> {
    pub fn request(self, idempotency: Idempotency, operation: String) -> Request {
        let (method, id, verb) = match self {
            Call::Create => (Method::POST, None, ""),
            Call::Get(id) => (Method::GET, Some(id), ""),
            Call::List(_) => (Method::GET, None, ""),
            Call::Start(id) => (Method::POST, Some(id), "/start"),
            Call::Stop(id) => (Method::POST, Some(id), "/stop"),
            Call::Delete(id) => (Method::DELETE, Some(id), ""),
        };
        let request = |path| Request::new(method, path, idempotency, operation);
        let request = match id {
            Some(id) => request(format!("{VERSION}/pods/{id}{verb}")).about(id),
            None => request(format!("{VERSION}/pods")),
        };
        match self {
            Call::List(cursor) => request.with_query("limit", Some(LIMIT)).with_query("cursor", cursor),
            Call::Start(_) | Call::Stop(_) => request.with_json(&json!({})),
            Call::Create | Call::Get(_) | Call::Delete(_) => request,
        }
    }
}

/// A thing in a response, with its id.
pub fn one<Id: FromJson + Display, Json: DeserializeOwned>(response: &Response) -> Result<(Id, Json), Failure> {
    accepted(response)?;
    let thing: Option<(Id, Json)> = response.json().and_then(FromJson::from_json);
    let (id, json) = thing.ok_or_else(|| unreadable(response))?;
    response.check_id(&id)?;
    Ok((id, json))
}

fn accepted(response: &Response) -> Result<(), Failure> {
    match response.error_kind() {
        Some(kind) => Err(failure(response, kind)),
        None => Ok(()),
    }
}

/// An order to an existing pod was followed, a deletion among them. A conflict can only be one with the pod's own state.
pub fn done(response: &Response) -> Result<(), Failure> {
    match response.error_kind() {
        None => response.check_id_if_present(&response.json().unwrap_or_default(), &["id"]),
        Some(Kind::Conflict) => Err(failure(response, Kind::WrongState)),
        Some(kind) => Err(failure(response, kind)),
    }
}

/// A part of a list.
#[derive(Debug)]
pub struct Page<Entry> {
    pub list: StreamedList<Entry>,
    /// Where the next one starts; `None` if there is none.
    pub cursor: Option<String>,
}

/// A cursor that cannot be read is no end: half a list would make what it does not name look gone.
pub fn page<Entry: FromJson>(response: &Response) -> Result<Page<Entry>, Failure> {
    accepted(response)?;
    let Some((Value::Object(mut page), Some(list))) = response.with_list(&["data"])? else {
        return Err(unreadable(response));
    };
    let cursor = match page.remove("nextCursor") {
        None | Some(Value::Null) => None,
        Some(cursor) => match VerbatimOrNumber::from_json(cursor) {
            Some(VerbatimOrNumber(cursor)) => Some(cursor).filter(|cursor| !cursor.is_empty()),
            None => return Err(unreadable(response)),
        },
    };
    Ok(Page { list, cursor })
}

pub fn unreadable(response: &Response) -> Failure {
    response.failure(Kind::Unreadable, None, None)
}

fn failure(response: &Response, kind: Kind) -> Failure {
    let Reason { message, code } = response.reason(&OWN);
    response.failure(kind, code, message)
}

/// Where the older SDK and the framework have the reason.
const OWN: [&str; 3] = ["message", "detail", "error"];
