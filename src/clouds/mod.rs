//! The clouds behind one trait. Knows no Terraform: a cloud takes what is valid and tells what it sees.
//!
//! Read `error` for what can go wrong, `capabilities` for what a cloud lacks, `pod` for what is asked and seen,
//! `cloud` for the contract of every cloud, `connect` for how to get one, `http` and `lenient` for how they are
//! reached and read, then one cloud.

mod error;

mod capabilities;

mod id;

mod pod;

mod volume;

mod catalogue;

mod registry_auth;

mod insight;

mod cloud;

mod connect;

mod http;

mod lenient;

pub mod ssh;

mod yotta;

pub use capabilities::{Capabilities, Extras, GpuCounts, PodFeature, StopSupport, Support, VolumeFeature};
pub use catalogue::{
    Accelerators, Catalogue, ContainerVolumeLimits, CountOption, Machine, MachineFilter, MachinePrice,
    SystemVolumeLimits,
};
pub use cloud::Cloud;
pub use connect::{ConnectSettings, Description, InvalidSettings, connect};
pub use error::{Error, Kind, Result};
pub use http::{BaseUrl, InvalidBaseUrl, InvalidKey, Settings, USER_AGENT};
pub use id::{PodId, RegistryAuthId, VolumeId};
pub use insight::{LogLine, LogQuery, Logs, Runtime, Runtimes};
pub use pod::{
    Endpoint, EnvironmentVariables, Exposed, GiB, GpuCount, GpuRequest, ImageVisibility, Invalid, Mount, MountPath,
    Name, Observed, Phase, Pod, PodSpec, Port, Power, Price, Protocol, ResourceType, Secret, SshAccess,
};
pub use registry_auth::{RegistryAuth, RegistryAuthSpec, RegistryAuths};
pub use volume::{DiskKind, Storage, StorageType, Volume, VolumePhase, VolumeSpec, Volumes};

/// Every cloud, in the order in which they are shown.
pub static ALL: &[&Description] = &[&yotta::DESCRIPTION];
