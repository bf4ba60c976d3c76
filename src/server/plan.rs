//! Plan modification by the schema: defaults, unknown marking (`use_state_for_unknown`) and `requires_replace`.

use crate::tf::{Attribute, Comparison, Nesting, OnChange, Path, Schema, Shape, Value, attribute_mut, semantic_equal};

/// Fills a proposed state: the defaults where the configuration has nothing, null for what is write-only, the prior
/// words for what means the same, and, if anything changes at all, unknown for what the provider will set.
///
/// The order matters: a default alone must be able to make a change, another spelling and an unknown must not.
pub(super) fn fill(schema: &Schema, prior: &Value, config: &Value, proposed: Value, comparison: Comparison) -> Value {
    let with_defaults = each_attribute(&schema.attributes, config, prior, proposed, &default_or_proposed);
    let planned = schema.preserve_equal_in_plan(prior, config, with_defaults, comparison);
    match planned == *prior {
        true => planned,
        false => each_attribute(&schema.attributes, config, prior, planned, &kept_or_unknown),
    }
}

/// The paths at which a plan can only be reached by a replacement. What means the same replaces nothing, though Terraform
/// may insist on noting it in other words.
pub(super) fn replacements(
    schema: &Schema,
    prior: &Value,
    config: &Value,
    planned: &Value,
    comparison: Comparison,
) -> Vec<Path> {
    let mut replacements = Replacements {
        comparison,
        paths: Vec::new(),
    };
    if !prior.is_null() && !planned.is_null() && prior != planned {
        replacements.collect(&schema.attributes, prior, config, planned, &Path::root());
    }
    replacements.paths
}

struct Replacements {
    comparison: Comparison,
    paths: Vec<Path>,
}

impl Replacements {
    fn collect(&mut self, attributes: &[Attribute], prior: &Value, config: &Value, planned: &Value, path: &Path) {
        for attribute in attributes {
            let (prior, planned) = (prior.get_attribute(attribute), planned.get_attribute(attribute));
            let config = config.get_attribute(attribute);
            if prior == planned || self.is_same(attribute, prior, config, planned) {
                continue;
            }
            let path = path.attribute(attribute.name);
            match &attribute.shape {
                _ if attribute.spec.on_change == OnChange::RequiresReplace => self.paths.push(path),
                Shape::Nested(Nesting::Single, nested) => self.collect(nested, prior, config, planned, &path),
                _ => {}
            }
        }
    }

    /// What is planned holds what is not known yet where the provider is to set it. The configuration does not, and says
    /// as well what was asked for.
    fn is_same(&self, attribute: &Attribute, prior: &Value, config: &Value, planned: &Value) -> bool {
        semantic_equal(attribute, prior, planned, self.comparison)
            || (!config.is_null() && semantic_equal(attribute, prior, config, self.comparison))
    }
}

/// What becomes of one attribute's planned value, given what the configuration and the prior state have.
///
/// `prior` is `None` in a thing, or a part of one, that is new.
type Step = dyn Fn(&Attribute, &Value, Option<&Value>, Value) -> Value;

fn default_or_proposed(attribute: &Attribute, config: &Value, _prior: Option<&Value>, proposed: Value) -> Value {
    match &attribute.spec {
        spec if spec.write_only => Value::Null,
        spec if config.is_null() => spec.default.clone().unwrap_or(proposed),
        _ => proposed,
    }
}

fn kept_or_unknown(attribute: &Attribute, config: &Value, prior: Option<&Value>, planned: Value) -> Value {
    let spec = &attribute.spec;
    let is_left_to_provider = spec.mode.is_computed() && config.is_null() && spec.default.is_none();
    // What only a replacement changes cannot change in an update.
    let is_kept = spec.use_state_for_unknown || spec.on_change == OnChange::RequiresReplace;
    match prior {
        _ if !is_left_to_provider => planned,
        Some(prior) if is_kept => prior.clone(),
        _ => Value::Unknown,
    }
}

/// Rebuilds an object with a step done on each attribute, and within each nested attribute that is configured.
fn each_attribute(attributes: &[Attribute], config: &Value, prior: &Value, planned: Value, step: &Step) -> Value {
    let Value::Map(mut object) = planned else {
        return planned;
    };
    let has_prior = !prior.is_null();
    for attribute in attributes {
        let proposed = attribute_mut(&mut object, attribute)
            .map(std::mem::take)
            .unwrap_or_default();
        let (config, prior) = (config.get_attribute(attribute), prior.get_attribute(attribute));
        let value = step(attribute, config, has_prior.then_some(prior), proposed);
        let value = match &attribute.shape {
            Shape::Nested(nesting, nested) if !config.is_null() => {
                each_element(*nesting, nested, config, prior, value, step)
            }
            _ => value,
        };
        match attribute_mut(&mut object, attribute) {
            Some(place) => *place = value,
            None => drop(object.insert(attribute.name.into(), value)),
        }
    }
    Value::Map(object)
}

/// Terraform pairs list elements by index and map elements by key; the elements of a set have no partners.
fn each_element(
    nesting: Nesting,
    attributes: &[Attribute],
    config: &Value,
    prior: &Value,
    planned: Value,
    step: &Step,
) -> Value {
    match (nesting, planned) {
        (Nesting::Single, planned) => each_attribute(attributes, config, prior, planned, step),
        (_, Value::List(elements)) => {
            let partner = |value: &Value, index: usize| value.elements().and_then(|all| all.get(index)).cloned();
            let rebuilt = elements.into_iter().enumerate().map(|(index, element)| {
                let config = partner(config, index).unwrap_or(Value::Null);
                let prior = partner(prior, index).unwrap_or(Value::Null);
                each_attribute(attributes, &config, &prior, element, step)
            });
            Value::List(rebuilt.collect())
        }
        (_, Value::Set(elements)) => {
            let rebuilt = elements.into_iter().map(|element| {
                let config = element.clone();
                each_attribute(attributes, &config, &Value::Null, element, step)
            });
            Value::set(rebuilt.collect())
        }
        (_, Value::Map(mut elements)) => {
            for (key, element) in elements.iter_mut() {
                let planned = std::mem::take(element);
                *element = each_attribute(attributes, config.get(key), prior.get(key), planned, step);
            }
            Value::Map(elements)
        }
        (_, planned) => planned,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        server::testing::object,
        tf::{List, Map, Model, computed, optional, optional_computed, required},
    };

    crate::model! {
        /// A test.
        struct Item {
            /// Key.
            key: String = required(),
            /// Mode.
            mode: String = optional_computed().default("rw"),
        }
    }

    crate::model! {
        /// A test.
        struct Thing {
            /// Name.
            name: String = required().requires_replace(),
            /// Note.
            note: String = optional(),
            /// Id.
            id: String = computed().use_state_for_unknown(),
            /// Status.
            status: String = computed(),
            /// State.
            state: String = optional_computed().default("on"),
            /// Zone.
            zone: String = optional_computed().requires_replace(),
            /// Items.
            items: List<Item> = optional().ignoring_order(),
            /// Items by name.
            named: Map<Item> = optional(),
            /// Secret.
            token_wo: String = optional().write_only(),
        }
    }

    fn thing<const N: usize>(attributes: [(&str, Value); N]) -> Value {
        let mut thing = Thing::null().to_object();
        if let Value::Map(all) = &mut thing {
            all.extend(
                attributes
                    .into_iter()
                    .map(|(name, value)| (name.to_owned().into(), value)),
            );
        }
        thing
    }

    fn filled(prior: &Value, config: &Value, proposed: Value) -> Value {
        fill(&Thing::schema(0), prior, config, proposed, Comparison::Config)
    }

    fn replaced(prior: &Value, planned: &Value) -> Vec<Path> {
        replacements(&Thing::schema(0), prior, planned, planned, Comparison::Config)
    }

    #[test]
    fn a_new_thing_gets_defaults_and_unknowns() {
        let config = thing([("name", "n".into()), ("token_wo", "s".into())]);
        let planned = filled(&Value::Null, &config, config.clone());
        let expected = thing([
            ("name", "n".into()),
            ("id", Value::Unknown),
            ("status", Value::Unknown),
            ("state", "on".into()),
            ("zone", Value::Unknown),
        ]);
        assert_eq!(planned, expected);
    }

    fn existing() -> Value {
        thing([
            ("name", "n".into()),
            ("id", "i".into()),
            ("status", "up".into()),
            ("state", "on".into()),
            ("zone", "z".into()),
        ])
    }

    /// As Terraform proposes: the configuration, and the prior value where it has none and the provider may set one.
    fn proposed<const N: usize>(changes: [(&str, Value); N]) -> Value {
        let Value::Map(mut proposed) = existing() else {
            return Value::Null;
        };
        proposed.extend(changes.into_iter().map(|(name, value)| (name.to_owned().into(), value)));
        Value::Map(proposed)
    }

    #[test]
    fn nothing_changes_where_nothing_is_changed() {
        let config = thing([("name", "n".into()), ("token_wo", "s".into())]);
        let planned = filled(&existing(), &config, proposed([("token_wo", "s".into())]));
        assert_eq!(planned, existing());
        assert_eq!(replaced(&existing(), &planned), []);
    }

    #[test]
    fn an_update_leaves_open_only_what_it_may_change() {
        let config = thing([("name", "n".into()), ("note", "new".into())]);
        let planned = filled(&existing(), &config, proposed([("note", "new".into())]));
        assert_eq!(planned, proposed([("note", "new".into()), ("status", Value::Unknown)]));
        assert_eq!(replaced(&existing(), &planned), []);
    }

    #[test]
    fn what_the_cloud_never_told_stays_open_only_for_a_new_thing() {
        let Value::Map(mut prior) = existing() else { return };
        prior.insert("zone".into(), Value::Null);
        let prior = Value::Map(prior);
        let config = thing([("name", "n".into()), ("note", "new".into())]);
        let planned = filled(
            &prior,
            &config,
            proposed([("note", "new".into()), ("zone", Value::Null)]),
        );
        assert_eq!(replaced(&prior, &planned), []);
    }

    #[test]
    fn another_order_is_no_change() {
        let item = |key: &str| object([("key", key.into()), ("mode", "rw".into())]);
        let with_items = |value: Value, keys: [&str; 2]| match value {
            Value::Map(mut all) => {
                all.insert("items".into(), Value::List(keys.map(item).to_vec()));
                Value::Map(all)
            }
            other => other,
        };
        let prior = with_items(existing(), ["a", "b"]);
        let config = with_items(thing([("name", "n".into())]), ["b", "a"]);
        assert_eq!(filled(&prior, &config, with_items(existing(), ["b", "a"])), prior);
    }

    #[test]
    fn a_default_comes_back_when_the_configuration_drops_the_value() {
        let Value::Map(mut prior) = existing() else { return };
        prior.insert("state".into(), "off".into());
        let prior = Value::Map(prior);
        let planned = filled(&prior, &thing([("name", "n".into())]), prior.clone());
        assert_eq!(planned.get("state"), &Value::from("on"));
    }

    #[test]
    fn a_changed_or_unknown_value_replaces_where_the_schema_says_so() {
        for name in [Value::from("m"), Value::Unknown] {
            let planned = proposed([("name", name)]);
            assert_eq!(replaced(&existing(), &planned), [Path::from("name")]);
        }
        let planned = proposed([("name", "m".into())]);
        assert_eq!(replaced(&Value::Null, &planned), [], "a new thing replaces nothing");
        assert_eq!(replaced(&existing(), &Value::Null), [], "nor does a removal");
    }

    #[test]
    fn defaults_reach_into_nested_attributes() {
        let item = |mode: Value| object([("key", "k".into()), ("mode", mode)]);
        let config = thing([
            ("name", "n".into()),
            ("items", Value::List(vec![item(Value::Null), item("ro".into())])),
            ("named", object([("x", item(Value::Null))])),
        ]);
        let planned = filled(&Value::Null, &config, config.clone());
        assert_eq!(
            planned.get("items"),
            &Value::List(vec![item("rw".into()), item("ro".into())])
        );
        assert_eq!(planned.get("named"), &object([("x", item("rw".into()))]));
    }
}
