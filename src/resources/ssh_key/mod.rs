//! SSH keys that new pods let in: the resource `gpupod_ssh_key`, and the data source that looks one up.

pub mod messages;

mod model;

mod resource;

mod observe;

mod data_source;

use crate::{
    clouds::{Cloud, Collection, SshKey},
    resources::{
        common::cloud_feature::SSH_KEYS,
        managed::{Identity, Managed, ManagedModel},
    },
    tf::{Diagnostics, Model, Tf},
};
use model::SshKeyModel;

pub use data_source::SshKeyDataSource;
pub use resource::SshKeyResource;

impl Managed for SshKey {
    const NOT_AN_ID: &'static str = "Not an id of an SSH key";
    const LISTED_BY: &'static str = "the cloud's console";

    fn of<'c>(cloud: &'c dyn Cloud, attribute: &'static str) -> Result<&'c dyn Collection<Self>, Diagnostics> {
        Ok(SSH_KEYS.of(attribute, cloud, cloud.ssh_keys())?)
    }
}

impl ManagedModel for SshKeyModel {
    type Object = SshKey;

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
