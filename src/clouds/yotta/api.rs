//! Yotta's JSON: the body of a create, the envelope of every answer, and a pod.

use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::convert;
use crate::clouds::{
    Exposed, Kind, Mount, PodId, PodSpec,
    http::{Answer, Failure},
    lenient::{self, FromJson, Said, TextOrNumber},
};

const SUCCESS: i64 = 10_000;

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
    let protocol = exposed.protocol.map(|protocol| json!(convert::protocol_word(protocol)));
    filled([("port", Some(json!(exposed.port.get()))), ("protocol", protocol)])
}

fn volume(mount: &Mount) -> Value {
    let path = mount.path.as_ref().map(|path| json!(path.as_str()));
    filled([("id", Some(json!(mount.volume_id))), ("mountPath", path)])
}

fn filled<const LENGTH: usize>(fields: [(&str, Option<Value>); LENGTH]) -> Value {
    let fields = fields
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Value::Object(fields.collect::<Map<_, _>>())
}

fn list<T>(entries: impl IntoIterator<Item = T>, to_json: impl Fn(T) -> Value) -> Option<Value> {
    let entries: Vec<Value> = entries.into_iter().map(to_json).collect();
    (!entries.is_empty()).then_some(Value::Array(entries))
}

/// A number with the text that it was written with: a float would make 0.1 something else.
fn decimal(number: Decimal) -> Value {
    let text = number.to_string();
    serde_json::from_str(&text).unwrap_or(Value::String(text))
}

/// An id that the reference calls an integer. What is none is left for Yotta to refuse.
fn number(id: &str) -> Value {
    id.parse::<u64>().map_or_else(|_| json!(id), Value::from)
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Envelope {
    code: Said<i64>,
    message: Said<String>,
    data: Value,
}

/// `PodV2Response` of the reference, as far as it is of use. The id is read apart: without it there is no pod.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub struct PodJson {
    pub name: Said<String>,
    pub image: Said<String>,
    pub image_registry: Said<String>,
    pub image_public_type: Said<String>,
    pub resource_type: Said<String>,
    pub gpu_type: Said<String>,
    pub gpu_display_name: Said<String>,
    pub gpu_count: Said<u32>,
    pub is_spot: Said<bool>,
    pub shm_in_gb: Said<u32>,
    pub container_volume_in_gb: Said<u32>,
    pub initialization_command: Said<String>,
    pub environment_vars: Said<Vec<VariableJson>>,
    pub expose: Said<Vec<PortJson>>,
    pub volumes: Said<Vec<VolumeJson>>,
    pub callback_url: Said<String>,
    pub region: Said<String>,
    pub single_card_price: Said<Decimal>,
    pub container_volume_price: Said<Decimal>,
    pub ssh_cmd: Said<String>,
    pub internal_ip: Said<String>,
    pub status: Said<String>,
    pub desired_state: Said<String>,
    pub created_at: Said<i64>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct VariableJson {
    pub key: Said<String>,
    pub value: Said<TextOrNumber>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub struct PortJson {
    pub port: Said<u16>,
    pub protocol: Said<String>,
    pub host: Said<String>,
    pub proxy_port: Said<u16>,
    pub ingress_url: Said<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub struct VolumeJson {
    pub id: Said<TextOrNumber>,
    pub mount_path: Said<String>,
    pub mount_mode: Said<String>,
}

impl FromJson for VariableJson {
    fn from_json(value: Value) -> Option<Self> {
        lenient::object(value)
    }
}

impl FromJson for PortJson {
    fn from_json(value: Value) -> Option<Self> {
        lenient::object(value)
    }
}

impl FromJson for VolumeJson {
    fn from_json(value: Value) -> Option<Self> {
        lenient::object(value)
    }
}

/// One pod, as create and get answer it.
pub fn pod(answer: &Answer) -> Result<(PodId, PodJson), Failure> {
    identified(data(answer)?).ok_or_else(|| answer.failure(Kind::Unreadable, None, None))
}

/// All pods. What has no id cannot be asked about either and is left out.
pub fn pods(answer: &Answer) -> Result<Vec<(PodId, PodJson)>, Failure> {
    match data(answer)? {
        Value::Array(entries) => Ok(entries.into_iter().filter_map(identified).collect()),
        _ => Err(answer.failure(Kind::Unreadable, None, None)),
    }
}

/// An order to an existing pod. A conflict (HTTP 409) can only be one with the pod's own state.
pub fn done(answer: &Answer) -> Result<(), Failure> {
    match data(answer) {
        Err(failure) if failure.kind == Kind::Conflict => Err(Failure {
            kind: Kind::WrongState,
            ..failure
        }),
        result => result.map(drop),
    }
}

/// A pod, or a bare id, which is what version 1 of the API answers to a create. A text such as "done" is no id.
fn identified(data: Value) -> Option<(PodId, PodJson)> {
    match data {
        Value::Object(ref fields) => {
            let id = PodId::from_json(fields.get("id")?.clone())?;
            Some((id, lenient::object(data)?))
        }
        bare => {
            let id = PodId::from_json(bare)?;
            let is_number = id.as_str().bytes().all(|byte| byte.is_ascii_digit());
            is_number.then(|| (id, PodJson::default()))
        }
    }
}

/// The `data` of the envelope. The HTTP status is asked first; business errors mostly come with HTTP 200 and a code.
fn data(answer: &Answer) -> Result<Value, Failure> {
    let envelope: Envelope = answer.json().and_then(lenient::object).unwrap_or_default();
    let kind = match (answer.refusal(), envelope.code.0) {
        (None, Some(SUCCESS)) => return Ok(envelope.data),
        (None, None) if answer.status() == 204 => return Ok(Value::Null),
        // A code that no document has may mean anything, also after a create: nothing is proven.
        (None, code) => code.and_then(refusal).unwrap_or(Kind::Unreadable),
        // These two statuses say little, and a code may say more. No code makes a 500 mean "not found".
        (Some(general @ (Kind::Invalid | Kind::Conflict)), code) => code.and_then(refusal).unwrap_or(general),
        (Some(kind), _) => kind,
    };
    Err(answer.failure(kind, envelope.code.0.map(|code| code.to_string()), envelope.message.0))
}

/// The codes of the reference and the guide; 10004 and 12000 are known from the tests of Yotta's SDK.
fn refusal(code: i64) -> Option<Kind> {
    match code {
        10_001 => Some(Kind::Invalid),
        10_002 => Some(Kind::CloudFailed),
        10_004 => Some(Kind::Forbidden),
        10_007 | 12_000 | 13_000 => Some(Kind::NotFound),
        12_001 => Some(Kind::WrongState),
        _ => None,
    }
}
