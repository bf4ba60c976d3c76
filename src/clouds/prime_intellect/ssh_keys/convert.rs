//! Conversion of Prime Intellect's SSH keys.

use super::api::SshKeyJson;
use crate::clouds::{
    SshKey, SshKeyId,
    tolerant::{Tolerant, Verbatim, filled, moment},
};

pub fn to_ssh_key(id: SshKeyId, json: SshKeyJson) -> SshKey {
    SshKey {
        id,
        name: filled(json.name),
        public_key: filled(Tolerant(json.public_key.0.map(|Verbatim(key)| key))),
        is_primary: json.is_primary.0,
        created_at: moment(&json.created_at),
    }
}
