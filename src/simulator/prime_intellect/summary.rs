//! `GET availability/gpu-summary` and `multi-node-summary`: the lowest prices by GPU type, GPU count and region.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::PrimeIntellect;
use super::catalogue::Offer;
use crate::simulator::price::Price;

/// PricingInfo of the official document.
#[derive(Clone, Copy, Default)]
struct Lowest {
    on_demand: Option<Price>,
    community: Option<Price>,
    spot: Option<Price>,
}

/// What is sold out has no price there, which is inferred: the official CLI takes the GPU types of this answer for those
/// that can be had.
pub(super) fn of(offers: &[Offer], cloud: &PrimeIntellect) -> Value {
    let mut types: BTreeMap<&str, BTreeMap<String, BTreeMap<&str, Lowest>>> = BTreeMap::new();
    for offer in offers.iter().filter(|offer| !offer.stock.is_empty(cloud.taken(offer))) {
        let regions = types
            .entry(offer.gpu.name)
            .or_default()
            .entry(offer.gpu_count.to_string())
            .or_default();
        for place in ["cheapest", offer.place.region] {
            regions.entry(place).or_default().note(offer);
        }
    }
    let shown = |regions: BTreeMap<&str, Lowest>| -> Map<String, Value> {
        let shown = regions
            .into_iter()
            .map(|(place, prices)| (place.to_owned(), prices.shown()));
        shown.collect()
    };
    let types = types.into_iter().map(|(name, counts)| {
        let counts: Map<String, Value> = counts
            .into_iter()
            .map(|(count, regions)| (count, Value::Object(shown(regions))))
            .collect();
        (name.to_owned(), Value::Object(counts))
    });
    Value::Object(types.collect())
}

impl Lowest {
    fn note(&mut self, offer: &Offer) {
        let known = match (offer.is_spot, offer.is_secure) {
            (true, _) => &mut self.spot,
            (false, true) => &mut self.on_demand,
            (false, false) => &mut self.community,
        };
        *known = Some(known.map_or(offer.price, |price| price.min(offer.price)));
    }

    fn shown(self) -> Value {
        let number = |price: Option<Price>| price.and_then(Price::number);
        json!({
            "onDemand": number(self.on_demand),
            "communityPrice": number(self.community),
            "spotPrice": number(self.spot),
        })
    }
}
