//! Each attribute that asks for a feature of a cloud, against what the cloud does with it.

use crate::{
    clouds::{Capabilities, Support},
    resources::cloud::clouds_where,
    tf::{Attribute, Declared, Diagnostics, Path, Value, attribute_mut},
};

/// Finds what the cloud refuses, and what it needs and is not given. Attributes ask for features by their tags.
pub fn check<M: Declared, F: Copy + 'static>(
    config: &M,
    capabilities: &Capabilities,
    support: fn(&Capabilities, F) -> Support,
    diagnostics: &mut Diagnostics,
) {
    let values = config.to_object();
    let is_refused = |attribute: &Attribute| {
        let feature = attribute.tag::<F>();
        feature.is_some_and(|feature| support(capabilities, *feature) == Support::Refused)
    };
    let mut check_one = |attribute: &Attribute, value: &Value, path: &dyn Fn() -> Path| {
        if let Some(feature) = attribute.tag::<F>() {
            let support = |one: &Capabilities| support(one, *feature);
            check_value(value, path, capabilities, support, diagnostics);
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

/// The path is asked for where something is wrong: mostly nothing is.
fn check_value(
    value: &Value,
    path: &dyn Fn() -> Path,
    capabilities: &Capabilities,
    support: impl Fn(&Capabilities) -> Support,
    diagnostics: &mut Diagnostics,
) {
    let title = capabilities.title;
    match (support(capabilities), value) {
        (Support::Refused, value) if !value.is_null() => {
            let path = path();
            let others = clouds_where(|one| support(one) != Support::Refused);
            let advice = others.map_or_else(
                || "Remove it.".to_owned(),
                |having| format!("Remove it, or use the cloud {having}."),
            );
            let detail = format!("`{path}` is set, and {title} does not have it. {advice}");
            diagnostics.error(path, format!("Not available on {title}"), detail);
        }
        (Support::Required, Value::Null) => {
            let path = path();
            let detail = format!("`{path}` is not set, and {title} needs it. Give it a value.");
            diagnostics.error(path, format!("Required on {title}"), detail);
        }
        _ => {}
    }
}
