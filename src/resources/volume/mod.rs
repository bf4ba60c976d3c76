//! Volumes: the resource `gpupod_volume`, and data sources about volumes.
//!
//! Read `model` for the attributes, `rules` and `plan` for plan-time validation, `resource` for the lifecycle, `change`
//! for an update in place.

pub mod messages;

mod model;

mod rules;

mod plan;

mod spec;

mod names;

mod resource;

mod goal;

mod change;

mod mounts;

mod observe;

mod view;

mod data_source;

mod data_source_list;

use crate::{
    clouds::{Cloud, Collection, Volume},
    resources::{
        common::cloud_feature::VOLUMES,
        managed::{Identity, Managed, ManagedModel},
    },
    tf::{Diagnostics, Model, Tf},
};
use model::VolumeModel;

pub use data_source::VolumeDataSource;
pub use data_source_list::VolumesDataSource;
pub use resource::VolumeResource;

impl Managed for Volume {
    const NOT_AN_ID: &'static str = "Not an id of a volume";
    const LISTED_BY: &'static str = "`data \"gpupod_volumes\"`";
    const COSTS_MONEY: bool = true;

    fn of<'c>(cloud: &'c dyn Cloud, attribute: &'static str) -> Result<&'c dyn Collection<Self>, Diagnostics> {
        Ok(VOLUMES.of(attribute, cloud, cloud.volumes())?)
    }
}

impl ManagedModel for VolumeModel {
    type Object = Volume;

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
