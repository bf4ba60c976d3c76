//! Bounded JSON parsing: a tree of limited size, in which every name is a name.
//!
//! With arbitrary precision, `serde_json` hands a number that no machine's number can hold to a visitor as an object with
//! one member of a private name. Its own tree takes a member that is really called so for a number as well. The two can
//! be told apart: the private name comes borrowed and its value owned, which is so of no other member.

use std::{cell::Cell, fmt};

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// The name of the one member of such an object.
const NUMBER: &str = "$serde_json::private::Number";

/// A tree takes up to a hundred times as much room as its text.
pub const MOST_VALUES: usize = 500_000;

/// Parses JSON of at most [`MOST_VALUES`] values.
pub fn parse(json: &[u8]) -> serde_json::Result<Value> {
    parse_up_to(MOST_VALUES, json)
}

/// Parses JSON of any number of values: for files of one's own.
pub fn parse_whole(json: &[u8]) -> serde_json::Result<Value> {
    parse_up_to(usize::MAX, json)
}

/// Reads a value that is part of something else, of at most [`MOST_VALUES`] values.
pub fn read<'de, D: Deserializer<'de>>(json: D) -> Result<Value, D::Error> {
    let left = Cell::new(MOST_VALUES);
    Tree { left: &left }.deserialize(json)
}

fn parse_up_to(most: usize, json: &[u8]) -> serde_json::Result<Value> {
    let left = Cell::new(most);
    let mut json = serde_json::Deserializer::from_slice(json);
    let value = Tree { left: &left }.deserialize(&mut json)?;
    json.end()?;
    Ok(value)
}

/// A value that is read into a tree, and how many more may follow.
#[derive(Clone, Copy)]
pub struct Tree<'a> {
    pub left: &'a Cell<usize>,
}

impl Tree<'_> {
    fn count<E: Error>(self) -> Result<(), E> {
        match self.left.get().checked_sub(1) {
            Some(left) => {
                self.left.set(left);
                Ok(())
            }
            None => Err(E::custom(format_args!("more than {MOST_VALUES} values"))),
        }
    }
}

impl<'de> DeserializeSeed<'de> for Tree<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Value, D::Error> {
        self.count()?;
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Tree<'_> {
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

    fn visit_u128<E>(self, number: u128) -> Result<Value, E> {
        Ok(Value::Number(number.into()))
    }

    fn visit_i128<E>(self, number: i128) -> Result<Value, E> {
        Ok(Value::Number(number.into()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(text.into())
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(text.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut array = Vec::new();
        while let Some(entry) = entries.next_element_seed(self)? {
            array.push(entry);
        }
        Ok(Value::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(name) = members.next_key_seed(NextName)? {
            let value = match name {
                Name::Ordinary(_) => members.next_value_seed(self)?,
                Name::PerhapsOfNumber => match members.next_value_seed(Marked(self))? {
                    MarkedValue::Number(number) => return Ok(Value::Number(number)),
                    MarkedValue::Member(value) => value,
                },
            };
            object.insert(name.into_string(), value);
        }
        Ok(Value::Object(object))
    }
}

/// The methods of a `Visitor` for scalars: each is what the [`Tree`] in this field makes of it, wrapped if need be.
macro_rules! tree_scalars {
    ($tree:tt $(, $wrap:path)?) => {
        fn visit_unit<E: serde::de::Error>(self) -> Result<Self::Value, E> {
            self.$tree.visit_unit()$(.map($wrap))?
        }

        fn visit_bool<E: serde::de::Error>(self, truth: bool) -> Result<Self::Value, E> {
            self.$tree.visit_bool(truth)$(.map($wrap))?
        }

        fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Self::Value, E> {
            self.$tree.visit_u64(number)$(.map($wrap))?
        }

        fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<Self::Value, E> {
            self.$tree.visit_i64(number)$(.map($wrap))?
        }

        fn visit_u128<E: serde::de::Error>(self, number: u128) -> Result<Self::Value, E> {
            self.$tree.visit_u128(number)$(.map($wrap))?
        }

        fn visit_i128<E: serde::de::Error>(self, number: i128) -> Result<Self::Value, E> {
            self.$tree.visit_i128(number)$(.map($wrap))?
        }

        fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<Self::Value, E> {
            self.$tree.visit_f64(number)$(.map($wrap))?
        }

        fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Self::Value, E> {
            self.$tree.visit_str(text)$(.map($wrap))?
        }
    };
}

pub(crate) use tree_scalars;

/// The name of a member.
#[derive(Debug)]
pub enum Name {
    Ordinary(String),
    /// That which announces the text of a number, or a member that is called so.
    PerhapsOfNumber,
}

impl Name {
    pub fn into_string(self) -> String {
        match self {
            Name::Ordinary(name) => name,
            Name::PerhapsOfNumber => NUMBER.to_owned(),
        }
    }
}

/// Reads the next name.
pub struct NextName;

impl NextName {
    /// Whether a borrowed name may announce a number.
    pub fn is_of_number(name: &str) -> bool {
        name == NUMBER
    }
}

impl<'de> DeserializeSeed<'de> for NextName {
    type Value = Name;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Name, D::Error> {
        json.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for NextName {
    type Value = Name;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Name, E> {
        Ok(match Self::is_of_number(name) {
            true => Name::PerhapsOfNumber,
            false => Name::Ordinary(name.to_owned()),
        })
    }

    fn visit_str<E>(self, name: &str) -> Result<Name, E> {
        Ok(Name::Ordinary(name.to_owned()))
    }

    fn visit_string<E>(self, name: String) -> Result<Name, E> {
        Ok(Name::Ordinary(name))
    }
}

/// What stands behind [`Name::PerhapsOfNumber`].
pub enum MarkedValue {
    /// The object was none: it is this number.
    Number(Number),
    /// The object is one, and this is the value of its member.
    Member(Value),
}

/// Reads it.
pub struct Marked<'a>(pub Tree<'a>);

impl<'de> DeserializeSeed<'de> for Marked<'_> {
    type Value = MarkedValue;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<MarkedValue, D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Marked<'_> {
    type Value = MarkedValue;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_string<E: Error>(self, text: String) -> Result<MarkedValue, E> {
        text.parse().map(MarkedValue::Number).map_err(E::custom)
    }

    tree_scalars!(0, MarkedValue::Member);

    fn visit_seq<A: SeqAccess<'de>>(self, entries: A) -> Result<MarkedValue, A::Error> {
        self.0.visit_seq(entries).map(MarkedValue::Member)
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<MarkedValue, A::Error> {
        self.0.visit_map(members).map(MarkedValue::Member)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The name that a number comes under, as `serde_json` has it.
    struct Announced;

    impl<'de> Visitor<'de> for Announced {
        type Value = String;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a number with a name")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<String, A::Error> {
            let name = members.next_key::<String>()?.unwrap_or_default();
            members.next_value::<String>().map(|_| name)
        }
    }

    /// It is private to `serde_json`, so that an upgrade may change it without a word: then numbers that no machine's
    /// number can hold are taken for objects. Change [`NUMBER`] with it, or read numbers as raw values.
    #[test]
    fn serde_json_announces_a_number_by_the_name_that_is_expected() {
        let mut json = serde_json::Deserializer::from_str("18446744073709551616");
        let name = json.deserialize_any(Announced).expect("a number");
        assert_eq!(name, NUMBER);
    }

    /// The JSON, with its names and numbers as they were.
    #[track_caller]
    fn check(json: &str, expected: &str) {
        let value = parse(json.as_bytes()).expect("JSON");
        assert_eq!(value.to_string(), expected, "{json}");
        // The same out of a tree, as a part of an answer is read.
        assert_eq!(read(value).expect("JSON").to_string(), expected, "{json}");
    }

    #[test]
    fn every_name_is_a_name_and_every_number_keeps_its_text() {
        for same in [
            r#"{"$serde_json::private::Number":"1"}"#,
            r#"{"$serde_json::private::Number":"no number"}"#,
            r#"{"$serde_json::private::Number":{"$serde_json::private::Number":1.50}}"#,
            r#"{"$serde_json::private::Number":1.50,"a":"b"}"#,
            r#"{"$serde_json::private::Number":null,"a":[18446744073709551616]}"#,
            r#"{"$serde_json::private::RawValue":"[1"}"#,
            r#"[0.10,7,-7,1e+400,18446744073709551616,true,null,"\u0000"]"#,
        ] {
            check(same, same);
        }
        check(
            r#"{"$serde_json::private::Numbe\u0072":"1"}"#,
            r#"{"$serde_json::private::Number":"1"}"#,
        );
        check(
            r#"{"$serde_json::private::Number":"a\nb"}"#,
            r#"{"$serde_json::private::Number":"a\nb"}"#,
        );
    }

    #[test]
    fn a_tree_has_a_limit() {
        let list = |entries: usize| format!("[{}]", vec!["0"; entries].join(","));
        assert!(parse(list(MOST_VALUES - 1).as_bytes()).is_ok());
        let error = parse(list(MOST_VALUES).as_bytes()).expect_err("too many");
        assert!(error.to_string().starts_with("more than 500000 values"), "{error}");
        assert!(parse("[".repeat(100_000).as_bytes()).is_err());
        assert!(parse(b"{} {}").is_err());
    }
}
