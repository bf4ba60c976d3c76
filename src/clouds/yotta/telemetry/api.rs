//! Yotta's JSON of a page of a log, and of a running time.

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use crate::clouds::{
    http::{Failure, Response},
    lenient::{self, FromJson, Milliseconds, Said, TextOrNumber, Verbatim, VerbatimOrNumber},
    yotta::api::{data, unreadable},
};

/// `PodV2LogResponse` of the reference.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct LogPageJson {
    /// Read one by one, so that those that cannot be read are counted too.
    pub items: Said<Vec<Value>>,
    pub page: Said<CursorsJson>,
}

/// `PodV2LogPage` of the reference, as far as it leads on.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub struct CursorsJson {
    pub next_cursor: Said<VerbatimOrNumber>,
    pub has_next: Said<bool>,
}

/// `PodV2LogItem` of the reference.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct LogLineJson {
    pub timestamp: Said<TextOrNumber>,
    pub level: Said<String>,
    pub content: Said<Verbatim>,
}

/// `PodV2RuntimeResponse` of the reference.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub struct RuntimeJson {
    pub name: Said<String>,
    pub status: Said<String>,
    pub created_at: Said<Milliseconds>,
    pub updated_at: Said<Milliseconds>,
    pub running_seconds: Said<i64>,
    pub running_millis: Said<i64>,
}

impl FromJson for CursorsJson {
    fn from_json(value: Value) -> Option<Self> {
        lenient::object(value)
    }
}

impl FromJson for LogLineJson {
    fn from_json(value: Value) -> Option<Self> {
        lenient::object(value)
    }
}

pub fn log_page(response: &Response) -> Result<LogPageJson, Failure> {
    of_the_pod(response)
}

pub fn runtime(response: &Response) -> Result<RuntimeJson, Failure> {
    of_the_pod(response)
}

/// What is told of the pod that was asked for. The reference has the pod's id in a running time alone.
fn of_the_pod<Json: DeserializeOwned>(response: &Response) -> Result<Json, Failure> {
    let data = data(response)?;
    response.check_id_if_present(&data, &["id", "podId"])?;
    lenient::object(data).ok_or_else(|| unreadable(response))
}
