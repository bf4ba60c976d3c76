//! Error responses: the kind of each status and body.

use crate::clouds::{
    Kind::{self, *},
    PodId,
    http::{Failure, Response},
    prime_intellect::{api as responses, pods::api},
};

fn kind<T>(read: fn(&Response) -> Result<T, Failure>, status: u16, body: &str) -> Option<Kind> {
    read(&Response::of(status, body)).err().map(|failure| failure.kind)
}

#[test]
fn a_status_tells_what_went_wrong() {
    let table = [
        (400, Invalid),
        (401, Unauthorized),
        (402, Payment),
        (403, Forbidden),
        (404, NotFound),
        (405, Invalid),
        (422, Invalid),
        (429, RateLimited),
        (500, CloudFailed),
        (502, CloudFailed),
        (503, CloudFailed),
        (307, Unreadable),
    ];
    for (status, expected) in table {
        for body in [
            "",
            "<html>busy</html>",
            "{}",
            "[]",
            r#"{"detail":"no"}"#,
            r#"{"errors":[]}"#,
        ] {
            assert_eq!(kind(api::pod, status, body), Some(expected), "{status} {body}");
            assert_eq!(kind(api::made, status, body), Some(expected), "{status} {body}");
            assert_eq!(
                kind(responses::deleted, status, body),
                Some(expected),
                "{status} {body}"
            );
            assert_eq!(
                kind(responses::page::<(PodId, api::PodJson)>, status, body),
                Some(expected),
                "{status} {body}"
            );
            assert_eq!(kind(responses::done, status, body), Some(expected), "{status} {body}");
        }
    }
}

/// Without a key, 403 was seen where the document has 401.
#[test]
fn who_is_not_known_is_not_forbidden() {
    let check = |body: &str, expected| assert_eq!(kind(api::pod, 403, body), Some(expected), "{body}");
    check(r#"{"detail":"Not authenticated"}"#, Unauthorized);
    check(r#"{"detail":"Insufficient permissions"}"#, Forbidden);
    check("Not authenticated", Forbidden);
}

#[test]
fn a_conflict_is_told_by_what_was_asked() {
    for body in ["", r#"{"detail":"no"}"#] {
        assert_eq!(kind(api::made, 409, body), Some(NoCapacity));
        assert_eq!(kind(api::deleted, 409, body), Some(WrongState));
        assert_eq!(kind(api::pod, 409, body), Some(Conflict));
    }
}

#[test]
fn want_of_machines_is_told_by_the_words_of_a_refused_order() {
    let out = r#"{"detail":"Offer is out of stock"}"#;
    for (status, expected) in [
        (400, NoCapacity),
        (404, NoCapacity),
        (422, NoCapacity),
        (401, Unauthorized),
        (402, Payment),
        (403, Forbidden),
        (429, RateLimited),
        // What failed may have been done, whatever it says.
        (500, CloudFailed),
        (503, CloudFailed),
        (200, Unreadable),
    ] {
        assert_eq!(kind(api::made, status, out), Some(expected), "{status}");
    }
    assert_eq!(kind(api::pod, 400, out), Some(Invalid));
    for words in [
        "Maximum number of instances reached. Limit: 4",
        "Missing field: max_price not specified",
    ] {
        assert_eq!(
            kind(api::made, 400, &format!(r#"{{"detail":"{words}"}}"#)),
            Some(Invalid),
            "{words}"
        );
    }
    assert_eq!(
        kind(
            api::made,
            400,
            r#"{"errors":[{"param":"pod","details":"no capacity"}]}"#
        ),
        Some(NoCapacity)
    );
}

#[test]
fn whoever_says_not_found_proves_no_absence() {
    for body in ["", "<html>not found</html>", r#"{"detail":"Pod not found"}"#] {
        for status in [404, 410] {
            assert_eq!(kind(api::pod, status, body), Some(NotFound), "{status} {body}");
            assert_eq!(kind(api::deleted, status, body), Some(NotFound), "{status} {body}");
        }
    }
}

#[test]
fn the_reason_is_in_one_of_three_shapes() {
    let check = |body: &str, expected: &str| {
        let failure = api::made(&Response::of(422, body)).map(drop).expect_err("a refusal");
        assert_eq!((failure.message.as_str(), failure.code), (expected, None), "{body}");
    };
    check(
        r#"{"detail":"Missing field: data_center_id not specified"}"#,
        "Missing field: data_center_id not specified",
    );
    check(
        r#"{"errors":[{"param":"pod.gpuCount","details":"must be above 0"},{"param":"disks","details":"no list"}]}"#,
        "pod.gpuCount: must be above 0; disks: no list",
    );
    check(
        r#"{"detail":[{"loc":["body","pod","envVars",0,"key"],"msg":"Field required","type":"missing"}]}"#,
        "pod.envVars.0.key: Field required",
    );
    check(
        r#"{"detail":[{"loc":["query","page"],"msg":"too large"}]}"#,
        "query.page: too large",
    );
    check(
        r#"{"detail":[{"loc":["body"],"msg":"no object"},null,{"msg":"and more"}]}"#,
        "no object; and more",
    );
    check(r#"{"errors":[{"param":"disks"},{"details":"bad"},3]}"#, "disks; bad");
    check(r#"{"errors":"all","detail":"but this"}"#, "but this");
    for silent in [
        "",
        "<html>",
        "{}",
        r#"{"detail":7}"#,
        r#"{"errors":[{"param":1}]}"#,
        "[1]",
    ] {
        check(silent, "no reason was given");
    }
}

/// The framework repeats what it was given, which may be the value of a variable.
#[test]
fn what_was_given_is_not_repeated() {
    let body = r#"{"detail":[{"loc":["body","pod","envVars",0],"msg":"bad","input":{"key":"A","value":"hunter-two"}}],
        "errors":null,"input":"hunter-two","body":{"jupyterPassword":"hunter-two"}}"#;
    let failure = api::made(&Response::of(422, body)).map(drop).expect_err("a refusal");
    assert_eq!(failure.message, "pod.envVars.0: bad");
}

#[test]
fn an_answer_without_an_id_is_unreadable() {
    let bodies = [
        "",
        " ",
        "null",
        "[]",
        "42",
        r#""9ffb""#,
        "{",
        "<html>busy</html>",
        "{}",
        r#"{"id":null}"#,
        r#"{"id":""}"#,
        r#"{"id":4.2e17}"#,
        r#"{"id":"../../other"}"#,
        r#"{"id":{"id":1}}"#,
        r#"{"data":{"id":"9ffb"}}"#,
    ];
    for body in bodies {
        assert_eq!(kind(api::pod, 200, body), Some(Unreadable), "{body}");
        assert_eq!(kind(api::made, 200, body), Some(Unreadable), "{body}");
    }
    assert_eq!(kind(api::made, 204, ""), Some(Unreadable));
}

#[test]
fn a_list_is_a_list() {
    for body in [
        "{}",
        "[]",
        "null",
        r#"{"data":{}}"#,
        r#"{"items":[]}"#,
        r#"{"data":null,"total_count":1}"#,
    ] {
        assert_eq!(
            kind(responses::page::<(PodId, api::PodJson)>, 200, body),
            Some(Unreadable),
            "{body}"
        );
    }
    assert_eq!(
        kind(
            responses::page::<(PodId, api::PodJson)>,
            200,
            r#"{"data":null,"total_count":0}"#
        ),
        None
    );
}

#[test]
fn an_order_needs_no_data() {
    for body in [r#"{"status":"TERMINATED"}"#, "null", "{}", r#""ok""#] {
        assert_eq!(kind(responses::done, 200, body), None, "{body}");
    }
    assert_eq!(kind(responses::done, 204, ""), None);
    assert_eq!(kind(responses::done, 200, "<html>"), Some(Unreadable));
}
