//! The messages that hold for every schema and every provider.

use super::Path;

crate::messages! {
    /// When a value is not valid. Summary and allowed values are the validator's own.
    pub(super) fn invalid_value(summary: &str, path: &Path, found: &str, allowed: &str) {
        "{summary}",
        "`{path}` {found}. {allowed}"
    }

    /// When the key of a map is not valid.
    pub(super) fn invalid_key(summary: &str, key: &str, path: &Path, found: &str, allowed: &str) {
        "{summary}",
        "The key {key:?} of `{path}` {found}. {allowed}"
    }

    /// When the provider itself is wrong: nothing that its users could correct.
    pub(super) fn internal_error(detail: &str) {
        "Internal error of the provider",
        "{detail}\n\nThis is a mistake in the provider, not in your configuration. Please report it to the provider's \
         developers with the text above."
    }
}
