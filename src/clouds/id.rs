//! Ids as newtypes: a number or a text at the cloud, a text here, one type for each kind of object.

use std::fmt;

use super::Invalid;

/// No cloud's ids come near this.
const LONGEST: usize = 255;

macro_rules! ids {
    ($($(#[doc = $doc:literal])* $Id:ident),* $(,)?) => {$(
        $(#[doc = $doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $Id(String);

        impl $Id {
            /// Never empty, and fit for a path segment.
            pub fn new(id: impl Into<String>) -> Result<Self, Invalid> {
                checked(id.into()).map(Self)
            }

            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $Id {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

ids! {
    /// The cloud's id of a pod.
    PodId,
    /// The cloud's id of a volume.
    VolumeId,
    /// The cloud's id of a registry credential.
    RegistryAuthId,
    /// The cloud's id of an SSH key.
    SshKeyId,
}

fn checked(id: String) -> Result<String, Invalid> {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let is_one = (1..=LONGEST).contains(&id.len()) && id.chars().all(fits) && !id.starts_with('.');
    match is_one {
        true => Ok(id),
        false => Err(Invalid(
            "an id has letters, digits, hyphens, underscores and dots only, and 255 of them at most",
        )),
    }
}

/// The form of the ids of one kind of object at a cloud.
#[derive(Debug, Clone, Copy)]
pub struct IdForm {
    /// As the end of a sentence: "has digits alone".
    pub told: &'static str,
    pub fits: fn(&str) -> bool,
}

/// The forms of a cloud's ids.
#[derive(Debug, Clone, Copy)]
pub struct IdForms {
    pub pod: IdForm,
    pub volume: IdForm,
    pub registry_auth: IdForm,
    pub ssh_key: IdForm,
}

impl IdForms {
    /// Of a cloud where all things have ids of one form.
    pub const fn all(told: &'static str, fits: fn(&str) -> bool) -> Self {
        Self {
            pod: IdForm { told, fits },
            volume: IdForm { told, fits },
            registry_auth: IdForm { told, fits },
            ssh_key: IdForm { told, fits },
        }
    }
}

/// A text without a meaning of its own, as most clouds' ids are.
pub fn is_opaque(id: &str) -> bool {
    !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_cannot_lead_a_path_astray() {
        for id in ["420522713875330018", "vol-1", "a.b_c"] {
            assert!(PodId::new(id).is_ok(), "{id}");
        }
        for id in ["", "..", "a/b", "a?b", "a b", "%2e", &"1".repeat(256)] {
            assert!(PodId::new(id).is_err(), "{id}");
        }
    }
}
