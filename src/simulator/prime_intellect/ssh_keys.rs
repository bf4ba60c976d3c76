//! The operations on SSH keys: create, list, make primary, delete. No document has one to read a single key.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::answers::{Outcome, Refusal};
use super::query::Page;
use super::{PrimeIntellect, USER, gone, validation};
use crate::simulator::clock::iso_8601;
use crate::simulator::cloud::{Quirks, Scene};
use crate::simulator::http::Request;
use crate::simulator::limits::{ANY_TEXT, Field, Kind, Mistake, optional, required};

#[derive(Serialize, Deserialize)]
pub(super) struct SshKey {
    pub id: String,
    name: String,
    public_key: String,
    is_primary: bool,
    created_at: u64,
    updated_at: u64,
}

const CREATION: &[Field] = &[
    required("name", ANY_TEXT),
    required(
        "publicKey",
        Kind::Pattern(is_public_key, "must be a public key of OpenSSH"),
    ),
];
const UPDATE: &[Field] = &[optional("isPrimary", Kind::Flag)];

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Creation {
    name: String,
    public_key: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Update {
    is_primary: Option<bool>,
}

/// A kind, the key in base64, and perhaps a comment. That the API looks at it is inferred.
fn is_public_key(text: &str) -> bool {
    let mut parts = text.split_whitespace();
    let kind = parts.next().unwrap_or_default();
    let key = parts.next().unwrap_or_default();
    let is_base64 = |letter: char| letter.is_ascii_alphanumeric() || "+/=".contains(letter);
    let is_kind = ["ssh-", "ecdsa-sha2-", "sk-"]
        .iter()
        .any(|start| kind.starts_with(start));
    is_kind && !key.is_empty() && key.chars().all(is_base64)
}

/// The first one is primary, so that pods can be reached at all.
pub(super) fn create(cloud: &mut PrimeIntellect, request: &Request, scene: &Scene<'_>) -> Outcome {
    let Creation { name, public_key } = validation::read(request, CREATION, scene.quirks.reading())?;
    let key = SshKey {
        id: cloud.new_id(),
        name,
        public_key,
        is_primary: !cloud.ssh_keys.iter().any(|key| key.is_primary),
        created_at: scene.now,
        updated_at: scene.now,
    };
    let response = key.shown();
    cloud.ssh_keys.push(key);
    Ok(response)
}

pub(super) fn list(cloud: &PrimeIntellect, request: &Request, scene: &Scene<'_>) -> Outcome {
    let page = Page::read(request, scene.quirks)?;
    Ok(page.of(cloud.ssh_keys.iter().map(SshKey::shown).collect()))
}

/// A key can become primary, and nothing else.
pub(super) fn update(cloud: &mut PrimeIntellect, id: &str, request: &Request, scene: &Scene<'_>) -> Outcome {
    let Update { is_primary } = validation::read(request, UPDATE, scene.quirks.reading())?;
    position(cloud, id, scene.quirks)?;
    match is_primary {
        Some(false) => Err(Refusal::in_body(vec![Mistake::against("isPrimary", "must be true")])),
        None => Ok(json!({"message": "Nothing to update", "updated_fields": {}})),
        Some(true) => {
            for key in &mut cloud.ssh_keys {
                key.is_primary = key.id == id;
                key.updated_at = scene.now;
            }
            Ok(json!({"message": "SSH key updated", "updated_fields": {"isPrimary": true}}))
        }
    }
}

/// The body of the answer is in no document.
pub(super) fn delete(cloud: &mut PrimeIntellect, id: &str, scene: &Scene<'_>) -> Outcome {
    let position = position(cloud, id, scene.quirks)?;
    cloud.ssh_keys.remove(position);
    Ok(json!({"message": "SSH key deleted"}))
}

fn position(cloud: &PrimeIntellect, id: &str, quirks: &Quirks) -> Result<usize, Refusal> {
    let position = cloud.ssh_keys.iter().position(|key| key.id == id);
    position.ok_or_else(|| gone::missing("SSH key", quirks))
}

impl SshKey {
    fn shown(&self) -> Value {
        json!({
            "id": self.id,
            "userId": USER,
            "name": self.name,
            "publicKey": self.public_key,
            "isPrimary": self.is_primary,
            "isUserKey": true,
            "createdAt": iso_8601(self.created_at),
            "updatedAt": iso_8601(self.updated_at),
        })
    }

    /// For people.
    pub fn summary(&self) -> Value {
        json!({"id": self.id, "name": self.name, "is_primary": self.is_primary})
    }
}
