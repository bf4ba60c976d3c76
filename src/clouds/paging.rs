//! What the lists of all clouds have in common that come in pages.

use super::{
    Error, Kind,
    http::{Failure, Http, Request},
};

/// No list of a cloud comes near this; it keeps a broken server from being asked for ever.
pub const MOST_PAGES: u32 = 1_000;
/// So many pages are read at once, if the first one tells that there are others.
pub const AT_ONCE: usize = 10;

/// The number of pages that a first page announces, as far as they are asked for.
pub fn at_most(announced: u64) -> u32 {
    u32::try_from(announced).unwrap_or(MOST_PAGES).min(MOST_PAGES)
}

/// Half a list would make what it does not name look gone.
pub fn endless(http: &Http, request: &Request) -> Error {
    let message = "the list does not end: its pages repeat or are too many";
    http.error(request, Failure::new(Kind::Unreadable, message))
}
