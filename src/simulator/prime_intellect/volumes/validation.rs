//! Validation of disks' creates and renames, and the place that a create means.

use serde::Deserialize;

use crate::simulator::http::Request;
use crate::simulator::limits::{ANY_TEXT, Field, Kind, Reading, non_null, optional, required};
use crate::simulator::prime_intellect::answers::Refusal;
use crate::simulator::prime_intellect::catalogue::VolumeOffer;
use crate::simulator::prime_intellect::validation::{self, PROVIDER, Provider, TEAM, Team};
use crate::simulator::prime_intellect::volume_offers::VOLUME_OFFERS;

/// DiskCreateRequest and DiskSpec of the official document: only DiskSpec is closed.
const CREATION: &[Field] = &[
    required("disk", Kind::Object(DISK)),
    required("provider", PROVIDER),
    optional("team", TEAM),
];
const DISK: &[Field] = &[
    required("size", Kind::Integer(1, i64::MAX)),
    non_null("name", Kind::Text(0, 255)),
    optional("country", ANY_TEXT),
    optional("cloudId", ANY_TEXT),
    optional("dataCenterId", ANY_TEXT),
];
const UPDATE: &[Field] = &[required("name", ANY_TEXT)];

#[derive(Deserialize)]
pub(super) struct Creation {
    #[serde(rename = "disk")]
    pub volume: Spec,
    provider: Provider,
    pub team: Option<Team>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Spec {
    pub size: i64,
    pub name: Option<String>,
    country: Option<String>,
    cloud_id: Option<String>,
    data_center_id: Option<String>,
}

#[derive(Deserialize)]
struct Update {
    name: String,
}

pub(super) fn creation(request: &Request, reading: Reading) -> Result<Creation, Refusal> {
    validation::read(request, CREATION, reading)
}

pub(super) fn name(request: &Request, reading: Reading) -> Result<String, Refusal> {
    validation::read(request, UPDATE, reading).map(|update: Update| update.name)
}

/// The first place with stock, or the first at all, that is as asked; only the provider is required. How the API refuses
/// anything else is not documented.
pub(super) fn place(creation: &Creation) -> Result<&'static VolumeOffer, Refusal> {
    let spec = &creation.volume;
    let is = |wanted: &Option<String>, word: Option<&str>| wanted.is_none() || wanted.as_deref() == word;
    let fits = |offer: &&VolumeOffer| {
        creation.provider.name == offer.provider
            && is(&spec.country, Some(offer.place.country))
            && is(&spec.cloud_id, offer.cloud_id)
            && is(&spec.data_center_id, offer.place.data_center)
    };
    let mut offers: Vec<&VolumeOffer> = VOLUME_OFFERS.iter().filter(fits).collect();
    offers.sort_by_key(|offer| offer.stock.is_empty(0));
    match offers.first() {
        None => Err(Refusal::detail(400, "No disk can be had there")),
        Some(offer) if !offer.size.accepts(spec.size) => {
            Err(Refusal::detail(400, "size is not available in this amount"))
        }
        Some(offer) if offer.stock.is_empty(0) => Err(Refusal::detail(409, "Disks are out of stock")),
        Some(offer) => Ok(offer),
    }
}
