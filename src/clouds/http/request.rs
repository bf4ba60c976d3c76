//! An HTTP request to a cloud, with its idempotency, on which every retry depends.
//!
//! # What is retried
//!
//! | an attempt ends with | when | idempotent | non-idempotent: a POST that creates |
//! |---|---|---|---|
//! | `RateLimited` | HTTP 429 | retried | retried |
//! | `Unreachable` | no connection was made | retried | retried |
//! | `AnswerLost` | a timeout, a broken connection, HTTP 408 | retried | never: a POST without proof that nothing was done |
//! | `CloudFailed` | HTTP 5xx, or the cloud's own code for it | retried | never: a POST without proof that nothing was done |
//! | `Unreadable` | a body or a status that no document has, a redirect | never | never |
//! | `Invalid` | HTTP 400, 422 and any other 4xx | never | never |
//! | `Unauthorized` | HTTP 401 | never | never |
//! | `Payment` | HTTP 402 | never | never |
//! | `Forbidden` | HTTP 403 | never | never |
//! | `NotFound` | HTTP 404, 410 | never | never |
//! | `Conflict` | HTTP 409 | never | never |
//! | `WrongState` | the cloud's own code, or HTTP 409 | never | never |
//! | `NoCapacity` | a refusal whose message says so | never | never |
//! | `Interrupted` | cancelled before it was sent | never | never |
//!
//! How often: at most [`max_retries`](super::Settings::max_retries) times. An operation with a deadline, see
//! [`with_deadline`](super::with_deadline), is retried after HTTP 429 until then, without counting.
//!
//! After which wait: exponential backoff with full jitter, on top of the response's `Retry-After`, see [`retry`](super::retry).
//! After HTTP 429 all requests to the cloud wait, see [`rate_limiter`](super::rate_limiter). A read for which a
//! [`circuit_breaker`](super::circuit_breaker) is open fails without being sent.

use bytes::Bytes;
use reqwest::{Method, Url};
use serde_json::Value;

use super::{BaseUrl, rate_limiter::Queue};
use crate::clouds::{Kind, Secret};

/// Whether sending a request a second time can do more than sending it once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Idempotency {
    /// It cannot: a read, a deletion, a write that sets the same thing twice.
    Idempotent,
    /// It can: a create (POST), which is never retried blindly. Only a proof that nothing was done allows a second.
    NonIdempotent,
}

impl Idempotency {
    /// Whether a request may be retried after an attempt that ended this way.
    pub fn allows_retry_after(self, kind: Kind) -> bool {
        match self {
            Idempotency::Idempotent => kind.is_outage(),
            Idempotency::NonIdempotent => kind.is_outage() && kind.proves_nothing_was_done(),
        }
    }
}

/// One request. Has no `Debug`, since a body may hold secrets.
pub struct Request {
    pub method: Method,
    /// From the base URL on, with a leading slash.
    pub path: String,
    /// Names and values, as they are before they are encoded.
    pub query: Vec<(&'static str, String)>,
    pub idempotency: Idempotency,
    /// The operation, for errors and logs: "reading pod 42".
    pub operation: String,
    /// The id of the object that this is about, if it exists already: no response may be about another one.
    pub about: Option<String>,
    pub body: Option<Bytes>,
    /// Secrets in the body, to be redacted.
    pub secrets: Vec<Secret>,
}

impl Request {
    pub fn new(
        method: Method,
        path: impl Into<String>,
        idempotency: Idempotency,
        operation: impl Into<String>,
    ) -> Self {
        Self {
            method,
            path: path.into(),
            query: Vec::new(),
            idempotency,
            operation: operation.into(),
            about: None,
            body: None,
            secrets: Vec::new(),
        }
    }

    pub fn about(self, id: impl ToString) -> Self {
        Self {
            about: Some(id.to_string()),
            ..self
        }
    }

    /// Adds a parameter if it has a value.
    pub fn with_query(mut self, name: &'static str, value: Option<impl ToString>) -> Self {
        self.query.extend(value.map(|value| (name, value.to_string())));
        self
    }

    pub fn with_json(self, body: &Value) -> Self {
        Self {
            body: Some(body.to_string().into()),
            ..self
        }
    }

    pub fn with_secrets(self, secrets: impl IntoIterator<Item = Secret>) -> Self {
        Self {
            secrets: secrets.into_iter().collect(),
            ..self
        }
    }

    /// A read; some are sent with a body, as POST.
    pub fn is_read(&self) -> bool {
        self.idempotency == Idempotency::Idempotent && matches!(self.method, Method::GET | Method::POST)
    }

    /// A read that is a POST waits among the writes, which does no harm.
    pub fn queue(&self) -> Queue {
        match self.method {
            Method::GET => Queue::Reads,
            _ => Queue::Writes,
        }
    }

    /// Where it is sent.
    pub fn url(&self, base_url: &BaseUrl) -> Url {
        let mut url = base_url.at(&self.path);
        // Without this check an empty query would leave a question mark behind.
        if !self.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&self.query);
        }
        url
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The cells of this file's table that say whether a kind is retried: if idempotent, and if not.
    fn documented(kind: Kind) -> (String, String) {
        let row = include_str!("request.rs")
            .lines()
            .find(|line| line.starts_with(&format!("//! | `{kind:?}` |")))
            .unwrap_or_else(|| panic!("no row for {kind:?}"));
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        (cells[3].to_owned(), cells[4].to_owned())
    }

    #[test]
    fn only_what_cannot_happen_twice_is_retried() {
        let table = [
            // Kind, retried if idempotent, retried if not
            (Kind::Invalid, false, false),
            (Kind::Unauthorized, false, false),
            (Kind::Forbidden, false, false),
            (Kind::Payment, false, false),
            (Kind::NotFound, false, false),
            (Kind::WrongState, false, false),
            (Kind::Conflict, false, false),
            (Kind::NoCapacity, false, false),
            (Kind::Interrupted, false, false),
            (Kind::RateLimited, true, true),
            (Kind::Unreachable, true, true),
            (Kind::AnswerLost, true, false),
            (Kind::CloudFailed, true, false),
            (Kind::Unreadable, false, false),
        ];
        for (kind, idempotent, non_idempotent) in table {
            let says = |cell: String| match cell.split(':').next() {
                Some("retried") => true,
                Some("never") => false,
                _ => panic!("{kind:?}: {cell}"),
            };
            let (cell, other) = documented(kind);
            assert_eq!(
                (says(cell), says(other)),
                (idempotent, non_idempotent),
                "{kind:?} in the table"
            );
            assert_eq!(Idempotency::Idempotent.allows_retry_after(kind), idempotent, "{kind:?}");
            assert_eq!(
                Idempotency::NonIdempotent.allows_retry_after(kind),
                non_idempotent,
                "{kind:?}"
            );
        }
    }
    #[test]
    fn a_query_is_encoded() {
        let request = |value: Option<&str>| {
            Request::new(Method::GET, "/logs", Idempotency::Idempotent, "reading logs")
                .with_query("keyword", value)
                .with_query("limit", Some(5))
        };
        let base_url = BaseUrl::parse("https://example.com/api").expect("an address");
        let check = |value, expected| assert_eq!(request(value).url(&base_url).as_str(), expected);
        check(None, "https://example.com/api/logs?limit=5");
        check(Some(""), "https://example.com/api/logs?keyword=&limit=5");
        check(
            Some("50% a&b=ä #+?"),
            "https://example.com/api/logs?keyword=50%25+a%26b%3D%C3%A4+%23%2B%3F&limit=5",
        );
        let plain = Request::new(Method::GET, "/pods", Idempotency::Idempotent, "listing pods");
        assert_eq!(plain.url(&base_url).as_str(), "https://example.com/api/pods");
    }
}
