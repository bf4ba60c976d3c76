//! Test helpers: values written briefly.

use crate::tf::Value;

/// An object with these attributes.
pub(super) fn object<const N: usize>(attributes: [(&str, Value); N]) -> Value {
    Value::map(attributes.map(|(name, value)| (name.to_owned(), value)))
}
