//! One object that exists, looked up by its id or by its name.

use super::messages;
use crate::{
    clouds::{self, Capabilities, Collection, Description},
    resources::{
        common::cloud_error,
        managed::{Managed, id, read::look},
        run::is_not_found,
        session::Session,
    },
    tf::{Attribute, Context, Diagnostics, Doc, Mismatch, Model, Path, Tf, Value, enum_names, validators::Validator},
};

/// An id that can be asked for.
pub fn id_validator<O: Managed>() -> Validator {
    let (summary, allowed) = (O::NOT_AN_ID, format!("Use the cloud's id of the {} alone.", O::NOUN));
    Validator::new(summary, allowed, |value| {
        let Value::String(id) = value else { return None };
        let invalid = O::to_id(id).err()?;
        Some(format!("is {id:?}, but {invalid}"))
    })
}

/// The id, if the cloud can have such a one; the [`id_validator`] has let it pass before the cloud was known.
pub fn id<O: Managed>(
    attribute: &'static str,
    id: &Tf<String>,
    capabilities: &Capabilities,
) -> Result<O::Id, Diagnostics> {
    let id = id.known().map_or("", String::as_str);
    let mut refusal = Diagnostics::new();
    id::check::<O>(id, attribute, capabilities, &mut refusal);
    match O::to_id(id) {
        Ok(id) if !refusal.has_errors() => Ok(id),
        _ => Err(refusal),
    }
}

/// Refuses an id that the cloud cannot have, where the configuration names the cloud.
pub fn check_id<O: Managed>(
    attribute: &'static str,
    cloud: &Tf<String>,
    id: &Tf<String>,
    diagnostics: &mut Diagnostics,
) {
    let cloud = cloud.known().and_then(|name| Description::of(name));
    if let (Some(cloud), Some(id)) = (cloud, id.known())
        // Else the rule has refused it.
        && O::to_id(id).is_ok()
    {
        id::check::<O>(id, attribute, cloud.capabilities, diagnostics);
    }
}

/// Refuses a question that asks for nothing, or for the same object in two ways.
pub fn check<O: Managed>(cloud: &Tf<String>, id: &Tf<String>, name: &Tf<String>, diagnostics: &mut Diagnostics) {
    check_id::<O>("id", cloud, id, diagnostics);
    let noun = O::NOUN;
    match (id, name) {
        (Tf::Null, Tf::Null) => diagnostics.add_error("id", messages::nothing_asked_for(noun)),
        (Tf::Known(_), Tf::Known(_)) => diagnostics.add_error("name", messages::asked_for_twice(O::ARTICLE, noun)),
        _ => {}
    }
}

/// The object of this name, or else of this id.
pub async fn find<O: Managed>(
    cx: &Context<Session>,
    collection: &dyn Collection<O>,
    capabilities: &Capabilities,
    id: &Tf<String>,
    name: &Tf<String>,
) -> Result<O, Diagnostics> {
    match name.known() {
        Some(name) => named(collection, capabilities.title, name).await,
        None => {
            let id: O::Id = self::id::<O>("id", id, capabilities)?;
            let object = look(cx, collection, &id).await?;
            object.ok_or_else(|| not_found::<O>("id", &id, capabilities))
        }
    }
}

async fn named<O: Managed>(collection: &dyn Collection<O>, title: &str, name: &str) -> Result<O, Diagnostics> {
    let listed = collection.list().await;
    let listed = listed.map_err(|error| cloud_error::diagnostics(cannot_be_listed::<O>(), &error))?;
    let mut found: Vec<O> = listed
        .into_iter()
        .filter(|object| object.name() == Some(name))
        .collect();
    match (found.pop(), found.as_slice()) {
        (Some(object), []) => Ok(object),
        (Some(object), others) => Err(not_the_only_one(title, name, others.iter().chain([&object]))),
        (None, _) => Err(none_of_that_name::<O>(title, name)),
    }
}

/// What a cloud tells about an object, such as its log; with the refusal in a user's words. "Not found" may also be said of
/// something that has not begun yet: whether the object itself is gone, only its witnesses tell.
pub async fn of_object<O: Managed, Told>(
    cx: &Context<Session>,
    collection: &dyn Collection<O>,
    capabilities: &Capabilities,
    (attribute, id): (&'static str, &O::Id),
    told: clouds::Result<Option<Told>>,
    summary: &str,
) -> Result<Told, Diagnostics> {
    let not_found = || not_found::<O>(attribute, id, capabilities);
    match told {
        Ok(told) => told.ok_or_else(not_found),
        Err(error) if is_not_found(&error) && look(cx, collection, id).await?.is_none() => Err(not_found()),
        Err(error) => Err(cloud_error::diagnostics(summary, &error)),
    }
}

pub fn cannot_be_listed<O: Managed>() -> String {
    messages::cannot_be_listed(O::NOUN)
}

/// What is told where the cloud knows no object of this id.
pub fn not_found<O: Managed>(attribute: &'static str, id: &O::Id, capabilities: &Capabilities) -> Diagnostics {
    let Capabilities { name, title, .. } = capabilities;
    let message = messages::not_found(O::NOUN, attribute, id, title, name, O::LISTED_BY);
    Diagnostics::from_error(Path::from(attribute), message)
}

/// What is told where there is nothing to import.
pub fn nothing_to_import<O: Managed>(id: &O::Id, capabilities: &Capabilities) -> Diagnostics {
    let Capabilities { name, title, .. } = capabilities;
    let message = messages::nothing_to_import(O::NOUN, name, id, title, O::LISTED_BY);
    Diagnostics::from_error(Path::from("id"), message)
}

fn none_of_that_name<O: Managed>(title: &str, name: &str) -> Diagnostics {
    Diagnostics::from_error("name", messages::no_such_name(O::NOUN, name, title, O::LISTED_BY))
}

fn not_the_only_one<'a, O: Managed + 'a>(title: &str, name: &str, found: impl Iterator<Item = &'a O>) -> Diagnostics {
    let mut ids: Vec<String> = found.map(|object| object.id().to_string()).collect();
    ids.sort_unstable();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let message = messages::several_of_name(O::NOUN, name, title, ids.len(), &enum_names(&ids));
    Diagnostics::from_error("name", message)
}

/// All that is shown of an object.
pub trait Shown: Model {
    /// What can be asked for: the page's text, and those attributes of the object that find it.
    type Question: Model;
}

/// An object with all that is shown of it, some of which can be asked for.
pub struct Lookup<S>(pub S);

impl<S: Shown> Model for Lookup<S> {
    const DOC: Doc = S::Question::DOC;

    fn attributes() -> Vec<Attribute> {
        attributes::<S::Question, S>()
    }

    fn null() -> Self {
        Self(S::null())
    }

    fn from_object(value: &Value) -> Result<Self, Mismatch> {
        S::from_object(value).map(Self)
    }

    fn to_object(&self) -> Value {
        self.0.to_object()
    }

    fn with_unknowns_from(self, other: Self) -> Self {
        Self(self.0.with_unknowns_from(other.0))
    }
}

/// The attributes of an object, with those that can be asked for declared by the question.
fn attributes<Question: Model, Found: Model>() -> Vec<Attribute> {
    let mut attributes = Question::attributes();
    let is_asked_for = |name: &str| attributes.iter().any(|attribute| attribute.name == name);
    let others: Vec<Attribute> = Found::attributes()
        .into_iter()
        .filter(|attribute| !is_asked_for(attribute.name))
        .collect();
    attributes.extend(others);
    attributes
}
