//! One declaration for a typed struct, its schema and the way between them: [`model!`](crate::model).

use super::{Attribute, Doc, Field, Mismatch, Name, Object, Schema, Step, Tf, Value};

/// A struct declared by [`model!`](crate::model): its fields are a schema's attributes.
pub trait Model: Sized + Send + Sync + 'static {
    const DOC: Doc;

    fn attributes() -> Vec<Attribute>;

    /// With null everywhere.
    fn null() -> Self;

    /// Reads an object that is known and not null.
    fn from_object(value: &Value) -> Result<Self, Mismatch>;

    fn to_object(&self) -> Value;

    /// The same, with what is unknown taken from another.
    fn with_unknowns_from(self, other: Self) -> Self;

    /// The schema of a provider block, resource or data source with these attributes.
    fn schema(version: i64) -> Schema {
        Schema::new(version, Self::DOC, Self::attributes())
    }
}

/// A model whose attributes are made once, for all who only look at them.
pub trait Declared: Model {
    /// The names of the attributes, in the order of the declaration.
    const NAMES: &[&str];

    fn declared() -> &'static [Attribute];
}

/// The attribute's name where the field's is a word of Rust's, such as `r#type`.
pub const fn attribute_name(field: &'static str) -> &'static str {
    match field.as_bytes() {
        [b'r', b'#', ..] => field.split_at(2).1,
        _ => field,
    }
}

/// Where a name stands in the order of all.
pub const fn place(names: &[&str], name: &str) -> usize {
    let mut place = 0;
    let mut index = 0;
    while index < names.len() {
        if is_before(names[index].as_bytes(), name.as_bytes()) {
            place += 1;
        }
        index += 1;
    }
    place
}

const fn is_before(one: &[u8], other: &[u8]) -> bool {
    match (one, other) {
        (_, []) => false,
        ([], _) => true,
        ([a, one @ ..], [b, other @ ..]) if *a == *b => is_before(one, other),
        ([a, ..], [b, ..]) => *a < *b,
    }
}

/// An object of attributes, each with its place in the order of their names.
pub fn object_of<const N: usize>(attributes: [(usize, &'static str, Value); N]) -> Value {
    let mut in_order = vec![(Name::Borrowed(""), Value::Null); N];
    for (place, name, value) in attributes {
        in_order[place] = (Name::Borrowed(name), value);
    }
    Value::Map(Object::from_sorted(in_order))
}

/// An attribute out of an object.
pub fn read_attribute<T: Field>(object: &Value, name: &'static str, place: usize) -> Result<Tf<T>, Mismatch> {
    Tf::from_value(object.get_near(name, place)).map_err(|mismatch| mismatch.within(Step::Attribute(name.into())))
}

/// Declares a model. Each line is one attribute: its doc for users, its name, its type, and what holds for it.
///
/// ```
/// use gpupod::tf::{Model, Number, validators::whole, optional, required};
///
/// gpupod::model! {
///     /// A box.
///     pub struct Crate {
///         /// What is in it.
///         content: String = required().requires_replace(),
///         /// How heavy it is, in kg.
///         weight: Number = optional().validator(whole(1, 100)),
///         /// A word of Rust's own.
///         r#type: String = optional(),
///     }
/// }
///
/// assert_eq!(Crate::attributes()[1].name, "weight");
/// assert_eq!(Crate::attributes()[2].name, "type");
/// ```
#[macro_export]
macro_rules! model {
    (
        $(#[doc = $doc:literal])*
        $vis:vis struct $Model:ident {
            $( $(#[doc = $field_doc:literal])* $field:ident: $Type:ty = $spec:expr ),* $(,)?
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, PartialEq)]
        $vis struct $Model {
            $( $(#[doc = $field_doc])* pub $field: $crate::tf::Tf<$Type>, )*
        }

        impl $crate::tf::Declared for $Model {
            const NAMES: &[&str] = &[$( $crate::tf::attribute_name(stringify!($field)) ),*];

            fn declared() -> &'static [$crate::tf::Attribute] {
                static DECLARED: std::sync::OnceLock<Vec<$crate::tf::Attribute>> = std::sync::OnceLock::new();
                DECLARED.get_or_init(<Self as $crate::tf::Model>::attributes)
            }
        }

        impl $crate::tf::Model for $Model {
            const DOC: $crate::tf::Doc = $crate::tf::Doc(concat!($($doc, "\n"),*));

            fn attributes() -> Vec<$crate::tf::Attribute> {
                vec![$(
                    $crate::tf::Attribute {
                        name: $crate::tf::attribute_name(stringify!($field)),
                        place: $crate::tf::place(<Self as $crate::tf::Declared>::NAMES, $crate::tf::attribute_name(stringify!($field))),
                        shape: <$Type as $crate::tf::Field>::shape(),
                        doc: $crate::tf::Doc(concat!($($field_doc, "\n"),*)),
                        spec: $spec,
                    }
                ),*]
            }

            fn null() -> Self {
                Self { $( $field: $crate::tf::Tf::Null, )* }
            }

            fn from_object(value: &$crate::tf::Value) -> Result<Self, $crate::tf::Mismatch> {
                Ok(Self {
                    $( $field: $crate::tf::read_attribute(
                        value,
                        const { $crate::tf::attribute_name(stringify!($field)) },
                        const { $crate::tf::place(<Self as $crate::tf::Declared>::NAMES, $crate::tf::attribute_name(stringify!($field))) },
                    )?, )*
                })
            }

            fn to_object(&self) -> $crate::tf::Value {
                $crate::tf::object_of([$(
                    (
                        const { $crate::tf::place(<Self as $crate::tf::Declared>::NAMES, $crate::tf::attribute_name(stringify!($field))) },
                        const { $crate::tf::attribute_name(stringify!($field)) },
                        self.$field.to_value(),
                    )
                ),*])
            }

            fn with_unknowns_from(self, other: Self) -> Self {
                Self { $( $field: self.$field.with_unknowns_from(other.$field), )* }
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tf::optional;

    crate::model! {
        /// A test.
        struct Box {
            /// Width.
            width: String = optional(),
            /// A word of Rust's own.
            r#type: String = optional(),
            /// Wide, and the beginning of another name.
            wid: String = optional(),
        }
    }

    #[test]
    fn an_object_is_in_the_order_of_its_names() {
        let places: Vec<(&str, usize)> = Box::attributes().iter().map(|one| (one.name, one.place)).collect();
        assert_eq!(places, [("width", 2), ("type", 0), ("wid", 1)]);
        let given = ["width", "type", "wid"].map(|name| (name, Value::from(name)));
        let object = Value::map(given);
        let model = Box::from_object(&object).expect("a box");
        assert_eq!(model.r#type, Tf::Known("type".to_owned()));
        assert_eq!(model.to_object(), object);
    }
}
