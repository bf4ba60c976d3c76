//! What can be looked up: GPUs and their prices, pods, and what a cloud tells of a running pod.
//!
//! Read `gpu_specs` for the catalogue, `observed_pod` for what is told of a pod.

pub mod messages;

mod gpu_specs;

mod observed_pod;

mod pod;

mod pods;

mod pod_logs;

mod pod_runtime;

mod pod_history;

use crate::{
    resources::{
        registry_auth::RegistryAuthDataSource,
        session::Session,
        ssh_key::SshKeyDataSource,
        volume::{VolumeDataSource, VolumesDataSource},
    },
    tf::AnyDataSource,
};

/// All of them.
pub fn all() -> Vec<Box<dyn AnyDataSource<Session>>> {
    vec![
        Box::new(gpu_specs::GpuSpecsDataSource),
        Box::new(pod::PodDataSource),
        Box::new(pods::PodsDataSource),
        Box::new(pod_logs::PodLogsDataSource),
        Box::new(pod_runtime::PodRuntimeDataSource),
        Box::new(pod_history::PodHistoryDataSource),
        Box::new(VolumeDataSource),
        Box::new(VolumesDataSource),
        Box::new(RegistryAuthDataSource),
        Box::new(SshKeyDataSource),
    ]
}
