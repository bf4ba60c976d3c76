//! Short ways to write types, values and bytes in the tests of this module.

use super::type_from_json;
use crate::tf::{Number, Type, Value};

/// A type by its JSON.
#[track_caller]
pub(super) fn type_of(json: &str) -> Type {
    type_from_json(json.as_bytes()).unwrap_or_else(|error| panic!("{json}: {error}"))
}

#[track_caller]
pub(super) fn number(text: &str) -> Value {
    Value::Number(Number::parse(text).unwrap_or_else(|| panic!("{text} is no number")))
}

pub(super) fn list<const LENGTH: usize>(elements: [Value; LENGTH]) -> Value {
    Value::List(elements.into())
}

pub(super) fn set<const LENGTH: usize>(elements: [Value; LENGTH]) -> Value {
    Value::set(elements.into())
}

/// A map or an object.
pub(super) fn map<const LENGTH: usize>(elements: [(&str, Value); LENGTH]) -> Value {
    Value::map(elements.map(|(key, value)| (key.to_owned(), value)))
}

/// A value that brings its type, given by its JSON.
#[track_caller]
pub(super) fn dynamic(json: &str, value: Value) -> Value {
    Value::Dynamic(Box::new((type_of(json), value)))
}

/// Bytes in hexadecimal; what stands in quotes is text.
#[track_caller]
pub(super) fn bytes(notation: &str) -> Vec<u8> {
    let parts = notation.split('\'').enumerate();
    parts
        .flat_map(|(position, part)| match position % 2 {
            0 => from_hex(part),
            _ => part.as_bytes().to_vec(),
        })
        .collect()
}

#[track_caller]
fn from_hex(text: &str) -> Vec<u8> {
    let byte = |pair: &str| u8::from_str_radix(pair, 16).unwrap_or_else(|_| panic!("{pair:?} is no byte"));
    text.split_whitespace().map(byte).collect()
}
