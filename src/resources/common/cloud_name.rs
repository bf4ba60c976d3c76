//! The names of clouds, as validators and messages use them before anything is configured.

use super::messages;
use crate::{
    clouds::{self, Capabilities, Description},
    tf::{Diagnostics, Tf, enum_names},
};

/// The names of the clouds where something holds, as a choice; `None` if it holds for none.
pub fn clouds_where(holds: impl Fn(&Capabilities) -> bool) -> Option<String> {
    let all = clouds::ALL.iter().map(|description| description.capabilities);
    let names: Vec<&str> = all.filter(|one| holds(one)).map(|one| one.name).collect();
    (!names.is_empty()).then(|| enum_names(&names))
}

/// The names of all clouds, as a choice.
pub fn all_clouds() -> String {
    clouds_where(|_| true).unwrap_or_default()
}

/// The cloud that is meant, before anything is configured: the one that is named, or the only one that there is.
pub fn validated(cloud: &Tf<String>, diagnostics: &mut Diagnostics) -> Option<&'static Capabilities> {
    match (cloud, clouds::ALL) {
        (Tf::Null, [only]) => Some(only.capabilities),
        _ => of_attribute(cloud, diagnostics),
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
        diagnostics.add_error(attribute, messages::no_such_cloud(found_in, name, &all_clouds()));
    }
    found
}

/// The cloud that the attribute `cloud` names, as far as it is known.
pub fn of_attribute(cloud: &Tf<String>, diagnostics: &mut Diagnostics) -> Option<&'static Capabilities> {
    named(cloud.known()?, "cloud", "`cloud` is", diagnostics)
}
