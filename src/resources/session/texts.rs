//! What a user reads whose resource or data source has no cloud that can be used.

use super::make::DEFAULT_CLOUD_VARIABLE;
use crate::{
    clouds::{self, Description},
    tf::{Diagnostics, Path, enum_names},
};

/// No cloud is named, and those `with_key` are none or several.
pub fn no_default_cloud(with_key: &[&str]) -> Diagnostics {
    let detail = match with_key.is_empty() {
        true => format!("`cloud` is not set, and no cloud has a key. {}", how_to_give_a_key()),
        false => format!(
            "`cloud` is not set, and several clouds have a key. Use {}, here, in the provider block, or as \
             {DEFAULT_CLOUD_VARIABLE} in the environment.",
            enum_names(with_key)
        ),
    };
    Diagnostics::of_error(Path::from("cloud"), "No cloud is chosen", detail)
}

/// No clouds are named, and there are none with a key.
pub fn no_clouds() -> Diagnostics {
    let detail = format!("`clouds` is not set, and no cloud has a key. {}", how_to_give_a_key());
    Diagnostics::of_error("clouds", "No cloud can be used", detail)
}

pub fn no_key(name: &str, attribute: &'static str) -> Diagnostics {
    let Some(variable) = Description::of(name).map(|description| description.key_variable) else {
        return no_such_cloud(name, attribute);
    };
    let detail = format!(
        "The cloud `{name}` has no key. Set {variable} in the environment, or `{name} = {{ api_key = … }}` in the \
         provider block."
    );
    Diagnostics::of_error(attribute, "The cloud has no key", detail)
}

/// A configuration with such a name was refused before, so that it is a state's.
fn no_such_cloud(name: &str, attribute: &'static str) -> Diagnostics {
    let names: Vec<&str> = clouds::ALL
        .iter()
        .map(|description| description.capabilities.name)
        .collect();
    let detail = format!(
        "`{attribute}` is {name:?}. The clouds are {}. If the configuration says otherwise, the state was changed by hand \
         or by another program: restore a copy of it, or take the resource out with `terraform state rm ADDRESS` and \
         import it again.",
        enum_names(&names)
    );
    Diagnostics::of_error(attribute, "No such cloud", detail)
}

pub fn not_yet_known(name: &str, attribute: &'static str) -> Diagnostics {
    let detail = format!(
        "The settings of the cloud `{name}` depend on values that are not known yet. Apply what they depend on first, \
         for instance with `-target`."
    );
    Diagnostics::of_error(attribute, "The cloud cannot be reached yet", detail)
}

pub fn not_connected(description: &Description, error: &impl std::fmt::Display) -> Diagnostics {
    let name = description.capabilities.name;
    let sources = description.base_url_variables.join(" or ");
    let detail = format!(
        "`{name}` cannot be used. {error} The settings are those of the provider block, or else {} and {sources} of \
         the environment.",
        description.key_variable
    );
    let summary = format!("{} cannot be reached", description.capabilities.title);
    Diagnostics::of_error(name, summary, detail)
}

fn how_to_give_a_key() -> String {
    let variables: Vec<&str> = clouds::ALL.iter().map(|description| description.key_variable).collect();
    format!(
        "Set {} in the environment, or `api_key` in the provider block.",
        enum_names(&variables)
    )
}
