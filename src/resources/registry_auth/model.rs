//! The attributes of `gpupod_container_registry_auth`: what is in the registry's page, the schema and the typed model is
//! declared here once.

use std::time::Duration;

use super::name;
use crate::{
    model,
    resources::managed::deadline,
    tf::{
        Number, Secret, computed, format_duration, normalizers, optional, optional_computed, required,
        validators::{duration, length, one_of},
    },
};

pub const REGISTRIES: &[&str] = &["DOCKER_HUB", "GCR", "ECR", "ACR", "PRIVATE"];

model! {
    /// A credential for a private container registry, kept at the cloud. A pod names it with
    /// `container_registry_auth_id`.
    ///
    /// The password is sent to the cloud and stored nowhere else: neither in the state nor in a plan. It needs Terraform
    /// 1.11 or OpenTofu 1.11, or later.
    pub struct RegistryAuthModel {
        /// The cloud that keeps the credential. Without it the provider's `cloud` is used, or the only cloud that has a
        /// key.
        cloud: String = optional_computed().requires_replace(),

        /// The credential's name. It is changed in place.
        name: String = required().normalizer(normalizers::trimmed).validator(name::validator().when_changed()),

        /// The user at the registry. Needed for a new credential. It is changed in place. The cloud may not tell it: then an import takes the
        /// configured one over, and a change behind Terraform's back is not seen.
        username: String = optional().validator(length(1, 255)),

        /// The password, or a token. Needed for a new credential; later it is sent only when `password_wo_version`
        /// changes, and may be left out otherwise.
        password_wo: Secret = optional().write_only().sensitive().validator(length(1, 255)),

        /// A number of your own that stands for the password, because Terraform cannot see whether that has changed:
        /// raise it when it does. A change sends the password in place. An import takes the configured number over
        /// without sending anything.
        password_wo_version: Number = optional(),

        /// The kind of registry.
        r#type: String = optional().requires_replace().validator(one_of(REGISTRIES)),

        /// How long to wait. Changing it changes nothing at the cloud.
        timeouts: Timeouts = optional(),

        /// The cloud's id of the credential.
        id: String = computed().use_state_for_unknown(),

        /// When the credential was made, as the cloud writes it.
        created_at: String = computed().use_state_for_unknown(),
    }
}

model! {
    /// How long to wait before giving up, as durations such as `90s`, `20m` or `1h30m`.
    pub struct Timeouts {
        /// For the pods that use the credential to go; the default is `{default}`.
        delete: String = optional().normalizer(normalizers::duration).validator(duration(Duration::from_millis(1)))
            .documented_default(format_duration(deadline::DEFAULT)),
    }
}
