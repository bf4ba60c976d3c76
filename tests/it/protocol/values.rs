//! Short ways to write values.

use gpupod::tf::{Model, Number, Value};

use super::toy::WidgetModel;

pub fn object<const N: usize>(attributes: [(&str, Value); N]) -> Value {
    let attributes = attributes.into_iter();
    Value::map(attributes.map(|(name, value)| (name.to_owned(), value)))
}

/// A widget with all its attributes: these, and null for the rest.
pub fn widget<const N: usize>(attributes: [(&str, Value); N]) -> Value {
    let widget = WidgetModel::from_object(&object(attributes));
    widget.expect("the test's values are of the widget's types").to_object()
}

/// The value with some of its attributes changed.
pub fn with<const N: usize>(value: &Value, changes: [(&str, Value); N]) -> Value {
    let mut object = value.as_object().expect("only an object has attributes").clone();
    object.extend(changes.map(|(name, value)| (name.to_owned().into(), value)));
    Value::Map(object)
}

pub fn list(elements: impl IntoIterator<Item = Value>) -> Value {
    Value::List(elements.into_iter().collect())
}

pub fn number(text: &str) -> Value {
    Value::Number(Number::parse(text).expect("the test writes a number"))
}
