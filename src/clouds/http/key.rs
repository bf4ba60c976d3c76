//! Authentication header with the API key.

use reqwest::header::{HeaderName, HeaderValue};

use crate::clouds::Secret;

/// A key, checked to fit into a header.
pub struct KeyHeader {
    name: HeaderName,
    value: HeaderValue,
    secret: Secret,
}

/// Why a key was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidKey {
    #[error("The key is empty. Copy it again from the cloud's console.")]
    Empty,
    #[error(
        "The key holds a space, a line break or another character that no key has. Copy it again from the cloud's console."
    )]
    Characters,
}

impl KeyHeader {
    /// `name` is in lower case; `prefix` stands before the key, such as `Bearer `.
    pub fn new(name: &'static str, prefix: &str, secret: Secret) -> Result<Self, InvalidKey> {
        if secret.reveal().is_empty() {
            return Err(InvalidKey::Empty);
        }
        if !secret.reveal().bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(InvalidKey::Characters);
        }
        let text = format!("{prefix}{}", secret.reveal());
        let mut value = HeaderValue::from_str(&text).map_err(|_| InvalidKey::Characters)?;
        value.set_sensitive(true);
        Ok(Self {
            name: HeaderName::from_static(name),
            value,
            secret,
        })
    }

    pub fn name(&self) -> &HeaderName {
        &self.name
    }

    pub fn value(&self) -> &HeaderValue {
        &self.value
    }

    pub fn secret(&self) -> &Secret {
        &self.secret
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(key: &str, expected: Result<&str, InvalidKey>) {
        let header = KeyHeader::new("x-api-key", "Bearer ", Secret::new(key));
        let found = header
            .as_ref()
            .map(|header| header.value().to_str().unwrap_or_default());
        assert_eq!(found, expected.as_ref().map(|text| *text), "{key:?}");
    }

    #[test]
    fn a_key_fits_into_a_header() {
        check("abc-123", Ok("Bearer abc-123"));
        check("", Err(InvalidKey::Empty));
        check("abc ", Err(InvalidKey::Characters));
        check("abc\n", Err(InvalidKey::Characters));
        check("schlüssel", Err(InvalidKey::Characters));
    }

    #[test]
    fn debug_shows_no_key() {
        let header = KeyHeader::new("x-api-key", "", Secret::new("swordfish")).expect("a good key");
        assert!(header.value().is_sensitive());
        assert!(!format!("{:?}", header.value()).contains("swordfish"));
    }
}
