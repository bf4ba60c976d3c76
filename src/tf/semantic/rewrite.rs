//! Normalization of a handler's input, and preservation of the prior spelling in its output, where both are semantically
//! equal.

use super::{Comparison, is_blank, may_keep_prior, normalizers};
use crate::tf::{Attribute, Nesting, Object, Shape, Value, attribute_mut};

/// Whether the prior spelling of a value is to be kept.
type Keeps = dyn Fn(&Attribute, &Value, &Value) -> bool;

/// An object in which what is empty is null; `None` if it is so already.
pub(super) fn normalized_object(attributes: &[Attribute], value: &Value) -> Option<Value> {
    let mut settled: Option<Object> = None;
    let object = value.as_object()?;
    for attribute in attributes.iter().filter(|one| one.spec.mode.is_configurable()) {
        let value = value.get_attribute(attribute);
        if let Some(value) = normalized_attribute(attribute, value)
            && let Some(place) = attribute_mut(settled.get_or_insert_with(|| object.clone()), attribute)
        {
            *place = value;
        }
    }
    settled.map(Value::Map)
}

fn normalized_attribute(attribute: &Attribute, value: &Value) -> Option<Value> {
    // An empty text is no value that a required attribute could have: its rules say so.
    let is_optional = attribute.spec.mode.is_optional();
    match (value, &attribute.shape) {
        (Value::Null | Value::Unknown, _) => None,
        (Value::String(text), _) if text.is_empty() => is_optional.then_some(Value::Null),
        (Value::List(elements) | Value::Set(elements), _) if elements.is_empty() => is_optional.then_some(Value::Null),
        (value @ Value::Map(_), Shape::Nested(Nesting::Single, nested)) => {
            let settled = normalized_object(nested, value);
            let says_nothing = |object: &Object| object.values().all(Value::is_null);
            let object = settled.as_ref().unwrap_or(value).as_object();
            match object.is_some_and(says_nothing) && is_optional {
                true => Some(Value::Null),
                false => settled,
            }
        }
        (value, Shape::Nested(_, nested)) => elements(value, &|element| normalized_object(nested, element)),
        (value, Shape::Plain(_)) => plain(value).map(|settled| match settled {
            Value::Map(entries) if entries.is_empty() && is_optional => Value::Null,
            settled => settled,
        }),
    }
}

fn plain(value: &Value) -> Option<Value> {
    match value {
        Value::String(text) if text.contains('\r') => Some(Value::String(normalizers::line_ends(text).into_owned())),
        Value::Map(entries) => {
            let is_settled = |value: &Value| !value.is_null() && plain(value).is_none();
            if !entries.is_empty() && entries.values().all(is_settled) {
                return None;
            }
            let said = entries.iter().filter(|(_, value)| !value.is_null());
            let settled = said.map(|(key, value)| (key.clone(), plain(value).unwrap_or_else(|| value.clone())));
            Some(Value::Map(settled.collect()))
        }
        value => elements(value, &plain),
    }
}

/// The same collection, where any of its elements becomes another.
fn elements(value: &Value, settle: &dyn Fn(&Value) -> Option<Value>) -> Option<Value> {
    let each = |elements: &[Value]| -> Option<Vec<Value>> {
        let settled: Vec<Option<Value>> = elements.iter().map(settle).collect();
        settled.iter().any(Option::is_some).then(|| {
            let pairs = settled.into_iter().zip(elements);
            pairs
                .map(|(settled, given)| settled.unwrap_or_else(|| given.clone()))
                .collect()
        })
    };
    match value {
        Value::List(elements) => each(elements).map(Value::List),
        Value::Set(elements) => each(elements).map(Value::set),
        _ => None,
    }
}

/// An object with the prior value wherever `keeps` allows it, also within objects.
pub(super) fn preserved(attributes: &[Attribute], prior: &Value, value: Value, keeps: &Keeps) -> Value {
    if value == *prior {
        return value;
    }
    let Value::Map(mut object) = value else { return value };
    for attribute in attributes {
        let prior = prior.get_attribute(attribute);
        let Some(value) = attribute_mut(&mut object, attribute).filter(|value| *value != prior) else {
            continue;
        };
        match &attribute.shape {
            _ if prior.is_unknown() => {}
            _ if keeps(attribute, prior, value) => *value = prior.clone(),
            Shape::Nested(Nesting::Single, nested) => {
                *value = preserved(nested, prior, std::mem::take(value), keeps);
            }
            _ => {}
        }
    }
    Value::Map(object)
}

/// The same of a plan, which Terraform holds against the configuration.
pub(super) fn preserved_in_plan(
    attributes: &[Attribute],
    prior: &Value,
    config: &Value,
    planned: Value,
    comparison: Comparison,
) -> Value {
    if planned == *prior {
        return planned;
    }
    let Value::Map(mut object) = planned else {
        return planned;
    };
    for attribute in attributes {
        let (prior, config) = (prior.get_attribute(attribute), config.get_attribute(attribute));
        let Some(value) = attribute_mut(&mut object, attribute).filter(|value| *value != prior) else {
            continue;
        };
        match &attribute.shape {
            _ if may_keep_prior(attribute, prior, config, value, comparison) => *value = prior.clone(),
            Shape::Nested(Nesting::Single, nested) if !is_blank(attribute, prior) => {
                *value = preserved_in_plan(nested, prior, config, std::mem::take(value), comparison);
            }
            _ => {}
        }
    }
    Value::Map(object)
}
