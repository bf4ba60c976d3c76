//! The messages of data sources.

crate::messages! {
    /// When a log is asked for that ends before it starts.
    pub fn end_before_start(end: &str, start: &str) {
        "The end is before the start",
        "`end_time` is earlier than `start_time`: {end} and {start}. Exchange them, or leave one of them out."
    }

    /// Summary of `refused`, of ended pods.
    pub fn histories_cannot_be_read() { "The ended pods cannot be read" }

    /// Summary of `refused`, of a catalogue.
    pub fn gpus_cannot_be_read() { "The GPUs cannot be read" }

    /// Summary of `refused`, of the time that a pod has run.
    pub fn running_time_cannot_be_read() { "The running time cannot be read" }

    /// Summary of `refused`, of a log.
    pub fn logs_cannot_be_read() { "The logs cannot be read" }
}
