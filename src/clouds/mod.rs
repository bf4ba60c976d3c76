//! GPU clouds behind one trait: API clients, validated specifications, capabilities as data. Knows no Terraform.
//!
//! Read `error` for the kinds of errors, `capabilities` for a cloud's features, `checked` for validated values, `pod` and its
//! neighbours for specifications and observed states, `collection` and `cloud` for the contract, `connect` for
//! how to get a client; `http` for retries, rate limiter and circuit breaker, `tolerant`, `streamed_list`, `identity`,
//! `paging`, `reason`, `money`, `body` and `redaction` for requests and responses; then one cloud.

mod error;

mod capacity;

mod account;

mod capabilities;

mod id;

mod secret;

mod mark;

mod redaction;

mod checked;

mod pod;

mod volume;

mod catalogue;

mod registry_auth;

mod ssh_key;

mod telemetry;

mod collection;

mod single_flight;

mod cloud;

mod setting;

mod connect;

mod http;

mod reason;

mod tolerant;

mod identity;

mod streamed_list;

mod paging;

mod money;

mod body;

pub mod ssh;

mod yotta;

mod prime_intellect;

mod cpod;

pub use account::Account;
pub use capabilities::{
    Capabilities, Extras, GpuCounts, LogSupport, PodFeature, Resize, StopSupport, Support, VolumeFeature, VolumeSupport,
};
pub use catalogue::{
    Accelerators, Catalogue, ContainerVolumeLimits, CountOption, Limits, Machine, MachineFilter, MachinePrice, Offer,
    SystemVolumeLimits,
};
pub use checked::{GiB, GpuCount, Invalid, MountPath, Name, Port, Price};
pub use cloud::Cloud;
pub use collection::{Collection, Lifecycle, Object};
pub use connect::{ConnectSettings, Description, InvalidSettings, connect};
pub use error::{Error, Kind, Result};
pub use http::{
    BaseUrl, InvalidBaseUrl, InvalidKey, InvalidProxy, Proxy, Settings, USER_AGENT, with_cancellation, with_deadline,
    with_request_budget,
};
pub use id::{IdForm, IdForms, PodId, RegistryAuthId, SshKeyId, VolumeId, is_opaque};
pub use mark::Mark;
pub use pod::{
    Endpoint, EnvironmentVariables, Exposed, GpuRequest, ImageVisibility, MarketplaceOptions, Mount, Observed, Phase,
    Pod, PodSpec, Pods, Power, Protocol, ResourceType, SshAccess, Workload,
};
pub use redaction::Secrets;
pub use registry_auth::{RegistryAuth, RegistryAuthSpec, RegistryAuths};
pub use secret::Secret;
pub use setting::{API_KEY, BASE_URL, Secrecy, Setting};
pub use single_flight::{Fetched, Keyed, SingleFlight};
pub use ssh_key::{SshKey, SshKeySpec, SshKeys};
pub use telemetry::{EndedPod, Histories, LogLine, LogQuery, Logs, Runtime, Runtimes};
pub use tolerant::moment_in;
pub use volume::{DiskKind, Storage, StorageType, Volume, VolumeOffer, VolumePhase, VolumeSpec, Volumes};

/// Every cloud, in the order in which they are shown.
pub static ALL: &[&Description] = &[&yotta::DESCRIPTION, &prime_intellect::DESCRIPTION, &cpod::DESCRIPTION];
