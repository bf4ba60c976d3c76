//! Yotta's error codes: the `code` of the envelope, its meaning, and what it leads to.

use crate::clouds::Kind;

pub const SUCCESS: i64 = 10000;

/// Every code that a document has, with the kind of error that it is. The reference and the guide have them, but 10004 and
/// 12000: those are known from the tests of Yotta's SDK. The guide's codes of virtual machines (11000 to 11002) never come
/// for what is asked here. The kind alone decides what happens next:
///
/// | kind | retried by the HTTP client | leads to |
/// |---|---|---|
/// | `Invalid` | never | an error to the user; for a create whose message says that nothing is free, [`Kind::NoCapacity`] |
/// | `Forbidden` | never | an error to the user |
/// | `CloudFailed` | if idempotent, with backoff | then an error; after a create the pod may exist and is looked for in the list. Where its message says that nothing is free, and HTTP does not say 5xx, [`Kind::NoCapacity`] |
/// | `NotFound` | never | on read: gone from the state only if the list, the second witness, does not have it either; on delete: done, after the same check |
/// | `WrongState` | never | stop and start: reads the pod and tries again; destroy: stops first, then deletes again; a volume or credential: waits until no pod uses it, then deletes again; else an error to the user |
/// | a code that is not here | never | [`Kind::Unreadable`]: nothing is proven, so that after a create the pod is looked for |
#[rustfmt::skip]
const ERRORS: [(i64, Kind, &str); 7] = [
    // code, kind, meaning in the document
    (10001, Kind::Invalid, "invalid request parameters"),
    (10002, Kind::CloudFailed, "system error"),
    (10004, Kind::Forbidden, "no permissions"),
    (10007, Kind::NotFound, "record does not exist"),
    (12000, Kind::NotFound, "Pod not exist"),
    (12001, Kind::WrongState, "resource status invalid"),
    (13000, Kind::NotFound, "pod not found"),
];

/// The kind of error that a code is; `None` if no document has it.
pub fn kind(code: i64) -> Option<Kind> {
    ERRORS
        .iter()
        .find(|(known, _, _)| *known == code)
        .map(|(_, kind, _)| *kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_a_kind_and_a_row_that_says_what_it_leads_to() {
        let rows = include_str!("codes.rs");
        for (code, expected, meaning) in ERRORS {
            assert_eq!(kind(code), Some(expected), "{code}, {meaning}");
            assert!(rows.contains(&format!("/// | `{expected:?}` |")), "{code}, {meaning}");
        }
        for unknown in [SUCCESS, 0, 200, 11000, 12002] {
            assert_eq!(kind(unknown), None, "{unknown}");
        }
    }
}
