//! Prime Intellect's JSON of a log, whose shape no document tells, and of a row of the history.

use std::num::NonZeroU32;

use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::Value;

use super::convert;
use crate::clouds::{
    LogLine,
    http::{Failure, Response},
    prime_intellect::api,
    tolerant::{self, FromJson, TextOrNumber, Tolerant, Verbatim},
};

/// A line of a log, by the names that such members usually have.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct LogLineJson {
    pub message: Tolerant<Verbatim>,
    pub content: Tolerant<Verbatim>,
    pub log: Tolerant<Verbatim>,
    pub line: Tolerant<Verbatim>,
    pub timestamp: Tolerant<TextOrNumber>,
    pub level: Tolerant<String>,
}

impl FromJson for LogLineJson {
    fn from_json(value: Value) -> Option<Self> {
        tolerant::object(value)
    }
}

/// `HistoryItem` of the document, as far as it is of use. The id is read apart.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub struct EndedJson {
    pub name: Tolerant<String>,
    pub provider_type: Tolerant<String>,
    #[serde(rename = "type")]
    pub kind: Tolerant<String>,
    pub created_at: Tolerant<String>,
    pub terminated_at: Tolerant<String>,
    pub gpu_name: Tolerant<String>,
    pub gpu_count: Tolerant<NonZeroU32>,
    pub price_hr: Tolerant<Decimal>,
    pub total_billed_price: Tolerant<Decimal>,
}

/// The lines of a log, as JSON or as plain text. What is neither is no empty log.
pub fn log(response: &Response) -> Result<Vec<LogLine>, Failure> {
    match response.plain_text() {
        Some(text) if response.error_kind().is_none() => Ok(convert::lines_of_text(&text)),
        _ => {
            let log = api::success(response)?;
            response.check_id_if_present(&log, &["podId", "pod_id"])?;
            convert::to_lines(log).ok_or_else(|| api::unreadable(response))
        }
    }
}
