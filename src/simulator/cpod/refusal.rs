//! Refusals as FastAPI writes them: `detail` is a text, or the list of all mistakes in a body.

use serde_json::{Value, json};

use crate::simulator::http::Response;

pub(super) type Outcome = Result<Response, Refusal>;

#[derive(Debug)]
pub(super) struct Refusal {
    status: u16,
    body: Value,
}

impl Refusal {
    pub fn new(status: u16, detail: impl Into<String>) -> Refusal {
        Refusal {
            status,
            body: json!({"detail": detail.into()}),
        }
    }

    /// A body with mistakes.
    pub fn unprocessable(mistakes: Vec<Value>) -> Refusal {
        Refusal {
            status: 422,
            body: json!({ "detail": mistakes }),
        }
    }

    /// A 404 that does not say whose it is.
    pub fn unsigned_absence() -> Refusal {
        Refusal {
            status: 404,
            body: json!({}),
        }
    }

    pub fn into_response(self) -> Response {
        Response::json(self.status, self.body)
    }
}

/// One mistake: what sort it is, where it stands, what is wrong, and what stood there.
pub(super) fn mistake(kind: &str, place: &[&str], message: &str, input: &Value) -> Value {
    let place: Vec<&str> = ["body"].iter().chain(place).copied().collect();
    json!({"type": kind, "loc": place, "msg": message, "input": input})
}
