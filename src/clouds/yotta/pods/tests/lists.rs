//! Lists of pods: which entries count, and what is no list at all.

use crate::clouds::{
    Kind, Pod,
    http::Response,
    yotta::{
        pods::{api, convert},
        testing::response,
    },
};

fn listed(response: &Response) -> Result<Vec<Pod>, Kind> {
    let pods = api::pods(response).map_err(|failure| failure.kind)?;
    Ok(pods.into_iter().map(|(id, pod)| convert::to_pod(id, pod)).collect())
}

/// The ids of what a body lists, or why it is no list.
fn check(body: &str, expected: Result<&[&str], Kind>) {
    let found = listed(&Response::of(200, body));
    let found = found.map(|pods| pods.iter().map(|pod| pod.id.to_string()).collect::<Vec<_>>());
    let expected = expected.map(|ids| ids.iter().map(|id| (*id).to_owned()).collect());
    assert_eq!(found, expected, "{body}");
}

/// The only pod of a list.
fn entry(json: &str) -> Pod {
    let mut pods = listed(&response(&format!("[{json}]"))).expect("a list");
    assert_eq!(pods.len(), 1, "{json}");
    pods.remove(0)
}

#[test]
fn an_entry_is_an_object_with_an_id_or_a_bare_id() {
    let check = |entry: &str, expected: &[&str]| {
        // Between two others, which no neighbour may hide.
        let data = format!(r#"[{{"id":1}},{entry},{{"id":2}}]"#);
        let ids: Vec<&str> = [&["1"], expected, &["2"]].concat();
        check(&format!(r#"{{"code":10000,"data":{data}}}"#), Ok(&ids));
    };
    check(r#"{"id":7}"#, &["7"]);
    check(r#"{"status":"RUNNING","id":"7"}"#, &["7"]);
    check(r#"{"id":"pod-7"}"#, &["pod-7"]);
    check(r#"{"\u0069d":7}"#, &["7"]);
    check("7", &["7"]);
    check(r#""7""#, &["7"]);
    check("18446744073709551616", &["18446744073709551616"]);
    check("420522713875330018", &["420522713875330018"]);
    for odd in [
        "null",
        "true",
        "-7",
        "7.0",
        "7e1",
        "1e999",
        r#""""#,
        r#""done""#,
        r#""pod-7""#,
        "[]",
        "[7]",
        r#"[{"id":7}]"#,
        "{}",
        r#"{"name":"x"}"#,
        r#"{"Id":7}"#,
        r#"{"id":null}"#,
        r#"{"id":7.5}"#,
        r#"{"id":[7]}"#,
        r#"{"id":{"id":7}}"#,
        r#"{"id":"../x"}"#,
        r#"{"pod":{"id":7}}"#,
    ] {
        check(odd, &[]);
    }
}

#[test]
fn whatever_is_no_list_is_unreadable_and_not_empty() {
    for data in [
        "null",
        "{}",
        r#"{"items":[]}"#,
        r#"{"id":1}"#,
        "1",
        "1.5",
        r#""[]""#,
        "true",
    ] {
        check(&format!(r#"{{"code":10000,"data":{data}}}"#), Err(Kind::Unreadable));
    }
    for body in [
        "",
        "[]",
        "10000",
        "null",
        r#""success""#,
        r#"[10000,"success",[]]"#,
        r#"[{"code":10000,"data":[]}]"#,
        "{}",
        r#"{"data":[]}"#,
        r#"{"code":10000}"#,
        r#"{"code":{},"data":[]}"#,
        "<html>",
    ] {
        check(body, Err(Kind::Unreadable));
    }
    check(r#"{"code":10000,"data":[]}"#, Ok(&[]));
}

#[test]
fn the_envelope_may_come_in_any_order() {
    check(r#"{"data":[1],"message":7,"code":"10000"}"#, Ok(&["1"]));
    check(
        r#"{"trace":[{"code":1}],"code":10000,"data":[1],"page":{"data":[]}}"#,
        Ok(&["1"]),
    );
}

#[test]
fn an_error_is_told_by_its_code_whatever_its_data_is() {
    for data in [
        "null",
        "[]",
        r#"[{"id":1}]"#,
        r#"[{"id":1,"id":[]},7]"#,
        r#"{"a":[]}"#,
        "7",
    ] {
        for body in [
            format!(r#"{{"message":"no","code":10001,"data":{data}}}"#),
            format!(r#"{{"data":{data},"code":10001,"message":"no"}}"#),
        ] {
            let failure = api::pods(&Response::of(200, &body)).map(|_| ()).expect_err("a refusal");
            let told = (failure.kind, failure.code.as_deref(), failure.message.as_str());
            assert_eq!(told, (Kind::Invalid, Some("10001"), "no"), "{body}");
        }
    }
}

#[test]
fn what_breaks_off_or_goes_on_is_unreadable() {
    let whole = r#"{"code":10000,"data":[{"id":1,"expose":[{"port":80}],"somethingNew":{"a":[1.5e3,"\u00e9"]}},2]} "#;
    check(whole, Ok(&["1", "2"]));
    for length in 0..whole.len() - 1 {
        check(&whole[..length], Err(Kind::Unreadable));
    }
    // So is what no text or no reader can hold, also in a field that is not read.
    let deep = "[".repeat(200) + &"]".repeat(200);
    for odd in [
        r#""\ud83d""#,
        r#"[{"a":"\udc00"}]"#,
        r#""\x""#,
        "01",
        "1.",
        "\"\u{1}\"",
        &deep,
    ] {
        for field in ["id", "name", "expose", "somethingNew"] {
            let body = format!(r#"{{"code":10000,"data":[{{"{field}":{odd},"id":1}}]}}"#);
            check(&body, Err(Kind::Unreadable));
        }
        check(&format!(r#"{{"code":10000,"data":[1,{odd}]}}"#), Err(Kind::Unreadable));
        check(
            &format!(r#"{{"trace":{odd},"code":10000,"data":[1]}}"#),
            Err(Kind::Unreadable),
        );
    }
    for more in ["}", "{}", ",", "x"] {
        check(&format!("{whole}{more}"), Err(Kind::Unreadable));
    }
}

#[test]
fn of_a_field_that_comes_twice_the_last_one_counts() {
    check(r#"{"code":10001,"data":7,"code":10000,"data":[1]}"#, Ok(&["1"]));
    check(r#"{"code":10000,"data":[1],"code":10001}"#, Err(Kind::Invalid));
    check(r#"{"code":10000,"data":[1],"data":null}"#, Err(Kind::Unreadable));
    check(
        r#"{"code":10000,"data":[{"id":1,"id":2},{"id":3,"id":null},4]}"#,
        Ok(&["2", "4"]),
    );
    let name = |fields: &str| entry(&format!(r#"{{"id":1,{fields}}}"#)).observed.name;
    assert_eq!(name(r#""name":"a","name":"b""#).as_deref(), Some("b"));
    assert_eq!(name(r#""name":"a","name":null"#), None);
    assert_eq!(name(r#""name":"a","new":1,"new":2"#).as_deref(), Some("a"));
    let ports = entry(r#"{"id":1,"expose":[{"port":1,"port":2}]}"#).endpoints;
    assert_eq!(ports.map(|ports| ports[0].port), Some(2));
}

#[test]
fn numbers_keep_their_text() {
    let price = |text: &str| {
        let pod = entry(&format!(r#"{{"gpuCount":1.0,"singleCardPrice":{text},"id":1}}"#));
        pod.price_per_hour.map(|price| price.to_string())
    };
    for text in ["0.1", "0.000000004", "12345678901234567890.123456789"] {
        assert_eq!(price(text).as_deref(), Some(text));
    }
    assert_eq!(price("0.30000000000000004").as_deref(), Some("0.3"));
    assert_eq!(price("6.5e-1").as_deref(), Some("0.65"));
    assert_eq!(price("1e999"), None);
}
