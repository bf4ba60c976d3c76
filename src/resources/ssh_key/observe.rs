//! From what a cloud says of an SSH key to the model.

use super::model::SshKeyModel;
use crate::{
    clouds::{SshKey, SshKeySpec},
    resources::{
        common::reported::{echoed, said, timestamp},
        managed::ownership::Evidence,
    },
    tf::{Model, Origin, Tf},
};

/// The state after a create or an update: what was planned, and the cloud's word for what was left open.
pub fn complete(planned: SshKeyModel, key: &SshKey) -> SshKeyModel {
    let seen = seen(key, &planned);
    planned.with_unknowns_from(seen)
}

/// The state after a read. Another spelling is left to the schema.
pub fn refresh(state: SshKeyModel, key: &SshKey, origin: Origin) -> SshKeyModel {
    let seen = seen(key, &state);
    if origin == Origin::Import {
        return seen;
    }
    SshKeyModel {
        name: echoed(state.name, seen.name),
        public_key: echoed(state.public_key, seen.public_key),
        is_primary: said(state.is_primary, seen.is_primary),
        created_at: said(state.created_at, seen.created_at),
        ..state
    }
}

/// What a key tells of whether this order has stored it: it is this very key or another one. A cloud may drop the comment.
pub fn evidence(spec: &SshKeySpec, key: &SshKey) -> Evidence {
    let seen = key.public_key.as_deref().unwrap_or_default();
    match is_same_key(&spec.public_key, seen) {
        true => Evidence::SameKey,
        false => Evidence::Other("it is another key".to_owned()),
    }
}

/// Whether two lines of OpenSSH hold one key: the kind and the key itself, without the comment.
fn is_same_key(one: &str, other: &str) -> bool {
    let key = |line: &str| {
        let mut words = line.split_whitespace().map(str::to_owned);
        words.next().zip(words.next())
    };
    key(one).is_some() && key(one) == key(other)
}

fn seen(key: &SshKey, known: &SshKeyModel) -> SshKeyModel {
    SshKeyModel {
        cloud: known.cloud.clone(),
        name: key.name.clone().into(),
        public_key: key.public_key.clone().into(),
        is_primary: key.is_primary.into(),
        id: Tf::Known(key.id.as_str().to_owned()),
        created_at: key.created_at.and_then(timestamp).into(),
    }
}
