//! Identity check: a response must be about the id that was asked for. With another id in it, it is unreadable, for
//! nothing says which of the two is wrong: believed, it would put a stranger's object into a state, and a destroy would
//! delete it one day.

use std::fmt::Display;

use serde_json::Value;

use super::{
    Kind,
    http::{Failure, Response},
    tolerant::{FromJson, TextOrNumber},
};

impl Response {
    /// Holds that this id is the one that was asked for. Ids are compared as text, which a number and its text share. A
    /// list and an order of something new ask for none.
    pub fn check_id(&self, found: impl Display) -> Result<(), Failure> {
        let found = found.to_string();
        match self.requested_id() {
            Some(requested) if requested != found => {
                let message = format!("{requested:?} was asked for, and the answer is about {found:?}");
                Err(self.failure(Kind::Unreadable, None, Some(message)))
            }
            _ => Ok(()),
        }
    }

    /// The same of a response that may carry the id in one of these members, and need not.
    pub fn check_id_if_present(&self, body: &Value, members: &[&str]) -> Result<(), Failure> {
        let found = members.iter().filter_map(|member| body.get(*member));
        let mut found = found.filter_map(|id| TextOrNumber::from_json(id.clone()));
        found.try_for_each(|TextOrNumber(id)| self.check_id(id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(requested: Option<&str>, body: &str, expected: Option<&str>) {
        let response = Response::of(200, body).for_object(requested);
        let body = response.json().expect("a test's JSON");
        let refusal = response.check_id_if_present(&body, &["id", "podId"]).err();
        assert!(refusal.iter().all(|failure| failure.kind == Kind::Unreadable));
        assert_eq!(refusal.map(|failure| failure.message).as_deref(), expected, "{body}");
    }

    #[test]
    fn an_answer_is_about_what_was_asked_for() {
        let requested = Some("420522713875330018");
        let other = |found: &str| format!("\"420522713875330018\" was asked for, and the answer is about {found:?}");
        check(requested, r#"{"id":420522713875330018}"#, None);
        check(
            requested,
            r#"{"id":"420522713875330018","podId":420522713875330018}"#,
            None,
        );
        check(
            requested,
            r#"{"id":420522713875330019}"#,
            Some(&other("420522713875330019")),
        );
        check(
            requested,
            r#"{"id":"0420522713875330018"}"#,
            Some(&other("0420522713875330018")),
        );
        check(
            requested,
            r#"{"id":"420522713875330018 "}"#,
            Some(&other("420522713875330018 ")),
        );
        check(requested, r#"{"podId":"7"}"#, Some(&other("7")));
        for nothing in ["null", "true", "7", r#"{"id":null}"#, r#"{"id":{}}"#, "{}", "[]"] {
            check(requested, nothing, None);
        }
        check(None, r#"{"id":7}"#, None);
    }
}
