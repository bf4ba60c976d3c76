//! JSON read as it comes, without a tree of it: objects, things with an id, and the entries of lists.

use std::{borrow::Cow, fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer,
    de::{
        DeserializeOwned, DeserializeSeed, IntoDeserializer, MapAccess, SeqAccess, Visitor,
        value::MapAccessDeserializer,
    },
};
use serde_json::{Number, Value};

use super::lenient::{FromJson, Lenient, Said};

/// A number that would not keep its text otherwise comes as an object with this one key, as `arbitrary_precision` has it.
const NUMBER: &str = "$serde_json::private::Number";

/// An object with named fields; those that it does not know are passed over.
pub fn object<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    deserializer.deserialize_any(Reader(Object(PhantomData)))
}

/// An object with an `id`, without which it could not be asked about again, or what `bare` makes of a single value.
pub fn thing<'de, Id: FromJson, Json: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
    bare: fn(Value) -> Option<(Id, Json)>,
) -> Result<Option<(Id, Json)>, D::Error> {
    deserializer.deserialize_any(Reader(Thing { bare }))
}

/// What a list holds, entry by entry: `None` stands for one that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entries<T>(pub Vec<Option<T>>);

impl<T: Lenient> Lenient for Entries<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        deserializer.deserialize_any(Reader(List(PhantomData)))
    }
}

/// A thing that has to be an object.
impl<Id: FromJson, Json: DeserializeOwned> Lenient for (Id, Json) {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        thing(deserializer, |_| None)
    }
}

/// What is made of a value, by its shape. What is not expected is nothing, and is read to its end all the same.
trait Shape<'de>: Sized {
    type Made;

    fn object<A: MapAccess<'de>>(self, mut fields: Fields<'de, A>) -> Result<Option<Self::Made>, A::Error> {
        while fields.next_entry::<Passed, Passed>()?.is_some() {}
        Ok(None)
    }

    fn list<A: SeqAccess<'de>>(self, mut entries: A) -> Result<Option<Self::Made>, A::Error> {
        while entries.next_element::<Passed>()?.is_some() {}
        Ok(None)
    }

    fn single(self, _value: impl Into<Value>) -> Option<Self::Made> {
        None
    }
}

/// A value that nobody asks for. Unlike serde's `IgnoredAny` it has to be as sound as what is read.
struct Passed;

impl<'de> Deserialize<'de> for Passed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader(Nothing)).map(|_| Self)
    }
}

struct Nothing;

impl Shape<'_> for Nothing {
    type Made = ();
}

struct Object<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Shape<'de> for Object<T> {
    type Made = T;

    fn object<A: MapAccess<'de>>(self, fields: Fields<'de, A>) -> Result<Option<T>, A::Error> {
        T::deserialize(MapAccessDeserializer::new(fields)).map(Some)
    }
}

struct Thing<Id, Json> {
    bare: fn(Value) -> Option<(Id, Json)>,
}

impl<'de, Id: FromJson, Json: Deserialize<'de>> Shape<'de> for Thing<Id, Json> {
    type Made = (Id, Json);

    fn object<A: MapAccess<'de>>(self, mut fields: Fields<'de, A>) -> Result<Option<(Id, Json)>, A::Error> {
        let mut id = Value::Null;
        let json = Json::deserialize(MapAccessDeserializer::new(IdApart {
            fields: &mut fields,
            id: &mut id,
        }))?;
        Ok(Id::from_json(id).map(|id| (id, json)))
    }

    fn single(self, value: impl Into<Value>) -> Option<(Id, Json)> {
        (self.bare)(value.into())
    }
}

struct List<T>(PhantomData<T>);

impl<'de, T: Lenient> Shape<'de> for List<T> {
    type Made = Entries<T>;

    fn list<A: SeqAccess<'de>>(self, mut list: A) -> Result<Option<Entries<T>>, A::Error> {
        let mut entries = Vec::new();
        while let Some(Said(entry)) = list.next_element()? {
            entries.push(entry);
        }
        Ok(Some(Entries(entries)))
    }
}

/// A field's name, which is seldom worth a copy.
#[derive(Deserialize)]
#[serde(transparent)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

/// The fields of an object, of which the first name was read already.
struct Fields<'de, A> {
    first: Option<Option<Key<'de>>>,
    rest: A,
}

impl<'de, A: MapAccess<'de>> Fields<'de, A> {
    fn next_name(&mut self) -> Result<Option<Key<'de>>, A::Error> {
        match self.first.take() {
            Some(first) => Ok(first),
            None => self.rest.next_key(),
        }
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Fields<'de, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        let name = self.next_name()?;
        name.map(|Key(name)| seed.deserialize(name.into_deserializer()))
            .transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        self.rest.next_value_seed(Sound(seed))
    }
}

/// A field's value, of which nothing is left out unread.
struct Sound<T>(T);

impl<'de, V: DeserializeSeed<'de>> DeserializeSeed<'de> for Sound<V> {
    type Value = V::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        self.0.deserialize(Sound(deserializer))
    }
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Sound<D> {
    type Error = D::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_any(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        Passed::deserialize(self.0)?;
        visitor.visit_unit()
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit unit_struct newtype_struct
        seq tuple tuple_struct map struct enum identifier
    }
}

/// The fields without the id.
struct IdApart<'a, 'de, A> {
    fields: &'a mut Fields<'de, A>,
    id: &'a mut Value,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for IdApart<'_, 'de, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        while let Some(Key(name)) = self.fields.next_name()? {
            if name != "id" {
                return seed.deserialize(name.into_deserializer()).map(Some);
            }
            *self.id = self.fields.next_value()?;
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        self.fields.next_value_seed(seed)
    }
}

/// Finds out which shape a value has.
struct Reader<S>(S);

impl<'de, S: Shape<'de>> Visitor<'de> for Reader<S> {
    type Value = Option<S::Made>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut rest: A) -> Result<Self::Value, A::Error> {
        let first: Option<Key<'de>> = rest.next_key()?;
        if first.as_ref().is_some_and(|Key(name)| name == NUMBER) {
            let number: Option<Number> = rest.next_value::<String>()?.parse().ok();
            return Ok(number.and_then(|number| self.0.single(number)));
        }
        let first = Some(first);
        self.0.object(Fields { first, rest })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, entries: A) -> Result<Self::Value, A::Error> {
        self.0.list(entries)
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(self.0.single(text))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(self.0.single(number))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(self.0.single(number))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
        Ok(self.0.single(number))
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Self::Value, E> {
        Ok(self.0.single(truth))
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(self.0.single(()))
    }
}
