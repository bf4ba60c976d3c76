//! Tolerant deserialization (tolerant reader): JSON need not be quite what its documents promise, and a field of the wrong
//! type counts as absent.
//!
//! Read this file for the trait, `text` for what is kept of a text, `number` for numbers that come as texts and back, `id`
//! for ids, `time` for moments.

mod text;

mod number;

mod id;

mod time;

use serde::{Deserialize, Deserializer, de::DeserializeOwned};
use serde_json::{Map, Value};

use crate::untrusted::json;

pub use number::count;
pub use text::{TextOrNumber, Verbatim, VerbatimOrNumber, filled, pairs, word};
pub use time::{Milliseconds, moment, moment_in};

/// A type that can be found in JSON. Numbers keep their text on the way: none passes through a float.
pub trait FromJson: Sized {
    fn from_json(value: Value) -> Option<Self>;
}

/// A field as a cloud sent it; `None` if it is absent, null or of the wrong type. To be used with `#[serde(default)]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tolerant<T>(pub Option<T>);

impl<T> Default for Tolerant<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<'de, T: FromJson> Deserialize<'de> for Tolerant<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        json::read(deserializer).map(|value| Self(T::from_json(value)))
    }
}

/// Takes a field out of an object, without a copy; `None` if it is not there or is something else.
pub fn take<T: FromJson>(object: &mut Map<String, Value>, name: &str) -> Option<T> {
    object.remove(name).and_then(T::from_json)
}

/// The fields of an object; an array is none, though serde would take it for one.
pub fn object<T: DeserializeOwned>(value: Value) -> Option<T> {
    match value {
        Value::Object(_) => serde_json::from_value(value).ok(),
        _ => None,
    }
}

/// A thing with its id, without which it could not be asked about again.
impl<Id: FromJson, Json: DeserializeOwned> FromJson for (Id, Json) {
    fn from_json(value: Value) -> Option<Self> {
        let id = Id::from_json(value.get("id")?.clone())?;
        Some((id, object(value)?))
    }
}

impl FromJson for bool {
    fn from_json(value: Value) -> Option<Self> {
        value.as_bool()
    }
}

impl FromJson for Value {
    fn from_json(value: Value) -> Option<Self> {
        Some(value)
    }
}

/// Half a list would look like a change, so that one unreadable entry makes the list unreadable.
impl<T: FromJson> FromJson for Vec<T> {
    fn from_json(value: Value) -> Option<Self> {
        match value {
            Value::Array(entries) => entries.into_iter().map(T::from_json).collect(),
            _ => None,
        }
    }
}

/// The entries of a list that can be read, where each stands for itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Readable<T>(pub Vec<T>);

impl<T: FromJson> FromJson for Readable<T> {
    fn from_json(value: Value) -> Option<Self> {
        match value {
            Value::Array(entries) => Some(Self(entries.into_iter().filter_map(T::from_json).collect())),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Through an object, as in a response: a number must keep its text there as well.
    pub fn read<T: FromJson>(json: &str) -> Option<T> {
        #[derive(Deserialize)]
        #[serde(bound = "T: FromJson")]
        struct Response<T> {
            #[serde(default)]
            field: Tolerant<T>,
        }
        let json = serde_json::from_str(&format!(r#"{{"field":{json}}}"#)).expect("a test's JSON");
        object::<Response<T>>(json).expect("an object").field.0
    }

    #[test]
    fn a_list_is_read_whole_or_not_at_all() {
        assert_eq!(read::<Vec<u32>>("[]"), Some(vec![]));
        assert_eq!(read::<Vec<u32>>(r#"[1,"2"]"#), Some(vec![1, 2]));
        assert_eq!(read::<Vec<u32>>("[1,null]"), None);
        assert_eq!(read::<Vec<u32>>("1"), None);
    }

    #[test]
    fn entries_that_stand_for_themselves_are_read_each() {
        assert_eq!(read::<Readable<u32>>(r#"[1,null,"2",{}]"#), Some(Readable(vec![1, 2])));
        assert_eq!(read::<Readable<u32>>("{}"), None);
    }
}
