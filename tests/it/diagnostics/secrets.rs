//! Redaction in diagnostics: of every attribute of everything that can be named in a configuration, and of the
//! functions' arguments, each rule is broken with a secret, and the messages do not have it.

use gpupod::{
    resources::Gpupod,
    tf::{Attribute, Diagnostics, Model, Nesting, Path, Provider, Shape, Type, Value},
};

const SECRET: &str = "swordfish";

type Config = <Gpupod as Provider>::Config;

/// Something with attributes, and the rules between them.
struct Declared {
    owner: String,
    attributes: Vec<Attribute>,
    check: Check,
}

type Check = Box<dyn Fn(&Value, &mut Diagnostics)>;

fn declared() -> Vec<Declared> {
    let mut all = vec![Declared {
        owner: "provider".to_owned(),
        attributes: Config::attributes(),
        check: Box::new(|config, diagnostics| {
            let config = Config::from_object(config).unwrap_or_else(|mismatch| panic!("{mismatch}"));
            Gpupod.validate(&config, diagnostics);
        }),
    }];
    all.extend(Gpupod.resources().into_iter().map(|one| Declared {
        owner: one.name().to_owned(),
        attributes: one.schema().attributes,
        check: Box::new(move |config, diagnostics| one.validate(config, diagnostics)),
    }));
    all.extend(Gpupod.data_sources().into_iter().map(|one| Declared {
        owner: format!("data.{}", one.name()),
        attributes: one.schema().attributes,
        check: Box::new(move |config, diagnostics| one.validate(config, diagnostics)),
    }));
    all
}

/// Texts that break one rule or another, each with the secret.
fn wrong_texts() -> Vec<String> {
    vec![
        format!("{SECRET}?! "),
        SECRET.repeat(100),
        format!("http://{SECRET}"),
        format!("https://me:{SECRET}@example.com/hook me"),
        format!("ftp://me:{SECRET}@example.com"),
        format!("{SECRET}:password@example.com"),
        format!("http://me:{SECRET}@example.com/"),
        format!("https://example.com/?token={SECRET}#a"),
    ]
}

/// Visits every attribute, also those within others, with the path to it.
fn each<'a>(attributes: &'a [Attribute], path: &[&'a Attribute], visit: &mut dyn FnMut(&[&'a Attribute])) {
    for attribute in attributes {
        let path = [path, &[attribute]].concat();
        visit(&path);
        each(attribute.nested(), &path, visit);
    }
}

/// A configuration in which nothing but the attribute at the path has a value.
fn config_with(attributes: &[Attribute], path: &[&Attribute], value: &Value) -> Value {
    let fields = attributes.iter().map(|attribute| {
        let is_meant = path.first().is_some_and(|first| first.name == attribute.name);
        let inner = match (&attribute.shape, path.get(1..)) {
            _ if !is_meant => Value::Null,
            (Shape::Nested(nesting, nested), Some(rest @ [_, ..])) => {
                let object = config_with(nested, rest, value);
                match nesting {
                    Nesting::Single => object,
                    Nesting::List => Value::List(vec![object]),
                    Nesting::Set => Value::set(vec![object]),
                    Nesting::Map => Value::map([("key", object)]),
                }
            }
            _ => value.clone(),
        };
        (attribute.name, inner)
    });
    Value::map(fields)
}

/// The text as a value of the type, where there is one.
fn as_value(value_type: &Type, text: &str) -> Option<Value> {
    match value_type {
        Type::String => Some(text.into()),
        Type::Map(element) => Some(Value::map([("KEY", as_value(element, text)?)])),
        Type::List(element) => Some(Value::List(vec![as_value(element, text)?])),
        Type::Set(element) => Some(Value::set(vec![as_value(element, text)?])),
        _ => None,
    }
}

#[test]
fn no_rule_repeats_what_may_be_secret() {
    let mut tried = 0;
    for Declared {
        owner,
        attributes,
        check,
    } in declared()
    {
        each(&attributes, &[], &mut |path| {
            let attribute = path[path.len() - 1];
            if attribute.spec.may_be_quoted() {
                return;
            }
            for text in wrong_texts() {
                let Some(value) = as_value(&attribute.value_type(), &text) else {
                    panic!("{owner}.{}: no text can be its value", attribute.name);
                };
                let mut diagnostics = Diagnostics::new();
                for validator in &attribute.spec.validators {
                    validator.check(&value, &Path::from(attribute.name), true, &mut diagnostics);
                }
                check(&config_with(&attributes, path, &value), &mut diagnostics);
                tried += 1;
                let told = format!("{diagnostics:?}");
                assert!(!told.contains(SECRET), "{owner}.{}: {text}: {told}", attribute.name);
            }
        });
    }
    assert!(tried > 50, "{tried}");
}

/// Whoever adds an attribute of such a name says what it may hold.
#[test]
fn what_may_be_secret_is_declared_so() {
    let mut undeclared = Vec::new();
    for Declared { owner, attributes, .. } in declared() {
        each(&attributes, &[], &mut |path| {
            let attribute = path[path.len() - 1];
            let is_given = attribute.spec.mode != gpupod::tf::Mode::Computed;
            let names = [
                "_wo",
                "api_key",
                "password",
                "token",
                "base_url",
                "callback_url",
                "environment_vars",
                "command",
            ];
            let is_number = attribute.value_type() == Type::Number;
            let sounds_secret = names.iter().any(|name| attribute.name.contains(name));
            if is_given && sounds_secret && !is_number && attribute.spec.may_be_quoted() {
                undeclared.push(format!("{owner}.{}", attribute.name));
            }
        });
    }
    assert_eq!(undeclared, Vec::<String>::new());
}

#[test]
fn no_function_repeats_its_argument() {
    for function in Gpupod.functions() {
        let signature = function.signature();
        for text in wrong_texts() {
            let arguments: Vec<Value> = signature
                .parameters
                .iter()
                .filter_map(|parameter| as_value(&parameter.value_type, &text))
                .collect();
            if arguments.len() < signature.parameters.len() {
                continue;
            }
            if let Err(error) = function.call(&arguments) {
                assert!(
                    !error.text.contains(SECRET),
                    "{}: {text}: {}",
                    signature.name,
                    error.text
                );
            }
        }
    }
}
