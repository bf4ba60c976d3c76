//! Terraform's own checks on a provider's answers, run on ours in debug builds, so that a mistake fails a test here
//! and not a user's apply.

use crate::tf::{Attribute, Mode, Nesting, Path, Schema, Shape, Value};

/// What Terraform would object to in a plan.
pub(super) fn plan_inconsistencies(schema: &Schema, prior: &Value, config: &Value, planned: &Value) -> Vec<String> {
    let mut inconsistencies = Vec::new();
    if config.is_null() != planned.is_null() {
        inconsistencies.push("a plan is null exactly when the configuration is".to_owned());
    } else {
        plan_object(
            &schema.attributes,
            prior,
            config,
            planned,
            &Path::root(),
            &mut inconsistencies,
        );
    }
    inconsistencies
}

/// What Terraform would object to in the state after an apply.
pub(super) fn apply_inconsistencies(planned: &Value, state: &Value) -> Vec<String> {
    let mut inconsistencies = Vec::new();
    compare(planned, state, &Path::root(), &mut inconsistencies);
    inconsistencies
}

fn plan_object(
    attributes: &[Attribute],
    prior: &Value,
    config: &Value,
    planned: &Value,
    path: &Path,
    inconsistencies: &mut Vec<String>,
) {
    for attribute in attributes {
        let path = path.attribute(attribute.name);
        plan_attribute(
            attribute,
            prior.get_attribute(attribute),
            config.get_attribute(attribute),
            planned.get_attribute(attribute),
            &path,
            inconsistencies,
        );
    }
}

fn plan_attribute(
    attribute: &Attribute,
    prior: &Value,
    config: &Value,
    planned: &Value,
    path: &Path,
    inconsistencies: &mut Vec<String>,
) {
    let is_normalised = !prior.is_null() && !config.is_null() && planned == prior;
    let is_left_to_provider = match attribute.spec.mode {
        Mode::Computed => true,
        Mode::OptionalComputed => config.is_null(),
        Mode::Required | Mode::Optional => false,
    };
    match &attribute.shape {
        _ if attribute.spec.write_only => {
            if !planned.is_null() {
                inconsistencies.push(format!("`{path}` is write-only and planned"));
            }
        }
        _ if planned == config || is_normalised || is_left_to_provider => {}
        Shape::Nested(nesting, nested) => plan_nested(*nesting, nested, prior, config, planned, path, inconsistencies),
        Shape::Plain(_) => inconsistencies.push(format!("`{path}` is planned neither as configured nor as it was")),
    }
}

fn plan_nested(
    nesting: Nesting,
    attributes: &[Attribute],
    prior: &Value,
    config: &Value,
    planned: &Value,
    path: &Path,
    inconsistencies: &mut Vec<String>,
) {
    let partner = |value: &Value, index: usize| {
        value
            .elements()
            .and_then(|all| all.get(index))
            .cloned()
            .unwrap_or(Value::Null)
    };
    match (nesting, config, planned) {
        (Nesting::Single, Value::Map(_), Value::Map(_)) => {
            plan_object(attributes, prior, config, planned, path, inconsistencies);
        }
        (Nesting::List, Value::List(configured), Value::List(elements)) if configured.len() == elements.len() => {
            for (index, element) in elements.iter().enumerate() {
                let prior = partner(prior, index);
                plan_object(
                    attributes,
                    &prior,
                    &configured[index],
                    element,
                    &path.index(index),
                    inconsistencies,
                );
            }
        }
        (Nesting::Map, Value::Map(configured), Value::Map(elements)) if configured.keys().eq(elements.keys()) => {
            for (key, element) in elements {
                let path = path.key(key.as_ref());
                plan_object(
                    attributes,
                    prior.get(key),
                    config.get(key),
                    element,
                    &path,
                    inconsistencies,
                );
            }
        }
        (Nesting::Set, Value::Set(configured), Value::Set(elements)) if elements.len() <= configured.len() => {}
        _ => inconsistencies.push(format!("`{path}` is planned with another shape than configured")),
    }
}

fn compare(planned: &Value, state: &Value, path: &Path, inconsistencies: &mut Vec<String>) {
    match (planned, state) {
        (_, Value::Unknown) => inconsistencies.push(format!("`{path}` is not known after apply")),
        (Value::Unknown, _) => {}
        (Value::Map(planned), Value::Map(state)) if planned.keys().eq(state.keys()) => {
            for (key, planned) in planned {
                compare(
                    planned,
                    state.get(key).unwrap_or(&Value::Null),
                    &path.attribute(key.clone()),
                    inconsistencies,
                );
            }
        }
        (Value::List(planned), Value::List(state)) if planned.len() == state.len() => {
            for (index, (planned, state)) in planned.iter().zip(state).enumerate() {
                compare(planned, state, &path.index(index), inconsistencies);
            }
        }
        (Value::Set(planned), Value::Set(state)) if state.len() <= planned.len() => {
            let matches = |state: &Value| {
                planned.iter().any(|planned| {
                    let mut differences = Vec::new();
                    compare(planned, state, path, &mut differences);
                    differences.is_empty()
                })
            };
            if !state.iter().all(matches) {
                inconsistencies.push(format!("`{path}` has an element that was not planned"));
            }
        }
        (planned, state) if planned == state => {}
        _ => inconsistencies.push(format!("`{path}` was planned otherwise")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tf::{Model, computed, optional, optional_computed, required};

    crate::model! {
        /// A test.
        struct Thing {
            /// Name.
            name: String = required(),
            /// Note.
            note: String = optional(),
            /// Zone.
            zone: String = optional_computed(),
            /// Id.
            id: String = computed(),
            /// Secret.
            token_wo: String = optional().write_only(),
        }
    }

    fn thing(name: &str, note: Value, zone: Value, id: Value, token: Value) -> Value {
        let attributes = [
            ("name", name.into()),
            ("note", note),
            ("zone", zone),
            ("id", id),
            ("token_wo", token),
        ];
        Value::map(attributes)
    }

    #[track_caller]
    fn check_plan(prior: Value, planned: Value, expected: &[&str]) {
        let config = thing("n", Value::Null, Value::Null, Value::Null, "s".into());
        assert_eq!(
            plan_inconsistencies(&Thing::schema(0), &prior, &config, &planned),
            expected
        );
    }

    #[test]
    fn a_plan_follows_the_configuration() {
        let null = || Value::Null;
        check_plan(null(), thing("n", null(), Value::Unknown, Value::Unknown, null()), &[]);
        check_plan(
            null(),
            thing("N", "invented".into(), null(), null(), "s".into()),
            &[
                "`name` is planned neither as configured nor as it was",
                "`note` is planned neither as configured nor as it was",
                "`token_wo` is write-only and planned",
            ],
        );
        let prior = thing("N", null(), null(), null(), null());
        check_plan(prior.clone(), prior, &[]);
        check_plan(null(), null(), &["a plan is null exactly when the configuration is"]);
    }

    #[test]
    fn an_apply_keeps_what_was_planned() {
        let check = |planned: Value, state: Value, expected: usize| {
            assert_eq!(
                apply_inconsistencies(&planned, &state).len(),
                expected,
                "{planned:?} became {state:?}"
            );
        };
        let list = |elements: &[i64]| Value::List(elements.iter().map(|one| Value::from(*one)).collect());
        let set = |elements: &[i64]| Value::set(elements.iter().map(|one| Value::from(*one)).collect());
        check(Value::Unknown, "anything".into(), 0);
        check("a".into(), "A".into(), 1);
        check(Value::Null, list(&[]), 1);
        check(list(&[1, 2]), list(&[2, 1]), 2);
        check(set(&[1, 2]), set(&[2]), 0);
        check(set(&[1]), set(&[1, 2]), 1);
        check(Value::Unknown, Value::Unknown, 1);
        check(Value::set(vec![Value::Unknown]), set(&[7]), 0);
    }
}
