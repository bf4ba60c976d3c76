//! Rules between a credential's attributes. Unknown values are never wrong.

use super::model::RegistryAuthModel;
use crate::{
    clouds::Capabilities,
    resources::part::REGISTRY_AUTHS,
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
        diagnostics.error(
            "password_wo_version",
            "Password needs a version",
            "`password_wo_version` is not set, but `password_wo` is. Give it a number and raise it whenever the password \
             changes: Terraform cannot see that by itself.",
        );
    }
}

/// Whether a credential that is to be made has a user. Of one that is there, the cloud may not tell it.
pub fn username(plan: &Plan<RegistryAuthModel>, diagnostics: &mut Diagnostics) {
    if plan.prior.is_none() && plan.config.username.is_null() {
        let detail = "`username` is not set, and the credential is new. Give it the user at the registry.";
        diagnostics.error("username", "User name is missing", detail);
    }
}

/// Whether there is a password wherever one is to be sent.
pub fn password(plan: &Plan<RegistryAuthModel>, diagnostics: &mut Diagnostics) {
    let reason = match &plan.prior {
        None => "and the credential is new",
        Some(prior) if is_to_be_sent(prior, &plan.planned) => "but `password_wo_version` changes",
        Some(_) => return,
    };
    if plan.config.password_wo.is_null() {
        let detail = format!("`password_wo` is not set, {reason}. Give it the password to send.");
        diagnostics.error("password_wo", "Password is missing", detail);
    }
}

/// A version that an import left open is taken over, and says nothing about the password.
pub fn is_to_be_sent(prior: &RegistryAuthModel, planned: &RegistryAuthModel) -> bool {
    let (prior, planned) = (&prior.password_wo_version, &planned.password_wo_version);
    !prior.is_null() && !planned.is_null() && prior != planned
}
