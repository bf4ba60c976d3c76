//! Private state: which attributes an import could not read. Terraform stores it beside the state and shows it to nobody.

use serde::{Deserialize, Serialize};

use crate::tf::{Attribute, Comparison, Nesting, OnChange, Path, Schema, Shape, Value, semantic_equal};

/// The private data of a resource. It is no place for secrets: Terraform stores it as it is.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct PrivateState {
    /// An import came before; the read that completes it comes next.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_import: bool,
    /// An import read the thing, so that its texts are written as the service writes them. Stored states name it so.
    #[serde(rename = "is_told", skip_serializing_if = "std::ops::Not::not")]
    pub is_imported: bool,
    /// Attributes of an imported thing whose configured value is taken over without a replacement, because the import
    /// could not tell it; `a.b` is the attribute `b` within the object `a`, or within some element of the list `a`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub adoptable: Vec<String>,
}

impl PrivateState {
    /// Reads private data; what is not ours is as good as nothing.
    pub(super) fn from_bytes(bytes: &[u8]) -> Self {
        serde_json::from_slice(bytes).unwrap_or_default()
    }

    pub(super) fn to_bytes(&self) -> Vec<u8> {
        match *self == Self::default() {
            true => Vec::new(),
            false => serde_json::to_vec(self).unwrap_or_default(),
        }
    }

    /// Whose words the state is in.
    pub(super) fn comparison(&self) -> Comparison {
        match self.is_imported {
            true => Comparison::Remote,
            false => Comparison::Config,
        }
    }

    /// Private state after an import's read: what it could not read can be adopted.
    pub(super) fn after_import(schema: &Schema, state: &Value) -> Self {
        let mut adoptable = Vec::new();
        collect_unread(
            &schema.attributes,
            state,
            &Path::root(),
            OnChange::UpdatesInPlace,
            &mut adoptable,
        );
        Self {
            is_import: false,
            is_imported: true,
            adoptable,
        }
    }

    /// Private state after an update: what was adopted replaces from now on.
    pub(super) fn after_update(mut self, schema: &Schema, state: &Value) -> Self {
        self.adoptable.retain(|name| {
            let told_at_import = attribute_at(schema, name).is_some_and(|one| one.spec.may_hold_more_after_import);
            is_open(state, name) && !told_at_import
        });
        self
    }

    /// Whether the change at this path is the adoption of a value, and no change of the thing itself.
    pub(super) fn is_adoption(&self, schema: &Schema, path: &Path, prior: &Value, planned: &Value) -> bool {
        let name = path.to_string();
        let Some(attribute) = attribute_at(schema, &name) else {
            return false;
        };
        let (prior, planned) = (value_at(prior, &name), value_at(planned, &name));
        prior != planned && self.adopts(attribute, path, prior, planned, false)
    }

    /// Whatever differs was not told by the import, or, with `may_take_away`, was told although nobody asked for it.
    fn adopts(&self, attribute: &Attribute, path: &Path, prior: &Value, planned: &Value, may_take_away: bool) -> bool {
        let is_adoptable = self.adoptable.contains(&path.to_string());
        let may_take_away = may_take_away || is_adoptable;
        if semantic_equal(attribute, prior, planned, self.comparison()) {
            return true;
        }
        match (&attribute.shape, prior, planned) {
            (_, Value::Null, _) => is_adoptable,
            (_, _, Value::Null) => may_take_away,
            (Shape::Nested(Nesting::Single, nested), prior, planned) => {
                self.adopts_object(nested, path, prior, planned, may_take_away)
            }
            (Shape::Nested(Nesting::List, nested), Value::List(told), Value::List(asked)) => {
                self.adopts_elements(nested, path, told, asked, may_take_away)
            }
            (Shape::Plain(_), Value::Map(told), Value::Map(asked)) => {
                let is_same = |key: &str| {
                    let one = |value: &Value| Value::map([(key.to_owned(), value.clone())]);
                    let (told, asked) = (prior.get(key), planned.get(key));
                    (asked.is_null() && may_take_away)
                        || semantic_equal(attribute, &one(told), &one(asked), self.comparison())
                };
                told.keys().chain(asked.keys()).all(|key| is_same(key))
            }
            _ => false,
        }
    }

    fn adopts_object(
        &self,
        nested: &[Attribute],
        path: &Path,
        told: &Value,
        asked: &Value,
        may_take_away: bool,
    ) -> bool {
        nested.iter().all(|attribute| {
            let (told, asked) = (told.get_attribute(attribute), asked.get_attribute(attribute));
            // What the provider sets is never asked for.
            let is_left_open = asked.is_unknown() && attribute.spec.mode.is_computed();
            is_left_open || self.adopts(attribute, &path.attribute(attribute.name), told, asked, may_take_away)
        })
    }

    /// Each element that is asked for is one of those that were told, and no two are the same one.
    fn adopts_elements(
        &self,
        nested: &[Attribute],
        path: &Path,
        told: &[Value],
        asked: &[Value],
        may_take_away: bool,
    ) -> bool {
        let mut left: Vec<&Value> = told.iter().collect();
        let all_are_told = asked.iter().all(|asked| {
            let is_it = |told: &&Value| self.adopts_object(nested, path, told, asked, false);
            let place = left.iter().position(is_it);
            place.map(|place| left.swap_remove(place)).is_some()
        });
        all_are_told && (left.is_empty() || may_take_away)
    }
}

/// The attributes that an import left open and whose change would replace, also within objects.
fn collect_unread(attributes: &[Attribute], state: &Value, path: &Path, around: OnChange, untold: &mut Vec<String>) {
    for attribute in attributes {
        let (spec, value, path) = (
            &attribute.spec,
            state.get_attribute(attribute),
            path.attribute(attribute.name),
        );
        let on_change = match around {
            OnChange::RequiresReplace => around,
            OnChange::UpdatesInPlace => spec.on_change,
        };
        let is_untold = value.is_null() || spec.may_hold_more_after_import;
        if spec.mode.is_configurable() && on_change == OnChange::RequiresReplace && is_untold {
            untold.push(path.to_string());
        }
        if let Shape::Nested(Nesting::Single, nested) = &attribute.shape
            && !value.is_null()
        {
            collect_unread(nested, value, &path, on_change, untold);
        }
        if let (Shape::Nested(Nesting::List, nested), Value::List(elements)) = (&attribute.shape, value) {
            let mut within = Vec::new();
            elements
                .iter()
                .for_each(|element| collect_unread(nested, element, &path, on_change, &mut within));
            within.sort_unstable();
            within.dedup();
            untold.append(&mut within);
        }
    }
}

/// The attribute of this name, with dots to those within objects.
fn attribute_at<'a>(schema: &'a Schema, name: &str) -> Option<&'a Attribute> {
    let mut names = name.split('.');
    let outermost = schema.attribute(names.next()?)?;
    names.try_fold(outermost, |attribute, name| {
        attribute.nested().iter().find(|one| one.name == name)
    })
}

fn value_at<'a>(value: &'a Value, name: &str) -> &'a Value {
    name.split('.').fold(value, Value::get)
}

/// Whether nothing is known of what has this name, or of it in some element of a list.
fn is_open(value: &Value, name: &str) -> bool {
    let (first, rest) = name
        .split_once('.')
        .map_or((name, None), |(first, rest)| (first, Some(rest)));
    match (value, rest) {
        (Value::List(elements), _) => elements.iter().any(|element| is_open(element, name)),
        (value, None) => value.get(first).is_null(),
        (value, Some(rest)) => is_open(value.get(first), rest),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tf::{Map, Model, optional, required};

    crate::model! {
        /// A test.
        struct Frame {
            /// Color.
            color: String = required(),
            /// Width.
            width: String = optional(),
        }
    }

    crate::model! {
        /// A test.
        struct Picture {
            /// Frame.
            frame: Frame = optional().requires_replace(),
        }
    }

    crate::model! {
        /// A test.
        struct Thing {
            /// Name.
            name: String = required().requires_replace(),
            /// Limit.
            limit: String = optional().requires_replace(),
            /// Labels.
            labels: Map<String> = optional().requires_replace().may_hold_more_after_import(),
            /// Note.
            note: String = optional(),
        }
    }

    fn thing(limit: Value, labels: Value) -> Value {
        let attributes = [
            ("name", "n".into()),
            ("limit", limit),
            ("labels", labels),
            ("note", Value::Null),
        ];
        Value::map(attributes)
    }

    fn labels<const N: usize>(labels: [(&str, &str); N]) -> Value {
        Value::map(labels.map(|(name, value)| (name.to_owned(), value.into())))
    }

    #[test]
    fn what_an_import_left_open_is_adopted_once() {
        let schema = Thing::schema(0);
        let imported = thing(Value::Null, labels([("a", "1"), ("platform", "x")]));
        let private = PrivateState::after_import(&schema, &imported);
        assert_eq!(private.adoptable, ["limit", "labels"]);

        let configured = thing("5".into(), labels([("a", "1")]));
        assert!(private.is_adoption(&schema, &"limit".into(), &imported, &configured));
        assert!(
            private.is_adoption(&schema, &"labels".into(), &imported, &configured),
            "taking away is adoption"
        );
        let changed = thing(Value::Null, labels([("a", "2")]));
        assert!(
            !private.is_adoption(&schema, &"labels".into(), &imported, &changed),
            "a changed label is a change"
        );
        assert!(!private.is_adoption(&schema, &"name".into(), &imported, &configured));

        let later = private.after_update(&schema, &configured);
        assert_eq!(
            later,
            PrivateState {
                is_imported: true,
                ..PrivateState::default()
            },
            "adding such an attribute afterwards is a change"
        );
    }

    #[test]
    fn what_is_open_within_an_object_is_adopted_too() {
        let schema = Picture::schema(0);
        let framed = |color: &str, width: Value| {
            let frame = Value::map([("color", color.into()), ("width", width)]);
            Value::map([("frame", frame)])
        };
        let imported = framed("red", Value::Null);
        let private = PrivateState::after_import(&schema, &imported);
        let frame = Path::from("frame");
        assert!(private.is_adoption(&schema, &frame, &imported, &framed("red", "5".into())));
        assert!(!private.is_adoption(&schema, &frame, &imported, &framed("blue", "5".into())));

        let later = private.after_update(&schema, &framed("red", "5".into()));
        assert!(!later.is_adoption(&schema, &frame, &framed("red", "5".into()), &framed("red", "6".into())));
    }

    crate::model! {
        /// A test.
        struct Tagged {
            /// Tags.
            tags: Tags = optional().requires_replace().may_hold_more_after_import(),
        }
    }

    crate::model! {
        /// A test.
        struct Tags {
            /// Size.
            size: String = optional(),
            /// Owner.
            owner: String = optional(),
            /// Labels.
            labels: Map<String> = optional(),
        }
    }

    #[test]
    fn an_object_in_which_an_import_found_too_much_is_trimmed() {
        let schema = Tagged::schema(0);
        let tagged = |size: Value, owner: Value, labels: Value| {
            let tags = [("size", size), ("owner", owner), ("labels", labels)];
            let tags = tags.map(|(name, value)| (name.to_owned(), value));
            Value::map([("tags", Value::map(tags))])
        };
        let nothing = Value::map([("tags", Value::Null)]);
        let imported = tagged("big".into(), Value::Null, labels([("a", "1"), ("platform", "x")]));
        let private = PrivateState::after_import(&schema, &imported);
        let tags = Path::from("tags");
        let check = |planned: &Value, expected: bool| {
            assert_eq!(
                private.is_adoption(&schema, &tags, &imported, planned),
                expected,
                "{planned:?}"
            );
        };
        check(&nothing, true);
        check(&tagged(Value::Null, "me".into(), labels([("a", "1")])), true);
        check(&tagged("big".into(), Value::Null, labels([("a", "2")])), false);
        check(&tagged("small".into(), Value::Null, Value::Null), false);
        check(&tagged("big".into(), Value::Null, labels([("b", "1")])), false);

        let later = private.after_update(&schema, &tagged("big".into(), "me".into(), Value::Null));
        assert_eq!(later.adoptable, Vec::<String>::new());
    }

    #[test]
    fn private_data_survives_its_bytes_and_foreign_bytes_do_no_harm() {
        let private = PrivateState {
            is_import: true,
            is_imported: true,
            adoptable: vec!["limit".to_owned()],
        };
        assert_eq!(PrivateState::from_bytes(&private.to_bytes()), private);
        assert_eq!(PrivateState::from_bytes(b"\xff not ours"), PrivateState::default());
        assert_eq!(PrivateState::default().to_bytes(), b"");
    }
}
