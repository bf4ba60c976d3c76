//! The failure of one attempt: an error without the cloud and the operation, which are added by the client.

use super::tls;
use crate::clouds::{Error, Kind, capacity, redaction::Secrets};

type Source = Box<dyn std::error::Error + Send + Sync>;

/// How one attempt ended.
#[derive(Debug)]
pub struct Failure {
    pub kind: Kind,
    pub status: Option<u16>,
    pub code: Option<String>,
    pub message: String,
    pub source: Option<Source>,
}

impl Failure {
    pub fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self {
            kind,
            status: None,
            code: None,
            message: message.into(),
            source: None,
        }
    }

    /// Cancelled before it was sent.
    pub fn interrupted() -> Self {
        Self::new(Kind::Interrupted, "the run was interrupted before this was sent")
    }

    /// No whole response came. Only a connection that was never made proves that nothing was read.
    pub fn from_transport(error: reqwest::Error) -> Self {
        let (kind, message) = if error.is_connect() {
            (
                Kind::Unreachable,
                tls::explain(&error).unwrap_or("no connection could be made"),
            )
        } else if error.is_builder() {
            (Kind::Unreachable, "the request could not be sent")
        } else if error.is_timeout() {
            (Kind::AnswerLost, "no whole answer came in time")
        } else {
            (Kind::AnswerLost, "the connection broke before the whole answer came")
        };
        Self {
            source: Some(error.without_url().into()),
            ..Self::new(kind, message)
        }
    }

    /// The client could not be made, so that nothing was sent.
    pub fn from_setup(error: reqwest::Error) -> Self {
        Self {
            source: Some(error.into()),
            ..Self::new(Kind::Unreachable, "no secure connection can be set up")
        }
    }

    /// Nothing is known of whom to trust.
    pub fn from_tls_setup(error: rustls::Error) -> Self {
        let message = "no secure connection can be set up: the certificates of trusted authorities cannot be read. They \
                       are those of the system, or else those in the file that SSL_CERT_FILE names and the folders that \
                       SSL_CERT_DIR names";
        Self {
            source: Some(error.into()),
            ..Self::new(Kind::Unreachable, message)
        }
    }

    /// The failure of an order: if its text says that nobody has such a machine free, that is what it is. What may have
    /// been done all the same, and what is wrong with the key or the pace, stays what it is.
    pub fn of_a_create(self) -> Self {
        let is_refusal = match self.kind {
            Kind::Invalid | Kind::NotFound | Kind::Conflict | Kind::WrongState => true,
            // The cloud's own code for "something went wrong", in a response that HTTP calls a success.
            Kind::CloudFailed => self.status.is_some_and(|status| status < 500),
            _ => false,
        };
        match is_refusal && capacity::is_lacking(&self.message) {
            true => self.of_kind(Kind::NoCapacity),
            false => self,
        }
    }

    /// Of an order that somebody called done, and what was ordered did not happen.
    pub fn not_followed() -> Self {
        Self::new(
            Kind::Unreadable,
            "the answer cannot be read, and what was ordered was not done",
        )
    }

    pub fn of_kind(self, kind: Kind) -> Self {
        Self { kind, ..self }
    }

    /// The error that a caller gets to see: in what the cloud says, nothing is secret.
    pub fn into_error(self, cloud: &'static str, operation: String, address: &str, secrets: &Secrets) -> Error {
        let message = secrets.redact(&self.message);
        Error {
            kind: self.kind,
            cloud,
            operation,
            status: self.status,
            code: self.code.as_deref().map(|code| secrets.redact(code).into_boxed_str()),
            message: match (self.kind, self.status) {
                // No whole response came from there.
                (Kind::Unreachable | Kind::AnswerLost, None) => format!("{message} ({address})"),
                _ => message,
            },
            source: self.source.map(Into::into),
            sent: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clouds::Secret;

    #[track_caller]
    fn check(failure: Failure, expected: &str) {
        let secrets = Secrets::default();
        secrets.note(&Secret::new("swordfish"));
        let error = failure.into_error("Yotta Labs", "listing pods".to_owned(), "127.0.0.1:1", &secrets);
        assert_eq!(error.to_string(), expected);
    }

    #[test]
    fn a_message_is_one_line_without_a_secret() {
        let failure = Failure {
            code: Some("swordfish\nError: forged".to_owned()),
            status: Some(400),
            ..Failure::new(Kind::Invalid, "the key swordfish\n\n is\u{1b}[31m bad")
        };
        check(
            failure,
            "Yotta Labs, listing pods: the key *** is bad (HTTP 400, code *** Error: forged)",
        );
    }

    #[test]
    fn who_does_not_answer_is_named() {
        for kind in [Kind::Unreachable, Kind::AnswerLost] {
            check(
                Failure::new(kind, "nothing came"),
                "Yotta Labs, listing pods: nothing came (127.0.0.1:1)",
            );
        }
        let failure = Failure {
            status: Some(408),
            ..Failure::new(Kind::AnswerLost, "too slow")
        };
        check(failure, "Yotta Labs, listing pods: too slow (HTTP 408)");
    }
}
