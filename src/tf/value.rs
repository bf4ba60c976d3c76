//! Dynamically typed values, as Terraform sends them: null, unknown, or known of some type.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::{Attribute, Number, Sorted, Type};

/// The name of an attribute or the key of a map element. That of an attribute is the schema's own, without a copy.
pub type Name = Cow<'static, str>;

/// Attributes or map elements, in the order of their names.
pub type Object = Sorted<Value>;

/// A value. Whether a list is a tuple and a map is an object, its type tells.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    #[default]
    Null,
    /// Known only after apply. Not the same as null.
    Unknown,
    Bool(bool),
    Number(Number),
    String(String),
    List(Vec<Value>),
    /// In a fixed order and without known duplicates, so that equal sets are equal values; made by [`Value::set`].
    Set(Vec<Value>),
    Map(Object),
    /// A value of the dynamic type, with the type that it brings.
    Dynamic(Box<(Type, Value)>),
}

impl Value {
    /// A string as Terraform keeps it: in Unicode's normal form C.
    pub fn string(text: impl Into<String>) -> Self {
        let text = text.into();
        match text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
            true => Self::String(text),
            false => Self::String(text.nfc().collect()),
        }
    }

    /// A set: order is lost and equal elements are one, but two elements that are not yet known stay two.
    pub fn set(mut elements: Vec<Value>) -> Self {
        elements.sort();
        elements.dedup_by(|a, b| a == b && a.is_wholly_known());
        Self::Set(elements)
    }

    /// A map or an object of these elements, in any order.
    pub fn map<N: Into<Name>>(elements: impl IntoIterator<Item = (N, Value)>) -> Self {
        let elements = elements.into_iter().map(|(name, value)| (name.into(), value));
        Self::Map(in_order(elements.collect()))
    }

    pub fn is_null(&self) -> bool {
        matches!(self, Value::Null)
    }

    pub fn is_unknown(&self) -> bool {
        matches!(self, Value::Unknown)
    }

    /// Whether no part of the value is unknown.
    pub fn is_wholly_known(&self) -> bool {
        match self {
            Value::Unknown => false,
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => true,
            Value::List(elements) | Value::Set(elements) => elements.iter().all(Value::is_wholly_known),
            Value::Map(elements) => elements.values().all(Value::is_wholly_known),
            Value::Dynamic(typed) => typed.1.is_wholly_known(),
        }
    }

    pub fn as_object(&self) -> Option<&Object> {
        match self {
            Value::Map(object) => Some(object),
            _ => None,
        }
    }

    pub fn as_str(&self) -> Option<&str> {
        match self {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The elements of a list or a set.
    pub fn elements(&self) -> Option<&[Value]> {
        match self {
            Value::List(elements) | Value::Set(elements) => Some(elements),
            _ => None,
        }
    }

    /// An attribute of an object; null if the object is null or has no such attribute, unknown if it is unknown.
    pub fn get(&self, name: &str) -> &Value {
        match self {
            Value::Map(object) => object.get(name).unwrap_or(&Value::Null),
            Value::Unknown => &Value::Unknown,
            _ => &Value::Null,
        }
    }

    /// The same, found without a search where the object has all attributes of its model.
    pub fn get_attribute(&self, attribute: &Attribute) -> &Value {
        self.get_near(attribute.name, attribute.place)
    }

    /// The same, of an attribute that is mostly at this place in the order of names.
    pub fn get_near(&self, name: &str, place: usize) -> &Value {
        match self {
            Value::Map(object) => match object.get_indexed(place) {
                Some((found, value)) if found == name => value,
                _ => object.get(name).unwrap_or(&Value::Null),
            },
            other => other.get(name),
        }
    }
}

/// Apart from [`Value::map`], so that the sort in it is there once and not for each kind of iterator.
fn in_order(elements: Vec<(Name, Value)>) -> Object {
    elements.into_iter().collect()
}

/// An attribute's value, to be changed.
pub fn attribute_mut<'a>(object: &'a mut Object, attribute: &Attribute) -> Option<&'a mut Value> {
    let place = match object.get_indexed(attribute.place) {
        Some((found, _)) if found == attribute.name => attribute.place,
        _ => object.find_index(attribute.name)?,
    };
    object.iter_mut().nth(place).map(|(_, value)| value)
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::string(text)
    }
}

impl From<bool> for Value {
    fn from(truth: bool) -> Self {
        Self::Bool(truth)
    }
}

impl From<i64> for Value {
    fn from(whole: i64) -> Self {
        Self::Number(Number::from(whole))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_kept_in_normal_form_c() {
        assert_eq!(Value::from("e\u{301}"), Value::from("\u{e9}"));
    }

    #[test]
    fn sets_know_neither_order_nor_duplicates_but_count_unknowns() {
        assert_eq!(
            Value::set(vec!["b".into(), "a".into(), "b".into()]),
            Value::set(vec!["a".into(), "b".into()])
        );
        let unknowns = Value::set(vec![Value::Unknown, Value::Unknown]);
        assert_eq!(unknowns.elements().map(<[Value]>::len), Some(2));
    }

    #[test]
    fn an_attribute_is_found_wherever_it_is() {
        let object = Value::map([("b", "2".into()), ("a", "1".into())]);
        for place in 0..3 {
            assert_eq!(object.get_near("a", place), &Value::from("1"), "{place}");
            assert_eq!(object.get_near("c", place), &Value::Null, "{place}");
        }
        assert_eq!(Value::Unknown.get_near("a", 0), &Value::Unknown);
    }

    #[test]
    fn unknown_is_not_null() {
        assert_eq!(Value::Unknown.get("a"), &Value::Unknown);
        assert_eq!(Value::Null.get("a"), &Value::Null);
    }
}
