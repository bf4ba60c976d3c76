//! Objects that have ended, as far as the cloud still shows them.

use super::answers::Refusal;
use crate::simulator::cloud::{GoneAs, Quirks};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    Terminated,
    /// Terminated so long ago that the cloud has forgotten it.
    Forgotten,
    /// Lost without a trace.
    Vanished,
}

/// For how long what has ended can be read, in milliseconds. Ours: no document says it.
pub(super) const REMEMBERED: u64 = 24 * 60 * 60 * 1_000;

/// Whether it can be read.
pub(super) fn is_told(end: Option<End>, quirks: &Quirks) -> bool {
    match end {
        None => true,
        Some(End::Vanished) => false,
        Some(End::Forgotten) => quirks.gone_as == Some(GoneAs::Terminated),
        Some(End::Terminated) => !matches!(quirks.gone_as, Some(GoneAs::NotFound | GoneAs::Absent)),
    }
}

/// No body of a 404 was ever seen; a detail is what the official CLI reads.
pub(super) fn missing(thing: &str, quirks: &Quirks) -> Refusal {
    match quirks.gone_as {
        Some(GoneAs::Absent) => Refusal::Page(404, "404 Not Found"),
        _ => Refusal::detail(404, format!("{thing} not found")),
    }
}
