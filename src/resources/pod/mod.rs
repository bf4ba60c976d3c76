//! Pods: the resource `gpupod_pod`, and data sources about pods.
//!
//! Read `model` for the attributes, `rules` and `plan` for plan-time validation, `spec` for what is sent, `resource` for
//! the lifecycle, `power` and `destroy` for its longer steps, `observe` for drift, `view` for pods as data sources show
//! them.

mod model;

pub mod messages;

mod rules;

mod plan;

mod spec;

pub mod catalogue;

mod evidence;

mod resource;

mod goal;

mod power;

mod destroy;

mod secrets;

mod observe;

mod view;

mod data_source;

mod data_source_list;

mod data_source_logs;

mod data_source_runtime;

mod data_source_history;

use crate::{
    clouds::{Cloud, Collection, Pod},
    resources::managed::{Identity, Managed, ManagedModel},
    tf::{Diagnostics, Model, Tf},
};
use model::PodModel;

pub use data_source::PodDataSource;
pub use data_source_history::PodHistoryDataSource;
pub use data_source_list::PodsDataSource;
pub use data_source_logs::PodLogsDataSource;
pub use data_source_runtime::PodRuntimeDataSource;
pub use resource::PodResource;

impl Managed for Pod {
    const NOT_AN_ID: &'static str = "Not an id of a pod";
    const LISTED_BY: &'static str = "`data \"gpupod_pods\"`";
    const COSTS_MONEY: bool = true;

    fn of<'c>(cloud: &'c dyn Cloud, _attribute: &'static str) -> Result<&'c dyn Collection<Self>, Diagnostics> {
        Ok(cloud.pods())
    }
}

impl ManagedModel for PodModel {
    type Object = Pod;

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
