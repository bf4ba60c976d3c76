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

fn to_value(json: Json, value_type: &Type, fit: Fit, trail: &Trail) -> Result<Value, DecodeError> {
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

fn to_bool(text: &str, trail: &Trail) -> Result<Value, DecodeError> {
    match text {
        "true" => Ok(Value::Bool(true)),
        "false" => Ok(Value::Bool(false)),
        _ => Err(trail.decode_error(DecodeProblem::WrongKind {
            expected: Type::Bool,
            found: "a string",
        })),
    }
}

fn to_number(text: &str, trail: &Trail) -> Result<Value, DecodeError> {
    Number::parse(text)
        .map(Value::Number)
        .ok_or_else(|| trail.decode_error(DecodeProblem::NotANumber))
}

fn to_elements(elements: Vec<Json>, element: &Type, fit: Fit, trail: &Trail) -> Result<Vec<Value>, DecodeError> {
    elements
        .into_iter()
        .enumerate()
        .map(|(index, json)| to_value(json, element, fit, &trail.index(index)))
        .collect()
}

fn to_tuple(elements: Vec<Json>, types: &[Type], fit: Fit, trail: &Trail) -> Result<Value, DecodeError> {
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

fn to_map(members: Members<String, Json>, element: &Type, fit: Fit, trail: &Trail) -> Result<Value, DecodeError> {
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
    trail: &Trail,
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
    trail: &Trail,
) -> Result<(), DecodeError> {
    match members.keys().find(|name| !types.contains_key(*name)) {
        Some(foreign) => Err(trail.attribute(foreign).decode_error(DecodeProblem::NoSuchAttribute)),
        None => Ok(()),
    }
}

/// `{"type": …, "value": …}`. The type was written with the value, so it fits exactly in a state of any release.
fn to_dynamic(mut members: Members<String, Json>, trail: &Trail) -> Result<Value, DecodeError> {
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
