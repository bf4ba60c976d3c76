//! Semantic equality: when two values of an attribute mean the same, so that the difference between them is no change
//! and no drift. The one place that decides it, for plans, reads, imports and validation alike.
//!
//! Two values mean the same if their normal forms are equal. Most of a normal form holds for every attribute: null and
//! what is empty, an entry of a map whose value is null and none, a default and nothing, line ends and one line break at
//! the end, JSON in other words. What is special about an attribute is a fact of its declaration: a form of its text
//! ([`form`]), an order without a meaning, a value that is implied.

pub mod form;

mod json;

mod words;

use super::{Attribute, Facts, Mode, Name, Nesting, Object, Schema, Shape, Value};

/// Whose words two values are in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wording {
    /// Both are somebody's configuration, who may mean what they write.
    Configured,
    /// One is a service's answer, which may change upper and lower case at will.
    Told,
}

/// Whether two values of an attribute mean the same.
pub fn semantic_equal(attribute: &Attribute, one: &Value, other: &Value, wording: Wording) -> bool {
    // Most values that are not equal are of the same shape and differ in what they say.
    one == other || normal(attribute, one, wording) == normal(attribute, other, wording)
}

/// Whether an answer agrees with what was asked for, in everything that both of them say.
pub fn agrees(attributes: &[Attribute], asked: &Value, told: &Value) -> bool {
    attributes.iter().all(|attribute| {
        let (asked, told) = (asked.get_attribute(attribute), told.get_attribute(attribute));
        match (&attribute.shape, asked, told) {
            (_, Value::Null | Value::Unknown, _) | (_, _, Value::Null | Value::Unknown) => true,
            (Shape::Nested(Nesting::Single, nested), asked, told) => agrees(nested, asked, told),
            (_, asked, told) => is_blank(attribute, asked) || semantic_equal(attribute, asked, told, Wording::Told),
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
            !attribute.facts.write_only && normal(attribute, value, Wording::Configured).is_null()
                || value.as_object().is_some_and(Object::is_empty)
        }
    }
}

/// What every value that means the same becomes. What says nothing becomes null. A write-only value is in no state, so
/// that it tells nothing apart.
fn normal(attribute: &Attribute, value: &Value, wording: Wording) -> Value {
    let facts = &attribute.facts;
    if facts.write_only {
        return Value::Null;
    }
    let normal = match (&attribute.shape, value) {
        (Shape::Plain(_), value) => plain(facts, value, wording),
        (Shape::Nested(Nesting::Single, nested), Value::Map(object)) => {
            let object = normal_object(nested, object, wording);
            if object.is_empty() {
                Value::Null
            } else {
                Value::Map(object)
            }
        }
        (Shape::Nested(_, nested), value) => collection(facts, value, &|element| match element {
            Value::Map(object) => Value::Map(normal_object(nested, object, wording)),
            other => other.clone(),
        }),
    };
    let is_implied = |implied: &Value| plain(facts, implied, wording) == normal;
    match facts.default.iter().chain(&facts.implied).any(is_implied) {
        true => Value::Null,
        false => normal,
    }
}

/// Without the attributes that say nothing.
fn normal_object(attributes: &[Attribute], object: &Object, wording: Wording) -> Object {
    let said = attributes.iter().filter_map(|attribute| {
        let value = normal(attribute, object.get(attribute.name)?, wording);
        (!value.is_null()).then_some((Name::Borrowed(attribute.name), value))
    });
    said.collect::<Vec<_>>().into_iter().collect()
}

fn plain(facts: &Facts, value: &Value, wording: Wording) -> Value {
    match value {
        Value::String(text) => match normal_text(facts, text, wording) {
            text if text.is_empty() => Value::Null,
            text => Value::String(text),
        },
        value => collection(facts, value, &|element| match element {
            Value::String(text) => Value::String(normal_text(facts, text, wording)),
            other => other.clone(),
        }),
    }
}

fn collection(facts: &Facts, value: &Value, normal: &dyn Fn(&Value) -> Value) -> Value {
    let each =
        |elements: &[Value]| -> Vec<Value> { elements.iter().filter(|one| !one.is_null()).map(normal).collect() };
    let normal = match value {
        Value::List(elements) if facts.in_any_order => {
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

fn normal_text(facts: &Facts, text: &str, wording: Wording) -> String {
    let normal = json::normal(text).unwrap_or_else(|| {
        let lines = form::line_ends(text);
        let text = lines.strip_suffix('\n').unwrap_or(&lines);
        facts.form.map_or_else(|| text.to_owned(), |form| form(text))
    });
    let ignores_case = facts.ignores_case || (wording == Wording::Told && !facts.case_matters);
    match ignores_case {
        true => normal.to_lowercase(),
        false => normal,
    }
}

impl Schema {
    /// A configuration, plan or state as a handler gets it, in which what says nothing is null and lines end in LF; `None`
    /// if it is so already, as most are. What a handler answers is put back into the words that it came in.
    pub fn settled(&self, value: &Value) -> Option<Value> {
        words::settled_object(&self.attributes, value)
    }

    /// A handler's answer in the words of what it was asked, wherever both mean the same.
    pub fn in_words_of(&self, words: &Value, value: Value) -> Value {
        let keeps = |attribute: &Attribute, words: &Value, value: &Value| {
            semantic_equal(attribute, words, value, Wording::Configured)
        };
        words::reworded(&self.attributes, words, value, &keeps)
    }

    /// What was read in the words of the state. What was not asked for is left as it was, whatever the service makes of
    /// it.
    pub fn told_in_words_of(&self, state: &Value, found: Value) -> Value {
        let keeps = |attribute: &Attribute, state: &Value, found: &Value| {
            let is_left_open = attribute.facts.mode.is_configurable()
                && attribute.facts.default.is_none()
                && !state.is_null()
                && is_blank(attribute, state);
            is_left_open
                || (!state.is_null() || is_blank(attribute, found))
                    && semantic_equal(attribute, state, found, Wording::Told)
        };
        words::reworded(&self.attributes, state, found, &keeps)
    }

    /// A planned state in the words of the prior one, wherever both mean the same and Terraform lets a plan have another
    /// value than the configuration: where the configuration and the prior state both have one, or where the provider may
    /// set one.
    pub fn planned_in_words_of(&self, prior: &Value, config: &Value, planned: Value, wording: Wording) -> Value {
        words::planned_object(&self.attributes, prior, config, planned, wording)
    }
}

/// Whether a plan may have the prior value, though the configuration has another one.
fn may_keep_prior(attribute: &Attribute, prior: &Value, config: &Value, planned: &Value, wording: Wording) -> bool {
    let facts = &attribute.facts;
    let is_allowed = !prior.is_null() && (!config.is_null() || facts.mode.is_computed());
    // Left to the provider as by null, which cannot be planned where the configuration has an empty text.
    let is_left_open =
        || facts.mode == Mode::OptionalComputed && facts.default.is_none() && is_blank(attribute, config);
    is_allowed && (semantic_equal(attribute, prior, planned, wording) || (!config.is_null() && is_left_open()))
}

#[cfg(test)]
mod tests;
