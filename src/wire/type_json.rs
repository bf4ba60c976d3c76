//! Types as Terraform writes them in JSON: `"string"`, `["list","string"]`, `["object",{"name":"string"}]`.

use serde_json::{Value as Json, json};

use super::{DecodeError, DecodeProblem, json::parse};
use crate::tf::{Path, Type};

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
            let attributes = attributes
                .iter()
                .map(|(name, attribute)| (name.clone(), to_json(attribute)));
            json!(["object", Json::Object(attributes.collect())])
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
            let attributes = attributes
                .iter()
                .map(|(name, attribute)| Ok((name.clone(), from_json(attribute)?)));
            attributes.collect::<Result<_, _>>().map(Type::Object)
        }
        _ => Err(DecodeProblem::NotAType),
    }
}
