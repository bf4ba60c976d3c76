//! The names of the members of a JSON object, found in the object's type without a copy.

use std::fmt;

use serde::{
    Deserializer,
    de::{DeserializeSeed, Error, Visitor},
};

use crate::{
    tf::{Name, Type, Types},
    untrusted::json::{self, NextName},
};

/// The next name in an object of these attributes, which are mostly in their order.
pub(super) struct NextMember<'a> {
    pub types: &'a Types,
    /// The place of the name that is expected.
    pub next: usize,
}

/// A name out of JSON, by what the type has of it.
pub(super) enum Member<'a> {
    /// Its place, its name and its type.
    Attribute(usize, &'a Name, &'a Type),
    Foreign(json::Name),
}

impl<'de, 'a> DeserializeSeed<'de> for NextMember<'a> {
    type Value = Member<'a>;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Member<'a>, D::Error> {
        json.deserialize_str(self)
    }
}

impl<'de, 'a> Visitor<'de> for NextMember<'a> {
    type Value = Member<'a>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E: Error>(self, found: &str) -> Result<Member<'a>, E> {
        let is_next = self.types.get_indexed(self.next).is_some_and(|(name, _)| name == found);
        let place = if is_next {
            Some(self.next)
        } else {
            self.types.find_index(found)
        };
        let attribute = place.and_then(|place| Some((place, self.types.get_indexed(place)?)));
        Ok(match attribute {
            Some((place, (name, value_type))) => Member::Attribute(place, name, value_type),
            None => Member::Foreign(json::Name::Ordinary(found.to_owned())),
        })
    }

    fn visit_borrowed_str<E: Error>(self, found: &'de str) -> Result<Member<'a>, E> {
        match NextName::is_of_number(found) {
            true => Ok(Member::Foreign(json::Name::PerhapsOfNumber)),
            false => self.visit_str(found),
        }
    }
}
