//! The messages that hold for every resource, data source and function.

use crate::{tf::Path, wire::DecodeError};

crate::messages! {
    /// When a state or a configuration names a resource or a data source that there is not.
    pub(super) fn unknown_type(kind: &str, name: &str) {
        "No such {kind}",
        "This version of the provider has no {kind} `{name}`. Upgrade the provider or correct the name."
    }

    /// When a resource or data source is asked for before the provider block has been accepted.
    pub(super) fn not_configured() {
        "The provider is not configured",
        "The provider block has errors, or Terraform has not configured the provider. Correct the block first."
    }

    /// When Ctrl-C ends a call that only asks.
    pub(super) fn interrupted() {
        "Interrupted",
        "The run was interrupted before the answer was there. Nothing was changed. Run it again."
    }

    /// When a required attribute is null.
    pub(super) fn missing_value(path: &Path) {
        "Missing value",
        "`{path}` is null. It is required: give it a value."
    }

    /// When a configuration sets a computed attribute.
    pub(super) fn read_only(path: &Path) {
        "Attribute is read-only",
        "`{path}` has a value. Only the provider sets it: remove it from the configuration."
    }

    /// When a write-only attribute is set and Terraform is too old to keep it out of the state.
    pub(super) fn write_only_unsupported(path: &Path) {
        "Write-only attribute cannot be used",
        "`{path}` has a value. Write-only attributes need Terraform 1.11 or OpenTofu 1.11, or later: upgrade, or \
         remove it."
    }

    /// When a state is of a schema version that this release does not read.
    pub(super) fn unknown_schema_version(type_name: &str, version: i64, own: i64) {
        "The state's schema version is not known",
        "The state of this `{type_name}` has schema version {version}, and this version of the provider has {own}. Use \
         the release of the provider that wrote the state, or a later one."
    }

    /// When a `moved` block leads from another type to one of ours.
    pub(super) fn cannot_move(source: &str, provider: &str, target: &str) {
        "The resource cannot be moved",
        "A `{source}` of the provider {provider} cannot become a `{target}`. Remove the `moved` block; to take over what \
         exists already, import it."
    }

    /// When a state cannot be decoded. Any release reads what any release wrote, so that somebody else has changed it.
    pub(super) fn damaged_state(type_name: &str, error: &DecodeError) {
        "The state is damaged",
        "The state of this `{type_name}` cannot be read: {error}. No release of the provider writes that: the state was \
         changed by hand or by another program, or was not written to its end.\n\nRestore a copy of the state, such as \
         `terraform.tfstate.backup` or an earlier version in the backend. Without one, take the resource out with \
         `terraform state rm ADDRESS` and take it over again with `terraform import ADDRESS ID`: nothing is deleted by \
         that."
    }

    /// When a configuration calls a function that there is not.
    pub(super) fn unknown_function(name: &str) { "This version of the provider has no function `{name}`." }

    /// When a function is called with more or fewer arguments than it has parameters.
    pub(super) fn wrong_argument_count(expected: usize, found: usize) { "The function takes {expected} arguments, not {found}." }

    /// When an argument of a function is null or unknown.
    pub(super) fn missing_argument(name: &str) { "`{name}` has no value. Give it one." }
}
