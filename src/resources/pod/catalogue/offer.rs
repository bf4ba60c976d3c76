//! Checks against the offers of a cloud that resells the machines of several providers: whose machine, which image, amounts.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::{Fitting, messages, or_all};
use crate::{
    clouds::{Limits, Machine, Offer},
    resources::{
        common::number,
        pod::model::{MARKETPLACE, PodModel, PrimeIntellectPod},
    },
    tf::{Diagnostics, Number, Path, Tf, enum_names},
};

/// One thing by which offers are told apart.
struct Trait {
    attribute: &'static str,
    wish: fn(&PrimeIntellectPod) -> &Tf<String>,
    offered: fn(&Offer) -> &Option<String>,
}

const TRAITS: [Trait; 6] = [
    Trait {
        attribute: "provider",
        wish: |wish| &wish.provider,
        offered: |offer| &offer.provider,
    },
    Trait {
        attribute: "cloud_id",
        wish: |wish| &wish.cloud_id,
        offered: |offer| &offer.cloud_id,
    },
    Trait {
        attribute: "country",
        wish: |wish| &wish.country,
        offered: |offer| &offer.country,
    },
    Trait {
        attribute: "data_center_id",
        wish: |wish| &wish.data_center_id,
        offered: |offer| &offer.data_center_id,
    },
    Trait {
        attribute: "socket",
        wish: |wish| &wish.socket,
        offered: |offer| &offer.socket,
    },
    Trait {
        attribute: "security",
        wish: |wish| &wish.security,
        offered: |offer| &offer.security,
    },
];

/// The machines that run the image and are what `prime_intellect` asks for.
pub fn as_wished<'a>(config: &PodModel, machines: &[&'a Machine], found: &mut Diagnostics) -> Vec<&'a Machine> {
    let mut kept = with_image(config, machines, found);
    for one in &TRAITS {
        let Some(wish) = config.prime_intellect.known().and_then(|wish| (one.wish)(wish).known()) else {
            continue;
        };
        let offered = |machine: &Machine| (one.offered)(&machine.offer).clone();
        let fitting: Vec<&Machine> = kept
            .iter()
            .copied()
            .filter(|machine| offered(machine).is_some_and(|offered| offered.eq_ignore_ascii_case(wish)))
            .collect();
        if fitting.is_empty() && !kept.is_empty() {
            let path = Path::from(MARKETPLACE).attribute(one.attribute);
            let offered: BTreeSet<String> = kept.iter().filter_map(|machine| offered(machine)).collect();
            let summary = messages::trait_not_offered();
            let message = messages::not_offered(&summary, &path, &format!("{wish:?}"), &words(&offered));
            found.add_error(path, message);
        }
        kept = or_all(fitting, &kept);
    }
    kept
}

fn with_image<'a>(config: &PodModel, machines: &[&'a Machine], found: &mut Diagnostics) -> Vec<&'a Machine> {
    let Some(wish) = config.image.known() else {
        return machines.to_vec();
    };
    let runs = |machine: &&&Machine| machine.images.as_ref().is_none_or(|images| images.contains(wish));
    let kept: Vec<&Machine> = machines.iter().filter(runs).copied().collect();
    if kept.is_empty() && !machines.is_empty() {
        let images = machines.iter().filter_map(|machine| machine.images.as_ref());
        let offered: BTreeSet<String> = images.flatten().cloned().collect();
        let summary = messages::image_not_offered();
        let message = messages::not_offered(&summary, "image", &format!("{wish:?}"), &words(&offered));
        found.add_error("image", message);
    }
    or_all(kept, machines)
}

/// The options that can have as many vCPUs and as much RAM as asked for.
pub fn with_amounts<'a>(config: &PodModel, options: &[Fitting<'a>], found: &mut Diagnostics) -> Vec<Fitting<'a>> {
    let Some(wish) = config.prime_intellect.known() else {
        return options.to_vec();
    };
    let options = with_amount("vcpus", &wish.vcpus, options, |(_, option)| option.vcpus, found);
    with_amount(
        "memory_in_gb",
        &wish.memory_in_gb,
        &options,
        |(_, option)| option.memory,
        found,
    )
}

fn with_amount<'a>(
    attribute: &'static str,
    wish: &Tf<Number>,
    options: &[Fitting<'a>],
    limits: fn(&Fitting<'a>) -> Option<Limits>,
    found: &mut Diagnostics,
) -> Vec<Fitting<'a>> {
    let Some(amount) = wish.known().and_then(number::to_whole) else {
        return options.to_vec();
    };
    let fits = |option: &&Fitting<'a>| {
        limits(option).is_some_and(|limits| {
            limits.least.is_none_or(|least| least <= amount) && limits.most.is_none_or(|most| amount <= most)
        })
    };
    let kept: Vec<Fitting<'a>> = options.iter().filter(fits).copied().collect();
    if kept.is_empty() && !options.is_empty() {
        let all = || options.iter().filter_map(limits);
        let range = range(
            all().filter_map(|one| one.least).min(),
            all().filter_map(|one| one.most).max(),
        );
        let path = Path::from(MARKETPLACE).attribute(attribute);
        let message = messages::amount_not_offered(&path, amount, &range);
        found.add_error(path, message);
    }
    or_all(kept, options)
}

/// What a catalogue allows of an amount, as the rest of a sentence.
pub fn range(least: Option<u32>, most: Option<u32>) -> String {
    match (least, most) {
        (Some(least), Some(most)) => messages::from_to(least, most),
        (None, Some(most)) => messages::at_most(most),
        (Some(least), None) => messages::at_least(least),
        (None, None) => messages::no_choice(),
    }
}

/// Prices move, so a limit below all of them is no mistake yet.
pub fn too_dear(config: &PodModel, free: &[&Fitting<'_>], found: &mut Diagnostics) {
    let Some(limit) = config.max_price.known().and_then(number::to_decimal) else {
        return;
    };
    let price = |(_, option): &&Fitting<'_>| option.price.as_ref()?.total_per_hour;
    let prices: Option<Vec<Decimal>> = free.iter().map(price).collect();
    let cheapest = prices.and_then(|prices| prices.into_iter().min());
    if let Some(cheapest) = cheapest.filter(|cheapest| *cheapest > limit) {
        found.add_warning("max_price", messages::too_dear(limit, cheapest));
    }
}

fn words(offered: &BTreeSet<String>) -> String {
    let offered: Vec<&str> = offered.iter().map(String::as_str).collect();
    match offered.is_empty() {
        true => "none".to_owned(),
        false => enum_names(&offered),
    }
}
