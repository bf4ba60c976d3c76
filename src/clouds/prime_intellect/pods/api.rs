//! Prime Intellect's JSON of a pod: the body of a create, the pod in a response, and its short status.

use std::num::NonZeroU32;

use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::clouds::{
    Account, Kind, PodId, PodSpec,
    body::{decimal, filled, list},
    http::{Failure, Response},
    prime_intellect::{
        api,
        offers::{Amounts, Choice},
    },
    ssh,
    tolerant::{self, FromJson, Readable, TextOrNumber, Tolerant, word},
};

/// It answers 400 to an order without a price limit.
const WITH_PRICE_LIMIT: &str = "massedcompute";

/// `PodCreateRequest` of the document, with the fields that are set: the offer's own words, and what is asked for.
pub fn create_body(spec: &PodSpec, choice: &Choice, account: &Account) -> Value {
    let marketplace = &spec.marketplace;
    let team_id = marketplace.team_id.as_ref().or(account.team_id.as_ref());
    filled([
        ("pod", Some(pod_body(spec, choice))),
        ("provider", Some(json!({"type": choice.row.provider}))),
        ("disks", list(&spec.volumes, |mount| json!(mount.volume_id))),
        ("team", team_id.map(|id| json!({"teamId": id}))),
        // These two are written so in the document, unlike all others; the command line tool writes them otherwise.
        ("shared_with_team", marketplace.is_shared_with_team.map(Value::from)),
        ("team_member_ids", list(&marketplace.team_member_ids, |id| json!(id))),
    ])
}

fn pod_body(spec: &PodSpec, choice: &Choice) -> Value {
    let (marketplace, row) = (&spec.marketplace, &choice.row);
    let asked = Amounts::of(spec);
    let password = marketplace.jupyter_password.as_ref();
    filled([
        ("name", Some(json!(spec.name.as_str()))),
        ("cloudId", Some(json!(row.cloud_id))),
        ("gpuType", Some(json!(row.gpu_type))),
        ("socket", Some(json!(row.socket))),
        ("gpuCount", Some(json!(row.gpu_count))),
        ("image", Some(json!(spec.image.as_str()))),
        // Optional in the document, and yet several providers refuse an order without it.
        ("dataCenterId", row.data_center.as_ref().map(|id| json!(id))),
        ("country", row.country.as_ref().map(|country| json!(country))),
        ("security", row.security.as_ref().map(|security| json!(security))),
        ("maxPrice", max_price(spec, choice).map(decimal)),
        ("diskSize", row.disk.to_send(asked.disk).map(Value::from)),
        ("vcpus", row.vcpu.to_send(asked.vcpus).map(Value::from)),
        ("memory", row.memory.to_send(asked.memory).map(Value::from)),
        (
            "envVars",
            list(
                &spec.environment.0,
                |(key, value)| json!({"key": key, "value": value.reveal()}),
            ),
        ),
        ("customTemplateId", marketplace.template_id.as_ref().map(|id| json!(id))),
        ("jupyterPassword", password.map(|password| json!(password.reveal()))),
        ("sshKeyId", marketplace.ssh_key_id.as_ref().map(|id| json!(id))),
        ("autoRestart", marketplace.auto_restart.map(Value::from)),
        ("prepaidForHr", marketplace.prepaid_hours.map(Value::from)),
    ])
}

/// Optional in the document. One provider refuses an order without it, and where a price may move, the one that the
/// offer was chosen for is not to be exceeded: both as others have seen it. It leaves room for the default amounts, which
/// may be charged besides.
fn max_price(spec: &PodSpec, choice: &Choice) -> Option<Decimal> {
    let row = &choice.row;
    let is_needed = row.prices.is_variable || row.provider.eq_ignore_ascii_case(WITH_PRICE_LIMIT);
    let asked = spec.max_price.map(|price| price.get());
    asked.or_else(|| row.highest_price(&Amounts::of(spec)).filter(|_| is_needed))
}

/// `Pod` of the document, as far as it is of use. The id is read apart: without it there is no pod.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub struct PodJson {
    pub name: Tolerant<String>,
    pub team_id: Tolerant<String>,
    pub provider_type: Tolerant<String>,
    pub status: Tolerant<String>,
    pub installation_status: Tolerant<String>,
    pub installation_failure: Tolerant<String>,
    pub installation_progress: Tolerant<Decimal>,
    pub created_at: Tolerant<String>,
    pub gpu_name: Tolerant<String>,
    pub gpu_count: Tolerant<NonZeroU32>,
    pub socket: Tolerant<String>,
    pub price_hr: Tolerant<Decimal>,
    pub environment_type: Tolerant<String>,
    pub custom_template_id: Tolerant<String>,
    pub prime_port_mapping: Tolerant<Readable<PortJson>>,
    pub ssh_connection: Tolerant<Login>,
    pub ip: Tolerant<First>,
    pub resources: Tolerant<ResourcesJson>,
    pub attached_resources: Tolerant<Vec<AttachedJson>>,
    pub is_spot: Tolerant<bool>,
    pub auto_restart: Tolerant<bool>,
}

/// `PortMapping` of the document. The ports are texts, and may be `*` or a URL.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub struct PortJson {
    pub internal: Tolerant<TextOrNumber>,
    pub external: Tolerant<TextOrNumber>,
    pub protocol: Tolerant<String>,
    pub used_by: Tolerant<String>,
}

/// `InstanceResources` of the document, which calls them numbers and shows texts.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub struct ResourcesJson {
    pub disk: Tolerant<NonZeroU32>,
}

/// `AttachedResource` of the document.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub struct AttachedJson {
    pub resource_type: Tolerant<String>,
    pub id: Tolerant<TextOrNumber>,
}

/// The first text that says something, of a text, a list of texts and nulls, or null: all of which the document has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct First(pub String);

impl FromJson for First {
    fn from_json(value: Value) -> Option<Self> {
        match value {
            Value::Array(entries) => entries.into_iter().find_map(Self::from_json),
            one => String::from_json(one).filter(|text| !text.trim().is_empty()).map(Self),
        }
    }
}

/// A login as text, in words, or for each of several machines, of which the first counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Login(pub String);

impl FromJson for Login {
    fn from_json(value: Value) -> Option<Self> {
        let text = match value {
            Value::Array(entries) => {
                let words = entries.into_iter().filter_map(TextOrNumber::from_json);
                ssh::from_list(&words.map(|TextOrNumber(word)| word).collect::<Vec<_>>())
            }
            other => String::from_json(other)?,
        };
        (!text.trim().is_empty()).then_some(Self(text))
    }
}

impl FromJson for PortJson {
    fn from_json(value: Value) -> Option<Self> {
        tolerant::object(value)
    }
}

impl FromJson for ResourcesJson {
    fn from_json(value: Value) -> Option<Self> {
        tolerant::object(value)
    }
}

impl FromJson for AttachedJson {
    fn from_json(value: Value) -> Option<Self> {
        tolerant::object(value)
    }
}

/// Whether a pod of this status has ended for good: Prime Intellect may show it for some time after that.
pub fn is_gone(status: &Tolerant<String>) -> bool {
    word(status) == "TERMINATED"
}

/// One pod, as it is read.
pub fn pod(response: &Response) -> Result<(PodId, PodJson), Failure> {
    api::one(response)
}

/// A pod that was ordered. That 409 says that somebody else was faster is another client's word; no document has it.
pub fn made(response: &Response) -> Result<(PodId, PodJson), Failure> {
    pod(response).map_err(|failure| match failure.kind {
        Kind::Conflict => failure.of_kind(Kind::NoCapacity),
        _ => failure.of_a_create(),
    })
}

/// A deletion. A conflict (HTTP 409) can only be one with the pod's own state.
pub fn deleted(response: &Response) -> Result<(), Failure> {
    api::deleted(response).map(drop).map_err(|failure| match failure.kind {
        Kind::Conflict => failure.of_kind(Kind::WrongState),
        _ => failure,
    })
}
