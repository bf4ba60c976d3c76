use super::*;
use crate::wire::testing::*;

const POD: &str = r#"["object",{"name":"string","spot":"bool","expose":["list",["object",{"port":"number"}]]}]"#;

#[track_caller]
fn check(value_type: &str, fit: Fit, json: &str, expected: Result<Value, &str>) {
    let value = decode(json.as_bytes(), &type_of(value_type), fit).map_err(|error| error.to_string());
    assert_eq!(value, expected.map_err(str::to_owned), "{json}");
}

#[track_caller]
fn check_both(value_type: &str, json: &str, expected: Result<Value, &str>) {
    check(value_type, Fit::Exact, json, expected.clone());
    check(value_type, Fit::Stored, json, expected);
}

#[test]
fn stored_state_is_brought_to_its_type() {
    let pod = |name, spot, expose| map([("name", name), ("spot", spot), ("expose", expose)]);
    check(POD, Fit::Stored, "{}", Ok(pod(Value::Null, Value::Null, Value::Null)));
    check(
        POD,
        Fit::Stored,
        r#"{"name":"a","gone":{"deeply":[1]},"spot":"false"}"#,
        Ok(pod("a".into(), false.into(), Value::Null)),
    );
    let exposed = list([map([("port", 80.into())]), map([("port", Value::Null)]), Value::Null]);
    check(
        POD,
        Fit::Stored,
        r#"{"name":"a","spot":true,"expose":[{"port":"80","gone":1},{},null]}"#,
        Ok(pod("a".into(), true.into(), exposed)),
    );
}

#[test]
fn what_a_client_sends_must_fit_exactly() {
    check(
        r#""bool""#,
        Fit::Exact,
        r#""true""#,
        Err("the value is a string, not of type bool"),
    );
    check(POD, Fit::Exact, "{}", Err("`expose` is missing"));
    check(
        POD,
        Fit::Exact,
        r#"{"gone":1}"#,
        Err("`gone` is no attribute of its type"),
    );
    let nested = r#"{"name":null,"spot":null,"expose":[{"port":1,"gone":1}]}"#;
    check(
        POD,
        Fit::Exact,
        nested,
        Err("`expose[0].gone` is no attribute of its type"),
    );
}

#[test]
fn attributes_come_in_any_order_and_the_last_of_a_name_counts() {
    let json = r#"{"spot":true,"gone":1,"expose":null,"name":"a","name":"b"}"#;
    let pod = map([("name", "b".into()), ("spot", true.into()), ("expose", Value::Null)]);
    check(POD, Fit::Stored, json, Ok(pod));
    check_both(
        r#"["map","number"]"#,
        r#"{"b":1,"a":2,"b":3}"#,
        Ok(map([("a", 2.into()), ("b", 3.into())])),
    );
}

#[test]
fn numbers_keep_their_digits() {
    for text in ["0.1", "18446744073709551616", "1e400", "-1.50", "1E2", "0"] {
        check_both(r#""number""#, text, Ok(number(text)));
        check_both(r#""number""#, &format!("\"{text}\""), Ok(number(text)));
    }
    check_both(r#""number""#, r#""hunter2""#, Err("the value is not a decimal number"));
    check_both(r#""number""#, "1e99999999999", Err("the value is not a decimal number"));
}

#[test]
fn every_type_is_read() {
    check_both(r#""bool""#, "true", Ok(true.into()));
    check_both(r#""string""#, "\"e\u{301}\"", Ok("\u{e9}".into()));
    check_both(r#""string""#, "null", Ok(Value::Null));
    check_both(r#"["set","number"]"#, "[2,1,2]", Ok(set([1.into(), 2.into()])));
    check_both(r#"["map","number"]"#, r#"{"k":1}"#, Ok(map([("k", 1.into())])));
    check_both(
        r#"["tuple",["bool","number"]]"#,
        "[true,1]",
        Ok(list([true.into(), 1.into()])),
    );
    check_both(
        r#""dynamic""#,
        r#"{"type":["list","bool"],"value":[true]}"#,
        Ok(dynamic(r#"["list","bool"]"#, list([true.into()]))),
    );
}

#[test]
fn what_does_not_fit_its_type_is_refused() {
    check_both(r#""string""#, "1", Err("the value is a number, not of type string"));
    check_both(r#""bool""#, "[]", Err("the value is an array, not of type bool"));
    for compound in [r#"["list","bool"]"#, r#"["map","bool"]"#, r#"["object",{"a":"bool"}]"#] {
        let is_no = |found: &str| format!("the value is {found}, not of type {}", type_of(compound));
        for number in ["1", "-1", "-0", "1.5", "18446744073709551616"] {
            check_both(compound, number, Err(&is_no("a number")));
        }
        check_both(compound, "true", Err(&is_no("a bool")));
        check_both(compound, r#""hunter2""#, Err(&is_no("a string")));
    }
    check_both(
        r#"["map","bool"]"#,
        "[]",
        Err("the value is an array, not of type map(bool)"),
    );
    check_both(
        r#"["set","bool"]"#,
        "{}",
        Err("the value is an object, not of type set(bool)"),
    );
    check_both(
        r#"["tuple",["bool"]]"#,
        "[true,[],{}]",
        Err("the value has a length of 3, not 1"),
    );
    check_both(r#"["tuple",["bool"]]"#, "[]", Err("the value has a length of 0, not 1"));
    check_both(
        r#"["map","bool"]"#,
        r#"{"k":{}}"#,
        Err("`[\"k\"]` is an object, not of type bool"),
    );
    check(
        r#""bool""#,
        Fit::Stored,
        r#""hunter2""#,
        Err("the value is a string, not of type bool"),
    );
    let no_type = "the value brings a type that is none of Terraform's";
    check_both(r#""dynamic""#, r#"{"value":1}"#, Err(no_type));
    check_both(r#""dynamic""#, r#"{"type":"hunter2","value":1}"#, Err(no_type));
    let brought = r#"{"type":["object",{"a":"bool"}],"value":{}}"#;
    check_both(r#""dynamic""#, brought, Err("`a` is missing"));
}

#[test]
fn what_is_not_json_is_refused_without_being_repeated() {
    check_both(
        r#""string""#,
        "hunter2",
        Err("the value is not JSON at line 1, column 1"),
    );
    check_both(
        r#""string""#,
        r#""a" "b""#,
        Err("the value is not JSON at line 1, column 5"),
    );
    check_both(r#""string""#, r#""a"#, Err("the value ends too early"));
    let bytes = decode(b"\"\xff\"", &Type::String, Fit::Stored);
    assert!(bytes.is_err());
}

#[test]
fn a_name_of_the_parsers_own_is_a_name() {
    const NAME: &str = "$serde_json::private::Number";
    for text in ["x", "7"] {
        let json = format!(r#"{{"{NAME}":"{text}","b":"y"}}"#);
        check_both(
            r#"["map","string"]"#,
            &json,
            Ok(map([(NAME, text.into()), ("b", "y".into())])),
        );
        check_both(r#""string""#, &json, Err("the value is an object, not of type string"));
        check_both(
            r#"["list","string"]"#,
            &json,
            Err("the value is an object, not of type list(string)"),
        );
        check(
            r#"["object",{"b":"string"}]"#,
            Fit::Stored,
            &json,
            Ok(map([("b", "y".into())])),
        );
        let dynamic = format!(r#"{{"type":["map","string"],"value":{json}}}"#);
        let value = decode(dynamic.as_bytes(), &Type::Dynamic, Fit::Stored).expect("a value");
        let Value::Dynamic(typed) = value else {
            panic!("{value:?}")
        };
        assert_eq!(typed.1, map([(NAME, text.into()), ("b", "y".into())]));
    }
    let nested = format!(r#"{{"{NAME}":{{"{NAME}":1.50}}}}"#);
    let expected = map([(NAME, map([(NAME, number("1.50"))]))]);
    check_both(r#"["map",["map","number"]]"#, &nested, Ok(expected));
    check_both(
        r#"["map","number"]"#,
        "1.50",
        Err("the value is a number, not of type map(number)"),
    );
    check(
        r#"["object",{}]"#,
        Fit::Stored,
        "1.50",
        Err("the value is a number, not of type object"),
    );
}
