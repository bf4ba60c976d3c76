//! One thing that exists, looked up by its id or by its name.

use crate::resources::messages;
use crate::{
    clouds::{self, Capabilities, Description, Object},
    resources::{
        absence, failure, id,
        session::Session,
        thing::{IdOf, Thing, Things, look},
    },
    tf::{Attribute, Context, Diagnostics, Doc, Mismatch, Model, Path, Tf, Value, enum_names, validators::Validator},
};

/// An id that can be asked for.
pub fn id_validator<T: Thing>() -> Validator {
    let (summary, allowed) = (T::NOT_AN_ID, format!("Use the cloud's id of the {} alone.", T::NOUN));
    Validator::new(summary, allowed, |value| {
        let Value::String(id) = value else { return None };
        let invalid = T::to_id(id).err()?;
        Some(format!("is {id:?}, but {invalid}"))
    })
}

/// The id, if the cloud can have such a one; the [`id_validator`] has let it pass before the cloud was known.
pub fn id<T: Thing>(
    attribute: &'static str,
    id: &Tf<String>,
    capabilities: &Capabilities,
) -> Result<T::Id, Diagnostics> {
    let id = id.known().map_or("", String::as_str);
    let mut refusal = Diagnostics::new();
    id::check::<T>(id, attribute, capabilities, &mut refusal);
    match T::to_id(id) {
        Ok(id) if !refusal.has_errors() => Ok(id),
        _ => Err(refusal),
    }
}

/// Refuses an id that the cloud cannot have, where the configuration names the cloud.
pub fn check_id<T: Thing>(attribute: &'static str, cloud: &Tf<String>, id: &Tf<String>, diagnostics: &mut Diagnostics) {
    let cloud = cloud.known().and_then(|name| Description::of(name));
    if let (Some(cloud), Some(id)) = (cloud, id.known())
        // Else the rule has refused it.
        && T::to_id(id).is_ok()
    {
        id::check::<T>(id, attribute, cloud.capabilities, diagnostics);
    }
}

/// Refuses a question that asks for nothing, or for the same thing in two ways.
pub fn check<T: Thing>(cloud: &Tf<String>, id: &Tf<String>, name: &Tf<String>, diagnostics: &mut Diagnostics) {
    check_id::<T>("id", cloud, id, diagnostics);
    let noun = T::NOUN;
    match (id, name) {
        (Tf::Null, Tf::Null) => diagnostics.add_error("id", messages::nothing_asked_for(noun)),
        (Tf::Known(_), Tf::Known(_)) => diagnostics.add_error("name", messages::asked_for_twice(T::ARTICLE, noun)),
        _ => {}
    }
}

/// The thing of this name, or else of this id.
pub async fn find<T: Things + ?Sized>(
    cx: &Context<Session>,
    things: &T,
    capabilities: &Capabilities,
    id: &Tf<String>,
    name: &Tf<String>,
) -> Result<T::Thing, Diagnostics> {
    match name.known() {
        Some(name) => named(things, capabilities.title, name).await,
        None => {
            let id: IdOf<T> = self::id::<T::Thing>("id", id, capabilities)?;
            let thing = look(cx, things, &id).await?;
            thing.ok_or_else(|| not_found::<T::Thing>("id", &id, capabilities))
        }
    }
}

async fn named<T: Things + ?Sized>(things: &T, title: &str, name: &str) -> Result<T::Thing, Diagnostics> {
    let listed = things.list().await;
    let listed = listed.map_err(|error| failure::diagnostics(cannot_be_listed::<T::Thing>(), &error))?;
    let mut found: Vec<T::Thing> = listed.into_iter().filter(|thing| thing.name() == Some(name)).collect();
    match (found.pop(), found.as_slice()) {
        (Some(thing), []) => Ok(thing),
        (Some(thing), others) => Err(not_the_only_one(title, name, others.iter().chain([&thing]))),
        (None, _) => Err(none_of_that_name::<T::Thing>(title, name)),
    }
}

/// What a cloud tells about a thing, such as its log; with the refusal in a user's words. "Not found" may also be said of
/// something that has not begun yet: whether the thing itself is gone, only its witnesses tell.
pub async fn of_thing<T: Things + ?Sized, Told>(
    cx: &Context<Session>,
    things: &T,
    capabilities: &Capabilities,
    (attribute, id): (&'static str, &IdOf<T>),
    told: clouds::Result<Option<Told>>,
    summary: &str,
) -> Result<Told, Diagnostics> {
    let not_found = || not_found::<T::Thing>(attribute, id, capabilities);
    match told {
        Ok(told) => told.ok_or_else(not_found),
        Err(error) if absence::is_not_found(&error) && look(cx, things, id).await?.is_none() => Err(not_found()),
        Err(error) => Err(failure::diagnostics(summary, &error)),
    }
}

pub fn cannot_be_listed<T: Thing>() -> String {
    messages::cannot_be_listed(T::NOUN)
}

/// What is told where the cloud knows no thing of this id.
pub fn not_found<T: Thing>(attribute: &'static str, id: &T::Id, capabilities: &Capabilities) -> Diagnostics {
    let Capabilities { name, title, .. } = capabilities;
    let message = messages::not_found(T::NOUN, attribute, id, title, name, T::LISTED_BY);
    Diagnostics::from_error(Path::from(attribute), message)
}

/// What is told where there is nothing to import.
pub fn nothing_to_import<T: Thing>(id: &T::Id, capabilities: &Capabilities) -> Diagnostics {
    let Capabilities { name, title, .. } = capabilities;
    let message = messages::nothing_to_import(T::NOUN, name, id, title, T::LISTED_BY);
    Diagnostics::from_error(Path::from("id"), message)
}

fn none_of_that_name<T: Thing>(title: &str, name: &str) -> Diagnostics {
    Diagnostics::from_error("name", messages::no_such_name(T::NOUN, name, title, T::LISTED_BY))
}

fn not_the_only_one<'a, T: Thing + 'a>(title: &str, name: &str, found: impl Iterator<Item = &'a T>) -> Diagnostics {
    let mut ids: Vec<String> = found.map(|thing| thing.id().to_string()).collect();
    ids.sort_unstable();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let message = messages::several_of_name(T::NOUN, name, title, ids.len(), &enum_names(&ids));
    Diagnostics::from_error("name", message)
}

/// All that is shown of a thing.
pub trait Shown: Model {
    /// What can be asked for: the page's text, and those attributes of the thing that find it.
    type Question: Model;
}

/// A thing with all that is shown of it, some of which can be asked for.
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

/// The attributes of a thing, with those that can be asked for declared by the question.
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
