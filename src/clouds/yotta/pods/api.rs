//! Yotta's JSON of a pod: the body of a create, and the pod in a response.

use std::num::{NonZeroU16, NonZeroU32};

use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::{Value, json};

use super::convert;
use crate::clouds::{
    Exposed, Kind, Mount, PodId, PodSpec,
    body::{decimal, filled, list},
    http::{Failure, Response},
    tolerant::{self, FromJson, Milliseconds, TextOrNumber, Tolerant, Verbatim, VerbatimOrNumber},
    yotta::api,
};

/// `PodV2CreateRequest` of the reference, with the fields that are set.
pub fn create_body(spec: &PodSpec) -> Value {
    let gpu = spec.gpu.as_ref();
    let fields = [
        ("name", Some(json!(spec.name.as_str()))),
        ("image", Some(json!(spec.image.as_str()))),
        ("regions", list(&spec.regions, |region| json!(region))),
        (
            "resourceType",
            spec.resource_type.map(|kind| json!(convert::resource_type_word(kind))),
        ),
        ("gpuType", gpu.map(|gpu| json!(gpu.gpu_type))),
        ("gpuCount", gpu.map(|gpu| json!(gpu.count.get()))),
        ("isSpot", spec.is_spot.map(Value::from)),
        ("maxPrice", spec.max_price.map(|price| decimal(price.get()))),
        ("imageRegistry", spec.image_registry.clone().map(Value::from)),
        (
            "imagePublicType",
            spec.image_visibility
                .map(|visibility| json!(convert::visibility_word(visibility))),
        ),
        ("containerRegistryAuthId", spec.registry_auth_id.as_deref().map(number)),
        (
            "minSingleCardVramInGb",
            spec.min_vram_per_gpu.map(|size| json!(size.get())),
        ),
        (
            "minSingleCardRamInGb",
            spec.min_ram_per_gpu.map(|size| json!(size.get())),
        ),
        ("minSingleCardVcpu", spec.min_vcpu_per_gpu.map(Value::from)),
        ("shmInGb", spec.shared_memory.map(|size| json!(size.get()))),
        (
            "containerVolumeInGb",
            spec.container_volume.map(|size| json!(size.get())),
        ),
        (
            "initializationCommand",
            spec.initialization_command.clone().map(Value::from),
        ),
        (
            "environmentVars",
            list(
                &spec.environment.0,
                |(key, value)| json!({"key": key, "value": value.reveal()}),
            ),
        ),
        ("expose", list(&spec.expose, port)),
        ("volumes", list(&spec.volumes, volume)),
        ("callbackUrl", spec.callback_url.clone().map(Value::from)),
    ];
    filled(fields)
}

fn port(exposed: &Exposed) -> Value {
    let protocol = exposed.protocol.as_ref();
    let protocol = protocol.map(|protocol| json!(convert::protocol_word(protocol)));
    filled([("port", Some(json!(exposed.port.get()))), ("protocol", protocol)])
}

fn volume(mount: &Mount) -> Value {
    let path = mount.path.as_ref().map(|path| json!(path.as_str()));
    filled([("id", Some(json!(mount.volume_id))), ("mountPath", path)])
}

/// An id that the reference calls an integer. What is none is left for Yotta to refuse.
fn number(id: &str) -> Value {
    id.parse::<u64>().map_or_else(|_| json!(id), Value::from)
}

/// `PodV2Response` of the reference, as far as it is of use. The id is read apart: without it there is no pod.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub struct PodJson {
    pub name: Tolerant<String>,
    pub image: Tolerant<String>,
    pub image_registry: Tolerant<String>,
    pub image_public_type: Tolerant<String>,
    pub resource_type: Tolerant<String>,
    pub gpu_type: Tolerant<String>,
    pub gpu_display_name: Tolerant<String>,
    pub gpu_count: Tolerant<NonZeroU32>,
    pub is_spot: Tolerant<bool>,
    pub shm_in_gb: Tolerant<NonZeroU32>,
    pub container_volume_in_gb: Tolerant<NonZeroU32>,
    pub initialization_command: Tolerant<Verbatim>,
    pub environment_vars: Tolerant<Vec<VariableJson>>,
    pub expose: Tolerant<Vec<PortJson>>,
    pub volumes: Tolerant<Vec<VolumeJson>>,
    pub callback_url: Tolerant<String>,
    pub region: Tolerant<String>,
    pub single_card_price: Tolerant<Decimal>,
    pub container_volume_price: Tolerant<Decimal>,
    pub ssh_cmd: Tolerant<String>,
    pub internal_ip: Tolerant<String>,
    pub status: Tolerant<String>,
    pub desired_state: Tolerant<String>,
    pub created_at: Tolerant<Milliseconds>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct VariableJson {
    pub key: Tolerant<String>,
    pub value: Tolerant<VerbatimOrNumber>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub struct PortJson {
    pub port: Tolerant<NonZeroU16>,
    pub protocol: Tolerant<String>,
    pub host: Tolerant<String>,
    pub proxy_port: Tolerant<NonZeroU16>,
    pub ingress_url: Tolerant<String>,
    pub healthy: Tolerant<bool>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub struct VolumeJson {
    pub id: Tolerant<TextOrNumber>,
    pub mount_path: Tolerant<String>,
    pub mount_mode: Tolerant<String>,
}

impl FromJson for VariableJson {
    fn from_json(value: Value) -> Option<Self> {
        tolerant::object(value)
    }
}

impl FromJson for PortJson {
    fn from_json(value: Value) -> Option<Self> {
        tolerant::object(value)
    }
}

impl FromJson for VolumeJson {
    fn from_json(value: Value) -> Option<Self> {
        tolerant::object(value)
    }
}

/// One pod, as it is read.
pub fn pod(response: &Response) -> Result<(PodId, PodJson), Failure> {
    api::one(response)
}

/// A pod that was ordered.
pub fn made(response: &Response) -> Result<(PodId, PodJson), Failure> {
    pod(response).map_err(Failure::of_a_create)
}

pub fn pods(response: &Response) -> Result<Vec<(PodId, PodJson)>, Failure> {
    api::all(response)
}

/// An order to an existing pod.
pub fn done(response: &Response) -> Result<(), Failure> {
    api::done(response).map_err(of_its_state)
}

pub fn deleted(response: &Response) -> Result<(), Failure> {
    api::deleted(response).map(drop).map_err(of_its_state)
}

/// A conflict (HTTP 409) can only be one with the pod's own state.
fn of_its_state(failure: Failure) -> Failure {
    match failure.kind {
        Kind::Conflict => failure.of_kind(Kind::WrongState),
        _ => failure,
    }
}
