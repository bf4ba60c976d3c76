//! The messages of validators: each validator of each attribute is broken once.

use gpupod::{
    clouds::Mark,
    resources::Gpupod,
    tf::{Attribute, Diagnostics, Model, Number, Path, Provider, Value},
};

/// A message, and where it belongs.
pub struct Broken {
    pub owner: String,
    pub attribute: String,
    pub summary: String,
    pub detail: String,
}

/// All validators of the provider block, the resources and the data sources.
pub fn broken() -> Vec<Broken> {
    let provider = ("provider".to_owned(), <Gpupod as Provider>::Config::attributes());
    let name = |name: &str| format!("gpupod_{name}");
    let resources = Gpupod
        .resources()
        .into_iter()
        .map(|one| (name(one.name()), one.schema().attributes));
    let data = Gpupod
        .data_sources()
        .into_iter()
        .map(|one| (format!("data.{}", name(one.name())), one.schema().attributes));
    let mut found = Vec::new();
    for (owner, attributes) in std::iter::once(provider).chain(resources).chain(data) {
        break_all(&owner, &Path::root(), &attributes, &mut found);
    }
    found
}

fn break_all(owner: &str, path: &Path, attributes: &[Attribute], found: &mut Vec<Broken>) {
    for attribute in attributes {
        let path = path.attribute(attribute.name);
        for validator in &attribute.spec.validators {
            let is_secret = !attribute.spec.may_be_quoted();
            let message = wrong_values().into_iter().find_map(|value| {
                let mut diagnostics = Diagnostics::new();
                validator.check(&value, &path, is_secret, &mut diagnostics);
                diagnostics.into_iter().next()
            });
            let message = message.unwrap_or_else(|| panic!("{owner}: no value breaks {validator:?} of `{path}`"));
            found.push(Broken {
                owner: owner.to_owned(),
                attribute: message.path.to_string(),
                summary: message.summary,
                detail: message.detail,
            });
        }
        break_all(owner, &path, attribute.nested(), found);
    }
}

/// One of these breaks every validator.
fn wrong_values() -> Vec<Value> {
    let texts = ["?!", "", "a b", "a\n"].map(Value::from);
    let number = || Value::Number(Number::from(-1_i64));
    let long = Value::from("a".repeat(600).as_str());
    let plain = || {
        texts.iter().cloned().chain([
            number(),
            Value::Number(Number::from(0_i64)),
            Value::Bool(false),
            long.clone(),
        ])
    };
    let mut all: Vec<Value> = plain().collect();
    all.extend(plain().map(|value| Value::List(vec![value])));
    all.extend(plain().map(|value| Value::map([("key", value)])));
    all.extend(["", "a b", "=", Mark::LABEL].map(|key| Value::map([(key, Value::from("value"))])));
    all
}
