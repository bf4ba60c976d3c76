//! How Yotta's texts are understood, whatever they are about.

use crate::clouds::lenient::Said;

/// An enumeration's word in capitals, whichever way it is written.
pub fn word(said: &Said<String>) -> String {
    said.0.as_deref().unwrap_or_default().trim().to_ascii_uppercase()
}

/// For what is only shown: an empty text says nothing.
pub fn filled(said: Said<String>) -> Option<String> {
    said.0.filter(|text| !text.trim().is_empty())
}
