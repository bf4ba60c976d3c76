//! Error responses: the kind of each HTTP status, code and body.

use crate::clouds::{
    Kind::{self, *},
    http::{Failure, Response},
    yotta::pods::api,
};

fn check<T>(read: fn(&Response) -> Result<T, Failure>, status: u16, body: &str, expected: Kind) {
    let found = read(&Response::of(status, body)).err().map(|failure| failure.kind);
    assert_eq!(found, Some(expected), "{status} {body}");
}

fn envelope(code: &str) -> String {
    format!(r#"{{"message":"no","code":{code},"data":null}}"#)
}

#[test]
fn a_code_tells_what_a_success_is_not() {
    let table = [
        ("10001", Invalid),
        ("10002", CloudFailed),
        ("10004", Forbidden),
        ("10007", NotFound),
        ("12000", NotFound),
        ("13000", NotFound),
        ("12001", WrongState),
        (r#""12001""#, WrongState),
        ("99999", Unreadable),
        ("10000.5", Unreadable),
        ("null", Unreadable),
        ("1e999", Unreadable),
    ];
    for (code, kind) in table {
        check(api::pod, 200, &envelope(code), kind);
        check(api::pods, 200, &envelope(code), kind);
        check(api::done, 200, &envelope(code), kind);
    }
}

#[test]
fn having_nothing_left_is_told_from_other_failures() {
    let told = |code: u32, message: &str| format!(r#"{{"message":"{message}","code":{code},"data":null}}"#);
    let lacking = "no available resource";
    for (status, code, message, kind) in [
        (200, 10002, lacking, NoCapacity),
        (400, 10001, lacking, NoCapacity),
        (500, 10002, lacking, CloudFailed),
        (429, 10001, lacking, RateLimited),
        (200, 10002, "system error", CloudFailed),
    ] {
        check(api::made, status, &told(code, message), kind);
    }
    check(api::pod, 200, &told(10002, lacking), CloudFailed);
}

#[test]
fn the_http_status_is_asked_first() {
    let table = [
        (400, "10001", Invalid),
        (400, "12001", WrongState),
        (400, "13000", NotFound),
        (400, "10000", Invalid),
        (400, "99999", Invalid),
        (401, "10000", Unauthorized),
        (401, "13000", Unauthorized),
        (402, "1", Payment),
        (403, "13000", Forbidden),
        (404, "1", NotFound),
        (409, "12001", WrongState),
        (422, "10001", Invalid),
        (429, "10001", RateLimited),
        (500, "10000", CloudFailed),
        (500, "13000", CloudFailed),
        (503, "10002", CloudFailed),
        (302, "10000", Unreadable),
    ];
    for (status, code, kind) in table {
        check(api::pod, status, &envelope(code), kind);
        check(api::done, status, &envelope(code), kind);
    }
    check(api::pod, 404, "<html>", NotFound);
    check(api::pod, 502, "<html>", CloudFailed);
}

#[test]
fn only_an_order_is_in_conflict_with_a_state() {
    check(api::done, 409, "", WrongState);
    check(api::pod, 409, "", Conflict);
}

#[test]
fn an_answer_without_an_id_is_unreadable() {
    let bodies = [
        "",
        " ",
        "null",
        "[]",
        "42",
        "\"10000\"",
        "{",
        "<html>busy</html>",
        "\u{feff}{}",
        "{}",
        r#"{"code":10000}"#,
        r#"{"code":10000,"data":null}"#,
        r#"{"code":10000,"data":true}"#,
        r#"{"code":10000,"data":"done"}"#,
        r#"{"code":10000,"data":[]}"#,
        r#"{"code":10000,"data":[1]}"#,
        r#"{"code":10000,"data":{}}"#,
        r#"{"code":10000,"data":{"id":null}}"#,
        r#"{"code":10000,"data":{"id":""}}"#,
        r#"{"code":10000,"data":{"id":4.2e17}}"#,
        r#"{"code":10000,"data":{"id":"../../other"}}"#,
        r#"{"code":10000,"data":{"id":{"id":1}}}"#,
        r#"{"data":{"id":1}}"#,
    ];
    for body in bodies {
        check(api::pod, 200, body, Unreadable);
    }
    check(api::pod, 204, "", Unreadable);
    let deep = format!("{{\"code\":10000,\"data\":{}{}}}", "[".repeat(5000), "]".repeat(5000));
    check(api::pods, 200, &deep, Unreadable);
}

#[test]
fn a_list_is_a_list() {
    for data in ["null", "{}", "1", r#"{"items":[]}"#] {
        check(
            api::pods,
            200,
            &format!(r#"{{"code":10000,"data":{data}}}"#),
            Unreadable,
        );
    }
}

#[test]
fn an_order_needs_no_data() {
    for data in ["null", "true", "{}", "\"ok\""] {
        let body = format!(r#"{{"code":"10000","data":{data}}}"#);
        assert!(api::done(&Response::of(200, &body)).is_ok(), "{data}");
    }
    assert!(api::done(&Response::of(200, r#"{"code":10000}"#)).is_ok());
    assert!(api::done(&Response::of(204, "")).is_ok());
    check(api::done, 200, "", Unreadable);
}

#[test]
fn a_failure_carries_the_clouds_words() {
    let failure = api::done(&Response::of(200, r#"{"message":"Pod is busy","code":12001}"#)).expect_err("a refusal");
    assert_eq!((failure.status, failure.code.as_deref()), (Some(200), Some("12001")));
    assert_eq!(failure.message, "Pod is busy");
    let failure = api::done(&Response::of(502, "<html>secret</html>")).expect_err("a refusal");
    assert_eq!((failure.code, failure.message.as_str()), (None, "no reason was given"));
}
