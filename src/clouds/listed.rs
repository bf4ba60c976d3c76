//! The list in an answer, of which each entry is made into what it stands for as soon as it is read, so that a long list
//! is never held as a tree of JSON.

use std::{
    fmt,
    hash::{DefaultHasher, Hash, Hasher},
};

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::lenient::FromJson;

/// A number that a machine's number cannot hold comes to a visitor as an object with this one key, which keeps its text.
const NUMBER: &str = "$serde_json::private::Number";

/// The entries of a list.
#[derive(Debug)]
pub struct Listed<Entry> {
    /// `None` stands for one that cannot be read.
    pub entries: Vec<Option<Entry>>,
    /// The same for the same entries, and most likely for no others.
    pub mark: u64,
}

impl<Entry> Default for Listed<Entry> {
    fn default() -> Self {
        Self {
            entries: Vec::new(),
            mark: DefaultHasher::new().finish(),
        }
    }
}

/// What JSON says, and apart from that the list which is found by the names of the members on the way to it; `None` in
/// its place if there is something else. In what is said the list is empty. It is an error if the text is no JSON.
pub fn read<Entry: FromJson>(json: &[u8], path: &[&str]) -> serde_json::Result<(Value, Option<Listed<Entry>>)> {
    let mut found = None;
    let mut json = serde_json::Deserializer::from_slice(json);
    let told = Reader {
        path,
        found: &mut found,
    }
    .deserialize(&mut json)?;
    json.end()?;
    Ok((told, found.map(Reading::finish)))
}

/// A list in the making.
struct Reading<Entry> {
    entries: Vec<Option<Entry>>,
    hasher: DefaultHasher,
}

impl<Entry> Reading<Entry> {
    fn finish(self) -> Listed<Entry> {
        Listed {
            entries: self.entries,
            mark: self.hasher.finish(),
        }
    }
}

/// Takes the entries, whatever is made of them.
trait Found {
    /// A list begins, and another one, which had the same name, does not count.
    fn begin(&mut self);

    fn take(&mut self, entry: Value);

    /// There is no list, or something else has its name as well.
    fn forget(&mut self);
}

impl<Entry: FromJson> Found for Option<Reading<Entry>> {
    fn begin(&mut self) {
        *self = Some(Reading {
            entries: Vec::new(),
            hasher: DefaultHasher::new(),
        });
    }

    fn take(&mut self, entry: Value) {
        if let Some(reading) = self {
            entry.hash(&mut reading.hasher);
            reading.entries.push(Entry::from_json(entry));
        }
    }

    fn forget(&mut self) {
        *self = None;
    }
}

/// Reads a value, and the list within it.
struct Reader<'a> {
    path: &'a [&'a str],
    found: &'a mut dyn Found,
}

impl<'de> DeserializeSeed<'de> for Reader<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Value, D::Error> {
        self.found.forget();
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Reader<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Value, E> {
        Ok(truth.into())
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(text.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let is_meant = self.path.is_empty();
        if is_meant {
            self.found.begin();
        }
        let mut others = Vec::new();
        while let Some(entry) = entries.next_element()? {
            match is_meant {
                true => self.found.take(entry),
                false => others.push(entry),
            }
        }
        Ok(Value::Array(others))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            if name == NUMBER {
                let number: Number = members.next_value::<String>()?.parse().map_err(Error::custom)?;
                return Ok(Value::Number(number));
            }
            let value = match self.path.split_first() {
                Some((first, path)) if *first == name => members.next_value_seed(Reader {
                    path,
                    found: &mut *self.found,
                })?,
                _ => members.next_value()?,
            };
            object.insert(name, value);
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// What is found at `a.b`, with what is said besides.
    fn find(json: &str) -> Option<(Value, Option<Vec<Option<i64>>>)> {
        let (told, list) = read::<i64>(json.as_bytes(), &["a", "b"]).ok()?;
        Some((told, list.map(|list| list.entries)))
    }

    #[test]
    fn the_list_is_apart_and_all_else_is_said() {
        let check = |json: &str, told: Value, list: Option<&[Option<i64>]>| {
            assert_eq!(find(json), Some((told, list.map(<[_]>::to_vec))), "{json}");
        };
        let listed = json!({"a": {"b": [], "c": [1.5, true]}, "b": [3]});
        check(
            r#"{"b":[3],"a":{"c":[1.5,true],"b":[1,"x",2]}}"#,
            listed,
            Some(&[Some(1), None, Some(2)]),
        );
        check(r#"{"a":{"b":[]}}"#, json!({"a": {"b": []}}), Some(&[]));
        check(r#"{"a":{"b":{"b":[1]}}}"#, json!({"a": {"b": {"b": [1]}}}), None);
        check(r#"{"a":[{"b":[1]}]}"#, json!({"a": [{"b": [1]}]}), None);
        check(r#"{"a":{"b":1.5}}"#, json!({"a": {"b": 1.5}}), None);
        for single in [
            "null",
            "true",
            "7",
            "-7",
            "-0",
            "7.50",
            "18446744073709551616",
            r#""x""#,
            "{}",
            "[]",
            "[[1]]",
        ] {
            check(single, serde_json::from_str(single).expect("JSON"), None);
        }
    }

    #[test]
    fn of_members_with_one_name_the_last_counts() {
        let list = |json| find(json).expect("JSON").1;
        assert_eq!(list(r#"{"a":{"b":[1,2],"b":[3]}}"#), Some(vec![Some(3)]));
        assert_eq!(list(r#"{"a":{"b":[1]},"a":{"b":[2]}}"#), Some(vec![Some(2)]));
        assert_eq!(list(r#"{"a":{"b":[1]},"a":{}}"#), None);
        assert_eq!(list(r#"{"a":{"b":[1],"b":null}}"#), None);
    }

    #[test]
    fn whatever_is_no_json_is_an_error() {
        let whole = r#"{"a":{"b":[1,{"c":"\u00e9"}]},"d":[2]}"#;
        assert!(find(whole).is_some());
        for end in 0..whole.len() {
            assert_eq!(find(&whole[..end]), None, "{}", &whole[..end]);
        }
        for odd in ["<html>", r#"{"a":{"b":[1]}} {}"#, r#"{"a":{"b":["\ud800"]}}"#] {
            assert_eq!(find(odd), None, "{odd}");
        }
        assert!(read::<i64>(b"{\"a\":\"\xff\"}", &["a"]).is_err());
    }

    #[test]
    fn a_mark_tells_lists_apart() {
        let mark = |json: &str| read::<i64>(json.as_bytes(), &[]).expect("JSON").1.expect("a list").mark;
        assert_eq!(mark(r#"["x",1]"#), mark(r#" [ "x", 1 ]"#));
        assert_ne!(mark(r#"["x"]"#), mark(r#"["y"]"#));
        assert_eq!(mark("[]"), Listed::<i64>::default().mark);
    }
}
