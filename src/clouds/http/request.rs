//! A request, which says by its type what repeating it means.

use bytes::Bytes;
use reqwest::{Method, Url};
use serde_json::Value;

use super::{BaseUrl, pace::Line};
use crate::clouds::{Kind, Secret};

/// What sending a request a second time may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repeat {
    /// Nothing more than the first time: a read, or an order that is the same when given twice.
    Safely,
    /// Everything once more: a create. Only a proof that the first one did nothing allows a second.
    OnlyIfNothingHappened,
}

impl Repeat {
    /// Whether a request may be sent again after it ended this way.
    pub fn allows_after(self, kind: Kind) -> bool {
        match self {
            Repeat::Safely => kind.is_outage(),
            Repeat::OnlyIfNothingHappened => kind.is_outage() && kind.proves_nothing_was_done(),
        }
    }
}

/// One thing asked of a cloud. Has no `Debug`, since a body may hold secrets.
pub struct Request {
    pub method: Method,
    /// From the base URL on, with a leading slash.
    pub path: String,
    /// Names and values, as they are before they are encoded.
    pub query: Vec<(&'static str, String)>,
    pub repeat: Repeat,
    /// What is being done, for errors and logs: "reading pod 42".
    pub operation: String,
    /// The id of the thing that this is about, if it exists already: no answer may be about another one.
    pub about: Option<String>,
    pub body: Option<Bytes>,
    /// What the body holds that no error may repeat.
    pub secrets: Vec<Secret>,
}

impl Request {
    pub fn new(method: Method, path: impl Into<String>, repeat: Repeat, operation: impl Into<String>) -> Self {
        Self {
            method,
            path: path.into(),
            query: Vec::new(),
            repeat,
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

    /// Some questions are asked with a body.
    pub fn is_question(&self) -> bool {
        self.repeat == Repeat::Safely && matches!(self.method, Method::GET | Method::POST)
    }

    /// A question that is asked with a body stands with the orders, which does no harm.
    pub fn line(&self) -> Line {
        match self.method {
            Method::GET => Line::Questions,
            _ => Line::Orders,
        }
    }

    /// Where it is sent.
    pub fn url(&self, base_url: &BaseUrl) -> Url {
        let mut url = base_url.at(&self.path);
        // Asked without need, this would leave a question mark behind.
        if !self.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&self.query);
        }
        url
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_cannot_happen_twice_is_repeated() {
        let table = [
            // Kind, again if safe, again if only after nothing happened
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
        for (kind, safely, only_if_nothing_happened) in table {
            assert_eq!(Repeat::Safely.allows_after(kind), safely, "{kind:?}");
            assert_eq!(
                Repeat::OnlyIfNothingHappened.allows_after(kind),
                only_if_nothing_happened,
                "{kind:?}"
            );
        }
    }
    #[test]
    fn a_query_is_encoded() {
        let request = |value: Option<&str>| {
            Request::new(Method::GET, "/logs", Repeat::Safely, "reading logs")
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
        let plain = Request::new(Method::GET, "/pods", Repeat::Safely, "listing pods");
        assert_eq!(plain.url(&base_url).as_str(), "https://example.com/api/pods");
    }
}
