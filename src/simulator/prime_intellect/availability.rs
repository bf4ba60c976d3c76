//! `GET availability/gpus`, `multi-node` and `disks`: the offers, filtered and paged; and the older forms of the first
//! two, by GPU type.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::PrimeIntellect;
use super::answers::{Outcome, Refusal};
use super::catalogue::{Amount, Amounts, NOTHING, Offer, Place, VolumeOffer};
use super::offers::{MULTI_NODE, OFFERS};
use super::query::{self, SHORT};
use super::volume_offers::VOLUME_OFFERS;
use super::volumes::{self, Volume};
use super::words::{GPU_TYPES, REGIONS, SECURITIES, SOCKETS};
use crate::simulator::cloud::{Quirks, Scene};
use crate::simulator::http::Request;

/// The official document's, also for a page that is not asked for in size.
const MOST: i64 = 100;
const MOST_OF_LEGACY: i64 = 500;

pub(super) fn gpus(cloud: &mut PrimeIntellect, request: &Request, scene: &Scene<'_>) -> Outcome {
    let offers: Vec<&Offer> = fitting(OFFERS, cloud, request)?.collect();
    let page = Page::read(request, scene.quirks, MOST)?;
    if cloud.comes_empty(scene.quirks) {
        return Ok(page.of(Vec::new()));
    }
    let rows = offers.into_iter().map(|offer| shown(offer, cloud.taken(offer)));
    Ok(page.of(rows.collect()))
}

pub(super) fn multi_node(cloud: &PrimeIntellect, request: &Request, scene: &Scene<'_>) -> Outcome {
    let offers = fitting(MULTI_NODE, cloud, request)?;
    let page = Page::read(request, scene.quirks, MOST)?;
    Ok(page.of(offers.map(|offer| shown(offer, cloud.taken(offer))).collect()))
}

/// An object with a list for each GPU type.
pub(super) fn legacy(offers: &'static [Offer], cloud: &PrimeIntellect, request: &Request) -> Outcome {
    let page = Page::read(request, &Quirks::default(), MOST_OF_LEGACY)?;
    let offers: Vec<&Offer> = fitting(offers, cloud, request)?.collect();
    let mut types: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    for offer in page.part(offers) {
        types
            .entry(offer.gpu.name)
            .or_default()
            .push(shown(offer, cloud.taken(offer)));
    }
    Ok(json!(types))
}

/// The offers that the query's filters keep.
fn fitting<'a>(
    offers: &'static [Offer],
    cloud: &'a PrimeIntellect,
    request: &Request,
) -> Result<impl Iterator<Item = &'static Offer> + use<'a>, Refusal> {
    let filter = Filter::read(request)?;
    let disks: Vec<Option<&Volume>> = query::texts(request, "disks")
        .iter()
        .map(|id| volumes::known(cloud, id))
        .collect();
    let fits = move |offer: &&Offer| {
        let suits = |disk: &Option<&Volume>| disk.is_some_and(|disk| disk.is_beside(offer));
        filter.keeps(offer) && disks.iter().all(suits)
    };
    Ok(offers.iter().filter(fits))
}

pub(super) fn disks(request: &Request, scene: &Scene<'_>) -> Outcome {
    let filter = PlaceFilter::read(request)?;
    let page = Page::read(request, scene.quirks, MOST)?;
    let offers = VOLUME_OFFERS
        .iter()
        .filter(|offer| filter.keeps(offer.place, offer.cloud_id));
    Ok(page.of(offers.map(shown_volume).collect()))
}

impl PrimeIntellect {
    /// An empty page was seen although there was stock.
    fn comes_empty(&mut self, quirks: &Quirks) -> bool {
        if quirks.empty_pages == 0 {
            self.empty_pages = 0;
        }
        let is_due = self.empty_pages < quirks.empty_pages;
        self.empty_pages += u16::from(is_due);
        is_due
    }
}

/// A part of the offers, counted from 1.
struct Page {
    number: i64,
    size: usize,
}

impl Page {
    fn read(request: &Request, quirks: &Quirks, most: i64) -> Result<Page, Refusal> {
        let number = query::integer(request, "page", 1, i64::MAX)?.unwrap_or(1);
        let size = query::integer(request, "page_size", 1, most)?.unwrap_or(most);
        let size = query::to_size(size);
        Ok(Page {
            number,
            size: if quirks.short_pages { size.min(SHORT) } else { size },
        })
    }

    fn of(&self, items: Vec<Value>) -> Value {
        let total = items.len();
        json!({"items": self.part(items), "totalCount": total})
    }

    fn part<T>(&self, items: Vec<T>) -> Vec<T> {
        let skipped = query::to_size(self.number - 1).saturating_mul(self.size);
        items.into_iter().skip(skipped).take(self.size).collect()
    }
}

struct PlaceFilter {
    regions: Vec<String>,
    data_center: Option<String>,
    cloud_id: Option<String>,
}

impl PlaceFilter {
    fn read(request: &Request) -> Result<PlaceFilter, Refusal> {
        Ok(PlaceFilter {
            regions: query::all_words(request, "regions", REGIONS)?,
            data_center: request.query_value("data_center_id"),
            cloud_id: request.query_value("cloud_id"),
        })
    }

    fn keeps(&self, place: &Place, cloud_id: Option<&str>) -> bool {
        (self.regions.is_empty() || self.regions.iter().any(|region| region == place.region))
            && (self.data_center.is_none() || self.data_center.as_deref() == place.data_center)
            && (self.cloud_id.is_none() || self.cloud_id.as_deref() == cloud_id)
    }
}

struct Filter {
    place: PlaceFilter,
    gpu_count: Option<i64>,
    gpu_type: Option<String>,
    socket: Option<String>,
    security: Option<String>,
}

impl Filter {
    fn read(request: &Request) -> Result<Filter, Refusal> {
        Ok(Filter {
            place: PlaceFilter::read(request)?,
            gpu_count: query::integer(request, "gpu_count", i64::MIN, i64::MAX)?,
            gpu_type: query::word(request, "gpu_type", GPU_TYPES)?,
            socket: query::word(request, "socket", SOCKETS)?,
            security: query::word(request, "security", SECURITIES)?,
        })
    }

    fn keeps(&self, offer: &Offer) -> bool {
        let is = |wanted: &Option<String>, word: &str| wanted.as_ref().is_none_or(|wanted| wanted == word);
        self.place.keeps(offer.place, Some(offer.cloud_id))
            && self.gpu_count.is_none_or(|count| count == offer.gpu_count)
            && is(&self.gpu_type, offer.gpu.name)
            && is(&self.socket, offer.gpu.socket)
            && is(&self.security, offer.security())
    }
}

fn shown(offer: &Offer, taken: usize) -> Value {
    let is_node = offer.gpu_count >= 8;
    json!({
        "cloudId": offer.cloud_id,
        "gpuType": offer.gpu.name,
        "socket": offer.gpu.socket,
        "provider": offer.provider,
        "region": offer.place.region,
        "dataCenter": offer.place.data_center,
        "country": offer.place.country,
        "gpuCount": offer.gpu_count,
        "gpuMemory": offer.gpu.memory,
        "disk": amount(&offer.disk),
        "sharedDisk": amount(&NOTHING),
        "vcpu": amount(&offer.vcpus),
        "memory": amount(&offer.memory),
        "internetSpeed": offer.is_secure.then_some(1_000),
        "interconnect": is_node.then_some(3_200),
        "interconnectType": is_node.then_some("infiniband"),
        "provisioningTime": offer.is_secure.then_some(5),
        "stockStatus": offer.stock.word(taken),
        "security": offer.security(),
        "prices": prices(offer),
        "images": offer.images,
        "isSpot": offer.is_spot,
        "prepaidTime": offer.prepaid_hours,
    })
}

/// Secure machines have the one price, those of the community the other. The usual amounts are in it, as they are in all
/// recorded rows, whatever `defaultIncludedInPrice` says.
fn prices(offer: &Offer) -> Value {
    let price = offer.total_price(Amounts::default()).number();
    let (on_demand, community) = match offer.is_secure {
        true => (price, None),
        false => (None, price),
    };
    json!({
        "onDemand": on_demand,
        "communityPrice": community,
        "isVariable": offer.is_variable,
        "currency": "USD",
    })
}

fn amount(amount: &Amount) -> Value {
    json!({
        "minCount": amount.least,
        "defaultCount": amount.usual,
        "maxCount": amount.most,
        "pricePerUnit": amount.price.and_then(|price| price.number()),
        "step": amount.step,
        "defaultIncludedInPrice": amount.is_included,
        "additionalInfo": amount.note,
    })
}

fn shown_volume(offer: &VolumeOffer) -> Value {
    json!({
        "cloudId": offer.cloud_id,
        "provider": offer.provider,
        "dataCenter": offer.place.data_center,
        "country": offer.place.country,
        "region": offer.place.region,
        "spec": amount(&offer.size),
        "stockStatus": offer.stock.word(0),
        "security": "secure_cloud",
        "isMultinode": offer.is_multinode,
    })
}
