//! The state that Terraform proposes to a plan: the configuration, and the prior value where it says nothing and the
//! provider may set one.

use gpupod::tf::{Attribute, Nesting, Shape, Value};

/// Proposes an object. What is no object, such as the null of a removal, is proposed as it is.
pub fn new_state(attributes: &[Attribute], prior: &Value, config: &Value) -> Value {
    if config.as_object().is_none() {
        return config.clone();
    }
    let propose = |attribute: &Attribute| {
        let value = new_value(attribute, prior.get(attribute.name), config.get(attribute.name));
        (attribute.name.to_owned(), value)
    };
    Value::map(attributes.iter().map(propose))
}

fn new_value(attribute: &Attribute, prior: &Value, config: &Value) -> Value {
    match &attribute.shape {
        _ if config.is_null() && attribute.spec.mode.is_computed() => prior.clone(),
        Shape::Plain(_) => config.clone(),
        Shape::Nested(nesting, nested) => new_elements(*nesting, nested, prior, config),
    }
}

/// List elements are paired by index. The toy provider has no nested sets or maps, in which Terraform pairs otherwise.
fn new_elements(nesting: Nesting, nested: &[Attribute], prior: &Value, config: &Value) -> Value {
    match (nesting, config) {
        (Nesting::Single, config) => new_state(nested, prior, config),
        (Nesting::List, Value::List(elements)) => {
            let partner = |index: usize| prior.elements().and_then(|all| all.get(index)).unwrap_or(&Value::Null);
            let propose = |(index, element)| new_state(nested, partner(index), element);
            Value::List(elements.iter().enumerate().map(propose).collect())
        }
        (_, config) => config.clone(),
    }
}
