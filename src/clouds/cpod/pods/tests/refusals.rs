//! Error responses: the kind and the message of each status and body.

use crate::clouds::{
    Kind::{self, *},
    PodId,
    cpod::{api as responses, pods::api},
    http::{Failure, Response},
};

fn failure<T>(read: fn(&Response) -> Result<T, Failure>, status: u16, body: &str) -> Failure {
    match read(&Response::of(status, body)) {
        Ok(_) => panic!("{status} {body} is no refusal"),
        Err(failure) => failure,
    }
}

fn check<T>(read: fn(&Response) -> Result<T, Failure>, status: u16, body: &str, expected: Kind) {
    assert_eq!(failure(read, status, body).kind, expected, "{status} {body}");
}

#[test]
fn a_status_has_a_meaning() {
    let table = [
        (400, Invalid),
        (401, Unauthorized),
        (402, Payment),
        (403, Forbidden),
        (408, AnswerLost),
        (422, Invalid),
        (429, RateLimited),
        (500, CloudFailed),
        (503, CloudFailed),
        (302, Unreadable),
    ];
    for (status, kind) in table {
        for body in [r#"{"detail":"no"}"#, "<html>", ""] {
            check(api::pod, status, body, kind);
            check(api::made, status, body, kind);
            check(responses::page::<(PodId, api::PodJson)>, status, body, kind);
            check(responses::done, status, body, kind);
        }
    }
}

#[test]
fn only_an_order_is_in_conflict_with_a_state() {
    let body = r#"{"detail":"The pod is pending"}"#;
    check(responses::done, 409, body, WrongState);
    check(api::made, 409, body, Conflict);
    check(api::pod, 409, body, Conflict);
}

#[test]
fn whoever_says_not_found_proves_no_absence() {
    for body in [
        "",
        "<html>",
        r#"{"detail":"Pod not found"}"#,
        r#"{"code":"POD_NOT_FOUND"}"#,
    ] {
        check(api::pod, 404, body, NotFound);
        check(responses::done, 404, body, NotFound);
    }
}

#[test]
fn having_nothing_left_is_told_from_other_refusals() {
    let lacking = r#"{"detail":"Insufficient capacity for the requested resources"}"#;
    for status in [400, 409, 422] {
        check(api::made, status, lacking, NoCapacity);
    }
    check(api::made, 503, lacking, CloudFailed);
    check(api::pod, 400, lacking, Invalid);
    check(api::made, 422, r#"{"detail":"memory is too large"}"#, Invalid);
}

#[test]
fn an_answer_without_an_id_is_unreadable() {
    for body in [
        "",
        "null",
        "[]",
        "42",
        "\"pod-1\"",
        "{",
        "<html>busy</html>",
        "{}",
        r#"{"id":null}"#,
        r#"{"id":""}"#,
        r#"{"id":1.5}"#,
        r#"{"id":"../../other"}"#,
        r#"{"id":{"id":"1"}}"#,
        r#"{"data":{"id":"1"}}"#,
    ] {
        check(api::pod, 200, body, Unreadable);
        check(api::made, 201, body, Unreadable);
    }
}

#[test]
fn a_list_is_a_list() {
    for body in [
        "[]",
        "null",
        "{}",
        r#"{"data":null}"#,
        r#"{"data":{}}"#,
        r#"{"items":[]}"#,
        r#"{"data":[],"nextCursor":{"after":"1"}}"#,
        r#"{"data":[],"nextCursor":true}"#,
    ] {
        check(responses::page::<(PodId, api::PodJson)>, 200, body, Unreadable);
    }
}

#[test]
fn an_order_needs_no_answer() {
    for (status, body) in [(204, ""), (200, ""), (200, "{}"), (202, "null"), (200, "<html>")] {
        assert!(responses::done(&Response::of(status, body)).is_ok(), "{status} {body}");
    }
}

#[test]
fn a_reason_is_found_wherever_it_stands() {
    let check = |body: &str, message: &str, code: Option<&str>| {
        let found = failure(responses::done, 400, body);
        assert_eq!(
            (found.message.as_str(), found.code.as_deref()),
            (message, code),
            "{body}"
        );
    };
    check(r#"{"detail":"no such workspace"}"#, "no such workspace", None);
    check(
        r#"{"message":"Forbidden by policy","code":"policy","details":{"scope":"pods:write"}}"#,
        "Forbidden by policy",
        Some("policy"),
    );
    check(r#"{"message":"Invalid","details":["a","b"]}"#, "Invalid: a; b", None);
    check(r#"{"details":"quota"}"#, "quota", None);
    check(r#"{"detail":{"message":"quota","code":17}}"#, "quota", Some("17"));
    check(
        r#"{"error":{"code":"quota","message":"too many"}}"#,
        "too many",
        Some("quota"),
    );
    check(r#"{"error":"too many","code":""}"#, "too many", None);
    for silent in [
        "",
        "<html>",
        "null",
        "[]",
        "{}",
        r#"{"detail":[]}"#,
        r#"{"detail":7,"code":[]}"#,
    ] {
        check(silent, "no reason was given", None);
    }
}

#[test]
fn mistakes_are_told_with_their_place_and_without_what_was_sent() {
    let body = r#"{"detail":[
        {"type":"missing","loc":["body","spec","image"],"msg":"Field required","input":{"env":{"PASSWORD":"hunter-two"}}},
        {"type":"x","loc":["body"],"msg":"Odd","input":"hunter-two","ctx":{"error":"hunter-two"}},
        {"loc":["body","labels",0],"msg":"Not a text"},
        "a text",
        {"loc":["body","name"],"input":"hunter-two"},
        7
    ]}"#;
    let expected = "spec.image: Field required; Odd; labels.0: Not a text; a text";
    assert_eq!(failure(api::made, 422, body).message, expected);
}
