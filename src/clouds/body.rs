//! JSON bodies of requests: a field that is not set is left out, whatever a document allows.

use rust_decimal::Decimal;
use serde_json::{Map, Value};

/// An object of the fields that are set.
pub fn filled<const LENGTH: usize>(fields: [(&str, Option<Value>); LENGTH]) -> Value {
    let mut object = Map::new();
    for (name, value) in fields {
        if let Some(value) = value {
            object.insert(name.to_owned(), value);
        }
    }
    Value::Object(object)
}

/// A list that is left out when it is empty.
pub fn list<T>(entries: impl IntoIterator<Item = T>, to_json: impl Fn(T) -> Value) -> Option<Value> {
    let entries: Vec<Value> = entries.into_iter().map(to_json).collect();
    (!entries.is_empty()).then_some(Value::Array(entries))
}

/// A number with the text that it was written with: a float would make 0.1 something else.
pub fn decimal(number: Decimal) -> Value {
    let text = number.to_string();
    serde_json::from_str(&text).unwrap_or(Value::String(text))
}
