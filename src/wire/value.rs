//! Terraform's values: decoded from either of its formats, encoded in msgpack.

use super::{
    DecodeError, DecodeProblem, EncodeError,
    json::{self, Fit},
    msgpack_decode, msgpack_encode, proto,
};
use crate::tf::{Path, Type, Value};

/// Reads a value of a type. Without any bytes it is null: so OpenTofu sends a function's null argument.
pub fn decode(value: Option<&proto::DynamicValue>, value_type: &Type) -> Result<Value, DecodeError> {
    match value {
        Some(value) if !value.msgpack.is_empty() => msgpack_decode::decode(&value.msgpack, value_type),
        Some(value) if !value.json.is_empty() => json::decode(&value.json, value_type, Fit::Exact),
        _ => Ok(Value::Null),
    }
}

/// Writes a value as its type says. An attribute that an object lacks is null.
pub fn encode(value: &Value, value_type: &Type) -> Result<proto::DynamicValue, EncodeError> {
    Ok(proto::DynamicValue {
        msgpack: msgpack_encode::encode(value, value_type)?.into(),
        ..Default::default()
    })
}

/// Reads stored state, perhaps of another release: what the type does not know is dropped, what is missing is null.
pub fn decode_state(raw: Option<&proto::RawState>, value_type: &Type) -> Result<Value, DecodeError> {
    match raw {
        Some(raw) if !raw.json.is_empty() => json::decode(&raw.json, value_type, Fit::Stored),
        Some(raw) if !raw.flatmap.is_empty() => Err(DecodeError::new(Path::root(), DecodeProblem::Flatmap)),
        _ => Ok(Value::Null),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::testing::*;

    const OBJECT: &str = r#"["object",{"a":"string","b":"number"}]"#;

    fn msgpack(notation: &str) -> proto::DynamicValue {
        proto::DynamicValue {
            msgpack: bytes(notation).into(),
            ..Default::default()
        }
    }

    #[track_caller]
    fn check(value_type: &str, notation: &str, value: Value) {
        check_read(value_type, notation, value.clone());
        let written = encode(&value, &type_of(value_type));
        assert_eq!(written, Ok(msgpack(notation)), "{value_type} written");
    }

    #[track_caller]
    fn check_read(value_type: &str, notation: &str, value: Value) {
        let read = decode(Some(&msgpack(notation)), &type_of(value_type));
        assert_eq!(read, Ok(value), "{value_type} read");
    }

    #[test]
    fn primitives_go_both_ways() {
        for any_type in [r#""bool""#, r#""dynamic""#, r#"["set","string"]"#, OBJECT] {
            check(any_type, "c0", Value::Null);
            check(any_type, "d4 00 00", Value::Unknown);
        }
        check(r#""bool""#, "c2", false.into());
        check(r#""bool""#, "c3", true.into());
        check(r#""string""#, "a0", "".into());
        check(r#""string""#, "a1 'x'", "x".into());
        let long = "x".repeat(300);
        check(r#""string""#, &format!("da 01 2c '{long}'"), long.as_str().into());
    }

    #[test]
    fn whole_numbers_are_integers_and_all_others_text() {
        check(r#""number""#, "00", 0.into());
        check(r#""number""#, "ff", (-1).into());
        check(r#""number""#, "cc 80", 128.into());
        check(r#""number""#, "d0 80", (-128).into());
        check(r#""number""#, "cd ff ff", 65535.into());
        check(r#""number""#, "d2 80 00 00 00", number("-2147483648"));
        check(
            r#""number""#,
            "d3 80 00 00 00 00 00 00 00",
            number("-9223372036854775808"),
        );
        check(
            r#""number""#,
            "cf ff ff ff ff ff ff ff ff",
            number("18446744073709551615"),
        );
        check(
            r#""number""#,
            "b4 '18446744073709551616'",
            number("18446744073709551616"),
        );
        check(r#""number""#, "a3 '0.1'", number("0.1"));
        check(r#""number""#, "a5 '1e400'", number("1e400"));
    }

    #[test]
    fn every_form_of_a_number_is_read() {
        check_read(r#""number""#, "cb 3f f8 00 00 00 00 00 00", number("1.5"));
        check_read(r#""number""#, "ca 3f c0 00 00", number("1.5"));
        check_read(r#""number""#, "cb 3f b9 99 99 99 99 99 9a", number("0.1"));
        check_read(r#""number""#, "ce 00 00 00 07", 7.into());
        check_read(r#""number""#, "d1 ff fe", (-2).into());
        check_read(r#""number""#, "d9 04 '1.50'", number("1.5"));
        check_read(r#""number""#, "c4 01 '7'", 7.into());
        let written_out = format!("1{}", "0".repeat(400));
        check_read(r#""number""#, &format!("da 01 91 '{written_out}'"), number("1e400"));
    }

    #[test]
    fn every_extension_is_unknown_whatever_it_holds() {
        for extension in [
            "d4 0c 00",
            "d5 0c 00 00",
            "d6 0c 00 00 00 00",
            "d7 0c 00 00 00 00 00 00 00 00",
            "d8 0c 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00",
            "c7 09 0c 82 01 c2 02 a4 'pre-'",
            "c7 03 0c 81 01 c2",
            "c8 00 03 0c 81 01 c2",
            "c9 00 00 00 03 0c 81 01 c2",
            "c7 00 00",
        ] {
            check_read(r#""string""#, extension, Value::Unknown);
            check_read(
                r#"["list","string"]"#,
                &format!("92 {extension} c0"),
                list([Value::Unknown, Value::Null]),
            );
        }
    }

    #[test]
    fn collections_go_both_ways() {
        check(
            r#"["list","string"]"#,
            "92 a1 'b' a1 'a'",
            list(["b".into(), "a".into()]),
        );
        check(r#"["set","string"]"#, "92 a1 'a' a1 'b'", set(["b".into(), "a".into()]));
        check(
            r#"["map","bool"]"#,
            "82 a1 'k' c3 a1 'l' c0",
            map([("k", true.into()), ("l", Value::Null)]),
        );
        check(
            r#"["tuple",["string","number"]]"#,
            "92 a1 'a' 01",
            list(["a".into(), 1.into()]),
        );
        check(r#"["tuple",[]]"#, "90", list([]));
        check(
            OBJECT,
            "82 a1 'a' a1 'x' a1 'b' 01",
            map([("a", "x".into()), ("b", 1.into())]),
        );
        check(
            r#"["object",{"expose":["list",["object",{"port":"number"}]],"name":"string"}]"#,
            "82 a6 'expose' 91 81 a4 'port' 50 a4 'name' c0",
            map([("expose", list([map([("port", 80.into())])])), ("name", Value::Null)]),
        );
    }

    #[test]
    fn sets_are_read_in_any_order_and_with_duplicates() {
        check_read(
            r#"["set","string"]"#,
            "93 a1 'b' a1 'a' a1 'b'",
            set(["a".into(), "b".into()]),
        );
        let unknowns = set([Value::Unknown, Value::Unknown, "a".into()]);
        check_read(r#"["set","string"]"#, "93 d4 00 00 a1 'a' c7 00 0c", unknowns);
    }

    #[test]
    fn what_is_dynamic_brings_its_type() {
        check(
            r#""dynamic""#,
            "92 c4 08 '\"string\"' a1 'x'",
            dynamic(r#""string""#, "x".into()),
        );
        check(
            r#""dynamic""#,
            "92 c4 08 '\"number\"' d4 00 00",
            dynamic(r#""number""#, Value::Unknown),
        );
        check(
            r#"["list","dynamic"]"#,
            "92 92 c4 12 '[\"list\",\"dynamic\"]' 91 c0 d4 00 00",
            list([dynamic(r#"["list","dynamic"]"#, list([Value::Null])), Value::Unknown]),
        );
        check_read(r#""dynamic""#, "92 a6 '\"bool\"' c3", dynamic(r#""bool""#, true.into()));
    }

    #[test]
    fn strings_and_keys_are_read_in_every_form() {
        check_read(r#""string""#, "db 00 00 00 01 'x'", "x".into());
        check_read(r#""string""#, "a3 'e' cc 81", "\u{e9}".into());
        check_read(r#"["map","number"]"#, "81 c4 01 'k' 01", map([("k", 1.into())]));
        check_read(
            r#"["map","number"]"#,
            "df 00 00 00 01 d9 01 'k' 01",
            map([("k", 1.into())]),
        );
        check_read(r#"["list","number"]"#, "dc 00 01 01", list([1.into()]));
        check_read(
            OBJECT,
            "82 a1 'b' c0 c4 01 'a' c0",
            map([("a", Value::Null), ("b", Value::Null)]),
        );
    }

    #[test]
    fn no_bytes_are_null() {
        for value in [None, Some(&proto::DynamicValue::default())] {
            assert_eq!(decode(value, &Type::String), Ok(Value::Null));
        }
        for raw in [None, Some(&proto::RawState::default())] {
            assert_eq!(decode_state(raw, &Type::String), Ok(Value::Null));
        }
    }

    #[test]
    fn a_flatmap_is_refused() {
        let raw = proto::RawState {
            flatmap: [("id".to_owned(), "hunter2".to_owned())].into(),
            ..Default::default()
        };
        let message = decode_state(Some(&raw), &Type::String).map_err(|error| error.to_string());
        let expected = "the value is a state of Terraform before 0.12, which this provider never wrote";
        assert_eq!(message, Err(expected.to_owned()));
    }
}
