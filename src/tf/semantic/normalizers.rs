//! Normalizers: canonical forms of texts for semantic equality. An attribute's spec names its own.

use std::borrow::Cow;

use crate::tf::{format_duration, parse_duration};

/// What all texts become that mean the same. Line ends are equal already, and one line break at the end is gone.
pub type Normalizer = fn(&str) -> String;

/// The text with LF line ends, as a file has them that was not checked out on Windows.
pub fn line_ends(text: &str) -> Cow<'_, str> {
    match text.contains('\r') {
        true => Cow::Owned(text.replace("\r\n", "\n")),
        false => Cow::Borrowed(text),
    }
}

/// A text in which white space at the ends says nothing.
pub fn trimmed(text: &str) -> String {
    text.trim().to_owned()
}

/// A directory, which may be written with a slash at its end.
pub fn directory(text: &str) -> String {
    match text.trim_end_matches('/') {
        "" if text.starts_with('/') => "/".to_owned(),
        directory => directory.to_owned(),
    }
}

/// A URL, in which the path of the root may be left out.
pub fn url(text: &str) -> String {
    let is_root = text.strip_suffix('/').and_then(|rest| rest.split_once("://"));
    match is_root {
        Some((scheme, host)) if !host.contains(['/', '?', '#']) => format!("{scheme}://{host}"),
        _ => text.to_owned(),
    }
}

/// A duration such as `90s`, which is also `1m30s`.
pub fn duration(text: &str) -> String {
    parse_duration(text).map_or_else(|| text.to_owned(), format_duration)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_mean_the_same_become_one() {
        let table: [(Normalizer, &str, &str, bool); 13] = [
            (trimmed, " a b\n", "a b", true),
            (trimmed, "ab", "a b", false),
            (directory, "/data/", "/data", true),
            (directory, "/", "//", true),
            (directory, "/data", "/data/x", false),
            (directory, "", "/", false),
            (url, "https://a.example/", "https://a.example", true),
            (url, "https://a.example/hook/", "https://a.example/hook", false),
            (url, "https://a.example/?q=/", "https://a.example/?q=", false),
            (duration, "90s", "1m30s", true),
            (duration, "90s", "91s", false),
            (duration, "soon", "soon", true),
            (|text| line_ends(text).into_owned(), "a\r\nb", "a\nb", true),
        ];
        for (normalizer, one, other, is_same) in table {
            assert_eq!(normalizer(one) == normalizer(other), is_same, "{one:?} {other:?}");
        }
    }
}
