//! One declaration for a typed struct, its schema and the way between them: [`model!`](crate::model).

use super::{Attribute, Doc, Field, Mismatch, Schema, Step, Tf, Value};

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
    fn declared() -> &'static [Attribute];
}

/// The attribute's name where the field's is a word of Rust's, such as `r#type`.
pub const fn attribute_name(field: &'static str) -> &'static str {
    match field.as_bytes() {
        [b'r', b'#', ..] => field.split_at(2).1,
        _ => field,
    }
}

/// An attribute out of an object.
pub fn read_attribute<T: Field>(object: &Value, name: &'static str) -> Result<Tf<T>, Mismatch> {
    Tf::from_value(object.get(name)).map_err(|mismatch| mismatch.within(Step::Attribute(name.into())))
}

/// Declares a model. Each line is one attribute: its doc for users, its name, its type, and what holds for it.
///
/// ```
/// use gpupod::tf::{Model, Number, rules::whole, optional, required};
///
/// gpupod::model! {
///     /// A box.
///     pub struct Crate {
///         /// What is in it.
///         content: String = required().replaces(),
///         /// How heavy it is, in kg.
///         weight: Number = optional().rule(whole(1, 100)),
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
            $( $(#[doc = $field_doc:literal])* $field:ident: $Type:ty = $facts:expr ),* $(,)?
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, PartialEq)]
        $vis struct $Model {
            $( $(#[doc = $field_doc])* pub $field: $crate::tf::Tf<$Type>, )*
        }

        impl $crate::tf::Declared for $Model {
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
                        shape: <$Type as $crate::tf::Field>::shape(),
                        doc: $crate::tf::Doc(concat!($($field_doc, "\n"),*)),
                        facts: $facts,
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
                        $crate::tf::attribute_name(stringify!($field)),
                    )?, )*
                })
            }

            fn to_object(&self) -> $crate::tf::Value {
                $crate::tf::Value::Map(std::collections::BTreeMap::from([
                    $( ($crate::tf::attribute_name(stringify!($field)).to_owned(), self.$field.to_value()) ),*
                ]))
            }

            fn with_unknowns_from(self, other: Self) -> Self {
                Self { $( $field: self.$field.with_unknowns_from(other.$field), )* }
            }
        }
    };
}
