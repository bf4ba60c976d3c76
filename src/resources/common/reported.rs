//! Values that clouds report, as attributes.

use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use crate::tf::{List, Tf};

/// An attribute that the cloud echoes. What was not asked for is left alone, and what the cloud does not say stays.
pub fn echoed<T>(state: Tf<T>, seen: Tf<T>) -> Tf<T> {
    match (&state, &seen) {
        (Tf::Known(_), Tf::Known(_)) => seen,
        _ => state,
    }
}

/// What is seen, or else what was kept.
pub fn said<T>(kept: Tf<T>, seen: Tf<T>) -> Tf<T> {
    if seen.is_null() { kept } else { seen }
}

pub fn list<T, M>(elements: &[T], convert: impl Fn(&T) -> M) -> List<M> {
    List(elements.iter().map(|element| Tf::Known(convert(element))).collect())
}

/// Milliseconds since 1970 as RFC 3339.
pub fn timestamp(milliseconds: i64) -> Option<String> {
    let time = OffsetDateTime::from_unix_timestamp_nanos(i128::from(milliseconds) * 1_000_000).ok()?;
    time.format(&Rfc3339).ok()
}
