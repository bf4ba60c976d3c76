//! Values out of JSON, guided by their type: stored state, and what a client may send instead of msgpack.

use std::collections::BTreeMap;

use serde_json::{Map as Members, Value as Json, error::Category};

use super::{DecodeError, DecodeProblem, trail::Trail, type_json};
use crate::tf::{Number, Type, Value};

/// How well a value has to fit its type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    Exact,
    /// Written by another release: attributes may have come and gone, and a bool may be in quotes.
    Stored,
}

pub fn decode(bytes: &[u8], value_type: &Type, fit: Fit) -> Result<Value, DecodeError> {
    let root = Trail::root();
    let json = parse(bytes).map_err(|problem| root.decode_error(problem))?;
    to_value(json, value_type, fit, &root)
}

/// Parses JSON, which may be nested as deeply as `serde_json` allows: 127 levels.
pub(super) fn parse(bytes: &[u8]) -> Result<Json, DecodeProblem> {
    serde_json::from_slice(bytes).map_err(|error| match error.classify() {
        Category::Eof => DecodeProblem::Truncated,
        _ => DecodeProblem::NotJson {
            line: error.line(),
            column: error.column(),
        },
    })
}

fn to_value(json: Json, value_type: &Type, fit: Fit, trail: &Trail<'_>) -> Result<Value, DecodeError> {
    match (json, value_type) {
        (Json::Null, _) => Ok(Value::Null),
        (Json::Bool(truth), Type::Bool) => Ok(Value::Bool(truth)),
        (Json::String(text), Type::Bool) if fit == Fit::Stored => to_bool(&text, trail),
        (Json::Number(number), Type::Number) => to_number(number.as_str(), trail),
        (Json::String(text), Type::Number) => to_number(&text, trail),
        (Json::String(text), Type::String) => Ok(Value::string(text)),
        (Json::Array(elements), Type::List(element)) => to_elements(elements, element, fit, trail).map(Value::List),
        (Json::Array(elements), Type::Set(element)) => to_elements(elements, element, fit, trail).map(Value::set),
        (Json::Array(elements), Type::Tuple(types)) => to_tuple(elements, types, fit, trail),
        (Json::Object(members), Type::Map(element)) => to_map(members, element, fit, trail),
        (Json::Object(members), Type::Object(types)) => to_object(members, types, fit, trail),
        (Json::Object(members), Type::Dynamic) => to_dynamic(members, trail),
        (json, expected) => Err(trail.decode_error(DecodeProblem::WrongKind {
            expected: expected.clone(),
            found: kind(&json),
        })),
    }
}

fn to_bool(text: &str, trail: &Trail<'_>) -> Result<Value, DecodeError> {
    match text {
        "true" => Ok(Value::Bool(true)),
        "false" => Ok(Value::Bool(false)),
        _ => Err(trail.decode_error(DecodeProblem::WrongKind {
            expected: Type::Bool,
            found: "a string",
        })),
    }
}

fn to_number(text: &str, trail: &Trail<'_>) -> Result<Value, DecodeError> {
    Number::parse(text)
        .map(Value::Number)
        .ok_or_else(|| trail.decode_error(DecodeProblem::NotANumber))
}

fn to_elements(elements: Vec<Json>, element: &Type, fit: Fit, trail: &Trail<'_>) -> Result<Vec<Value>, DecodeError> {
    elements
        .into_iter()
        .enumerate()
        .map(|(index, json)| to_value(json, element, fit, &trail.index(index)))
        .collect()
}

fn to_tuple(elements: Vec<Json>, types: &[Type], fit: Fit, trail: &Trail<'_>) -> Result<Value, DecodeError> {
    if elements.len() != types.len() {
        return Err(trail.decode_error(DecodeProblem::WrongLength {
            expected: types.len(),
            found: elements.len(),
        }));
    }
    let elements = elements
        .into_iter()
        .zip(types)
        .enumerate()
        .map(|(index, (json, element))| to_value(json, element, fit, &trail.index(index)));
    elements.collect::<Result<_, _>>().map(Value::List)
}

fn to_map(members: Members<String, Json>, element: &Type, fit: Fit, trail: &Trail<'_>) -> Result<Value, DecodeError> {
    let elements = members.into_iter().map(|(key, json)| {
        let value = to_value(json, element, fit, &trail.key(&key))?;
        Ok((key, value))
    });
    elements.collect::<Result<_, _>>().map(Value::Map)
}

fn to_object(
    mut members: Members<String, Json>,
    types: &BTreeMap<String, Type>,
    fit: Fit,
    trail: &Trail<'_>,
) -> Result<Value, DecodeError> {
    if fit == Fit::Exact {
        refuse_foreign(&members, types, trail)?;
    }
    let attributes = types.iter().map(|(name, value_type)| {
        let trail = trail.attribute(name);
        let value = match (members.remove(name), fit) {
            (Some(json), _) => to_value(json, value_type, fit, &trail)?,
            (None, Fit::Stored) => Value::Null,
            (None, Fit::Exact) => return Err(trail.decode_error(DecodeProblem::MissingAttribute)),
        };
        Ok((name.clone(), value))
    });
    attributes.collect::<Result<_, _>>().map(Value::Map)
}

fn refuse_foreign(
    members: &Members<String, Json>,
    types: &BTreeMap<String, Type>,
    trail: &Trail<'_>,
) -> Result<(), DecodeError> {
    match members.keys().find(|name| !types.contains_key(*name)) {
        Some(foreign) => Err(trail.attribute(foreign).decode_error(DecodeProblem::NoSuchAttribute)),
        None => Ok(()),
    }
}

/// `{"type": …, "value": …}`. The type was written with the value, so it fits exactly in a state of any release.
fn to_dynamic(mut members: Members<String, Json>, trail: &Trail<'_>) -> Result<Value, DecodeError> {
    let mut member = |name| {
        members
            .remove(name)
            .ok_or_else(|| trail.decode_error(DecodeProblem::NotAType))
    };
    let brought = type_json::from_json(&member("type")?).map_err(|problem| trail.decode_error(problem))?;
    let value = to_value(member("value")?, &brought, Fit::Exact, &trail.inside())?;
    Ok(Value::Dynamic(Box::new((brought, value))))
}

/// What to call it in a message.
fn kind(json: &Json) -> &'static str {
    match json {
        Json::Null => "null",
        Json::Bool(_) => "a bool",
        Json::Number(_) => "a number",
        Json::String(_) => "a string",
        Json::Array(_) => "an array",
        Json::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
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
}
