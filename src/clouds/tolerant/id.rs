//! Ids, exact to the last digit.

use serde_json::Value;

use super::{FromJson, TextOrNumber};
use crate::clouds::{PodId, RegistryAuthId, SshKeyId, VolumeId};

impl FromJson for PodId {
    fn from_json(value: Value) -> Option<Self> {
        PodId::new(id(value)?).ok()
    }
}

impl FromJson for VolumeId {
    fn from_json(value: Value) -> Option<Self> {
        VolumeId::new(id(value)?).ok()
    }
}

impl FromJson for RegistryAuthId {
    fn from_json(value: Value) -> Option<Self> {
        RegistryAuthId::new(id(value)?).ok()
    }
}

impl FromJson for SshKeyId {
    fn from_json(value: Value) -> Option<Self> {
        SshKeyId::new(id(value)?).ok()
    }
}

/// A number is an id only if it is written as digits.
fn id(value: Value) -> Option<String> {
    let is_number = value.is_number();
    let TextOrNumber(text) = FromJson::from_json(value)?;
    (!is_number || text.bytes().all(|byte| byte.is_ascii_digit())).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clouds::tolerant::tests::read;

    #[test]
    fn ids_are_exact() {
        let check = |json, expected: Option<&str>| {
            let found: Option<PodId> = read(json);
            assert_eq!(found.as_ref().map(PodId::as_str), expected, "{json}");
        };
        check("420522713875330018", Some("420522713875330018"));
        check(r#""420522713875330018""#, Some("420522713875330018"));
        check("18446744073709551615", Some("18446744073709551615"));
        check("18446744073709551616", Some("18446744073709551616"));
        check("9007199254740993", Some("9007199254740993"));
        for odd in [
            "1.0",
            "1e18",
            "-5",
            "null",
            "true",
            r#""""#,
            r#"" ""#,
            r#""a/b""#,
            r#""../x""#,
            "[1]",
            "{}",
        ] {
            check(odd, None);
        }
    }
}
