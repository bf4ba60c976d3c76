//! Prime Intellect's JSON of a disk: the body of a create, and the disk in a response.

use std::num::NonZeroU32;

use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::clouds::{
    Account, GiB, Name, VolumeId, VolumeOffer,
    body::filled,
    http::{Failure, Response},
    prime_intellect::api,
    tolerant::{self, FromJson, TextOrNumber, Tolerant},
};

/// `DiskCreateRequest` of the document, with the fields that are set.
pub fn create_body(name: &Name, size: GiB, offer: &VolumeOffer, account: &Account) -> Value {
    let team_id = offer.team_id.as_ref().or(account.team_id.as_ref());
    let volume = filled([
        ("name", Some(json!(name.as_str()))),
        ("size", Some(json!(size.get()))),
        ("country", offer.country.as_ref().map(|country| json!(country))),
        ("cloudId", offer.cloud_id.as_ref().map(|id| json!(id))),
        ("dataCenterId", offer.data_center_id.as_ref().map(|id| json!(id))),
    ]);
    filled([
        ("disk", Some(volume)),
        ("provider", Some(json!({"type": offer.provider}))),
        ("team", team_id.map(|id| json!({"teamId": id}))),
    ])
}

/// `Disk` of the document, as far as it is of use. The id is read apart: without it there is no disk.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub struct VolumeJson {
    pub name: Tolerant<String>,
    pub team_id: Tolerant<String>,
    pub provider_type: Tolerant<String>,
    pub status: Tolerant<String>,
    pub created_at: Tolerant<String>,
    pub size: Tolerant<NonZeroU32>,
    pub info: Tolerant<InfoJson>,
    pub price_hr: Tolerant<Decimal>,
    pub pods: Tolerant<Vec<TextOrNumber>>,
    pub clusters: Tolerant<Vec<TextOrNumber>>,
}

/// A free object in the document; these are the members that the command line tool reads.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub struct InfoJson {
    pub country: Tolerant<String>,
    pub data_center_id: Tolerant<String>,
    pub cloud_id: Tolerant<String>,
}

impl FromJson for InfoJson {
    fn from_json(value: Value) -> Option<Self> {
        tolerant::object(value)
    }
}

/// One disk, as it is read.
pub fn volume(response: &Response) -> Result<(VolumeId, VolumeJson), Failure> {
    api::one(response)
}

/// A disk that was ordered.
pub fn made(response: &Response) -> Result<(VolumeId, VolumeJson), Failure> {
    volume(response).map_err(Failure::of_a_create)
}
