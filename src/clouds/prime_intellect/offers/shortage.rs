//! The message when no offer fits: which constraint left none, and what there was instead.

use std::collections::BTreeSet;

use super::{
    api::{Amount, Row},
    constraint::Constraint,
};
use crate::clouds::GpuRequest;

/// So many alternatives are named.
const MOST_NAMED: usize = 8;

/// `left` are the rows that were left before the constraint.
pub fn nothing_fits(constraint: &Constraint<'_>, left: &[Row], gpu: &GpuRequest) -> String {
    let gpus = gpus(gpu);
    let but = match constraint {
        Constraint::Gpu(_) => return format!("no offer of {gpus} is listed now"),
        Constraint::Prepaid(true) => "not to be paid for in advance".to_owned(),
        Constraint::Prepaid(false) => "only to be paid for in advance".to_owned(),
        Constraint::Places(places) => {
            let places: BTreeSet<String> = places.iter().cloned().collect();
            instead(&format!("in {}", one_of(&places)), "in ", left, place)
        }
        Constraint::Spot(true) => "not as a spot machine".to_owned(),
        Constraint::Spot(false) => "only as a spot machine".to_owned(),
        Constraint::Vram(size) => {
            let memory = |row: &Row| row.gpu_memory.map(|size| size.to_string());
            instead(&format!("with {size} GB per GPU"), "with ", left, memory)
        }
        Constraint::Provider(provider) => {
            let providers = |row: &Row| Some(row.provider.clone());
            instead(&format!("from {provider}"), "from ", left, providers)
        }
        Constraint::CloudId(id) => {
            let ids = |row: &Row| Some(format!("{:?}", row.cloud_id));
            instead(&format!("with the id {id:?}"), "with ", left, ids)
        }
        Constraint::Socket(socket) => {
            let sockets = |row: &Row| Some(row.socket.clone());
            instead(&format!("with the socket {socket}"), "with ", left, sockets)
        }
        Constraint::DataCenter(id) => {
            let data_centers = |row: &Row| row.data_center.clone();
            instead(&format!("in the data center {id}"), "in ", left, data_centers)
        }
        Constraint::Country(country) => {
            let countries = |row: &Row| row.country.clone();
            instead(&format!("in the country {country}"), "in ", left, countries)
        }
        Constraint::Security(security) => {
            let kinds = |row: &Row| row.security.clone();
            instead(&format!("in the {security}"), "in the ", left, kinds)
        }
        Constraint::Image(image) => {
            let images: BTreeSet<String> = left.iter().filter_map(|row| row.images.clone()).flatten().collect();
            only(&format!("with the image {image}"), "with ", &images)
        }
        Constraint::Disk(size) => instead(&format!("with a disk of {size} GB"), "with ", left, |row| {
            range(&row.disk)
        }),
        Constraint::Vcpus(count) => instead(&format!("with {count} vCPUs"), "with ", left, |row| range(&row.vcpu)),
        Constraint::Memory(size) => instead(&format!("with {size} GB of RAM"), "with ", left, |row| {
            range(&row.memory)
        }),
        Constraint::Variables => {
            let providers = |row: &Row| Some(row.provider.clone());
            let providers = one_of(&left.iter().filter_map(providers).collect());
            format!("only from {providers}, which takes no environment variables")
        }
        Constraint::Stock => "all sold out".to_owned(),
        Constraint::Price { limit, asked } => match left.iter().filter_map(|row| row.price(asked)).min() {
            Some(price) => format!("the cheapest costs {price} an hour, above the limit of {limit}"),
            None => format!("none with a price that could be held against the limit of {limit}"),
        },
    };
    match left.len() {
        1 => format!("1 offer of {gpus} is left, but {but}"),
        count => format!("{count} offers of {gpus} are left, but {but}"),
    }
}

/// Every offer that was ordered went to somebody else. `last` is what Prime Intellect said of the last one.
pub fn all_taken(taken: &[String], last: &str) -> String {
    let offers = match taken.len() {
        1 => "the one offer that fits was".to_owned(),
        count => format!("{count} offers that fit were"),
    };
    format!(
        "{offers} ordered, and just taken: {}. The last answer: {last}",
        taken.join("; ")
    )
}

impl Row {
    /// As a user can find it again.
    pub fn name(&self) -> String {
        let place = place(self).map(|place| format!(" in {place}")).unwrap_or_default();
        format!("{} {:?}{place}", self.provider, self.cloud_id)
    }
}

fn gpus(gpu: &GpuRequest) -> String {
    match gpu.count.get() {
        1 => format!("{} with 1 GPU", gpu.gpu_type),
        count => format!("{} with {count} GPUs", gpu.gpu_type),
    }
}

/// The most exact word for where it is.
fn place(row: &Row) -> Option<String> {
    [&row.data_center, &row.region, &row.country]
        .into_iter()
        .flatten()
        .next()
        .cloned()
}

fn range(amount: &Amount) -> Option<String> {
    let limits = amount.limits()?;
    Some(match (limits.least, limits.most) {
        (Some(least), Some(most)) if least == most => least.to_string(),
        (Some(least), Some(most)) => format!("{least} to {most}"),
        (None, Some(most)) => format!("up to {most}"),
        (Some(least), None) => format!("{least} and more"),
        (None, None) => return None,
    })
}

fn instead(constraint: &str, preposition: &str, left: &[Row], offered: fn(&Row) -> Option<String>) -> String {
    only(constraint, preposition, &left.iter().filter_map(offered).collect())
}

fn only(constraint: &str, preposition: &str, offered: &BTreeSet<String>) -> String {
    match offered.is_empty() {
        true => format!("not {constraint}"),
        false => format!("not {constraint}: only {preposition}{}", one_of(offered)),
    }
}

fn one_of(words: &BTreeSet<String>) -> String {
    let named: Vec<&str> = words.iter().take(MOST_NAMED).map(String::as_str).collect();
    let named = named.join(", ");
    match words.len().saturating_sub(MOST_NAMED) {
        0 => match named.rsplit_once(", ") {
            Some((others, last)) => format!("{others} or {last}"),
            None => named,
        },
        more => format!("{named} or {more} more"),
    }
}
