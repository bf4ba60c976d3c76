//! `POST /v2/gpu/list`: the catalogue, filtered and paged.

use serde_json::{Map, Value, json};

use super::catalogue::{self, OFFERS, Offer};
use super::envelope::{Outcome, Refusal};
use super::pages::{MOST_SIZE, Page};
use crate::simulator::cloud::Quirks;
use crate::simulator::http::Request;
use crate::simulator::limits::{self, ANY_TEXT, Field, INT32, Kind, Reading, optional};
use crate::simulator::price::Price;

/// GpuListV2Request of the reference.
const FILTERS: &[Field] = &[
    optional("page", Kind::Integer(1, i64::MAX)),
    optional("size", Kind::Integer(1, MOST_SIZE)),
    optional("regions", Kind::List(&ANY_TEXT)),
    optional("gpuTypes", Kind::List(&ANY_TEXT)),
    optional("gpuCounts", Kind::List(&INT32)),
    optional("minGpuMemoryInGb", INT32),
    optional("minRamPerGpuInGb", INT32),
    optional("minVcpuPerGpu", INT32),
    optional("containerVolumeInGb", INT32),
    optional("systemVolumeInGb", INT32),
    optional("cloudTypes", Kind::List(&Kind::OneOf(&["SECURE", "COMMUNITY"]))),
    optional("acceleratorVendor", Kind::OneOf(&["NVIDIA", "AWS"])),
    optional("includeUnavailable", Kind::Flag),
    optional("isSpot", Kind::Flag),
];

pub(super) fn list(request: &Request, quirks: &Quirks) -> Outcome {
    let filter = Filter(filters(request, quirks.reading())?);
    let items: Vec<Value> = OFFERS
        .iter()
        .filter(|offer| filter.keeps(offer))
        .filter_map(|o| item(o, &filter))
        .collect();
    let page = Page::new(filter.integer("page"), filter.integer("size"), quirks);
    Ok(page.of(items))
}

/// The body may be left out.
fn filters(request: &Request, reading: Reading) -> Result<Map<String, Value>, Refusal> {
    let body = request.json().map_err(Refusal::invalid)?;
    let body = if body.is_null() { json!({}) } else { body };
    limits::check(&body, FILTERS, reading).map_err(Refusal::invalid)
}

struct Filter(Map<String, Value>);

impl Filter {
    fn integer(&self, name: &str) -> Option<i64> {
        self.0.get(name)?.as_i64()
    }

    fn flag(&self, name: &str) -> Option<bool> {
        self.0.get(name)?.as_bool()
    }

    /// A filter that is left out or empty keeps everything.
    fn lists(&self, name: &str, wanted: &Value) -> bool {
        match self.0.get(name) {
            Some(Value::Array(values)) if !values.is_empty() => values.contains(wanted),
            _ => true,
        }
    }

    fn at_least(&self, name: &str, size: i64) -> bool {
        self.integer(name).is_none_or(|least| size >= least)
    }

    fn keeps(&self, offer: &Offer) -> bool {
        let vendor = self
            .0
            .get("acceleratorVendor")
            .and_then(Value::as_str)
            .unwrap_or("NVIDIA");
        self.lists("regions", &json!(offer.region))
            && self.lists("gpuTypes", &json!(offer.gpu.code))
            && self.lists("cloudTypes", &json!(offer.cloud_type))
            && offer.gpu.vendor == vendor
            && self.at_least("minGpuMemoryInGb", offer.gpu.memory)
            && self.at_least("minRamPerGpuInGb", offer.gpu.ram)
            && self.at_least("minVcpuPerGpu", offer.gpu.vcpu)
            && self.flag("isSpot").is_none_or(|is_spot| is_spot == offer.is_spot)
            && (!offer.is_sold_out() || self.flag("includeUnavailable") == Some(true))
    }

    fn keeps_count(&self, offer: &Offer, count: i64) -> bool {
        let fits = |size: Option<i64>, limits: Option<(i64, i64)>| {
            size.is_none_or(|size| limits.is_some_and(|(least, most)| (least..=most).contains(&size)))
        };
        self.lists("gpuCounts", &json!(count))
            && fits(self.integer("containerVolumeInGb"), Some(offer.container_volume(count)))
            && fits(self.integer("systemVolumeInGb"), offer.system_volume(count))
    }
}

/// `None` if the filter leaves no GPU count.
fn item(offer: &Offer, filter: &Filter) -> Option<Value> {
    let counts: Vec<i64> = offer
        .gpu_counts()
        .filter(|count| filter.keeps_count(offer, *count))
        .collect();
    let free: Vec<i64> = counts.iter().copied().filter(|count| offer.has(*count)).collect();
    let is_wanted = !free.is_empty() || filter.flag("includeUnavailable") == Some(true);
    if counts.is_empty() || !is_wanted {
        return None;
    }
    let options: Vec<Value> = counts.iter().map(|count| option(offer, *count, filter)).collect();
    Some(json!({
        "gpuType": offer.gpu.code,
        "displayName": offer.gpu.display_name,
        "gpuMemoryInGb": offer.gpu.memory,
        "region": offer.region,
        "cloudType": offer.cloud_type,
        "acceleratorVendor": offer.gpu.vendor,
        "isSpot": offer.is_spot,
        "status": if free.is_empty() { "UNAVAILABLE" } else { "AVAILABLE" },
        "maxGpuCount": offer.max_gpu_count,
        "availableGpuCounts": free,
        "ramPerGpuInGb": offer.gpu.ram,
        "vcpuPerGpu": offer.gpu.vcpu,
        "localDiskPerGpuInGb": offer.gpu.disk,
        "gpuCountOptions": options,
    }))
}

fn option(offer: &Offer, count: i64, filter: &Filter) -> Value {
    let (least, most) = offer.container_volume(count);
    let system = offer.system_volume(count);
    let most_beside_system = system.map_or(most, |(_, most_system)| most - most_system);
    json!({
        "gpuCount": count,
        "available": offer.has(count),
        "totalGpuMemoryInGb": offer.gpu.memory * count,
        "totalRamInGb": offer.gpu.ram * count,
        "totalVcpu": offer.gpu.vcpu * count,
        "totalLocalDiskInGb": offer.gpu.disk * count,
        "containerVolume": {
            "minInGb": least,
            "maxInGb": most,
            "maxInGbWithLocalSystemVolume": most_beside_system,
            "maxInGbWithoutLocalSystemVolume": most,
        },
        "systemVolume": {
            "supported": system.is_some(),
            "minInGb": system.map_or(0, |(least, _)| least),
            "maxInGb": system.map_or(0, |(_, most)| most),
        },
        "price": price(offer, count, filter),
    })
}

/// The disks are priced at the sizes asked for, else the container's at its least.
fn price(offer: &Offer, count: i64, filter: &Filter) -> Value {
    let gpus = offer.price_of_gpus(count);
    let container = catalogue::container_volume_price(filter.integer("containerVolumeInGb"));
    let system = catalogue::system_volume_price(filter.integer("systemVolumeInGb"));
    let text = |price: Price| price.to_string();
    json!({
        "pricePerGpuPerHour": text(offer.price),
        "gpuPricePerHour": text(gpus),
        "containerVolumePricePerHour": text(container),
        "systemVolumePricePerHour": text(system),
        "containerVolumePricePerGbPerHour": text(catalogue::container_volume_price(Some(1))),
        "systemVolumePricePerGbPerHour": text(catalogue::system_volume_price(Some(1))),
        "totalPricePerHour": text(gpus.plus(container).plus(system)),
        "currency": "USD",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(body: &Value) -> Result<Value, String> {
        let request = Request {
            body: body.to_string().into(),
            ..Request::default()
        };
        let quirks = Quirks {
            strict: true,
            ..Quirks::default()
        };
        list(&request, &quirks).map_err(|refusal| refusal.message)
    }

    #[test]
    fn filters_keep_what_they_name() {
        let check = |body: Value, expected: usize| {
            assert_eq!(listed(&body).unwrap()["total"], json!(expected), "{body}");
        };
        check(json!(null), 11);
        check(json!({"includeUnavailable": true}), 15);
        check(json!({"acceleratorVendor": "AWS"}), 1);
        check(json!({"gpuTypes": ["NVIDIA_RTX_4090_24G"]}), 3);
        check(json!({"gpuTypes": ["NVIDIA_RTX_4090_24G"], "isSpot": true}), 1);
        check(json!({"gpuTypes": ["NVIDIA_RTX_4090_24G"], "gpuCounts": [8]}), 1);
        check(
            json!({"gpuTypes": ["NVIDIA_RTX_4090_24G"], "gpuCounts": [8], "includeUnavailable": true}),
            2,
        );
        check(json!({"regions": ["eu-2", "eu-3"]}), 3);
        check(json!({"regions": []}), 11);
        check(json!({"minGpuMemoryInGb": 141}), 1);
        check(json!({"cloudTypes": ["COMMUNITY"]}), 1);
        check(json!({"containerVolumeInGb": 8000}), 2);
        check(json!({"cloudTypes": ["COMMUNITY"], "systemVolumeInGb": 20}), 0);
    }

    #[test]
    fn wrong_filters_are_refused() {
        let check = |body: Value, expected: &str| {
            let message = listed(&body).unwrap_err();
            assert!(message.contains(expected), "{body}: {message}");
        };
        check(json!({"page": 0}), "page");
        check(json!({"size": 101}), "size");
        check(json!({"gpuType": "x"}), "gpuType: unknown field");
        check(json!({"cloudTypes": ["secure"]}), "cloudTypes[0]");
        check(json!([]), "must be an object");
    }

    #[test]
    fn pages_hold_every_item_once() {
        let mut seen = Vec::new();
        for page in 1..=4 {
            let data = listed(&json!({"page": page, "size": 3})).unwrap();
            assert_eq!(
                (&data["total"], &data["pages"], &data["page"]),
                (&json!(11), &json!(4), &json!(page))
            );
            seen.extend(data["items"].as_array().unwrap().clone());
        }
        assert_eq!(json!(seen), listed(&json!({"size": 100})).unwrap()["items"]);
        assert_eq!(listed(&json!({"page": 5, "size": 3})).unwrap()["items"], json!([]));
    }

    #[test]
    fn prices_fit_the_sizes_asked_for() {
        let body = json!({"gpuTypes": ["NVIDIA_RTX_5090_32G"], "gpuCounts": [2], "containerVolumeInGb": 100, "systemVolumeInGb": 50});
        let price = &listed(&body).unwrap()["items"][0]["gpuCountOptions"][0]["price"];
        assert_eq!(price["gpuPricePerHour"], "1.30");
        assert_eq!(price["containerVolumePricePerHour"], "0.01");
        assert_eq!(price["systemVolumePricePerHour"], "0.01");
        assert_eq!(price["totalPricePerHour"], "1.32");
    }
}
