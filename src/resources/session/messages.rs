//! The messages about the provider block, and about a cloud that cannot be used with it.

use std::fmt::Display;

crate::messages! {
    /// When an address in the provider block is none.
    pub fn wrong_base_url(name: &str, error: impl Display) {
        "Not an address of a cloud",
        "`{name}.base_url` cannot be used. {error}"
    }

    /// When no cloud is named, and none has a key.
    pub fn no_cloud_has_key(advice: &str) {
        "No cloud is chosen",
        "`cloud` is not set, and no cloud has a key. {advice}"
    }

    /// When no cloud is named, and several have a key.
    pub fn several_clouds_have_keys(names: &str, variable: &str) {
        "No cloud is chosen",
        "`cloud` is not set, and several clouds have a key. Use {names}, here, in the provider block, or as {variable} \
         in the environment."
    }

    /// When a list of clouds is open, and none has a key.
    pub fn no_clouds(advice: &str) {
        "No cloud can be used",
        "`clouds` is not set, and no cloud has a key. {advice}"
    }

    /// In messages about keys.
    pub fn set_key(variables: &str) { "Set {variables} in the environment, or `api_key` in the provider block." }

    /// When the cloud that is meant has no key.
    pub fn no_key(name: &str, variable: &str) {
        "The cloud has no key",
        "The cloud `{name}` has no key. Set {variable} in the environment, or `{name} = {{ api_key = … }}` in the \
         provider block."
    }

    /// When a state names a cloud that there is not. A configuration with such a name was refused before.
    pub fn unknown_cloud_in_state(attribute: &str, name: &str, names: &str) {
        "No such cloud",
        "`{attribute}` is {name:?}. The clouds are {names}. If the configuration says otherwise, the state was changed \
         by hand or by another program: restore a copy of it, or take the resource out with `terraform state rm \
         ADDRESS` and import it again."
    }

    /// When the provider block depends on values that an apply brings.
    pub fn settings_not_known(name: &str) {
        "The cloud cannot be reached yet",
        "The settings of the cloud `{name}` depend on values that are not known yet. Apply what they depend on first, \
         for instance with `-target`."
    }

    /// When the settings of a cloud cannot be used.
    pub fn wrong_settings(title: &str, name: &str, error: impl Display, key: &str, addresses: &str) {
        "{title} cannot be reached",
        "`{name}` cannot be used. {error} The settings are those of the provider block, or else {key} and {addresses} of \
         the environment."
    }

    /// When a plan names no cloud, and has to.
    pub fn no_cloud_named() {
        "No cloud is named",
        "`cloud` is empty. Name a cloud, or remove it: then the provider's is used."
    }
}
