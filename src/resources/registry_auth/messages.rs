//! The messages of `gpupod_container_registry_auth`.

crate::messages! {
    /// When there is a password without a version.
    pub fn password_needs_version() {
        "Password needs a version",
        "`password_wo_version` is not set, but `password_wo` is. Give it a number and raise it whenever the password \
         changes: Terraform cannot see that by itself."
    }

    /// When a new credential has no user.
    pub fn missing_username() {
        "User name is missing",
        "`username` is not set, and the credential is new. Give it the user at the registry."
    }

    /// When a new credential has no password.
    pub fn missing_password() {
        "Password is missing",
        "`password_wo` is not set, and the credential is new. Give it the password to send."
    }

    /// When the version of a password changes, and there is none.
    pub fn missing_new_password() {
        "Password is missing",
        "`password_wo` is not set, but `password_wo_version` changes. Give it the password to send."
    }

    /// Summary of `refused`, of a change.
    pub fn cannot_be_changed() { "The registry credential cannot be changed" }
}
