//! Computed views of a model: a data source shows the attributes of a resource without declaring them again.

use std::ops::Deref;

use super::{Attribute, Doc, Mismatch, Model, Name, Shape, Value, computed};

/// A view of a resource's model: which of its attributes are shown, and what else is.
pub trait View: Send + Sync + 'static {
    /// The resource's model. Its attributes are shown as computed ones.
    type Source: Model;

    /// Attributes that the view alone has, or that it shows in another shape.
    type Own: Model;

    const DOC: Doc;

    /// Attributes of the source that are left out: secrets, and wishes that no service repeats.
    const OMITTED: &'static [&'static str];

    /// Docs by name or dotted path, where the source's speaks of configuring it.
    const DOCS: &'static [(&'static str, &'static str)];
}

/// An object as a view shows it. It stands for its source where it is read.
#[derive(Debug, Clone, PartialEq)]
pub struct Viewed<V: View> {
    pub source: V::Source,
    pub own: V::Own,
}

impl<V: View> Deref for Viewed<V> {
    type Target = V::Source;

    fn deref(&self) -> &V::Source {
        &self.source
    }
}

impl<V: View> Model for Viewed<V> {
    const DOC: Doc = V::DOC;

    fn attributes() -> Vec<Attribute> {
        let own = V::Own::attributes();
        let is_own = |name: &str| own.iter().any(|attribute| attribute.name == name);
        let mut attributes: Vec<Attribute> = V::Source::attributes()
            .into_iter()
            .filter(|attribute| !V::OMITTED.contains(&attribute.name) && !is_own(attribute.name))
            .map(|attribute| in_view::<V>(attribute, ""))
            .collect();
        attributes.extend(own);
        in_places(attributes)
    }

    fn null() -> Self {
        Self {
            source: V::Source::null(),
            own: V::Own::null(),
        }
    }

    fn from_object(value: &Value) -> Result<Self, Mismatch> {
        let own = V::Own::from_object(value)?;
        // What the view shows in another shape, the source cannot read.
        let (entries, owned) = (value.as_object().cloned().unwrap_or_default(), own.to_object());
        let is_owned = |name: &Name| {
            owned
                .as_object()
                .is_some_and(|owned| owned.get(name.as_ref()).is_some())
        };
        let others = entries.iter().filter(|(name, _)| !is_owned(name));
        let others = Value::map(others.map(|(name, value)| (name.clone(), value.clone())));
        Ok(Self {
            source: V::Source::from_object(&others)?,
            own,
        })
    }

    fn to_object(&self) -> Value {
        let (source, own) = (self.source.to_object(), self.own.to_object());
        let entries = |object: &Value| object.as_object().cloned().unwrap_or_default();
        let own = entries(&own);
        let is_shown = |name: &Name| !V::OMITTED.contains(&name.as_ref()) && own.get(name.as_ref()).is_none();
        let shown: Vec<(Name, Value)> = entries(&source)
            .iter()
            .filter(|(name, _)| is_shown(name))
            .chain(own.iter())
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        Value::map(shown)
    }

    fn with_unknowns_from(self, other: Self) -> Self {
        Self {
            source: self.source.with_unknowns_from(other.source),
            own: self.own.with_unknowns_from(other.own),
        }
    }
}

/// The attribute, computed, with all that is in it.
fn in_view<V: View>(attribute: Attribute, path: &str) -> Attribute {
    let path = format!("{path}{}", attribute.name);
    let doc = V::DOCS.iter().find(|(of, _)| *of == path);
    Attribute {
        doc: doc.map_or(attribute.doc, |(_, doc)| Doc(doc)),
        spec: computed(),
        shape: match attribute.shape {
            Shape::Nested(nesting, nested) => {
                let within = format!("{path}.");
                let nested = nested.into_iter().map(|attribute| in_view::<V>(attribute, &within));
                Shape::Nested(nesting, nested.collect())
            }
            plain => plain,
        },
        ..attribute
    }
}

/// Each with its place in the order of all names.
pub fn in_places(mut attributes: Vec<Attribute>) -> Vec<Attribute> {
    let mut names: Vec<&'static str> = attributes.iter().map(|attribute| attribute.name).collect();
    names.sort_unstable();
    for attribute in &mut attributes {
        attribute.place = names.binary_search(&attribute.name).unwrap_or_default();
    }
    attributes
}

/// Finds secrets that a view shows, and lines of it that hold for no attribute any more.
#[cfg(test)]
pub fn faults<V: View>() -> Vec<String> {
    let (source, shown) = (V::Source::attributes(), Viewed::<V>::attributes());
    let has = |attributes: &[Attribute], name: &str| attributes.iter().any(|one| one.name == name);
    let own = V::Own::attributes();
    let secrets = source.iter().filter(|one| one.spec.sensitive || one.spec.write_only);
    let secrets = secrets.filter(|one| has(&shown, one.name) && !has(&own, one.name));
    let unknown = V::OMITTED.iter().filter(|name| !has(&source, name));
    let unused = V::DOCS.iter().filter(|(path, doc)| doc_at(&shown, path) != Some(doc));
    secrets
        .map(|one| format!("{} is a secret", one.name))
        .chain(unknown.map(|name| format!("{name} is omitted, and there is none")))
        .chain(unused.map(|(path, _)| format!("the doc of {path} is shown nowhere")))
        .collect()
}

#[cfg(test)]
fn doc_at(attributes: &[Attribute], path: &str) -> Option<&'static str> {
    let (name, rest) = path
        .split_once('.')
        .map_or((path, None), |(name, rest)| (name, Some(rest)));
    let attribute = attributes.iter().find(|one| one.name == name)?;
    match rest {
        Some(rest) => doc_at(attribute.nested(), rest),
        None => Some(attribute.doc.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model,
        tf::{Number, Tf, optional, required},
    };

    model! {
        /// A house.
        struct House {
            /// Where to put it.
            street: String = required().requires_replace(),
            /// How many doors it gets.
            doors: Number = optional(),
            /// What opens it.
            key: String = optional().sensitive(),
        }
    }

    model! {
        /// What is seen from outside.
        struct Outside {
            /// The names of all doors.
            doors: String = computed(),
            /// What it looks like.
            color: String = computed(),
        }
    }

    #[derive(Debug, Clone, PartialEq)]
    struct FromOutside;

    impl View for FromOutside {
        type Source = House;
        type Own = Outside;

        const DOC: Doc = Doc("A house from outside.");
        const OMITTED: &'static [&'static str] = &["key"];
        const DOCS: &'static [(&'static str, &'static str)] = &[("street", "Where it is.")];
    }

    #[test]
    fn a_view_shows_what_is_declared_elsewhere() {
        let attributes = Viewed::<FromOutside>::attributes();
        let shown: Vec<(&str, &str, usize)> = attributes
            .iter()
            .map(|one| (one.name, one.doc.0.trim(), one.place))
            .collect();
        let expected = [
            ("street", "Where it is.", 2),
            ("doors", "The names of all doors.", 1),
            ("color", "What it looks like.", 0),
        ];
        assert_eq!(shown, expected);
        assert!(attributes.iter().all(|one| one.spec.mode == crate::tf::Mode::Computed));
    }

    #[derive(Debug, Clone, PartialEq)]
    struct Careless;

    impl View for Careless {
        type Source = House;
        type Own = Outside;

        const DOC: Doc = Doc("A house with its key in the door.");
        const OMITTED: &'static [&'static str] = &["cellar"];
        const DOCS: &'static [(&'static str, &'static str)] = &[("garden", "What grows there.")];
    }

    #[test]
    fn what_is_wrong_with_a_view_is_found() {
        assert_eq!(faults::<FromOutside>(), Vec::<String>::new());
        let expected = [
            "key is a secret",
            "cellar is omitted, and there is none",
            "the doc of garden is shown nowhere",
        ];
        assert_eq!(faults::<Careless>(), expected);
    }

    #[test]
    fn its_object_has_the_attributes_of_its_schema() {
        let text = |text: &str| Tf::Known(text.to_owned());
        let seen = Viewed::<FromOutside> {
            source: House {
                street: text("Elm Street"),
                doors: Tf::Known(2_u32.into()),
                key: text("swordfish"),
            },
            own: Outside {
                doors: text("front, back"),
                color: text("red"),
            },
        };
        let object = seen.to_object();
        let names: Vec<&str> = object
            .as_object()
            .into_iter()
            .flat_map(|object| object.keys())
            .map(AsRef::as_ref)
            .collect();
        assert_eq!(names, ["color", "doors", "street"]);
        assert_eq!(object.get("doors"), &Value::from("front, back"));
        assert_eq!(seen.street, text("Elm Street"), "it stands for its source");
        assert_eq!(
            Viewed::<FromOutside>::from_object(&object)
                .map(|read| read.own.color)
                .ok(),
            Some(text("red"))
        );
    }
}
