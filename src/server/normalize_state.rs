//! The last step before Terraform gets a state: one that Terraform refuses is a resource that Terraform loses, so every
//! state is made to fit its schema.

use crate::tf::{Attribute, Nesting, Object, Path, Schema, Shape, Type, Value, attribute_mut};

/// A state of the schema's type without unknown and write-only values, whatever a handler answers.
///
/// What is write-only or missing is null, and nobody needs to know. What else does not fit is noted in `wrong`, as a
/// mistake of the provider: an unknown is null, an attribute that the schema lacks is dropped, and an attribute of another
/// type, or a state that is no object, is as `fallback` has it. Null stays null: there is nothing to save.
pub(super) fn normalize_state(schema: &Schema, state: Value, fallback: &Value, wrong: &mut Vec<String>) -> Value {
    if state.is_null() {
        return state;
    }
    let state = without_write_only(&schema.attributes, state);
    if fits(&state, schema.value_type()) {
        return state;
    }
    let Type::Object(types) = schema.value_type() else {
        return state;
    };
    let Value::Map(mut object) = state else {
        wrong.push("the state is not an object".to_owned());
        return unknown_to_null(fallback.clone());
    };
    let mut normalized = Object::new();
    for (name, attribute_type) in types {
        let path = Path::root().attribute(name.clone());
        let value = object.remove(name).unwrap_or(Value::Null);
        let value = match to_type(value, attribute_type, &path, wrong) {
            Some(value) => value,
            None => {
                wrong.push(format!("`{path}` is not of type {attribute_type}"));
                let fallback = unknown_to_null(fallback.get(name).clone());
                to_type(fallback, attribute_type, &path, &mut Vec::new()).unwrap_or(Value::Null)
            }
        };
        normalized.insert(name.clone(), value);
    }
    wrong.extend(object.keys().map(|name| format!("there is no attribute `{name}`")));
    Value::Map(normalized)
}

/// The value with nulls for what is unknown in it.
pub(super) fn unknown_to_null(value: Value) -> Value {
    match value {
        Value::Unknown => Value::Null,
        Value::List(elements) => Value::List(elements.into_iter().map(unknown_to_null).collect()),
        Value::Set(elements) => Value::set(elements.into_iter().map(unknown_to_null).collect()),
        Value::Map(mut elements) => {
            for (_, value) in elements.iter_mut() {
                *value = unknown_to_null(std::mem::take(value));
            }
            Value::Map(elements)
        }
        other => other,
    }
}

/// Whether the value is as the type wants it already, and all of it is known. Most are.
fn fits(value: &Value, value_type: &Type) -> bool {
    match (value_type, value) {
        (_, Value::Null)
        | (Type::Dynamic, Value::Dynamic(_))
        | (Type::Bool, Value::Bool(_))
        | (Type::Number, Value::Number(_))
        | (Type::String, Value::String(_)) => true,
        (Type::List(element), Value::List(elements)) | (Type::Set(element), Value::Set(elements)) => {
            elements.iter().all(|one| fits(one, element))
        }
        (Type::Map(element), Value::Map(elements)) => elements.values().all(|one| fits(one, element)),
        (Type::Object(types), Value::Map(object)) => {
            let fits = |((name, attribute), (found, value))| name == found && fits(value, attribute);
            types.len() == object.len() && types.iter().zip(object).all(fits)
        }
        _ => false,
    }
}

/// The value as the type wants it; `None` if it is of another type.
fn to_type(value: Value, value_type: &Type, path: &Path, wrong: &mut Vec<String>) -> Option<Value> {
    let mut each = |elements: Vec<Value>, element_type: &Type| {
        let to_type = |(index, element)| to_type(element, element_type, &path.index(index), wrong);
        elements
            .into_iter()
            .enumerate()
            .map(to_type)
            .collect::<Option<Vec<_>>>()
    };
    match (value_type, value) {
        (_, Value::Null) => Some(Value::Null),
        (_, Value::Unknown) => {
            wrong.push(format!("`{path}` is not known after apply"));
            Some(Value::Null)
        }
        (Type::Dynamic, Value::Dynamic(typed)) => Some(Value::Dynamic(typed)),
        (Type::Bool, value @ Value::Bool(_)) => Some(value),
        (Type::Number, value @ Value::Number(_)) => Some(value),
        (Type::String, value @ Value::String(_)) => Some(value),
        (Type::List(element), Value::List(elements)) => each(elements, element).map(Value::List),
        (Type::Set(element), Value::Set(elements) | Value::List(elements)) => each(elements, element).map(Value::set),
        (Type::Tuple(types), Value::List(elements)) if types.len() == elements.len() => {
            let to_type = |(element, element_type)| to_type(element, element_type, path, wrong);
            elements
                .into_iter()
                .zip(types)
                .map(to_type)
                .collect::<Option<_>>()
                .map(Value::List)
        }
        (Type::Map(element), Value::Map(elements)) => {
            let mut converted = Object::new();
            for (key, value) in elements {
                let value = to_type(value, element, &path.key(key.as_ref()), wrong)?;
                converted.insert(key, value);
            }
            Some(Value::Map(converted))
        }
        (Type::Object(types), Value::Map(mut object)) => {
            let mut converted = Object::new();
            for (name, attribute_type) in types {
                let value = object.remove(name).unwrap_or(Value::Null);
                let value = to_type(value, attribute_type, &path.attribute(name.clone()), wrong)?;
                converted.insert(name.clone(), value);
            }
            object.is_empty().then_some(Value::Map(converted))
        }
        _ => None,
    }
}

fn without_write_only(attributes: &[Attribute], value: Value) -> Value {
    let Value::Map(mut object) = value else { return value };
    for attribute in attributes {
        let Some(value) = attribute_mut(&mut object, attribute) else {
            continue;
        };
        match &attribute.shape {
            _ if attribute.spec.write_only => *value = Value::Null,
            Shape::Nested(nesting, nested) => *value = within(*nesting, nested, std::mem::take(value)),
            Shape::Plain(_) => {}
        }
    }
    Value::Map(object)
}

fn within(nesting: Nesting, attributes: &[Attribute], value: Value) -> Value {
    let each = |elements: Vec<Value>| {
        elements
            .into_iter()
            .map(|one| without_write_only(attributes, one))
            .collect()
    };
    match (nesting, value) {
        (Nesting::Single, value) => without_write_only(attributes, value),
        (_, Value::List(elements)) => Value::List(each(elements)),
        (_, Value::Set(elements)) => Value::set(each(elements)),
        (_, Value::Map(mut elements)) => {
            for (_, value) in elements.iter_mut() {
                *value = without_write_only(attributes, std::mem::take(value));
            }
            Value::Map(elements)
        }
        (_, value) => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        server::testing::object,
        tf::{List, Model, computed, optional, required},
    };

    crate::model! {
        /// A test.
        struct Item {
            /// Key.
            key: String = required(),
            /// Secret.
            pin_wo: String = optional().write_only(),
        }
    }

    crate::model! {
        /// A test.
        struct Thing {
            /// Name.
            name: String = required(),
            /// Id.
            id: String = computed(),
            /// Items.
            items: List<Item> = optional(),
            /// Secret.
            token_wo: String = optional().write_only(),
        }
    }

    #[track_caller]
    fn check(state: Value, expected: Value, expected_wrong: &[&str]) {
        let fallback = object([("name", "planned".into()), ("id", Value::Unknown)]);
        let mut wrong = Vec::new();
        assert_eq!(
            normalize_state(&Thing::schema(0), state, &fallback, &mut wrong),
            expected
        );
        assert_eq!(wrong, expected_wrong);
    }

    fn thing(name: Value, id: Value, items: Value) -> Value {
        object([("name", name), ("id", id), ("items", items), ("token_wo", Value::Null)])
    }

    #[test]
    fn a_state_that_fits_stays_as_it_is() {
        let state = thing("n".into(), "i".into(), Value::Null);
        check(state.clone(), state, &[]);
        check(Value::Null, Value::Null, &[]);
    }

    #[test]
    fn whatever_is_wrong_the_id_is_saved() {
        let saved = |name: &str| thing(name.into(), "i".into(), Value::Null);
        check(object([("name", "n".into()), ("id", "i".into())]), saved("n"), &[]);
        check(
            object([("name", 5_i64.into()), ("id", "i".into())]),
            saved("planned"),
            &["`name` is not of type string"],
        );
        check(
            object([("name", "n".into()), ("id", "i".into()), ("more", "m".into())]),
            saved("n"),
            &["there is no attribute `more`"],
        );
        check(
            thing("n".into(), Value::Unknown, Value::Null),
            thing("n".into(), Value::Null, Value::Null),
            &["`id` is not known after apply"],
        );
    }

    #[test]
    fn secrets_leave_no_trace_also_within_lists() {
        let item = |pin: Value| Value::List(vec![object([("key", "k".into()), ("pin_wo", pin)])]);
        let state = object([
            ("name", "n".into()),
            ("id", "i".into()),
            ("items", item("1234".into())),
            ("token_wo", "s".into()),
        ]);
        check(state, thing("n".into(), "i".into(), item(Value::Null)), &[]);
    }
}
