//! Each attribute that asks for a feature of a cloud, against what the cloud does with it.

use super::messages;
use crate::{
    clouds::{Capabilities, Support},
    resources::common::cloud_name::clouds_where,
    tf::{Attribute, Declared, Diagnostics, Path, Value, attribute_mut},
};

/// Finds what the cloud refuses. Attributes ask for features by their tags.
pub fn check<M: Declared, F: Copy + 'static>(
    config: &M,
    capabilities: &Capabilities,
    support: fn(&Capabilities, F) -> Support,
    diagnostics: &mut Diagnostics,
) {
    each_value(config, capabilities, support, &mut |value, path, support| {
        if support(capabilities) == Support::Refused && !value.is_null() {
            refused(path(), capabilities, support, diagnostics);
        }
    });
}

/// Finds what the cloud needs and is not given. Only what is to be made needs it: a cloud may not tell it of a thing that
/// is there.
pub fn check_new<M: Declared, F: Copy + 'static>(
    config: &M,
    capabilities: &Capabilities,
    support: fn(&Capabilities, F) -> Support,
    diagnostics: &mut Diagnostics,
) {
    each_value(config, capabilities, support, &mut |value, path, support| {
        if support(capabilities) == Support::Required && value.is_null() {
            missing(path(), capabilities, diagnostics);
        }
    });
}

/// Looks at the value of each attribute that asks for a feature. The path is asked for where something is wrong: mostly
/// nothing is.
type Look<'a> = dyn FnMut(&Value, &dyn Fn() -> Path, &dyn Fn(&Capabilities) -> Support) + 'a;

fn each_value<M: Declared, F: Copy + 'static>(
    config: &M,
    capabilities: &Capabilities,
    support: fn(&Capabilities, F) -> Support,
    look: &mut Look<'_>,
) {
    let values = config.to_object();
    let is_refused = |attribute: &Attribute| {
        let feature = attribute.tag::<F>();
        feature.is_some_and(|feature| support(capabilities, *feature) == Support::Refused)
    };
    let mut check_one = |attribute: &Attribute, value: &Value, path: &dyn Fn() -> Path| {
        if let Some(feature) = attribute.tag::<F>() {
            let support = |one: &Capabilities| support(one, *feature);
            look(value, path, &support);
        }
    };
    for attribute in M::declared() {
        let path = || Path::from(attribute.name);
        let value = values.get_attribute(attribute);
        check_one(attribute, value, &path);
        if is_refused(attribute) {
            continue;
        }
        for (index, element) in value.elements().unwrap_or_default().iter().enumerate() {
            for nested in attribute.nested().iter().filter(|_| !element.is_unknown()) {
                let path = || path().index(index).attribute(nested.name);
                check_one(nested, element.get_attribute(nested), &path);
            }
        }
    }
}

/// The plan with null for what the cloud does not have: it will never be set.
pub fn without_refused<M: Declared, F: Copy + 'static>(
    planned: M,
    capabilities: &Capabilities,
    support: fn(&Capabilities, F) -> Support,
) -> M {
    let mut values = planned.to_object();
    let Value::Map(object) = &mut values else {
        return planned;
    };
    for attribute in M::declared() {
        let is_refused = attribute
            .tag::<F>()
            .is_some_and(|feature| support(capabilities, *feature) == Support::Refused);
        let value = attribute_mut(object, attribute).filter(|value| value.is_unknown());
        if let Some(value) = value.filter(|_| is_refused) {
            *value = Value::Null;
        }
    }
    M::from_object(&values).unwrap_or(planned)
}

fn refused(
    path: Path,
    capabilities: &Capabilities,
    support: &dyn Fn(&Capabilities) -> Support,
    diagnostics: &mut Diagnostics,
) {
    let title = capabilities.title;
    let others = clouds_where(|one| support(one) != Support::Refused);
    let advice = others.map_or_else(messages::remove_it, |having| messages::remove_or_use(&having));
    let message = messages::unsupported(title, &path, &advice);
    diagnostics.add_error(path, message);
}

fn missing(path: Path, capabilities: &Capabilities, diagnostics: &mut Diagnostics) {
    let message = messages::required(capabilities.title, &path);
    diagnostics.add_error(path, message);
}
