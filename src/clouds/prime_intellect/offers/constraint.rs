//! Constraints of a pod on its offer, in the order in which offers are filtered by them.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::{amount::Amounts, api::Row};
use crate::clouds::{GpuRequest, PodSpec};

/// Its machines take no environment variables: the official command line tool leaves its rows out where there are any.
const WITHOUT_VARIABLES: &str = "runpod";

const SOLD_OUT: &str = "Unavailable";

/// One constraint.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Constraint<'a> {
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
pub fn all<'a>(spec: &'a PodSpec, gpu: &'a GpuRequest) -> Vec<Constraint<'a>> {
    let asked = Amounts::of(spec);
    let offer = &spec.marketplace.offer;
    let takes_any_provider = offer.provider.is_none();
    let constraints = [
        Some(Constraint::Gpu(gpu)),
        Some(Constraint::Prepaid(spec.marketplace.prepaid_hours.is_some())),
        (!spec.regions.is_empty()).then_some(Constraint::Places(&spec.regions)),
        Some(Constraint::Spot(spec.is_spot == Some(true))),
        spec.min_vram_per_gpu.map(|size| Constraint::Vram(size.get())),
        offer.provider.as_deref().map(Constraint::Provider),
        offer.cloud_id.as_deref().map(Constraint::CloudId),
        offer.socket.as_deref().map(Constraint::Socket),
        offer.data_center_id.as_deref().map(Constraint::DataCenter),
        offer.country.as_deref().map(Constraint::Country),
        offer.security.as_deref().map(Constraint::Security),
        Some(Constraint::Image(spec.image.as_str())),
        asked.disk.map(Constraint::Disk),
        asked.vcpus.map(Constraint::Vcpus),
        asked.memory.map(Constraint::Memory),
        (takes_any_provider && !spec.environment.0.is_empty()).then_some(Constraint::Variables),
        Some(Constraint::Stock),
        spec.max_price.map(|limit| Constraint::Price {
            limit: limit.get(),
            asked,
        }),
    ];
    constraints.into_iter().flatten().collect()
}

impl Constraint<'_> {
    /// A row meets no constraint on what it does not say.
    pub fn is_met_by(self, row: &Row) -> bool {
        match self {
            Constraint::Gpu(gpu) => is(&gpu.gpu_type, &row.gpu_type) && gpu.count.get() == row.gpu_count,
            Constraint::Prepaid(is_wanted) => row.prepaid_time.is_some() == is_wanted,
            Constraint::Places(places) => places.iter().any(|place| row.is_in(place)),
            Constraint::Spot(is_wanted) => row.is_spot == is_wanted,
            Constraint::Vram(least) => row.gpu_memory.is_some_and(|memory| memory >= least),
            Constraint::Provider(provider) => is(provider, &row.provider),
            Constraint::CloudId(id) => is(id, &row.cloud_id),
            Constraint::Socket(socket) => is(socket, &row.socket),
            Constraint::DataCenter(id) => is_said(&row.data_center, id),
            Constraint::Country(country) => is_said(&row.country, country),
            Constraint::Security(security) => is_said(&row.security, security),
            // Without a list nothing is said against any.
            Constraint::Image(image) => row
                .images
                .as_ref()
                .is_none_or(|images| images.iter().any(|one| one == image)),
            Constraint::Disk(size) => row.disk.can_be(size),
            Constraint::Vcpus(count) => row.vcpu.can_be(count),
            Constraint::Memory(size) => row.memory.can_be(size),
            Constraint::Variables => !is(&row.provider, WITHOUT_VARIABLES),
            Constraint::Stock => row.is_in_stock(),
            Constraint::Price { limit, asked } => row.price(&asked).is_some_and(|price| price <= limit),
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

fn is_said(said: &Option<String>, wanted: &str) -> bool {
    said.as_deref().is_some_and(|said| is(said, wanted))
}
