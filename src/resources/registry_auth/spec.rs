//! From the model to a [`RegistryAuthSpec`]. The password is in the configuration alone.

use super::{model::RegistryAuthModel, rules};
use crate::{
    clouds::{RegistryAuthSpec, Secret},
    tf::{Change, Tf},
};

/// A credential to be made.
pub fn of_new(planned: &RegistryAuthModel, config: &RegistryAuthModel) -> RegistryAuthSpec {
    RegistryAuthSpec {
        name: planned.name.known().cloned(),
        username: planned.username.known().cloned(),
        password: password(config),
        kind: planned.r#type.known().cloned(),
    }
}

/// What is to be changed at the cloud; `None` if nothing is.
pub fn of_change(change: &Change<RegistryAuthModel>) -> Option<RegistryAuthSpec> {
    let Change { prior, planned, config } = change;
    let spec = RegistryAuthSpec {
        name: changed(&prior.name, &planned.name),
        username: changed(&prior.username, &planned.username),
        password: password(config).filter(|_| rules::is_to_be_sent(prior, planned)),
        kind: None,
    };
    let is_empty = spec.name.is_none() && spec.username.is_none() && spec.password.is_none();
    (!is_empty).then_some(spec)
}

/// What an import left open is taken over, and is no change.
fn changed(prior: &Tf<String>, planned: &Tf<String>) -> Option<String> {
    planned
        .known()
        .filter(|_| !prior.is_null() && prior != planned)
        .cloned()
}

fn password(config: &RegistryAuthModel) -> Option<Secret> {
    config
        .password_wo
        .known()
        .map(|password| Secret::new(password.reveal()))
}
