//! Validation of a pod's create: the limits of its body, and the offer that it names.

use serde::Deserialize;
use serde_json::Value;

use super::PrimeIntellect;
use super::answers::Refusal;
use super::catalogue::{Amounts, Offer};
use super::offers::{MULTI_NODE, OFFERS};
use super::pod::Asked;
use super::rules;
use super::words::{GPU_TYPES, IMAGES, PROVIDERS, SECURITIES, SOCKETS};
use crate::simulator::http::Request;
use crate::simulator::limits::{self, ANY_TEXT, Field, Kind, Reading, non_null, optional, required};

const SOME: Kind = Kind::Integer(1, i64::MAX);

/// PodCreateRequest, PodSpec and EnvVar of the official document: only PodSpec is closed.
const CREATION: &[Field] = &[
    required("pod", Kind::Object(POD)),
    required("provider", PROVIDER),
    optional("disks", Kind::List(&ANY_TEXT)),
    optional("team", TEAM),
    optional("team_member_ids", Kind::List(&ANY_TEXT)),
    non_null("shared_with_team", Kind::Flag),
];
const POD: &[Field] = &[
    non_null("name", ANY_TEXT),
    required("cloudId", ANY_TEXT),
    required("gpuType", Kind::OneOf(GPU_TYPES)),
    required("socket", Kind::OneOf(SOCKETS)),
    required("gpuCount", SOME),
    optional("diskSize", SOME),
    optional("vcpus", SOME),
    optional("memory", SOME),
    optional("maxPrice", Kind::Number),
    non_null("image", Kind::OneOf(IMAGES)),
    optional("customTemplateId", ANY_TEXT),
    optional("dataCenterId", ANY_TEXT),
    optional("country", ANY_TEXT),
    optional("security", Kind::OneOf(SECURITIES)),
    optional("envVars", Kind::List(&Kind::OpenObject(VARIABLE))),
    optional("jupyterPassword", ANY_TEXT),
    optional("sshKeyId", ANY_TEXT),
    optional("autoRestart", Kind::Flag),
    optional("prepaidForHr", Kind::AboveZero),
];
const VARIABLE: &[Field] = &[required("key", ANY_TEXT), required("value", ANY_TEXT)];
pub(super) const PROVIDER: Kind = Kind::OpenObject(&[required("type", Kind::OneOf(PROVIDERS))]);
pub(super) const TEAM: Kind = Kind::OpenObject(&[required("teamId", ANY_TEXT)]);

/// The image of a pod that names none, by the official document.
const DEFAULT_IMAGE: &str = "ubuntu_22_cuda_12";

/// A creation that keeps every limit.
#[derive(Deserialize)]
pub(super) struct Creation {
    pub pod: PodFields,
    pub provider: Provider,
    #[serde(default)]
    pub disks: Option<Vec<String>>,
    pub team: Option<Team>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PodFields {
    name: Option<String>,
    pub cloud_id: String,
    pub gpu_type: String,
    pub socket: String,
    pub gpu_count: i64,
    disk_size: Option<i64>,
    vcpus: Option<i64>,
    memory: Option<i64>,
    pub max_price: Option<f64>,
    /// The price beyond which no pod is wanted.
    #[serde(skip)]
    pub ceiling: Option<f64>,
    image: Option<String>,
    pub custom_template_id: Option<String>,
    pub data_center_id: Option<String>,
    pub country: Option<String>,
    pub security: Option<String>,
    jupyter_password: Option<String>,
    pub ssh_key_id: Option<String>,
    auto_restart: Option<bool>,
    pub prepaid_for_hr: Option<f64>,
}

#[derive(Deserialize)]
pub(super) struct Provider {
    #[serde(rename = "type")]
    pub name: String,
}

#[derive(Deserialize)]
pub(super) struct Team {
    #[serde(rename = "teamId")]
    pub id: String,
}

impl Creation {
    pub fn read(request: &Request, reading: Reading) -> Result<Creation, Refusal> {
        let mut creation: Creation = read(request, CREATION, reading)?;
        let pod = &mut creation.pod;
        // Clients send 0 where they mean no ceiling, since some providers want the field.
        let means_none = reading == Reading::Lenient && pod.max_price == Some(0.0);
        pod.ceiling = pod.max_price.filter(|_| !means_none);
        Ok(creation)
    }

    pub fn disks(&self) -> &[String] {
        self.disks.as_deref().unwrap_or_default()
    }

    /// A name may be left out; what the cloud then makes of it is not documented.
    pub fn into_asked(self, number: u64) -> Asked {
        let image = self.pod.image().to_owned();
        Asked {
            name: self.pod.name.unwrap_or_else(|| format!("pod-{number}")),
            image,
            custom_template_id: self.pod.custom_template_id,
            team_id: self.team.map(|team| team.id),
            auto_restart: self.pod.auto_restart.unwrap_or_default(),
            has_jupyter: self.pod.jupyter_password.is_some(),
            disks: self.disks.unwrap_or_default(),
        }
    }
}

impl PodFields {
    pub fn image(&self) -> &str {
        self.image.as_deref().unwrap_or(DEFAULT_IMAGE)
    }

    pub fn amounts(&self) -> Amounts {
        Amounts {
            disk: self.disk_size,
            vcpus: self.vcpus,
            memory: self.memory,
        }
    }
}

/// A body whose outer object is open, as all of this API are.
pub(super) fn read<T: for<'de> Deserialize<'de>>(
    request: &Request,
    limits: &[Field],
    reading: Reading,
) -> Result<T, Refusal> {
    let body = request.json().map_err(Refusal::unreadable)?;
    let fields = limits::check_open(&body, limits, reading).map_err(Refusal::in_body)?;
    serde_json::from_value(Value::Object(fields)).map_err(|error| Refusal::unreadable(error.to_string()))
}

/// The offer that a creation names, if it can be had in that way.
pub(super) fn place(creation: &Creation, cloud: &PrimeIntellect) -> Result<&'static Offer, Refusal> {
    let offers: Vec<&Offer> = OFFERS
        .iter()
        .chain(MULTI_NODE)
        .filter(|offer| offer.cloud_id == creation.pod.cloud_id && offer.provider == creation.provider.name)
        .collect();
    if offers.is_empty() {
        return Err(Refusal::detail(
            404,
            format!("Offer {} not found", creation.pod.cloud_id),
        ));
    }
    rules::require_what_the_provider_needs(creation, &offers)?;
    let offer = choose(creation, &offers, cloud)?;
    rules::check(creation, offer, cloud)?;
    match offer.stock.is_empty(cloud.taken(offer)) {
        true => Err(Refusal::detail(409, format!("{} is out of stock", offer.gpu.name))),
        false => Ok(offer),
    }
}

/// That everything must belong to one row is the documents' way to order; how the API refuses anything else is not
/// documented. What is left out of the place leaves a choice.
fn choose(creation: &Creation, offers: &[&'static Offer], cloud: &PrimeIntellect) -> Result<&'static Offer, Refusal> {
    let asked = &creation.pod;
    let is = |wanted: &Option<String>, word: Option<&str>| wanted.is_none() || wanted.as_deref() == word;
    let mut fitting = offers.iter().copied().filter(|offer| {
        asked.gpu_type == offer.gpu.name
            && asked.socket == offer.gpu.socket
            && asked.gpu_count == offer.gpu_count
            && is(&asked.data_center_id, offer.place.data_center)
            && is(&asked.country, Some(offer.place.country))
            && is(&asked.security, Some(offer.security()))
    });
    let first = fitting
        .next()
        .ok_or_else(|| Refusal::detail(400, "No configuration of this offer is like that"))?;
    let mut all = [first].into_iter().chain(fitting);
    let free = all.find(|offer| !offer.stock.is_empty(cloud.taken(offer)));
    Ok(free.unwrap_or(first))
}
