//! The messages of `gpupod_ssh_key`.

crate::messages! {
    /// Summary of `refused`, where a key becomes the primary one.
    pub fn cannot_be_primary() { "The SSH key cannot be made primary" }
}
