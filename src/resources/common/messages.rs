//! The messages about a cloud's error, and about clouds and features that there are not.

use std::fmt::Display;

crate::messages! {
    /// When a cloud refuses a request, or does not answer it. What the cloud said comes first.
    pub fn refused(summary: &str, said: &str, advice: &str) {
        "{summary}",
        "{said}\n\n{advice}"
    }

    /// In `refused`, where the address may be wrong.
    pub fn address_source(name: &str, variables: &str) {
        "; the address is that of `{name}.base_url` in the provider block, or of {variables}, or else the cloud's own"
    }

    /// In `refused`.
    pub fn advice_invalid() { "The cloud calls the request wrong. Correct what its message names." }

    /// In `refused`.
    pub fn advice_unauthorized() {
        "The cloud does not take the key. Check that it is whole, current, and for this cloud."
    }

    /// In `refused`.
    pub fn advice_forbidden() { "The key may not do this. Use one with the permission, or ask its owner for it." }

    /// In `refused`.
    pub fn advice_payment() { "The balance does not allow it. Top the account up, then apply again." }

    /// In `refused`.
    pub fn advice_not_found() { "The cloud knows no such thing. Run a plan to see what is left." }

    /// In `refused`.
    pub fn advice_wrong_state() {
        "The cloud does not allow this in the state that the thing is in. Apply again when it is at rest."
    }

    /// In `refused`.
    pub fn advice_conflict() {
        "It is in conflict with something else at the cloud. Resolve what the message names, then apply again."
    }

    /// In `refused`.
    pub fn advice_no_capacity() {
        "The cloud has no such machine free now. Try again later, or allow more regions or another GPU."
    }

    /// In `refused`.
    pub fn advice_rate_limited() {
        "The cloud is being asked too often. Apply again later, or with a lower `-parallelism`."
    }

    /// In `refused`.
    pub fn advice_unreachable() {
        "The cloud could not be reached. Check the network and the address, then apply again."
    }

    /// In `refused`.
    pub fn advice_interrupted() { "Nothing was done. Apply again." }

    /// In `refused`.
    pub fn advice_failed() {
        "The cloud did not answer as it should. What is in the state is kept. Apply again; if it goes on, ask the \
         cloud's support."
    }

    /// When a cloud is named that there is not.
    pub fn no_such_cloud(found_in: &str, name: &str, names: &str) {
        "No such cloud",
        "{found_in} {name:?}. Use {names}."
    }

    /// When a cloud as a whole lacks what a resource or data source needs.
    pub fn missing_part(title: &str, name: &str, lack: &str, advice: &str) {
        "{title} {lack}",
        "The cloud is `{name}`, and {title} {lack}. {advice}"
    }

    /// In `missing_part`.
    pub fn use_clouds(names: &str) { "Use {names}." }

    /// In `missing_part`, where no cloud has it.
    pub fn in_no_cloud() { "No cloud of this release does it differently." }

    /// When an attribute is set that the cloud does not have.
    pub fn unsupported(title: &str, path: impl Display, advice: &str) {
        "Not available on {title}",
        "`{path}` is set, and {title} does not have it. {advice}"
    }

    /// In `unsupported`.
    pub fn remove_it() { "Remove it." }

    /// In `unsupported`, where other clouds have it.
    pub fn remove_or_use(names: &str) { "Remove it, or use the cloud {names}." }

    /// When a new object lacks an attribute that its cloud needs.
    pub fn required(title: &str, path: impl Display) {
        "Required on {title}",
        "`{path}` is not set, and {title} needs it. Give it a value."
    }
}
