//! Yotta's envelope `{"message", "code", "data"}` and its codes.

use serde_json::{Value, json};

use crate::simulator::http::Response;

pub(super) const SUCCESS: u32 = 10000;
pub(super) const INVALID: u32 = 10001;
pub(super) const SYSTEM_ERROR: u32 = 10002;
pub(super) const NO_PERMISSION: u32 = 10004;
pub(super) const NO_RECORD: u32 = 10007;
pub(super) const WRONG_STATE: u32 = 12001;
pub(super) const NO_POD: u32 = 13000;

pub(super) type Outcome = Result<Value, Refusal>;

/// A refusal. The official clients show that those of the business come with HTTP 200.
#[derive(Debug)]
pub(super) struct Refusal {
    pub http: u16,
    pub code: u32,
    pub message: String,
}

impl Refusal {
    pub fn new(code: u32, message: impl Into<String>) -> Refusal {
        Refusal {
            http: 200,
            code,
            message: message.into(),
        }
    }

    pub fn over_http(http: u16, code: u32, message: impl Into<String>) -> Refusal {
        Refusal {
            http,
            code,
            message: message.into(),
        }
    }

    pub fn invalid(message: impl Into<String>) -> Refusal {
        Refusal::new(INVALID, message)
    }
}

pub(super) fn wrap(outcome: Outcome) -> Response {
    match outcome {
        Ok(data) => Response::json(200, json!({"message": "success", "code": SUCCESS, "data": data})),
        Err(refusal) => {
            let body = json!({"message": refusal.message, "code": refusal.code, "data": null});
            Response::json(refusal.http, body)
        }
    }
}
