//! Constraints of a pod on its offer, in the order in which offers are filtered by them.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::{amount::Amounts, api::Row};
use crate::clouds::{GpuRequest, PodSpec};

/// Its machines take no environment variables: the official command line tool leaves its rows out where there are any.
const WITHOUT_VARIABLES: &str = "runpod";

const SOLD_OUT: &str = "Unavailable";

/// One thing that is asked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Wish<'a> {
    Gpu(&'a GpuRequest),
    /// Whether it has to be paid for in advance.
    Prepaid(bool),
    Places(&'a BTreeSet<String>),
    Spot(bool),
    Vram(u32),
    Provider(&'a str),
    CloudId(&'a str),
    Socket(&'a str),
    DataCenter(&'a str),
    Country(&'a str),
    Security(&'a str),
    Image(&'a str),
    Disk(u32),
    Vcpus(u32),
    Memory(u32),
    Variables,
    Stock,
    Price {
        limit: Decimal,
        asked: Amounts,
    },
}

/// That it is in stock and is cheap enough comes last: the rest nobody has to wait for.
pub fn all<'a>(spec: &'a PodSpec, gpu: &'a GpuRequest) -> Vec<Wish<'a>> {
    let asked = Amounts::of(spec);
    let offer = &spec.marketplace.offer;
    let takes_any_provider = offer.provider.is_none();
    let wishes = [
        Some(Wish::Gpu(gpu)),
        Some(Wish::Prepaid(spec.marketplace.prepaid_hours.is_some())),
        (!spec.regions.is_empty()).then_some(Wish::Places(&spec.regions)),
        Some(Wish::Spot(spec.is_spot == Some(true))),
        spec.min_vram_per_gpu.map(|size| Wish::Vram(size.get())),
        offer.provider.as_deref().map(Wish::Provider),
        offer.cloud_id.as_deref().map(Wish::CloudId),
        offer.socket.as_deref().map(Wish::Socket),
        offer.data_center_id.as_deref().map(Wish::DataCenter),
        offer.country.as_deref().map(Wish::Country),
        offer.security.as_deref().map(Wish::Security),
        Some(Wish::Image(spec.image.as_str())),
        asked.disk.map(Wish::Disk),
        asked.vcpus.map(Wish::Vcpus),
        asked.memory.map(Wish::Memory),
        (takes_any_provider && !spec.environment.0.is_empty()).then_some(Wish::Variables),
        Some(Wish::Stock),
        spec.max_price.map(|limit| Wish::Price {
            limit: limit.get(),
            asked,
        }),
    ];
    wishes.into_iter().flatten().collect()
}

impl Wish<'_> {
    /// What a row does not say is not as it was wished.
    pub fn is_met_by(self, row: &Row) -> bool {
        match self {
            Wish::Gpu(gpu) => is(&gpu.gpu_type, &row.gpu_type) && gpu.count.get() == row.gpu_count,
            Wish::Prepaid(is_wished) => row.prepaid_time.is_some() == is_wished,
            Wish::Places(places) => places.iter().any(|place| row.is_in(place)),
            Wish::Spot(is_wished) => row.is_spot == is_wished,
            Wish::Vram(least) => row.gpu_memory.is_some_and(|memory| memory >= least),
            Wish::Provider(provider) => is(provider, &row.provider),
            Wish::CloudId(id) => is(id, &row.cloud_id),
            Wish::Socket(socket) => is(socket, &row.socket),
            Wish::DataCenter(id) => is_said(&row.data_center, id),
            Wish::Country(country) => is_said(&row.country, country),
            Wish::Security(security) => is_said(&row.security, security),
            // Without a list nothing is said against any.
            Wish::Image(image) => row
                .images
                .as_ref()
                .is_none_or(|images| images.iter().any(|one| one == image)),
            Wish::Disk(size) => row.disk.can_be(size),
            Wish::Vcpus(count) => row.vcpu.can_be(count),
            Wish::Memory(size) => row.memory.can_be(size),
            Wish::Variables => !is(&row.provider, WITHOUT_VARIABLES),
            Wish::Stock => row.is_in_stock(),
            Wish::Price { limit, asked } => row.price(&asked).is_some_and(|price| price <= limit),
        }
    }
}

impl Row {
    pub fn is_in(&self, place: &str) -> bool {
        [&self.region, &self.country, &self.data_center]
            .into_iter()
            .any(|one| is_said(one, place))
    }

    pub fn is_in_stock(&self) -> bool {
        !is_said(&self.stock, SOLD_OUT)
    }
}

fn is(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
}

fn is_said(said: &Option<String>, wished: &str) -> bool {
    said.as_deref().is_some_and(|said| is(said, wished))
}
