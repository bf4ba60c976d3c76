//! Errors of a cloud, classified by what the caller can do about them.

use std::{fmt, sync::Arc};

use tokio::time::Instant;

pub type Result<T> = std::result::Result<T, Error>;

/// A cloud's refusal or silence. `Display` tells this error's own part; the cause is its source.
#[derive(Debug, Clone)]
pub struct Error {
    pub kind: Kind,
    /// The cloud's name for users, such as "Yotta Labs".
    pub cloud: &'static str,
    /// The operation, such as "reading pod 420522713875330018".
    pub operation: String,
    /// The HTTP status and the body's own code, as far as there was a response. The code is boxed to keep results small.
    pub status: Option<u16>,
    pub code: Option<Box<str>>,
    /// The cloud's own message, shortened, never a body.
    pub message: String,
    pub source: Option<Arc<dyn std::error::Error + Send + Sync>>,
    /// When the request that ended so was really sent, the last time; `None` if it was not. It may have stood in line
    /// for long before that.
    pub sent: Option<Instant>,
}

/// The meaning of an error. Only the kind decides what happens next; nobody looks into the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The cloud calls the request wrong.
    Invalid,
    /// The key is missing, wrong or revoked.
    Unauthorized,
    /// The key is good, but not for this.
    Forbidden,
    /// The balance does not allow it.
    Payment,
    /// The cloud knows no such thing.
    NotFound,
    /// Not in the state that the thing is in now.
    WrongState,
    /// In conflict with something else: a name that is taken, a thing that is in use.
    Conflict,
    /// Nobody has such a machine free now.
    NoCapacity,
    /// Too many requests, also after the last retry.
    RateLimited,
    /// No connection was ever made: the request was certainly not read.
    Unreachable,
    /// The user wants to stop: the request was left unsent, or every one that was sent had proved that nothing was done.
    Interrupted,
    /// The request may have been read, and no whole response came: what it asked for may have been done.
    AnswerLost,
    /// The cloud says that it failed (5xx, or its own code for that): what was asked for may have been done.
    CloudFailed,
    /// A response came that cannot be read: what was asked for may have been done.
    Unreadable,
}

impl Kind {
    /// Whether the same question may be answered later.
    pub fn may_pass(self) -> bool {
        self.is_outage() || self == Kind::Unreadable
    }

    /// Whether the cloud cannot be used at the moment, so that the same question may be answered later. All others are
    /// proper responses, or no answers of a cloud: asked again, they would be the same.
    pub fn is_outage(self) -> bool {
        match self {
            Kind::RateLimited | Kind::Unreachable | Kind::AnswerLost | Kind::CloudFailed => true,
            Kind::Invalid
            | Kind::Unauthorized
            | Kind::Forbidden
            | Kind::Payment
            | Kind::NotFound
            | Kind::WrongState
            | Kind::Conflict
            | Kind::NoCapacity
            | Kind::Interrupted
            | Kind::Unreadable => false,
        }
    }

    /// Whether what was asked for was certainly not done.
    ///
    /// After a create that failed for any other reason the pod may exist.
    pub fn proves_nothing_was_done(self) -> bool {
        !matches!(self, Kind::AnswerLost | Kind::CloudFailed | Kind::Unreadable)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}: {}", self.cloud, self.operation, self.message)?;
        match (self.status, &self.code) {
            (Some(status), Some(code)) => write!(f, " (HTTP {status}, code {code})"),
            (Some(status), None) => write!(f, " (HTTP {status})"),
            (None, Some(code)) => write!(f, " (code {code})"),
            (None, None) => Ok(()),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
