//! Offers: one for each machine and number of GPUs, the cheapest first.

use rust_decimal::Decimal;

use super::model::OfferModel;
use crate::{
    clouds::{Capabilities, CountOption, Machine},
    resources::common::number::from_decimal,
    tf::{List, Model, Number, Tf, Value},
};

/// What is asked for all of it: the cloud's total, or else what its GPUs come to.
pub fn price(option: &CountOption) -> Option<Decimal> {
    let price = option.price.as_ref()?;
    let of_gpus = || {
        price
            .per_gpu_per_hour
            .and_then(|one| one.checked_mul(option.gpu_count.into()))
    };
    price.total_per_hour.or(price.gpus_per_hour).or_else(of_gpus)
}

/// What is asked for one GPU: the cloud's word, or else its share.
fn price_per_gpu(option: &CountOption) -> Option<Decimal> {
    let told = option.price.as_ref()?;
    let of_gpus = || told.gpus_per_hour.or_else(|| price(option));
    let share = || of_gpus()?.checked_div(option.gpu_count.into());
    told.per_gpu_per_hour.or_else(share)
}

/// All offers of these machines, in their order.
pub fn all(machines: &[(&'static Capabilities, Machine)]) -> List<OfferModel> {
    let mut offers: Vec<(Rank<'_>, OfferModel)> = machines
        .iter()
        .flat_map(|(cloud, machine)| machine.count_options.iter().map(|option| offer(cloud, machine, option)))
        .collect();
    offers.sort_by(|(a, _), (b, _)| a.cmp(b));
    List(offers.into_iter().map(|(_, offer)| Tf::Known(offer)).collect())
}

/// The first that can be bought at a price that is known.
pub fn cheapest(offers: &List<OfferModel>) -> Option<OfferModel> {
    let can_be_bought = |offer: &&OfferModel| offer.available == Tf::Known(true) && !offer.price_per_hour.is_null();
    offers.0.iter().filter_map(Tf::known).find(can_be_bought).cloned()
}

/// Where an offer stands among the others. What has no price comes last. The last field decides between those that
/// differ in nothing else, so that a cloud's own order never shows.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Rank<'a> {
    has_no_price: bool,
    price: Option<Decimal>,
    cloud: &'a str,
    gpu_type: &'a str,
    gpu_count: u32,
    region: Option<&'a str>,
    is_spot: Option<bool>,
    is_sold_out: bool,
    rest: Value,
}

fn offer<'a>(cloud: &'a Capabilities, machine: &'a Machine, option: &CountOption) -> (Rank<'a>, OfferModel) {
    let offer = to_model(cloud, machine, option);
    let price = price(option);
    let rank = Rank {
        has_no_price: price.is_none(),
        price,
        cloud: cloud.name,
        gpu_type: &machine.gpu_type,
        gpu_count: option.gpu_count,
        region: machine.region.as_deref(),
        is_spot: machine.is_spot,
        is_sold_out: !option.is_available,
        rest: offer.to_object(),
    };
    (rank, offer)
}

fn to_model(cloud: &Capabilities, machine: &Machine, option: &CountOption) -> OfferModel {
    let whose = machine.offer.clone();
    OfferModel {
        cloud: Tf::Known(cloud.name.to_owned()),
        gpu_type: Tf::Known(machine.gpu_type.clone()),
        display_name: machine.display_name.clone().into(),
        gpu_count: Tf::Known(Number::from(option.gpu_count)),
        region: machine.region.clone().into(),
        is_spot: machine.is_spot.into(),
        available: Tf::Known(option.is_available),
        price_per_hour: price(option).and_then(from_decimal).into(),
        price_per_gpu_per_hour: price_per_gpu(option).and_then(from_decimal).into(),
        currency: option.price.as_ref().and_then(|price| price.currency.clone()).into(),
        cloud_id: whose.cloud_id.into(),
        provider: whose.provider.into(),
        socket: whose.socket.into(),
        data_center_id: whose.data_center_id.into(),
        country: whose.country.into(),
        security: whose.security.into(),
    }
}
