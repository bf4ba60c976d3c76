//! Conversion of Yotta's registry credentials.

use super::api::RegistryAuthJson;
use crate::clouds::{RegistryAuth, RegistryAuthId, tolerant::filled};

pub fn to_registry_auth(id: RegistryAuthId, json: RegistryAuthJson) -> RegistryAuth {
    RegistryAuth {
        id,
        name: filled(json.name),
        username: filled(json.username),
        kind: filled(json.kind),
        created_at: filled(json.created_at),
    }
}
