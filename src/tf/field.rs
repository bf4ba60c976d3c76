//! Typed attribute values: null, unknown or known, and how a Rust type maps to a schema and a value.

use std::{collections::BTreeMap, fmt};

use super::{Model, Name, Nesting, Number, Path, Shape, Step, Type, Value};

/// An attribute's value: null and unknown are not the same.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Tf<T> {
    #[default]
    Null,
    Unknown,
    Known(T),
}

/// A type that an attribute of a [`Model`] can have.
pub trait Field: Sized {
    fn shape() -> Shape;

    /// Reads a value that is known and not null.
    fn from_value(value: &Value) -> Result<Self, Mismatch>;

    fn to_value(&self) -> Value;

    /// The same, with what is unknown within it taken from another, or null if there is none.
    fn with_unknowns_from(self, _other: Option<Self>) -> Self {
        self
    }
}

/// A value that is not of its schema's type. Values are decoded by the schema, so this is a mistake of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    pub path: Path,
    pub expected: Type,
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not of type {}", self.path, self.expected)
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct List<T>(pub Vec<Tf<T>>);

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Set<T>(pub Vec<Tf<T>>);

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Map<T>(pub BTreeMap<String, Tf<T>>);

impl<T> FromIterator<(String, Tf<T>)> for Map<T> {
    fn from_iter<I: IntoIterator<Item = (String, Tf<T>)>>(elements: I) -> Self {
        // Collected, they would be sorted by code that is large and made anew for each caller.
        let mut map = BTreeMap::new();
        map.extend(elements);
        Self(map)
    }
}

/// A string that `Debug` does not show.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// The text itself, for the one place that needs it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl<T> Tf<T> {
    pub fn known(&self) -> Option<&T> {
        match self {
            Tf::Known(value) => Some(value),
            Tf::Null | Tf::Unknown => None,
        }
    }

    pub fn as_ref(&self) -> Tf<&T> {
        match self {
            Tf::Null => Tf::Null,
            Tf::Unknown => Tf::Unknown,
            Tf::Known(value) => Tf::Known(value),
        }
    }

    pub fn map<U>(self, convert: impl FnOnce(T) -> U) -> Tf<U> {
        match self {
            Tf::Null => Tf::Null,
            Tf::Unknown => Tf::Unknown,
            Tf::Known(value) => Tf::Known(convert(value)),
        }
    }

    pub fn is_null(&self) -> bool {
        matches!(self, Tf::Null)
    }

    /// The value if it passes, else null. What is unknown stays unknown.
    pub fn filter(self, passes: impl FnOnce(&T) -> bool) -> Self {
        match self {
            Tf::Known(value) if !passes(&value) => Tf::Null,
            other => other,
        }
    }

    pub fn is_unknown(&self) -> bool {
        matches!(self, Tf::Unknown)
    }
}

impl<T: Field> Tf<T> {
    /// The same, with what is unknown taken from another.
    pub fn with_unknowns_from(self, other: Self) -> Self {
        match (self, other) {
            (Tf::Unknown, other) => other,
            (Tf::Known(value), Tf::Known(other)) => Tf::Known(value.with_unknowns_from(Some(other))),
            (Tf::Known(value), _) => Tf::Known(value.with_unknowns_from(None)),
            (Tf::Null, _) => Tf::Null,
        }
    }

    pub fn from_value(value: &Value) -> Result<Self, Mismatch> {
        match value {
            Value::Null => Ok(Tf::Null),
            Value::Unknown => Ok(Tf::Unknown),
            known => T::from_value(known).map(Tf::Known),
        }
    }

    pub fn to_value(&self) -> Value {
        match self {
            Tf::Null => Value::Null,
            Tf::Unknown => Value::Unknown,
            Tf::Known(value) => value.to_value(),
        }
    }
}

/// What nobody says is null.
impl<T> From<Option<T>> for Tf<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Tf::Null, Tf::Known)
    }
}

impl Mismatch {
    /// The same, seen from one step further out: the path is made only for those who read it.
    pub fn within(self, step: Step) -> Self {
        Self {
            path: self.path.within(step),
            ..self
        }
    }
}

fn mismatch<T: Field>() -> Mismatch {
    Mismatch {
        path: Path::root(),
        expected: T::shape().value_type(),
    }
}

impl Field for bool {
    fn shape() -> Shape {
        Shape::Plain(Type::Bool)
    }

    fn from_value(value: &Value) -> Result<Self, Mismatch> {
        match value {
            Value::Bool(truth) => Ok(*truth),
            _ => Err(mismatch::<Self>()),
        }
    }

    fn to_value(&self) -> Value {
        Value::Bool(*self)
    }
}

impl Field for String {
    fn shape() -> Shape {
        Shape::Plain(Type::String)
    }

    fn from_value(value: &Value) -> Result<Self, Mismatch> {
        value.as_str().map(str::to_owned).ok_or_else(mismatch::<Self>)
    }

    fn to_value(&self) -> Value {
        Value::string(self.as_str())
    }
}

impl Field for Secret {
    fn shape() -> Shape {
        Shape::Plain(Type::String)
    }

    fn from_value(value: &Value) -> Result<Self, Mismatch> {
        String::from_value(value).map(Self)
    }

    fn to_value(&self) -> Value {
        self.0.to_value()
    }
}

impl Field for Number {
    fn shape() -> Shape {
        Shape::Plain(Type::Number)
    }

    fn from_value(value: &Value) -> Result<Self, Mismatch> {
        match value {
            Value::Number(number) => Ok(number.clone()),
            _ => Err(mismatch::<Self>()),
        }
    }

    fn to_value(&self) -> Value {
        Value::Number(self.clone())
    }
}

impl<T: Field> Field for List<T> {
    fn shape() -> Shape {
        collection(T::shape(), Nesting::List, Type::list)
    }

    fn from_value(value: &Value) -> Result<Self, Mismatch> {
        elements(value).map(Self)
    }

    fn to_value(&self) -> Value {
        Value::List(self.0.iter().map(Tf::to_value).collect())
    }
}

impl<T: Field> Field for Set<T> {
    fn shape() -> Shape {
        collection(T::shape(), Nesting::Set, Type::set)
    }

    fn from_value(value: &Value) -> Result<Self, Mismatch> {
        elements(value).map(Self)
    }

    fn to_value(&self) -> Value {
        Value::set(self.0.iter().map(Tf::to_value).collect())
    }
}

impl<T: Field> Field for Map<T> {
    fn shape() -> Shape {
        collection(T::shape(), Nesting::Map, Type::map)
    }

    fn from_value(value: &Value) -> Result<Self, Mismatch> {
        let object = value.as_object().ok_or_else(mismatch::<Self>)?;
        let read = |(key, value): (&Name, &Value)| {
            let value = Tf::from_value(value).map_err(|mismatch| mismatch.within(Step::Key(key.to_string())))?;
            Ok((key.to_string(), value))
        };
        object.iter().map(read).collect()
    }

    fn to_value(&self) -> Value {
        Value::map(self.0.iter().map(|(key, value)| (key.clone(), value.to_value())))
    }
}

/// A model inside a model is a nested attribute.
impl<M: Model> Field for M {
    fn shape() -> Shape {
        Shape::Nested(Nesting::Single, M::attributes())
    }

    fn from_value(value: &Value) -> Result<Self, Mismatch> {
        M::from_object(value)
    }

    fn with_unknowns_from(self, other: Option<Self>) -> Self {
        Model::with_unknowns_from(self, other.unwrap_or_else(M::null))
    }

    fn to_value(&self) -> Value {
        M::to_object(self)
    }
}

fn collection(element: Shape, nesting: Nesting, plain: fn(Type) -> Type) -> Shape {
    match element {
        Shape::Nested(Nesting::Single, attributes) => Shape::Nested(nesting, attributes),
        element => Shape::Plain(plain(element.value_type())),
    }
}

fn elements<T: Field>(value: &Value) -> Result<Vec<Tf<T>>, Mismatch> {
    let elements = value.elements().ok_or_else(mismatch::<List<T>>)?;
    elements
        .iter()
        .enumerate()
        .map(|(index, element)| Tf::from_value(element).map_err(|mismatch| mismatch.within(Step::Index(index))))
        .collect()
}
