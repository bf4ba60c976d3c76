//! Clouds that cannot be used, as errors of the resource or data source that names one.

use super::configure::DEFAULT_CLOUD_VARIABLE;
use super::messages;
use crate::{
    clouds::{self, Description},
    resources::common::cloud_name::all_clouds,
    tf::{Diagnostics, Path, enum_names},
};

/// No cloud is named, and those `with_key` are none or several.
pub fn no_default_cloud(with_key: &[&str]) -> Diagnostics {
    let message = if with_key.is_empty() {
        messages::no_cloud_has_key(&how_to_give_a_key())
    } else {
        messages::several_clouds_have_keys(&enum_names(with_key), DEFAULT_CLOUD_VARIABLE)
    };
    Diagnostics::from_error(Path::from("cloud"), message)
}

/// No clouds are named, and there are none with a key.
pub fn no_clouds() -> Diagnostics {
    Diagnostics::from_error("clouds", messages::no_clouds(&how_to_give_a_key()))
}

pub fn no_key(name: &str, attribute: &'static str) -> Diagnostics {
    let Some(variable) = Description::of(name).map(|description| description.key_variable()) else {
        return no_such_cloud(name, attribute);
    };
    Diagnostics::from_error(attribute, messages::no_key(name, variable))
}

/// A configuration with such a name was refused before, so that it is a state's.
fn no_such_cloud(name: &str, attribute: &'static str) -> Diagnostics {
    let message = messages::unknown_cloud_in_state(attribute, name, &all_clouds());
    Diagnostics::from_error(attribute, message)
}

pub fn not_yet_known(name: &str, attribute: &'static str) -> Diagnostics {
    Diagnostics::from_error(attribute, messages::settings_not_known(name))
}

pub fn not_connected(description: &Description, error: &impl std::fmt::Display) -> Diagnostics {
    let name = description.capabilities.name;
    let sources = description.base_url_variables().join(" or ");
    let (title, key) = (description.capabilities.title, description.key_variable());
    Diagnostics::from_error(name, messages::wrong_settings(title, name, error, key, &sources))
}

fn how_to_give_a_key() -> String {
    let variables: Vec<&str> = clouds::ALL
        .iter()
        .map(|description| description.key_variable())
        .collect();
    messages::set_key(&enum_names(&variables))
}
