//! From what a cloud says of a credential to the model.

use super::model::{REGISTRIES, RegistryAuthModel};
use crate::{
    clouds::RegistryAuth,
    resources::{
        common::reported::{echoed, said},
        managed::ownership::{Evidence, compared},
    },
    tf::{Model, Origin, Tf},
};

/// The state after a create: what was planned, and the cloud's word for what was left open.
pub fn complete(planned: RegistryAuthModel, auth: &RegistryAuth) -> RegistryAuthModel {
    let seen = seen(auth, &planned);
    planned.with_unknowns_from(seen)
}

/// The state after a read.
pub fn refresh(state: RegistryAuthModel, auth: &RegistryAuth, origin: Origin) -> RegistryAuthModel {
    let seen = seen(auth, &state);
    if origin == Origin::Import {
        return seen;
    }
    RegistryAuthModel {
        name: echoed(state.name, seen.name),
        username: echoed(state.username, seen.username),
        r#type: echoed(state.r#type, seen.r#type),
        created_at: said(state.created_at, seen.created_at),
        ..state
    }
}

/// What a credential tells of whether this order has made it. The password never comes back, nor mostly the user.
pub fn evidence(planned: &RegistryAuthModel, auth: &RegistryAuth) -> Evidence {
    compared(planned, &refresh(planned.clone(), auth, Origin::State))
}

/// A kind of registry as configurations write it. One that they do not know is left as it is told.
fn in_capitals(kind: String) -> String {
    let known = REGISTRIES.iter().find(|known| known.eq_ignore_ascii_case(&kind));
    known.map_or(kind, |known| (*known).to_owned())
}

/// All that the cloud says of the credential. What it does not say is null, except for what only we know.
fn seen(auth: &RegistryAuth, known: &RegistryAuthModel) -> RegistryAuthModel {
    RegistryAuthModel {
        cloud: known.cloud.clone(),
        name: auth.name.clone().into(),
        username: auth.username.clone().into(),
        password_wo: Tf::Null,
        password_wo_version: known.password_wo_version.clone(),
        r#type: auth.kind.clone().map(in_capitals).into(),
        timeouts: known.timeouts.clone(),
        id: Tf::Known(auth.id.as_str().to_owned()),
        created_at: auth.created_at.clone().into(),
    }
}
