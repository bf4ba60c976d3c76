//! The messages about catalogues of GPUs.

crate::messages! {
    /// Summary of `refused`, of a catalogue.
    pub fn gpus_cannot_be_read() { "The GPUs cannot be read" }
}
