//! An error in the making: what is known where it happens, without the cloud and the operation.

use super::tls;
use crate::clouds::{Error, Kind, Secret, capacity};

type Source = Box<dyn std::error::Error + Send + Sync>;

/// Texts of a cloud's are cut here, so that a page of HTML stays out of a diagnostic.
const LONGEST_MESSAGE: usize = 300;
/// A shorter text is no secret, and hiding each "1" would make a message unreadable.
const SHORTEST_SECRET: usize = 4;

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

    /// What was to be sent was left.
    pub fn interrupted() -> Self {
        Self::new(Kind::Interrupted, "the run was interrupted before this was sent")
    }

    /// No whole answer came. Only a connection that was never made proves that nothing was read.
    pub fn from_transport(error: reqwest::Error) -> Self {
        let (kind, message) = if error.is_connect() {
            (
                Kind::Unreachable,
                tls::told(&error).unwrap_or("no connection could be made"),
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
    pub fn of_an_order(self) -> Self {
        let is_refusal = match self.kind {
            Kind::Invalid | Kind::NotFound | Kind::Conflict | Kind::WrongState => true,
            // The cloud's own code for "something went wrong", in an answer that HTTP calls a success.
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

    pub fn into_error<'a>(
        self,
        cloud: &'static str,
        operation: String,
        secrets: impl Iterator<Item = &'a Secret> + Clone,
    ) -> Error {
        let Self {
            kind,
            status,
            code,
            message,
            source,
        } = self;
        let tidy = |text: String| shorten(&hide(text, secrets.clone()));
        Error {
            kind,
            cloud,
            operation,
            status,
            code: code.map(tidy),
            message: tidy(message),
            source: source.map(Into::into),
            sent: None,
        }
    }
}

/// A cloud may repeat what it was given. The longest goes first, for one secret may be a part of another.
fn hide<'a>(text: String, secrets: impl Iterator<Item = &'a Secret>) -> String {
    let mut secrets: Vec<&str> = secrets
        .map(Secret::reveal)
        .filter(|text| text.len() >= SHORTEST_SECRET)
        .collect();
    secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
    secrets
        .into_iter()
        .fold(text, |text, secret| text.replace(secret, "***"))
}

fn shorten(text: &str) -> String {
    let line: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect();
    let line = line.join(" ");
    match line.char_indices().nth(LONGEST_MESSAGE) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(message: &str, secrets: &[&str], expected: &str) {
        let secrets: Vec<Secret> = secrets.iter().map(|text| Secret::new(*text)).collect();
        let failure = Failure::new(Kind::Invalid, message);
        let error = failure.into_error("Yotta Labs", "listing pods".to_owned(), secrets.iter());
        assert_eq!(error.message, expected);
    }

    #[test]
    fn a_message_shows_no_secret() {
        check("the key swordfish is bad", &["swordfish"], "the key *** is bad");
        check(
            "swordfish-2 and swordfish",
            &["swordfish", "swordfish-2"],
            "*** and ***",
        );
        check("got 1 of 10", &["1"], "got 1 of 10");
    }

    #[test]
    fn a_message_is_one_short_line() {
        check("two\nlines\u{1b}[31m  here", &[], "two lines [31m here");
        check(&"ä".repeat(301), &[], &format!("{}…", "ä".repeat(300)));
        check(&"ä".repeat(300), &[], &"ä".repeat(300));
    }
}
