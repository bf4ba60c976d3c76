//! Validation of volumes' creates, renames and resizes.

use serde_json::Value;

use super::volume::Volume;
use crate::simulator::http::Request;
use crate::simulator::limits::{self, Field, Kind, Reading, SOME_TEXT, optional, required};
use crate::simulator::yotta::catalogue;
use crate::simulator::yotta::envelope::Refusal;
use crate::simulator::yotta::validation::Fields;

pub(super) const STORAGE_TYPES: &[&str] = &["S3", "CEPH", "VENDOR", "R2"];

/// The guide says only "valid volume name format", so every name is taken that is not empty.
const NAME: Field = required("name", SOME_TEXT);
const SIZE: Kind = Kind::Integer(1, 10_240);
const CREATION: &[Field] = &[
    NAME,
    required("storageType", Kind::OneOf(STORAGE_TYPES)),
    optional("region", SOME_TEXT),
    optional("sizeInGb", SIZE),
    optional("vendorVolumeType", Kind::OneOf(&["NVMe", "HDD"])),
];
const NEW_NAME: &[Field] = &[NAME];
const NEW_SIZE: &[Field] = &[required("sizeInGb", SIZE)];

/// What a kind of storage says to a field.
#[derive(Clone, Copy)]
enum Need {
    Required,
    Optional,
    Refused,
}

/// `region`, `sizeInGb`, `vendorVolumeType`. The guide contradicts itself about R2's region. That a needless field is
/// refused is ours: the guide calls S3 unlimited and without a region, and says no more.
fn needs(storage_type: &str) -> [(&'static str, Need); 3] {
    let [region, size, vendor] = match storage_type {
        "CEPH" => [Need::Required, Need::Required, Need::Refused],
        "VENDOR" => [Need::Required; 3],
        "R2" => [Need::Optional, Need::Refused, Need::Refused],
        _ => [Need::Refused; 3],
    };
    [("region", region), ("sizeInGb", size), ("vendorVolumeType", vendor)]
}

/// The fields of a creation that keeps every limit.
pub(super) fn creation(request: &Request, reading: Reading) -> Result<Fields, Refusal> {
    let asked = fields(request, CREATION, reading)?;
    let mistakes = mistakes(&asked);
    if mistakes.is_empty() {
        Ok(asked)
    } else {
        Err(Refusal::invalid(mistakes.join("; ")))
    }
}

pub(super) fn name(request: &Request, reading: Reading) -> Result<Value, Refusal> {
    Ok(fields(request, NEW_NAME, reading)?.remove("name").unwrap_or_default())
}

pub(super) fn size(request: &Request, reading: Reading) -> Result<i64, Refusal> {
    let size = fields(request, NEW_SIZE, reading)?
        .get("sizeInGb")
        .and_then(Value::as_i64);
    size.ok_or_else(|| Refusal::invalid("sizeInGb: must not be null"))
}

/// No document says whether a volume can shrink; here it cannot, for that would lose data.
pub(super) fn check_growth(volume: &Volume, size: i64) -> Result<(), Refusal> {
    let Some(present) = volume.size() else {
        let message = format!("sizeInGb: is not for {}", volume.storage_type());
        return Err(Refusal::invalid(message));
    };
    if size > present {
        Ok(())
    } else {
        Err(Refusal::invalid(format!("sizeInGb: must be more than {present}")))
    }
}

fn fields(request: &Request, limits: &[Field], reading: Reading) -> Result<Fields, Refusal> {
    let body = request.json().map_err(Refusal::invalid)?;
    limits::check(&body, limits, reading).map_err(Refusal::invalid)
}

fn mistakes(asked: &Fields) -> Vec<String> {
    let storage_type = asked.get("storageType").and_then(Value::as_str).unwrap_or_default();
    let mut mistakes: Vec<String> = needs(storage_type)
        .into_iter()
        .filter_map(|(name, need)| mistake(asked, name, need, storage_type))
        .collect();
    let region = asked.get("region").and_then(Value::as_str);
    if region.is_some_and(|region| !catalogue::is_region(region)) {
        mistakes.push("region: unknown region".to_owned());
    }
    mistakes
}

fn mistake(asked: &Fields, name: &str, need: Need, storage_type: &str) -> Option<String> {
    let is_set = asked.get(name).is_some_and(|value| !value.is_null());
    match (need, is_set) {
        (Need::Required, false) => Some(format!("{name}: must not be null for {storage_type}")),
        (Need::Refused, true) => Some(format!("{name}: is not for {storage_type}")),
        _ => None,
    }
}
