//! Types as Terraform writes them in JSON: `"string"`, `["list","string"]`, `["object",{"name":"string"}]`.

use serde_json::{Value as Json, json};

use super::{DecodeError, DecodeProblem, json::parse};
use crate::tf::{Path, Type, Types};

pub fn type_to_json(value_type: &Type) -> Vec<u8> {
    to_json(value_type).to_string().into_bytes()
}

pub fn type_from_json(bytes: &[u8]) -> Result<Type, DecodeError> {
    parse(bytes)
        .and_then(|json| from_json(&json))
        .map_err(|problem| DecodeError::new(Path::root(), problem))
}

fn to_json(value_type: &Type) -> Json {
    match value_type {
        Type::Bool => json!("bool"),
        Type::Number => json!("number"),
        Type::String => json!("string"),
        Type::Dynamic => json!("dynamic"),
        Type::List(element) => json!(["list", to_json(element)]),
        Type::Set(element) => json!(["set", to_json(element)]),
        Type::Map(element) => json!(["map", to_json(element)]),
        Type::Object(attributes) => {
            let mut object = serde_json::Map::new();
            for (name, attribute) in attributes.iter() {
                object.insert(name.to_string(), to_json(attribute));
            }
            json!(["object", object])
        }
        Type::Tuple(elements) => json!(["tuple", elements.iter().map(to_json).collect::<Vec<_>>()]),
    }
}

/// The type that parsed JSON describes.
pub(super) fn from_json(json: &Json) -> Result<Type, DecodeProblem> {
    match json {
        Json::String(name) => primitive(name),
        Json::Array(parts) => match parts.as_slice() {
            [Json::String(kind), parameter] => compound(kind, parameter),
            _ => Err(DecodeProblem::NotAType),
        },
        _ => Err(DecodeProblem::NotAType),
    }
}

fn primitive(name: &str) -> Result<Type, DecodeProblem> {
    match name {
        "bool" => Ok(Type::Bool),
        "number" => Ok(Type::Number),
        "string" => Ok(Type::String),
        "dynamic" => Ok(Type::Dynamic),
        _ => Err(DecodeProblem::NotAType),
    }
}

fn compound(kind: &str, parameter: &Json) -> Result<Type, DecodeProblem> {
    match (kind, parameter) {
        ("list", element) => from_json(element).map(Type::list),
        ("set", element) => from_json(element).map(Type::set),
        ("map", element) => from_json(element).map(Type::map),
        ("tuple", Json::Array(elements)) => elements
            .iter()
            .map(from_json)
            .collect::<Result<_, _>>()
            .map(Type::Tuple),
        ("object", Json::Object(attributes)) => {
            let mut types = Types::new();
            for (name, attribute) in attributes {
                types.insert(name.clone().into(), from_json(attribute)?);
            }
            Ok(Type::Object(types))
        }
        _ => Err(DecodeProblem::NotAType),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(json: &str, value_type: Type) {
        assert_eq!(String::from_utf8_lossy(&type_to_json(&value_type)), json);
        assert_eq!(type_from_json(json.as_bytes()), Ok(value_type));
    }

    #[track_caller]
    fn check_refused(json: &str, problem: DecodeProblem) {
        assert_eq!(
            type_from_json(json.as_bytes()).map_err(|error| error.problem),
            Err(problem)
        );
    }

    #[test]
    fn types_go_both_ways() {
        check(r#""bool""#, Type::Bool);
        check(r#""number""#, Type::Number);
        check(r#""string""#, Type::String);
        check(r#""dynamic""#, Type::Dynamic);
        check(r#"["list","string"]"#, Type::list(Type::String));
        check(r#"["set",["map","bool"]]"#, Type::set(Type::map(Type::Bool)));
        check(
            r#"["tuple",["bool","number"]]"#,
            Type::Tuple(vec![Type::Bool, Type::Number]),
        );
        check(r#"["object",{}]"#, Type::Object(Types::new()));
        let attributes = [("a".into(), Type::Dynamic), ("b".into(), Type::list(Type::Bool))];
        check(
            r#"["object",{"a":"dynamic","b":["list","bool"]}]"#,
            Type::Object(attributes.into_iter().collect()),
        );
    }

    #[test]
    fn what_is_no_type_is_refused() {
        for json in [
            "1",
            "null",
            "{}",
            "[]",
            r#""strings""#,
            r#""list""#,
            r#"["list"]"#,
            r#"["list","string","string"]"#,
            r#"["queue","string"]"#,
            r#"["tuple","string"]"#,
            r#"["object",["string"]]"#,
            r#"["object",{"a":1}]"#,
        ] {
            check_refused(json, DecodeProblem::NotAType);
        }
        check_refused("", DecodeProblem::Truncated);
        check_refused(r#"["list","#, DecodeProblem::Truncated);
        check_refused("x", DecodeProblem::NotJson { line: 1, column: 1 });
    }
}
