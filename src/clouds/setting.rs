//! Settings of a cloud's connection, as data: the provider block, its docs and the reading of the environment come from
//! them, so that a setting is declared once, in its cloud's folder.

/// One setting of a cloud: a text.
#[derive(Debug)]
pub struct Setting {
    /// As configurations write it.
    pub name: &'static str,
    /// The environment variables that may hold it, the first one first.
    pub variables: &'static [&'static str],
    pub secrecy: Secrecy,
    /// For users, in Markdown: what it is, its variables, its default. That of the address is written as `{default}`.
    pub doc: &'static str,
    /// For users who gave an empty text.
    pub if_empty: &'static str,
}

/// Whether what is given may be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Secrecy {
    Public,
    /// It is no secret, but may hold one, such as a password in an address.
    MayHoldSecret,
    Secret,
}

/// The name of the setting that every cloud has for its key.
pub const API_KEY: &str = "api_key";
/// The name of the setting that every cloud has for its address.
pub const BASE_URL: &str = "base_url";

impl Setting {
    pub const fn api_key(variables: &'static [&'static str], doc: &'static str) -> Self {
        Self {
            name: API_KEY,
            variables,
            secrecy: Secrecy::Secret,
            doc,
            if_empty: "Remove it, or give the key.",
        }
    }

    pub const fn base_url(variables: &'static [&'static str], doc: &'static str) -> Self {
        Self {
            name: BASE_URL,
            variables,
            secrecy: Secrecy::MayHoldSecret,
            doc,
            if_empty: "Remove it, or give the address.",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clouds::ALL;

    #[test]
    fn a_doc_names_every_variable_and_the_default() {
        for description in ALL {
            let cloud = description.capabilities.name;
            for setting in description.settings {
                let named = setting
                    .variables
                    .iter()
                    .all(|name| setting.doc.contains(&format!("`{name}`")));
                assert!(named, "{cloud}.{}", setting.name);
            }
            let base_url = description.setting(BASE_URL).expect("is there");
            assert!(base_url.doc.contains("`{default}`"), "{cloud}");
            assert!(!description.key_variable().is_empty(), "{cloud}");
        }
    }
}
