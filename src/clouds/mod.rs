//! The clouds behind one trait. Knows no Terraform: a cloud takes what is valid and tells what it sees.
//!
//! Read `error` for what can go wrong, `capabilities` for what a cloud lacks, `pod` for what is asked and seen,
//! `cloud` for the contract of every cloud, `http` for how they are reached, then one cloud.

mod error;

mod capabilities;

mod pod;

mod cloud;

pub use capabilities::{Capabilities, GpuCounts, PodFeature, StopSupport, Support};
pub use cloud::Cloud;
pub use error::{Error, Kind, Result};
pub use pod::{
    Endpoint, EnvironmentVariables, Exposed, GiB, GpuCount, GpuRequest, ImageVisibility, Invalid, Mount, MountPath,
    Name, Observed, Phase, Pod, PodId, PodSpec, Port, Power, Price, Protocol, ResourceType, Secret, SshAccess,
};
