//! A cloud's refusal as a user reads it: what could not be done, what the cloud said, and what to do.

use std::error::Error as _;

use super::messages;
use crate::{
    clouds::{self, Description, Error, Kind},
    tf::{Diagnostics, Path},
};

/// The one place where an error of a cloud becomes a diagnostic. The chain of causes is written once, here.
pub fn diagnostics(summary: impl AsRef<str>, error: &Error) -> Diagnostics {
    let message = messages::refused(summary.as_ref(), &describe(error), &advice(error.kind));
    Diagnostics::from_error(Path::root(), message)
}

/// The error with its causes.
pub fn describe(error: &Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        text.push_str(&format!(": {next}"));
        cause = next.source();
    }
    match error.kind {
        Kind::Unreachable | Kind::AnswerLost => text + &where_the_address_is_from(error.cloud),
        _ => text,
    }
}

/// What sets a cloud's address, as the end of a sentence.
fn where_the_address_is_from(title: &str) -> String {
    let of_title = |one: &&&Description| one.capabilities.title == title;
    let Some(description) = clouds::ALL.iter().find(of_title) else {
        return String::new();
    };
    let variables = description.base_url_variables().join(" or ");
    let name = description.capabilities.name;
    messages::address_source(name, &variables)
}

fn advice(kind: Kind) -> String {
    match kind {
        Kind::Invalid => messages::advice_invalid(),
        Kind::Unauthorized => messages::advice_unauthorized(),
        Kind::Forbidden => messages::advice_forbidden(),
        Kind::Payment => messages::advice_payment(),
        Kind::NotFound => messages::advice_not_found(),
        Kind::WrongState => messages::advice_wrong_state(),
        Kind::Conflict => messages::advice_conflict(),
        Kind::NoCapacity => messages::advice_no_capacity(),
        Kind::RateLimited => messages::advice_rate_limited(),
        Kind::Unreachable => messages::advice_unreachable(),
        Kind::Interrupted => messages::advice_interrupted(),
        Kind::AnswerLost | Kind::CloudFailed | Kind::Unreadable => messages::advice_failed(),
    }
}
