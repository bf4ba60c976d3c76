//! Validation of a configuration against its schema: required, read-only and write-only attributes, and validators.

use super::messages;
use crate::tf::{
    Attribute, Comparison, Diagnostics, Mode, Nesting, Path, Schema, Shape, Value, semantic_equal,
    validators::Validator,
};

/// What depends on who asks and on what is configured.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Strictness {
    /// Whether Terraform keeps a write-only value to itself.
    pub takes_write_only: bool,
    /// Whether an empty text of an optional attribute is as good as none.
    pub takes_empty_for_null: bool,
}

/// Adds an error for everything in a configuration that its schema forbids. Unknown values are never wrong.
///
/// Validators of changed values are left to [`validate_changes`]: a configuration may repeat what there is.
pub(super) fn validate(schema: &Schema, config: &Value, strictness: Strictness, diagnostics: &mut Diagnostics) {
    let mut walk = Walk {
        strictness,
        is_about_changes: false,
        diagnostics,
    };
    walk.object(&schema.attributes, config, &Path::root());
}

/// Adds an error for each value that is to be sent, because it is new or another than before, and must not be.
pub(super) fn validate_changes(
    schema: &Schema,
    prior: &Value,
    config: &Value,
    comparison: Comparison,
    diagnostics: &mut Diagnostics,
) {
    let mut walk = Walk {
        strictness: Strictness {
            takes_write_only: true,
            takes_empty_for_null: true,
        },
        is_about_changes: true,
        diagnostics,
    };
    match prior.is_null() {
        true => walk.object(&schema.attributes, config, &Path::root()),
        false => walk.changed(&schema.attributes, prior, config, comparison, &Path::root()),
    }
}

struct Walk<'a> {
    strictness: Strictness,
    is_about_changes: bool,
    diagnostics: &'a mut Diagnostics,
}

impl Walk<'_> {
    fn object(&mut self, attributes: &[Attribute], object: &Value, path: &Path) {
        for attribute in attributes {
            match (attribute.spec.mode, object.get_attribute(attribute)) {
                (_, Value::Unknown) => {}
                // Found before: validation comes first.
                (_, Value::Null) if self.is_about_changes => {}
                (Mode::Required, Value::Null) => self.missing(&path.attribute(attribute.name)),
                (_, Value::Null) => {}
                (Mode::Computed, _) if self.is_about_changes => {}
                (Mode::Computed, _) => self.read_only(&path.attribute(attribute.name)),
                (_, value) => self.attribute(attribute, value, &path.attribute(attribute.name)),
            }
        }
    }

    /// The attributes of an object that are new or mean something else than before.
    fn changed(
        &mut self,
        attributes: &[Attribute],
        prior: &Value,
        config: &Value,
        comparison: Comparison,
        path: &Path,
    ) {
        for attribute in attributes {
            let (prior, config) = (prior.get_attribute(attribute), config.get_attribute(attribute));
            let is_nothing = config.is_null() || config.is_unknown();
            if is_nothing || prior == config {
                continue;
            }
            let path = path.attribute(attribute.name);
            match &attribute.shape {
                Shape::Nested(Nesting::Single, nested) => self.changed(nested, prior, config, comparison, &path),
                _ if semantic_equal(attribute, prior, config, comparison) => {}
                _ => self.attribute(attribute, config, &path),
            }
        }
    }

    /// An attribute with a value that a configuration may have.
    fn attribute(&mut self, attribute: &Attribute, value: &Value, path: &Path) {
        if attribute.spec.write_only && !self.strictness.takes_write_only {
            return self.write_only(path);
        }
        self.rules(attribute, value, path);
        match &attribute.shape {
            Shape::Plain(_) => {}
            Shape::Nested(Nesting::Single, attributes) => self.object(attributes, value, path),
            Shape::Nested(_, attributes) => {
                self.elements(value, path, &mut |walk, element, path| {
                    walk.object(attributes, element, path)
                });
            }
        }
    }

    fn rules(&mut self, attribute: &Attribute, value: &Value, path: &Path) {
        let spec = &attribute.spec;
        let is_as_good_as_null = self.strictness.takes_empty_for_null
            && spec.mode.is_optional()
            && value.as_str().is_some_and(str::is_empty);
        if is_as_good_as_null {
            return;
        }
        let is_secret = !spec.may_be_quoted();
        let is_meant = |rule: &&Validator| rule.is_for_changes == self.is_about_changes;
        for rule in spec.validators.iter().filter(is_meant) {
            rule.check(value, path, is_secret, self.diagnostics);
        }
    }

    /// Visits each known object of a collection. Elements of a set have no path of their own.
    fn elements(&mut self, value: &Value, path: &Path, visit: &mut dyn FnMut(&mut Self, &Value, &Path)) {
        match value {
            Value::List(elements) => {
                for (index, element) in elements.iter().enumerate() {
                    self.element(element, &path.index(index), visit);
                }
            }
            Value::Set(elements) => {
                for element in elements {
                    self.element(element, path, visit);
                }
            }
            Value::Map(elements) => {
                for (key, element) in elements {
                    self.element(element, &path.key(key.as_ref()), visit);
                }
            }
            _ => {}
        }
    }

    fn element(&mut self, element: &Value, path: &Path, visit: &mut dyn FnMut(&mut Self, &Value, &Path)) {
        match element {
            Value::Unknown => {}
            Value::Null if self.is_about_changes => {}
            Value::Null => self.missing(path),
            element => visit(self, element, path),
        }
    }

    fn missing(&mut self, path: &Path) {
        self.diagnostics.add_error(path.clone(), messages::missing_value(path));
    }

    fn read_only(&mut self, path: &Path) {
        self.diagnostics.add_error(path.clone(), messages::read_only(path));
    }

    fn write_only(&mut self, path: &Path) {
        self.diagnostics
            .add_error(path.clone(), messages::write_only_unsupported(path));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        server::testing::object,
        tf::{List, Model, Number, computed, optional, required, validators::whole},
    };

    crate::model! {
        /// A test.
        struct Item {
            /// Size.
            size: Number = required().validator(whole(1, 9)),
            /// Found.
            found: String = computed(),
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
    fn check<const N: usize>(attributes: [(&str, Value); N], takes_write_only: bool, expected: &[&str]) {
        let mut diagnostics = Diagnostics::new();
        validate(
            &Thing::schema(0),
            &object(attributes),
            Strictness {
                takes_write_only,
                ..Strictness::default()
            },
            &mut diagnostics,
        );
        let found: Vec<String> = diagnostics
            .iter()
            .map(|one| format!("{}: {}", one.path, one.summary))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn what_terraform_leaves_to_the_provider_is_checked() {
        check([("name", "n".into())], true, &[]);
        check([("name", Value::Null)], true, &["name: Missing value"]);
        check([("name", Value::Unknown)], true, &[]);
        check(
            [("name", "n".into()), ("id", "i".into())],
            true,
            &["id: Attribute is read-only"],
        );
        check([("name", "n".into()), ("token_wo", "s".into())], true, &[]);
        check(
            [("name", "n".into()), ("token_wo", "s".into())],
            false,
            &["token_wo: Write-only attribute cannot be used"],
        );
    }

    #[test]
    fn all_mistakes_in_nested_attributes_are_found() {
        let items = Value::List(vec![
            object([("size", 10_i64.into())]),
            Value::Unknown,
            object([("size", Value::Unknown), ("found", "f".into())]),
            object([]),
        ]);
        check(
            [("name", "n".into()), ("items", items)],
            true,
            &[
                "items[0].size: Number out of range",
                "items[2].found: Attribute is read-only",
                "items[3].size: Missing value",
            ],
        );
    }
}
