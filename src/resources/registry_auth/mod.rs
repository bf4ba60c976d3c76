//! Registry credentials: the resource `gpupod_container_registry_auth`, and the data source that looks one up.
//!
//! Read `model` for the attributes, `rules` for plan-time validation, `spec` for what is sent, `resource` for the
//! lifecycle.

pub mod messages;

mod model;

mod name;

mod rules;

mod spec;

mod resource;

mod observe;

mod data_source;

use crate::{
    clouds::{Cloud, Collection, RegistryAuth},
    resources::{
        common::cloud_feature::REGISTRY_AUTHS,
        managed::{Identity, Managed, ManagedModel},
    },
    tf::{Diagnostics, Model, Tf},
};
use model::RegistryAuthModel;

pub use data_source::RegistryAuthDataSource;
pub use resource::RegistryAuthResource;

impl Managed for RegistryAuth {
    const NOT_AN_ID: &'static str = "Not an id of a registry credential";
    const LISTED_BY: &'static str = "the cloud's console";

    fn of<'c>(cloud: &'c dyn Cloud, attribute: &'static str) -> Result<&'c dyn Collection<Self>, Diagnostics> {
        Ok(REGISTRY_AUTHS.of(attribute, cloud, cloud.registry_auths())?)
    }
}

impl ManagedModel for RegistryAuthModel {
    type Object = RegistryAuth;

    fn identity(&self) -> Identity<'_> {
        Identity {
            cloud: &self.cloud,
            id: &self.id,
            name: &self.name,
            created_at: &self.created_at,
        }
    }

    fn imported(cloud: Tf<String>, id: Tf<String>) -> Self {
        Self {
            cloud,
            id,
            ..Self::null()
        }
    }
}
