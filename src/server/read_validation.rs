//! Validation of what was read: a value that validators would refuse in a configuration is as good as none. So nothing is replaced for it, and a configuration that is generated from a state is valid.

use crate::tf::{Attribute, Diagnostics, Nesting, Object, Path, Schema, Shape, Value, attribute_mut};

/// What was found, with the value of the state, or nothing after an import, in each place where it breaks a rule of its
/// attribute. What is as it was is not looked at again.
pub(super) fn without_invalid(schema: &Schema, state: &Value, found: Value) -> Value {
    match found == *state {
        true => found,
        false => object(&schema.attributes, state, found),
    }
}

fn object(attributes: &[Attribute], state: &Value, found: Value) -> Value {
    let Value::Map(mut object) = found else { return found };
    for attribute in attributes.iter().filter(|one| one.spec.mode.is_configurable()) {
        let state = state.get_attribute(attribute);
        if let Some(value) = attribute_mut(&mut object, attribute).filter(|value| *value != state) {
            *value = self::attribute(attribute, state, std::mem::take(value));
        }
    }
    Value::Map(object)
}

fn attribute(attribute: &Attribute, state: &Value, found: Value) -> Value {
    if let (Shape::Nested(Nesting::Single, nested), Value::Map(_)) = (&attribute.shape, &found) {
        let found = object(nested, state, found);
        return if is_valid(attribute, &found) {
            found
        } else {
            state.clone()
        };
    }
    match found {
        Value::Map(entries) if state.is_null() => {
            let is_allowed = |(name, value): &(_, _)| {
                let alone = Value::Map(Object::from_iter([(Clone::clone(name), Value::clone(value))]));
                is_valid(attribute, &alone)
            };
            Value::Map(entries.into_iter().filter(is_allowed).collect())
        }
        // A required attribute has a value, whatever it is.
        found if is_valid(attribute, &found) || (state.is_null() && attribute.spec.mode.is_required()) => found,
        found => nested_or_state(attribute, state, found),
    }
}

/// The elements of a list stand for themselves: what a rule forbids within one is left open there.
fn nested_or_state(attribute: &Attribute, state: &Value, found: Value) -> Value {
    match (&attribute.shape, found) {
        (Shape::Nested(Nesting::List, nested), Value::List(elements)) if state.is_null() => {
            let elements = elements
                .into_iter()
                .map(|one| object(nested, &Value::Null, one))
                .collect();
            let found = Value::List(elements);
            if is_valid(attribute, &found) {
                found
            } else {
                Value::Null
            }
        }
        _ => state.clone(),
    }
}

/// Whether validation accepts the value. What says nothing is always accepted.
fn is_valid(attribute: &Attribute, value: &Value) -> bool {
    let is_empty = value.as_str().is_some_and(str::is_empty) && attribute.spec.mode.is_optional();
    if value.is_null() || is_empty {
        return true;
    }
    let mut broken = Diagnostics::new();
    for rule in attribute.spec.validators.iter().filter(|rule| !rule.is_for_changes) {
        rule.check(value, &Path::root(), true, &mut broken);
    }
    let keeps_within = |element: &Value| {
        let mut nested = attribute.nested().iter().filter(|one| one.spec.mode.is_configurable());
        nested.all(|nested| is_valid(nested, element.get_attribute(nested)))
    };
    !broken.has_errors()
        && match value {
            Value::List(elements) | Value::Set(elements) => elements.iter().all(keeps_within),
            value @ Value::Map(_) if !attribute.nested().is_empty() => keeps_within(value),
            _ => true,
        }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        server::testing::object,
        tf::{
            List, Map, Model, Number, computed, optional, required,
            validators::{not_empty, one_of, whole},
        },
    };

    crate::model! {
        /// A test.
        struct Item {
            /// Size.
            size: Number = required().validator(whole(1, 9)),
            /// Word.
            word: String = optional().validator(one_of(&["a", "b"])),
        }
    }

    crate::model! {
        /// A test.
        struct Thing {
            /// Name.
            name: String = required().validator(one_of(&["n"])),
            /// Word.
            word: String = optional().validator(one_of(&["a", "b"])),
            /// Later.
            later: String = optional().validator(one_of(&["a", "b"]).when_changed()),
            /// Status.
            status: String = computed(),
            /// Labels.
            labels: Map<String> = optional().validator(not_empty("Leave it out.").for_each()),
            /// One.
            one: Item = optional(),
            /// Items.
            items: List<Item> = optional(),
        }
    }

    #[track_caller]
    fn check<const N: usize>(name: &str, state: Value, found: Value, expected: Value, others: [(&str, Value); N]) {
        let with = |value: Value| {
            let mut thing = Thing::null().to_object();
            if let Value::Map(all) = &mut thing {
                all.insert(name.to_owned().into(), value);
                all.extend(others.clone().map(|(name, value)| (name.to_owned().into(), value)));
            }
            thing
        };
        let state = if state.is_null() { Value::Null } else { with(state) };
        assert_eq!(
            without_invalid(&Thing::schema(0), &state, with(found)),
            with(expected),
            "{name}"
        );
    }

    #[test]
    fn what_could_not_be_asked_for_is_as_good_as_not_said() {
        let item = |size: i64, word: Value| object([("size", size.into()), ("word", word)]);
        let null = Value::Null;
        check("word", null.clone(), "z".into(), null.clone(), []);
        check("word", "a".into(), "z".into(), "a".into(), []);
        check("word", "a".into(), "b".into(), "b".into(), []);
        check("word", null.clone(), "".into(), "".into(), []);
        check("later", null.clone(), "z".into(), "z".into(), []);
        check("status", "up".into(), "z".into(), "z".into(), []);
        check("name", null.clone(), "z".into(), "z".into(), []);
        let labels = |value: &str| object([("x", "1".into()), ("y", value.into())]);
        check("labels", null.clone(), labels(""), object([("x", "1".into())]), []);
        check("labels", labels("2"), labels(""), labels("2"), []);
        check("one", null.clone(), item(3, "z".into()), item(3, null.clone()), []);
        check("one", item(3, "a".into()), item(3, "z".into()), item(3, "a".into()), []);
        let list = |word: Value| Value::List(vec![item(3, word)]);
        check("items", null.clone(), list("z".into()), list(null.clone()), []);
        check("items", list("a".into()), list("z".into()), list("a".into()), []);
        check(
            "items",
            null.clone(),
            Value::List(vec![item(0, null.clone())]),
            null,
            [],
        );
    }
}
