//! The three shapes in which the API refuses a request. What it grants comes bare, with HTTP 200.

use serde_json::{Value, json};

use crate::simulator::cloud::Quirks;
use crate::simulator::http::{Body, Request, Response};
use crate::simulator::limits::{Mistake, Wrong};

pub(super) type Outcome = Result<Value, Refusal>;

#[derive(Debug)]
pub(super) enum Refusal {
    /// `{"detail": "text"}`, seen with HTTP 400 and read by the official CLI with every status.
    Detail(u16, String),
    /// What is wrong with a body or a query: HTTP 422.
    Mistakes(Part, Vec<Mistake>),
    /// A page of somebody on the way.
    Page(u16, &'static str),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Body,
    Query,
}

impl Refusal {
    pub fn detail(http: u16, text: impl Into<String>) -> Refusal {
        Refusal::Detail(http, text.into())
    }

    /// A body that is no JSON.
    pub fn unreadable(reason: String) -> Refusal {
        Refusal::in_body(vec![Mistake::against("", reason)])
    }

    pub fn in_body(mistakes: Vec<Mistake>) -> Refusal {
        Refusal::Mistakes(Part::Body, mistakes)
    }

    pub fn in_query(at: &str, limit: impl Into<String>) -> Refusal {
        Refusal::Mistakes(Part::Query, vec![Mistake::against(at, limit)])
    }
}

pub(super) fn wrap(outcome: Outcome, request: &Request, quirks: &Quirks) -> Response {
    match outcome {
        Ok(body) => Response::json(200, body),
        Err(Refusal::Detail(http, text)) => Response::json(http, json!({ "detail": text })),
        Err(Refusal::Mistakes(part, mistakes)) if quirks.mistakes_as_detail => {
            let problems: Vec<Value> = mistakes.iter().map(|it| problem(it, part, request)).collect();
            Response::json(422, json!({ "detail": problems }))
        }
        Err(Refusal::Mistakes(part, mistakes)) => {
            let errors: Vec<Value> = mistakes.iter().map(|it| error(it, part)).collect();
            Response::json(422, json!({ "errors": errors }))
        }
        Err(Refusal::Page(http, heading)) => Response {
            status: http,
            headers: Vec::new(),
            body: Body::Text(format!("<html><body><h1>{heading}</h1></body></html>")),
        },
    }
}

/// As the official document has it.
fn error(mistake: &Mistake, part: Part) -> Value {
    let param = match mistake.at.as_str() {
        "" => name(part),
        at => at,
    };
    json!({"param": param, "details": words(mistake)})
}

/// As the official CLI reads it. `input` is FastAPI's: what was sent, with the secrets in it.
fn problem(mistake: &Mistake, part: Part, request: &Request) -> Value {
    let mut path = vec![json!(name(part))];
    let steps = mistake.at.split(['.', '[']).filter(|step| !step.is_empty());
    path.extend(steps.map(|step| match step.strip_suffix(']') {
        Some(index) => index.parse().map_or(json!(index), |index: u64| json!(index)),
        None => json!(step),
    }));
    json!({"loc": path, "msg": words(mistake), "type": "value_error", "input": request.shown_body()})
}

fn name(part: Part) -> &'static str {
    match part {
        Part::Body => "body",
        Part::Query => "query",
    }
}

/// The first text was seen; the second is FastAPI's.
fn words(mistake: &Mistake) -> String {
    match &mistake.wrong {
        Wrong::Unknown => "Extra inputs are not permitted".to_owned(),
        Wrong::Missing => "Field required".to_owned(),
        wrong => wrong.to_string(),
    }
}
