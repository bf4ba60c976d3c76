//! Yotta's JSON of a page of a log, and of a running time.

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use crate::clouds::{
    http::{Failure, Response},
    tolerant::{self, FromJson, Milliseconds, TextOrNumber, Tolerant, Verbatim, VerbatimOrNumber},
    yotta::api::{data, unreadable},
};

/// `PodV2LogResponse` of the reference.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct LogPageJson {
    /// Read one by one, so that those that cannot be read are counted too.
    pub items: Tolerant<Vec<Value>>,
    pub page: Tolerant<CursorsJson>,
}

/// `PodV2LogPage` of the reference, as far as it leads on.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub struct CursorsJson {
    pub next_cursor: Tolerant<VerbatimOrNumber>,
    pub has_next: Tolerant<bool>,
}

/// `PodV2LogItem` of the reference.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct LogLineJson {
    pub timestamp: Tolerant<TextOrNumber>,
    pub level: Tolerant<String>,
    pub content: Tolerant<Verbatim>,
}

/// `PodV2RuntimeResponse` of the reference.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub struct RuntimeJson {
    pub name: Tolerant<String>,
    pub status: Tolerant<String>,
    pub created_at: Tolerant<Milliseconds>,
    pub updated_at: Tolerant<Milliseconds>,
    pub running_seconds: Tolerant<i64>,
    pub running_millis: Tolerant<i64>,
}

impl FromJson for CursorsJson {
    fn from_json(value: Value) -> Option<Self> {
        tolerant::object(value)
    }
}

impl FromJson for LogLineJson {
    fn from_json(value: Value) -> Option<Self> {
        tolerant::object(value)
    }
}

pub fn log_page(response: &Response) -> Result<LogPageJson, Failure> {
    of_the_pod(response)
}

pub fn runtime(response: &Response) -> Result<RuntimeJson, Failure> {
    of_the_pod(response)
}

/// The data of a response about the pod that was asked for. The reference has the pod's id in a running time alone.
fn of_the_pod<Json: DeserializeOwned>(response: &Response) -> Result<Json, Failure> {
    let data = data(response)?;
    response.check_id_if_present(&data, &["id", "podId"])?;
    tolerant::object(data).ok_or_else(|| unreadable(response))
}
