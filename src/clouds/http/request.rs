//! A request, which says by its type what repeating it means.

use bytes::Bytes;
use reqwest::Method;
use serde_json::Value;

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
        match kind {
            Kind::Unreachable | Kind::RateLimited => true,
            Kind::AnswerLost | Kind::CloudFailed => self == Repeat::Safely,
            // The same question would get the same answer.
            Kind::Invalid
            | Kind::Unauthorized
            | Kind::Forbidden
            | Kind::Payment
            | Kind::NotFound
            | Kind::WrongState
            | Kind::Conflict
            | Kind::NoCapacity
            | Kind::Unreadable => false,
        }
    }
}

/// One thing asked of a cloud. Has no `Debug`, since a body may hold secrets.
pub struct Request {
    pub method: Method,
    /// From the base URL on, with a leading slash.
    pub path: String,
    pub repeat: Repeat,
    /// What is being done, for errors and logs: "reading pod 42".
    pub operation: String,
    pub body: Option<Bytes>,
    /// What the body holds that no error may repeat.
    pub secrets: Vec<Secret>,
}

impl Request {
    pub fn new(method: Method, path: impl Into<String>, repeat: Repeat, operation: impl Into<String>) -> Self {
        Self {
            method,
            path: path.into(),
            repeat,
            operation: operation.into(),
            body: None,
            secrets: Vec::new(),
        }
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
}
