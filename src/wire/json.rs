//! Values out of JSON, guided by their type: stored state, and what a client may send instead of msgpack.

mod member;
#[cfg(test)]
mod tests;

use std::{cell::Cell, fmt};

use serde::{
    Deserializer,
    de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor},
};
use serde_json::{Map as Members, Value as Json, error::Category};

use member::{Member, NextMember};

use super::{DecodeError, DecodeProblem, trail::Trail, type_json};
use crate::{
    tf::{Name, Number, Object, Type, Types, Value},
    untrusted::json::{self, MOST_VALUES, Marked, MarkedValue, NextName, Tree},
};

/// How well a value has to fit its type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fit {
    Exact,
    /// Written by another release: attributes may have come and gone, and a bool may be in quotes.
    Stored,
}

/// Reads a value, which may be nested as deeply as `serde_json` allows: 127 levels.
pub(super) fn decode(bytes: &[u8], value_type: &Type, fit: Fit) -> Result<Value, DecodeError> {
    let root = Trail::root();
    let wrong = Cell::new(None);
    let wanted = Wanted {
        value_type,
        fit,
        trail: &root,
        wrong: &wrong,
    };
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let value = wanted.deserialize(&mut json);
    let value = value.and_then(|value| json.end().map(|()| value));
    value.map_err(|error| wrong.take().unwrap_or_else(|| root.decode_error(problem(&error))))
}

/// Parses JSON that no type tells anything about.
pub(super) fn parse(bytes: &[u8]) -> Result<Json, DecodeProblem> {
    json::parse(bytes).map_err(|error| problem(&error))
}

fn problem(error: &serde_json::Error) -> DecodeProblem {
    match error.classify() {
        Category::Eof => DecodeProblem::Truncated,
        _ => DecodeProblem::NotJson {
            line: error.line(),
            column: error.column(),
        },
    }
}

/// A value that is to be read, and where it stands. Nothing is copied on the way into objects and collections.
#[derive(Clone, Copy)]
struct Wanted<'a> {
    value_type: &'a Type,
    fit: Fit,
    trail: &'a Trail<'a>,
    /// What does not fit, which an error of `serde_json` cannot carry.
    wrong: &'a Cell<Option<DecodeError>>,
}

impl<'de> DeserializeSeed<'de> for Wanted<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Value, D::Error> {
        match self.value_type {
            Type::Bool | Type::Number | Type::String | Type::Dynamic => self.leaf(json::read(json)?),
            Type::List(_) | Type::Set(_) | Type::Tuple(_) | Type::Map(_) | Type::Object(_) => {
                json.deserialize_any(self)
            }
        }
    }
}

impl<'de> Visitor<'de> for Wanted<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.value_type)
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Value, E> {
        self.wrong_kind("a bool")
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<Value, E> {
        self.wrong_kind("a number")
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Value, E> {
        self.wrong_kind("a number")
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Value, E> {
        self.wrong_kind("a number")
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<Value, E> {
        self.wrong_kind("a string")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, elements: A) -> Result<Value, A::Error> {
        match self.value_type {
            Type::List(element) => self.elements(elements, element).map(Value::List),
            Type::Set(element) => self.elements(elements, element).map(Value::set),
            Type::Tuple(types) => self.tuple(elements, types).map(Value::List),
            _ => self.wrong_kind("an array"),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<Value, A::Error> {
        match self.value_type {
            Type::Map(element) => self.map(members, element).map(Value::Map),
            Type::Object(types) => self.object(members, types).map(Value::Map),
            _ => self.neither_object_nor_map(members),
        }
    }
}

impl Wanted<'_> {
    fn within<'b>(&'b self, value_type: &'b Type, trail: &'b Trail<'b>) -> Wanted<'b> {
        Wanted {
            value_type,
            trail,
            ..*self
        }
    }

    fn refuse<T, E: Error>(&self, error: DecodeError) -> Result<T, E> {
        self.wrong.set(Some(error));
        Err(E::custom("it does not fit"))
    }

    fn wrong_kind<T, E: Error>(&self, found: &'static str) -> Result<T, E> {
        let expected = self.value_type.clone();
        self.refuse(self.trail.decode_error(DecodeProblem::WrongKind { expected, found }))
    }

    fn leaf<E: Error>(&self, json: Json) -> Result<Value, E> {
        match (json, self.value_type) {
            (Json::Null, _) => Ok(Value::Null),
            (Json::Bool(truth), Type::Bool) => Ok(Value::Bool(truth)),
            (Json::String(text), Type::Bool) if self.fit == Fit::Stored => match text.as_str() {
                "true" => Ok(Value::Bool(true)),
                "false" => Ok(Value::Bool(false)),
                _ => self.wrong_kind("a string"),
            },
            (Json::Number(number), Type::Number) => self.number(number.as_str()),
            (Json::String(text), Type::Number) => self.number(&text),
            (Json::String(text), Type::String) => Ok(Value::string(text)),
            (Json::Object(members), Type::Dynamic) => self.dynamic(members),
            (json, _) => self.wrong_kind(kind(&json)),
        }
    }

    fn number<E: Error>(&self, text: &str) -> Result<Value, E> {
        match Number::parse(text) {
            Some(number) => Ok(Value::Number(number)),
            None => self.refuse(self.trail.decode_error(DecodeProblem::NotANumber)),
        }
    }

    fn elements<'de, A: SeqAccess<'de>>(&self, mut elements: A, element: &Type) -> Result<Vec<Value>, A::Error> {
        let mut values = Vec::new();
        loop {
            let trail = self.trail.index(values.len());
            match elements.next_element_seed(self.within(element, &trail))? {
                Some(value) => values.push(value),
                None => return Ok(values),
            }
        }
    }

    fn tuple<'de, A: SeqAccess<'de>>(&self, mut elements: A, types: &[Type]) -> Result<Vec<Value>, A::Error> {
        let mut values = Vec::new();
        for element in types {
            let trail = self.trail.index(values.len());
            let value = elements.next_element_seed(self.within(element, &trail))?;
            values.extend(value);
        }
        let mut found = values.len();
        while elements.next_element::<IgnoredAny>()?.is_some() {
            found += 1;
        }
        let expected = types.len();
        match found == expected {
            true => Ok(values),
            false => self.refuse(self.trail.decode_error(DecodeProblem::WrongLength { expected, found })),
        }
    }

    fn map<'de, A: MapAccess<'de>>(&self, mut members: A, element: &Type) -> Result<Object, A::Error> {
        let mut elements = Object::new();
        while let Some(key) = members.next_key_seed(NextName)? {
            let brought = match key {
                json::Name::Ordinary(_) => None,
                json::Name::PerhapsOfNumber => Some(self.member(&mut members)?),
            };
            let key = key.into_string();
            let trail = self.trail.key(&key);
            let wanted = self.within(element, &trail);
            let value = match brought {
                Some(brought) => wanted.deserialize(brought).map_err(A::Error::custom)?,
                None => members.next_value_seed(wanted)?,
            };
            elements.insert(Name::Owned(key), value);
        }
        Ok(elements)
    }

    fn object<'de, A: MapAccess<'de>>(&self, mut members: A, types: &Types) -> Result<Object, A::Error> {
        // JSON has nothing that is unknown: that stands for what has not come.
        let nothing = types.keys().map(|name| (name.clone(), Value::Unknown));
        let mut attributes: Vec<(Name, Value)> = nothing.collect();
        let mut next = 0;
        while let Some(member) = members.next_key_seed(NextMember { types, next })? {
            match member {
                Member::Attribute(place, name, value_type) => {
                    let trail = self.trail.attribute(name);
                    attributes[place].1 = members.next_value_seed(self.within(value_type, &trail))?;
                    next = place + 1;
                }
                Member::Foreign(name) => {
                    match name {
                        json::Name::Ordinary(_) => drop(members.next_value::<IgnoredAny>()?),
                        json::Name::PerhapsOfNumber => drop(self.member(&mut members)?),
                    }
                    if self.fit == Fit::Exact {
                        let name = name.into_string();
                        let trail = self.trail.attribute(&name);
                        return self.refuse(trail.decode_error(DecodeProblem::NoSuchAttribute));
                    }
                }
            }
        }
        for (name, value) in attributes.iter_mut().filter(|(_, value)| value.is_unknown()) {
            if self.fit == Fit::Exact {
                let trail = self.trail.attribute(name);
                return self.refuse(trail.decode_error(DecodeProblem::MissingAttribute));
            }
            *value = Value::Null;
        }
        Ok(Object::from_sorted(attributes))
    }

    fn neither_object_nor_map<'de, T, A: MapAccess<'de>>(&self, mut members: A) -> Result<T, A::Error> {
        if let Some(json::Name::PerhapsOfNumber) = members.next_key_seed(NextName)? {
            self.member(&mut members)?;
        }
        self.wrong_kind("an object")
    }

    /// The value of the member whose name may announce a number, unless that is what it is: no object comes as one.
    fn member<'de, A: MapAccess<'de>>(&self, members: &mut A) -> Result<Json, A::Error> {
        let left = Cell::new(MOST_VALUES);
        match members.next_value_seed(Marked(Tree { left: &left }))? {
            MarkedValue::Number(_) => self.wrong_kind("a number"),
            MarkedValue::Member(value) => Ok(value),
        }
    }

    /// `{"type": …, "value": …}`. The type was written with the value, so it fits exactly in a state of any release.
    fn dynamic<E: Error>(&self, mut members: Members<String, Json>) -> Result<Value, E> {
        let (Some(brought), Some(json)) = (members.remove("type"), members.remove("value")) else {
            return self.refuse(self.trail.decode_error(DecodeProblem::NotAType));
        };
        let brought = match type_json::from_json(&brought) {
            Ok(brought) => brought,
            Err(problem) => return self.refuse(self.trail.decode_error(problem)),
        };
        let trail = self.trail.inside();
        let wanted = Wanted {
            fit: Fit::Exact,
            ..self.within(&brought, &trail)
        };
        let value = wanted.deserialize(json).map_err(E::custom)?;
        Ok(Value::Dynamic(Box::new((brought, value))))
    }
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
