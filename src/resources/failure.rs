//! A cloud's refusal as a user reads it: what could not be done, what the cloud said, and what to do.

use std::error::Error as _;

use crate::{
    clouds::{self, Description, Error, Kind},
    tf::{Diagnostics, Path},
};

/// The one place where an error of a cloud becomes a diagnostic. The chain of causes is written once, here.
pub fn diagnostics(summary: impl Into<String>, error: &Error) -> Diagnostics {
    Diagnostics::of_error(
        Path::root(),
        summary,
        format!("{}\n\n{}", told(error), advice(error.kind)),
    )
}

/// The error with its causes.
pub fn told(error: &Error) -> String {
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
    let variables = description.base_url_variables.join(" or ");
    let name = description.capabilities.name;
    format!(
        "; the address is that of `{name}.base_url` in the provider block, or of {variables}, or else the cloud's own"
    )
}

/// Whether the same question may be answered later.
pub fn may_pass(kind: Kind) -> bool {
    kind.is_outage() || kind == Kind::Unreadable
}

fn advice(kind: Kind) -> &'static str {
    match kind {
        Kind::Invalid => "The cloud calls the request wrong. Correct what its message names.",
        Kind::Unauthorized => "The cloud does not take the key. Check that it is whole, current, and for this cloud.",
        Kind::Forbidden => "The key may not do this. Use one with the permission, or ask its owner for it.",
        Kind::Payment => "The balance does not allow it. Top the account up, then apply again.",
        Kind::NotFound => "The cloud knows no such thing. Run a plan to see what is left.",
        Kind::WrongState => {
            "The cloud does not allow this in the state that the thing is in. Apply again when it is at rest."
        }
        Kind::Conflict => {
            "It is in conflict with something else at the cloud. Resolve what the message names, then apply again."
        }
        Kind::NoCapacity => {
            "The cloud has no such machine free now. Try again later, or allow more regions or another GPU."
        }
        Kind::RateLimited => "The cloud is being asked too often. Apply again later, or with a lower `-parallelism`.",
        Kind::Unreachable => "The cloud could not be reached. Check the network and the address, then apply again.",
        Kind::Interrupted => "Nothing was done. Apply again.",
        Kind::AnswerLost | Kind::CloudFailed | Kind::Unreadable => {
            "The cloud did not answer as it should. What is in the state is kept. Apply again; if it goes on, ask the \
             cloud's support."
        }
    }
}
