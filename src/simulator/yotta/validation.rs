//! Validation of a pod's create: the limits of its body, and the offer that fits it.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::catalogue::{self, OFFERS, Offer};
use super::envelope::{Refusal, SYSTEM_ERROR};
use super::{Yotta, volumes};
use crate::simulator::limits::{self, ANY_TEXT, Field, INT32, INT64, Kind, Reading, SOME_TEXT, optional, required};
use crate::simulator::price::Price;

pub(super) type Fields = Map<String, Value>;

/// PodV2CreateRequest of the reference. Beside it stands what the vendor's own clients and examples send.
const CREATION: &[Field] = &[
    optional("regions", Kind::List(&ANY_TEXT)),
    required("name", Kind::Text(1, 255)),
    required("image", Kind::Text(1, 255)),
    optional("containerRegistryAuthId", Kind::Wider(&INT64, &Kind::Digits)),
    optional("imageRegistry", Kind::Text(0, 255)),
    optional("imagePublicType", Kind::OneOf(&["PUBLIC", "PRIVATE"])),
    optional("resourceType", Kind::OneOf(&["GPU", "CPU"])),
    required("gpuType", SOME_TEXT),
    required("gpuCount", INT32),
    optional("isSpot", Kind::Flag),
    optional("maxPrice", Kind::Number),
    optional("shmInGb", INT32),
    optional("minSingleCardRamInGb", INT32),
    optional("minSingleCardVramInGb", INT32),
    optional("minSingleCardVcpu", INT32),
    optional("containerVolumeInGb", INT32),
    optional("initializationCommand", ANY_TEXT),
    optional("environmentVars", Kind::List(&Kind::Object(VARIABLE))),
    optional("expose", Kind::List(&Kind::Object(PORT))),
    optional("volumes", Kind::List(&Kind::Object(VOLUME))),
    optional("callbackUrl", Kind::Text(0, 512)),
];
const VARIABLE: &[Field] = &[
    required("key", SOME_TEXT),
    required("value", Kind::Wider(&SOME_TEXT, &ANY_TEXT)),
];
const PORT: &[Field] = &[
    required("port", Kind::Integer(0, 65_535)),
    optional(
        "protocol",
        Kind::Wider(&Kind::OneOf(&["HTTP", "TCP"]), &Kind::AnyCase(&["HTTP", "TCP", "SSH"])),
    ),
];
const VOLUME: &[Field] = &[
    required("id", Kind::Wider(&SOME_TEXT, &Kind::Digits)),
    required("mountPath", SOME_TEXT),
];

/// The fields of a creation that keeps every limit.
pub(super) fn check(body: &Value, yotta: &Yotta, reading: Reading) -> Result<Fields, Refusal> {
    let mut fields = limits::check(body, CREATION, reading).map_err(Refusal::invalid)?;
    if reading == Reading::Lenient {
        understand(&mut fields);
    }
    let mistakes = mistakes(&fields, yotta);
    if !mistakes.is_empty() {
        return Err(Refusal::invalid(mistakes.join("; ")));
    }
    volumes::require_active(&fields, yotta)?;
    Ok(fields)
}

/// Brings what clients send into the reference's form.
fn understand(fields: &mut Fields) {
    let auth = fields.get("containerRegistryAuthId").and_then(Value::as_str);
    if let Some(id) = auth.and_then(|digits| digits.parse::<i64>().ok()) {
        fields.insert("containerRegistryAuthId".to_owned(), json!(id));
    }
    // With it, clients say that there is no ceiling.
    if fields.get("maxPrice").and_then(Value::as_f64) == Some(0.0) {
        fields.remove("maxPrice");
    }
    let ports = fields.get_mut("expose").and_then(Value::as_array_mut);
    for port in ports.into_iter().flatten() {
        if let Some(protocol) = port["protocol"].as_str().map(str::to_uppercase) {
            port["protocol"] = json!(protocol);
        }
    }
    let volumes = fields.get_mut("volumes").and_then(Value::as_array_mut);
    for volume in volumes.into_iter().flatten() {
        if volume["id"].is_number() {
            volume["id"] = json!(volume["id"].to_string());
        }
    }
}

/// The rules that stand in the documents' text and not in the schema.
fn mistakes(fields: &Fields, yotta: &Yotta) -> Vec<String> {
    let found = [
        (!is_power_of_two(fields), "gpuCount: must be a power of two"),
        (!knows_gpu_type(fields), "gpuType: unknown GPU type"),
        (repeats_region(fields), "regions: must not repeat a region"),
        (
            is_set(fields, "maxPrice") && !is_spot(fields),
            "maxPrice: is for isSpot=true only",
        ),
        (
            is_private(fields) && !is_set(fields, "containerRegistryAuthId"),
            "containerRegistryAuthId: must not be null for a PRIVATE image",
        ),
        (
            !knows_auth(fields, yotta),
            "containerRegistryAuthId: no such credential",
        ),
        (!volumes::are_known(fields, yotta), "volumes: no such volume"),
    ];
    found
        .into_iter()
        .filter(|(is_wrong, _)| *is_wrong)
        .map(|(_, text)| text.to_owned())
        .collect()
}

pub(super) fn integer(fields: &Fields, name: &str) -> Option<i64> {
    fields.get(name)?.as_i64()
}

pub(super) fn elements<'a>(fields: &'a Fields, name: &str) -> &'a [Value] {
    fields.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

pub(super) fn auth_id(fields: &Fields) -> Option<u64> {
    fields.get("containerRegistryAuthId")?.as_u64()
}

fn is_set(fields: &Fields, name: &str) -> bool {
    fields.get(name).is_some_and(|value| !value.is_null())
}

fn is_spot(fields: &Fields) -> bool {
    fields.get("isSpot").and_then(Value::as_bool).unwrap_or(false)
}

fn is_private(fields: &Fields) -> bool {
    fields.get("imagePublicType").is_some_and(|kind| kind == "PRIVATE")
}

fn is_power_of_two(fields: &Fields) -> bool {
    fields
        .get("gpuCount")
        .and_then(Value::as_u64)
        .is_some_and(u64::is_power_of_two)
}

fn knows_gpu_type(fields: &Fields) -> bool {
    OFFERS
        .iter()
        .any(|offer| fields.get("gpuType").is_some_and(|code| code == offer.gpu.code))
}

fn repeats_region(fields: &Fields) -> bool {
    let regions = elements(fields, "regions");
    let distinct: BTreeSet<&str> = regions.iter().filter_map(Value::as_str).collect();
    distinct.len() < regions.len()
}

fn knows_auth(fields: &Fields, yotta: &Yotta) -> bool {
    !is_set(fields, "containerRegistryAuthId")
        || auth_id(fields).is_some_and(|id| yotta.registry_auths.contains_key(&id))
}

/// The cheapest offer that is in stock and fits. The documents give no code for a cloud that has nothing left.
pub(super) fn place(fields: &Fields) -> Result<&'static Offer, Refusal> {
    let fitting = OFFERS.iter().filter(|offer| fits(offer, fields));
    let cheapest = fitting.min_by_key(|offer| offer.price);
    cheapest.ok_or_else(|| Refusal::new(SYSTEM_ERROR, "no available resource"))
}

fn fits(offer: &Offer, fields: &Fields) -> bool {
    let Some(count) = integer(fields, "gpuCount") else {
        return false;
    };
    let regions = elements(fields, "regions");
    let at_least = |name, size| integer(fields, name).is_none_or(|least| size >= least);
    let (least_disk, most_disk) = offer.container_volume(count);
    fields.get("gpuType").is_some_and(|code| code == offer.gpu.code)
        && is_spot(fields) == offer.is_spot
        && (regions.is_empty() || regions.iter().any(|region| region == offer.region))
        && offer.has(count)
        && at_least("minSingleCardVramInGb", offer.gpu.memory)
        && at_least("minSingleCardRamInGb", offer.gpu.ram)
        && at_least("minSingleCardVcpu", offer.gpu.vcpu)
        && integer(fields, "containerVolumeInGb").is_none_or(|size| (least_disk..=most_disk).contains(&size))
        && is_within_price(total_price(offer, count, fields), fields)
}

/// `maxPrice` is for the whole machine.
fn is_within_price(total: Price, fields: &Fields) -> bool {
    let ceiling = fields.get("maxPrice").and_then(Value::as_f64);
    ceiling.is_none_or(|ceiling| total.dollars() <= ceiling)
}

fn total_price(offer: &Offer, count: i64, fields: &Fields) -> Price {
    offer.price_of_gpus(count).plus(container_price(fields))
}

pub(super) fn container_price(fields: &Fields) -> Price {
    catalogue::container_volume_price(integer(fields, "containerVolumeInGb"))
}
