//! The clouds behind one trait. Knows no Terraform: a cloud takes what is valid and tells what it sees.
//!
//! Read `error` for what can go wrong, `capabilities` for what a cloud lacks, `pod` for what is asked and seen,
//! `cloud` for the contract of every cloud, `connect` for how to get one, `http` and `lenient` for how they are
//! reached and read, then one cloud.

mod error;

mod capabilities;

mod pod;

mod cloud;

mod connect;

mod http;

mod lenient;

pub mod ssh;

mod yotta;

pub use capabilities::{Capabilities, GpuCounts, PodFeature, StopSupport, Support};
pub use cloud::Cloud;
pub use connect::{ConnectSettings, Description, InvalidSettings, connect};
pub use error::{Error, Kind, Result};
pub use http::{BaseUrl, InvalidBaseUrl, InvalidKey, Settings, USER_AGENT};
pub use pod::{
    Endpoint, EnvironmentVariables, Exposed, GiB, GpuCount, GpuRequest, ImageVisibility, Invalid, Mount, MountPath,
    Name, Observed, Phase, Pod, PodId, PodSpec, Port, Power, Price, Protocol, ResourceType, Secret, SshAccess,
};

/// Every cloud, in the order in which they are shown.
pub static ALL: &[&Description] = &[&yotta::DESCRIPTION];
