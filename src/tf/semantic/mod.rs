//! Semantic equality: when two values of an attribute mean the same, so that the difference between them is no change
//! and no drift. The one place that decides it, for plans, reads, imports and validation alike.
//!
//! Two values mean the same if their normal forms are equal. Most of a normal form holds for every attribute: null and
//! what is empty, an entry of a map whose value is null and none, a default and nothing, line ends and one line break at
//! the end, JSON in other words. What is special about an attribute is a fact of its declaration: a form of its text
//! ([`normalizers`]), an order without a meaning, a value that is implied.

pub mod normalizers;

mod json;

mod rewrite;

use super::{Attribute, AttributeSpec, Mode, Name, Nesting, Object, Schema, Shape, Value};

/// Which values are compared: a service may spell its answers in another way than a configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// Both are configurations, whose upper and lower case count.
    Config,
    /// One was read from a service, which may change upper and lower case at will.
    Remote,
}

/// Whether two values of an attribute mean the same.
pub fn semantic_equal(attribute: &Attribute, one: &Value, other: &Value, comparison: Comparison) -> bool {
    // Most values that are not equal are of the same shape and differ in what they say.
    one == other || normal(attribute, one, comparison) == normal(attribute, other, comparison)
}

/// Whether an answer agrees with what was asked for, in everything that both of them say.
pub fn agrees(attributes: &[Attribute], asked: &Value, told: &Value) -> bool {
    attributes.iter().all(|attribute| {
        let (asked, told) = (asked.get_attribute(attribute), told.get_attribute(attribute));
        match (&attribute.shape, asked, told) {
            (_, Value::Null | Value::Unknown, _) | (_, _, Value::Null | Value::Unknown) => true,
            (Shape::Nested(Nesting::Single, nested), asked, told) => agrees(nested, asked, told),
            (_, asked, told) => {
                is_blank(attribute, asked) || semantic_equal(attribute, asked, told, Comparison::Remote)
            }
        }
    })
}

/// Whether a value says nothing: null, or empty, or an object that says nothing but defaults.
pub fn is_blank(attribute: &Attribute, value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Unknown | Value::Bool(_) | Value::Number(_) | Value::Dynamic(_) => false,
        Value::List(_) | Value::Set(_) | Value::Map(_) => {
            !attribute.spec.write_only && normal(attribute, value, Comparison::Config).is_null()
                || value.as_object().is_some_and(Object::is_empty)
        }
    }
}

/// What every value that means the same becomes. What says nothing becomes null. A write-only value is in no state, so
/// that it tells nothing apart.
fn normal(attribute: &Attribute, value: &Value, comparison: Comparison) -> Value {
    let spec = &attribute.spec;
    if spec.write_only {
        return Value::Null;
    }
    let normal = match (&attribute.shape, value) {
        (Shape::Plain(_), value) => plain(spec, value, comparison),
        (Shape::Nested(Nesting::Single, nested), Value::Map(object)) => {
            let object = normal_object(nested, object, comparison);
            if object.is_empty() {
                Value::Null
            } else {
                Value::Map(object)
            }
        }
        (Shape::Nested(_, nested), value) => collection(spec, value, &|element| match element {
            Value::Map(object) => Value::Map(normal_object(nested, object, comparison)),
            other => other.clone(),
        }),
    };
    let is_implied = |implied: &Value| plain(spec, implied, comparison) == normal;
    match spec.default.iter().chain(&spec.implied).any(is_implied) {
        true => Value::Null,
        false => normal,
    }
}

/// Without the attributes that say nothing.
fn normal_object(attributes: &[Attribute], object: &Object, comparison: Comparison) -> Object {
    let said = attributes.iter().filter_map(|attribute| {
        let value = normal(attribute, object.get(attribute.name)?, comparison);
        (!value.is_null()).then_some((Name::Borrowed(attribute.name), value))
    });
    said.collect::<Vec<_>>().into_iter().collect()
}

fn plain(spec: &AttributeSpec, value: &Value, comparison: Comparison) -> Value {
    match value {
        Value::String(text) => match normal_text(spec, text, comparison) {
            text if text.is_empty() => Value::Null,
            text => Value::String(text),
        },
        value => collection(spec, value, &|element| match element {
            Value::String(text) => Value::String(normal_text(spec, text, comparison)),
            other => other.clone(),
        }),
    }
}

fn collection(spec: &AttributeSpec, value: &Value, normal: &dyn Fn(&Value) -> Value) -> Value {
    let each =
        |elements: &[Value]| -> Vec<Value> { elements.iter().filter(|one| !one.is_null()).map(normal).collect() };
    let normal = match value {
        Value::List(elements) if spec.ignores_order => {
            let mut elements = each(elements);
            elements.sort();
            Value::List(elements)
        }
        Value::List(elements) => Value::List(each(elements)),
        Value::Set(elements) => Value::set(each(elements)),
        Value::Map(entries) => {
            let said = entries.iter().filter(|(_, value)| !value.is_null());
            Value::Map(said.map(|(key, value)| (key.clone(), normal(value))).collect())
        }
        other => other.clone(),
    };
    match &normal {
        Value::List(elements) | Value::Set(elements) if elements.is_empty() => Value::Null,
        Value::Map(entries) if entries.is_empty() => Value::Null,
        _ => normal,
    }
}

fn normal_text(spec: &AttributeSpec, text: &str, comparison: Comparison) -> String {
    let normal = json::normal(text).unwrap_or_else(|| {
        let lines = normalizers::line_ends(text);
        let text = lines.strip_suffix('\n').unwrap_or(&lines);
        spec.normalizer
            .map_or_else(|| text.to_owned(), |normalizer| normalizer(text))
    });
    let ignores_case = spec.ignores_case || (comparison == Comparison::Remote && !spec.case_matters);
    match ignores_case {
        true => normal.to_lowercase(),
        false => normal,
    }
}

impl Schema {
    /// Normalizes a handler's input, be it a configuration, a plan or a state: what is empty is null, and lines end in LF.
    /// `None` if it is so already, as most are. A handler's output gets the prior spelling back.
    pub fn normalized_input(&self, value: &Value) -> Option<Value> {
        rewrite::normalized_object(&self.attributes, value)
    }

    /// A handler's output with the prior value wherever both are semantically equal.
    pub fn preserve_equal(&self, prior: &Value, value: Value) -> Value {
        let keeps = |attribute: &Attribute, prior: &Value, value: &Value| {
            semantic_equal(attribute, prior, value, Comparison::Config)
        };
        rewrite::preserved(&self.attributes, prior, value, &keeps)
    }

    /// What was read, with the state's value wherever both are semantically equal. What was not asked for is left as it
    /// was, whatever the service makes of it.
    pub fn preserve_equal_on_read(&self, state: &Value, found: Value) -> Value {
        let keeps = |attribute: &Attribute, state: &Value, found: &Value| {
            let is_left_open = attribute.spec.mode.is_configurable()
                && attribute.spec.default.is_none()
                && !state.is_null()
                && is_blank(attribute, state);
            is_left_open
                || (!state.is_null() || is_blank(attribute, found))
                    && semantic_equal(attribute, state, found, Comparison::Remote)
        };
        rewrite::preserved(&self.attributes, state, found, &keeps)
    }

    /// A planned state with the prior value wherever both are semantically equal and Terraform lets a plan have another
    /// value than the configuration: where the configuration and the prior state both have one, or where the provider may
    /// set one.
    pub fn preserve_equal_in_plan(
        &self,
        prior: &Value,
        config: &Value,
        planned: Value,
        comparison: Comparison,
    ) -> Value {
        rewrite::preserved_in_plan(&self.attributes, prior, config, planned, comparison)
    }
}

/// Whether a plan may have the prior value, though the configuration has another one.
fn may_keep_prior(
    attribute: &Attribute,
    prior: &Value,
    config: &Value,
    planned: &Value,
    comparison: Comparison,
) -> bool {
    let spec = &attribute.spec;
    let is_allowed = !prior.is_null() && (!config.is_null() || spec.mode.is_computed());
    // Left to the provider as by null, which cannot be planned where the configuration has an empty text.
    let is_left_open = || spec.mode == Mode::OptionalComputed && spec.default.is_none() && is_blank(attribute, config);
    is_allowed && (semantic_equal(attribute, prior, planned, comparison) || (!config.is_null() && is_left_open()))
}

#[cfg(test)]
mod tests;
