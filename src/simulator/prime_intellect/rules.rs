//! Rules of a pod's create beyond the limits of its body. Some of the texts were seen, with HTTP 400 and as a detail; the
//! others are made up and come in the same way.

use super::PrimeIntellect;
use super::answers::Refusal;
use super::catalogue::Offer;
use super::validation::Creation;
use super::volumes;

/// Seen at the first two; the others are told by the client of a third party.
const NEEDS_DATA_CENTER: [&str; 9] = [
    "lambdalabs",
    "datacrunch",
    "hyperstack",
    "crusoecloud",
    "nebius",
    "vultr",
    "oblivus",
    "massedcompute",
    "dc_wildebeest",
];
const NEEDS_MAX_PRICE: &str = "massedcompute";
const CUSTOM: &str = "custom_template";

type Rule = fn(&Creation, &Offer, &PrimeIntellect) -> Result<(), Refusal>;

const RULES: [Rule; 6] = [template, image, amounts, prepaid, price, ssh_key];

/// Both texts were seen.
pub(super) fn require_what_the_provider_needs(creation: &Creation, offers: &[&Offer]) -> Result<(), Refusal> {
    let provider = creation.provider.name.as_str();
    let has_data_center = offers.iter().any(|offer| offer.place.data_center.is_some());
    if NEEDS_DATA_CENTER.contains(&provider) && has_data_center && creation.pod.data_center_id.is_none() {
        return refuse("Missing field: data_center_id not specified");
    }
    if provider == NEEDS_MAX_PRICE && creation.pod.max_price.is_none() {
        return refuse("Missing field: max_price not specified");
    }
    Ok(())
}

pub(super) fn check(creation: &Creation, offer: &Offer, cloud: &PrimeIntellect) -> Result<(), Refusal> {
    RULES.iter().try_for_each(|rule| rule(creation, offer, cloud))?;
    volumes::require_attachable(creation.disks(), offer, cloud)
}

fn refuse(text: impl Into<String>) -> Result<(), Refusal> {
    Err(Refusal::detail(400, text))
}

/// The official CLI refuses either alone.
fn template(creation: &Creation, _: &Offer, _: &PrimeIntellect) -> Result<(), Refusal> {
    let pod = &creation.pod;
    match (pod.image() == CUSTOM, &pod.custom_template_id) {
        (true, None) => refuse("Missing field: custom_template_id not specified"),
        (false, Some(_)) => refuse(format!("A custom template is for image {CUSTOM} only")),
        _ => Ok(()),
    }
}

/// The text was seen, its status was not told.
fn image(creation: &Creation, offer: &Offer, _: &PrimeIntellect) -> Result<(), Refusal> {
    let image = creation.pod.image();
    match offer.images.contains(&image) {
        true => Ok(()),
        false => refuse(format!(
            "Provider {} is not supported for image {image}",
            capitalised(offer.provider)
        )),
    }
}

fn amounts(creation: &Creation, offer: &Offer, _: &PrimeIntellect) -> Result<(), Refusal> {
    let asked = creation.pod.amounts();
    let parts = [
        ("disk_size", &offer.disk, asked.disk),
        ("vcpus", &offer.vcpus, asked.vcpus),
        ("memory", &offer.memory, asked.memory),
    ];
    for (name, amount, asked) in parts {
        if asked.is_some_and(|asked| !amount.accepts(asked)) {
            return refuse(format!("{name} is not available in this amount"));
        }
    }
    Ok(())
}

/// The refusal was seen for a row without prepaid time. That a row with it must be prepaid is inferred.
fn prepaid(creation: &Creation, offer: &Offer, _: &PrimeIntellect) -> Result<(), Refusal> {
    match (offer.prepaid_hours, creation.pod.prepaid_for_hr) {
        (None, Some(_)) => refuse("Reserved instances are not available"),
        (Some(_), None) => refuse("Missing field: prepaid_for_hr not specified"),
        _ => Ok(()),
    }
}

/// Whether a lower ceiling is refused or only noted is not documented.
fn price(creation: &Creation, offer: &Offer, _: &PrimeIntellect) -> Result<(), Refusal> {
    let price = offer.total_price(creation.pod.amounts());
    match creation.pod.ceiling {
        Some(most) if price.dollars() > most => refuse(format!("The price {price} is above max_price {most}")),
        _ => Ok(()),
    }
}

fn ssh_key(creation: &Creation, _: &Offer, cloud: &PrimeIntellect) -> Result<(), Refusal> {
    match &creation.pod.ssh_key_id {
        Some(id) if !cloud.ssh_keys.iter().any(|key| key.id == *id) => refuse(format!("SSH key {id} not found")),
        _ => Ok(()),
    }
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}
