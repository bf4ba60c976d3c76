//! Display of values and enumerations in messages and docs.

use super::{Type, Value};

/// `a`, `b` or `c`, each as code.
pub fn enum_names(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
    }
}

/// A value that is not secret, as a message shows it.
pub fn describe(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Unknown => "not known yet".to_owned(),
        Value::Bool(truth) => truth.to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => format!("{text:?}"),
        Value::List(elements) | Value::Set(elements) => {
            format!("[{}]", elements.iter().map(describe).collect::<Vec<_>>().join(", "))
        }
        Value::Map(_) => Type::Object(Default::default()).to_string(),
        Value::Dynamic(typed) => describe(&typed.1),
    }
}
