//! Rules between a credential's attributes. Unknown values are never wrong.

use super::messages;
use super::model::RegistryAuthModel;
use crate::{
    clouds::Capabilities,
    resources::common::cloud_feature::REGISTRY_AUTHS,
    tf::{Diagnostics, Plan},
};

/// Finds every mistake that needs no cloud to be asked.
///
/// `capabilities` is `None` while it is open which cloud is meant.
pub fn check(config: &RegistryAuthModel, capabilities: Option<&Capabilities>, diagnostics: &mut Diagnostics) {
    if let Some(capabilities) = capabilities {
        REGISTRY_AUTHS.check("cloud", capabilities, diagnostics);
    }
    let has_password = config.password_wo.known().is_some();
    if has_password && config.password_wo_version.is_null() {
        diagnostics.add_error("password_wo_version", messages::password_needs_version());
    }
}

/// Whether a credential that is to be made has a user. Of one that is there, the cloud may not tell it.
pub fn username(plan: &Plan<RegistryAuthModel>, diagnostics: &mut Diagnostics) {
    if plan.prior.is_none() && plan.config.username.is_null() {
        diagnostics.add_error("username", messages::missing_username());
    }
}

/// Whether there is a password wherever one is to be sent.
pub fn password(plan: &Plan<RegistryAuthModel>, diagnostics: &mut Diagnostics) {
    let message = match &plan.prior {
        None => messages::missing_password(),
        Some(prior) if is_to_be_sent(prior, &plan.planned) => messages::missing_new_password(),
        Some(_) => return,
    };
    if plan.config.password_wo.is_null() {
        diagnostics.add_error("password_wo", message);
    }
}

/// A version that an import left open is taken over, and says nothing about the password.
pub fn is_to_be_sent(prior: &RegistryAuthModel, planned: &RegistryAuthModel) -> bool {
    let (prior, planned) = (&prior.password_wo_version, &planned.password_wo_version);
    !prior.is_null() && !planned.is_null() && prior != planned
}
