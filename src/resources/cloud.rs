//! Which cloud a configuration means, as far as that is known.

use crate::resources::messages;
use std::sync::Arc;

use crate::{
    clouds::{self, Capabilities, Cloud, Description},
    resources::{id, session::Session, thing::Thing},
    tf::{Diagnostics, Path, Tf, enum_names},
};

/// The names of the clouds where something holds, as a choice; `None` if it holds for none.
pub fn clouds_where(holds: impl Fn(&Capabilities) -> bool) -> Option<String> {
    let all = clouds::ALL.iter().map(|description| description.capabilities);
    let names: Vec<&str> = all.filter(|one| holds(one)).map(|one| one.name).collect();
    (!names.is_empty()).then(|| enum_names(&names))
}

/// The cloud that is meant, before anything is configured: the one that is named, or the only one that there is.
pub fn validated(cloud: &Tf<String>, diagnostics: &mut Diagnostics) -> Option<&'static Capabilities> {
    match (cloud, clouds::ALL) {
        (Tf::Null, [only]) => Some(only.capabilities),
        _ => of_attribute(cloud, diagnostics),
    }
}

/// The cloud that is meant while planning. A plan that names none gets the provider's.
pub fn planned(
    session: &Session,
    config: &Tf<String>,
    planned: &mut Tf<String>,
    diagnostics: &mut Diagnostics,
) -> Option<&'static Capabilities> {
    if planned.is_unknown() && config.is_null() {
        match session.default_cloud() {
            Ok(Tf::Known(name)) => *planned = Tf::Known(name.to_owned()),
            Ok(_) => {}
            Err(error) => diagnostics.extend(error),
        }
    } else if planned.is_null() && config.is_null() {
        // A state has to have the configuration's own word, and this one would not say where the thing is.
        diagnostics.add_error("cloud", messages::no_cloud_named());
    }
    usable(session, planned, diagnostics)
}

/// The cloud of a name, which must have been given what it takes.
fn usable(session: &Session, cloud: &Tf<String>, diagnostics: &mut Diagnostics) -> Option<&'static Capabilities> {
    match session.cloud_if_known(cloud.known()?) {
        Ok(Some(cloud)) => Some(cloud.capabilities()),
        Ok(None) => of_attribute(cloud, diagnostics),
        Err(error) => {
            let found = of_attribute(cloud, diagnostics)?;
            diagnostics.extend(error);
            Some(found)
        }
    }
}

/// The cloud that a plan is for, if it can be asked already.
pub fn to_ask(session: &Session, planned: &Tf<String>) -> Option<Arc<dyn Cloud>> {
    session.cloud_if_known(planned.known()?).ok()?
}

/// The cloud and the id in an import id: `<id>` or `<cloud>/<id>`.
pub fn imported<T: Thing>(session: &Session, text: &str) -> Result<(Tf<String>, Tf<String>), Diagnostics> {
    let (cloud, id) = match text.split_once('/') {
        Some((cloud, id)) => (Tf::Known(cloud.to_owned()), id),
        None => (
            session.default_cloud()?.known().map(|name| (*name).to_owned()).into(),
            text,
        ),
    };
    let mut diagnostics = Diagnostics::new();
    let capabilities = usable(session, &cloud, &mut diagnostics);
    let reason = match capabilities {
        Some(capabilities) => id::why_not::<T>(id, capabilities),
        None => T::to_id(id).err().map(|invalid| invalid.to_string()),
    };
    if let Some(reason) = reason {
        diagnostics.add_error(Path::from("id"), messages::wrong_import_id(T::NOT_AN_ID, text, &reason));
    }
    match diagnostics.has_errors() {
        true => Err(diagnostics),
        false => Ok((cloud, Tf::Known(id.to_owned()))),
    }
}

/// The cloud of a name, as it was found in an attribute or elsewhere; an error if there is none.
pub fn named(
    name: &str,
    attribute: &'static str,
    found_in: &str,
    diagnostics: &mut Diagnostics,
) -> Option<&'static Capabilities> {
    let found = Description::of(name).map(|description| description.capabilities);
    if found.is_none() {
        let names: Vec<&str> = clouds::ALL
            .iter()
            .map(|description| description.capabilities.name)
            .collect();
        diagnostics.add_error(attribute, messages::no_such_cloud(found_in, name, &enum_names(&names)));
    }
    found
}

/// The cloud that the attribute `cloud` names, as far as it is known.
fn of_attribute(cloud: &Tf<String>, diagnostics: &mut Diagnostics) -> Option<&'static Capabilities> {
    named(cloud.known()?, "cloud", "`cloud` is", diagnostics)
}
