//! Ownership needs proof: what shows that an object was made by an order whose answer was lost (its provenance).
//!
//! A name proves nothing, for anybody may use it, and what is adopted may be destroyed later. So an object is ours if it
//! carries the mark of this order, which no other order has. Where a cloud echoes no marks, three objects have to hold: it
//! was created after the order was sent, by the cloud's own clock; it equals what was asked for in everything that both
//! sides tell; and it is the only one of which that is true. A key that is kept is equal only if it is this very key.

use std::{collections::BTreeSet, time::Duration};

use tokio::time::Instant;

use crate::{
    clouds::Collection,
    resources::managed::Managed,
    tf::{Declared, Value, format_duration},
};

/// What an object itself tells of the order that made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Evidence {
    /// It carries what only this order has sent.
    Marked,
    /// It is this very key. That a cloud does not tell when it was stored is no doubt then.
    SameKey,
    /// It equals what was asked for in everything that both sides tell.
    Equal,
    /// Why it does not look like it.
    Other(String),
}

/// What follows for an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ruling {
    Proven,
    /// It is ours if nothing else is.
    Fits,
    /// It is certainly not ours: since when it is there.
    Older(String),
    /// Nothing says that it is ours: why.
    Unproven(String),
}

/// What is known of an order whose answer was lost, and of the time.
pub struct Circumstances<'c> {
    /// When it was sent and when its cloud was asked for what there is, by the cloud's own clock.
    sent: Option<i64>,
    now: Option<i64>,
    /// What was there before this run ordered anything of the kind.
    before: Option<&'c BTreeSet<String>>,
}

/// In milliseconds: how far apart the clocks of one cloud's machines may be. That a date has whole seconds makes the
/// moment of the request earlier than it was, never later.
const SKEW: i64 = 500;
/// What was created may be told in whole seconds.
const SECOND: i64 = 1_000;

impl<'c> Circumstances<'c> {
    /// To be asked for right after the list has come, for its answer tells the time.
    pub fn of<O: Managed>(
        collection: &dyn Collection<O>,
        sent: Option<Instant>,
        before: Option<&'c BTreeSet<String>>,
    ) -> Self {
        Self {
            sent: sent.and_then(|sent| collection.time_at(sent)),
            now: collection.time_at(Instant::now()),
            before,
        }
    }

    pub fn ruling<O: Managed>(&self, object: &O, evidence: Evidence) -> Ruling {
        let created = object.created_at();
        match (created, self.sent, self.now, evidence) {
            (.., Evidence::Marked) => Ruling::Proven,
            (Some(created), Some(sent), ..) if latest(created) < sent => Ruling::Older(format!(
                "it was created {} before the request",
                about(sent.saturating_sub(created))
            )),
            _ if self.was_there(object) => {
                Ruling::Older("it was there before this run ordered anything of its kind".to_owned())
            }
            (.., Evidence::Other(reason)) => Ruling::Unproven(reason),
            (.., Evidence::SameKey) => Ruling::Fits,
            (None, ..) => Ruling::Unproven("the cloud does not tell when it was created".to_owned()),
            (Some(created), Some(_), Some(now), Evidence::Equal) if created <= now.saturating_add(SECOND + SKEW) => {
                Ruling::Fits
            }
            (Some(_), Some(_), Some(_), Evidence::Equal) => {
                Ruling::Unproven("it was created in the future, by the cloud's own clock".to_owned())
            }
            (Some(_), ..) => Ruling::Unproven(
                "the cloud does not tell what its clock shows, and so not whether it was created after the request"
                    .to_owned(),
            ),
        }
    }

    fn was_there<O: Managed>(&self, object: &O) -> bool {
        self.before
            .is_some_and(|before| before.contains(&object.id().to_string()))
    }
}

/// The latest moment that may be meant by one that was told.
fn latest(created: i64) -> i64 {
    match created % SECOND {
        0 => created.saturating_add(SECOND + SKEW),
        _ => created.saturating_add(SKEW),
    }
}

/// Whether two names are one: a cloud may change their case.
pub fn is_same_name(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}

/// Compares what was planned with what a refresh makes of it, by the same rules by which drift is told from another way
/// of saying the same. Gives the first attribute that differs, with what was found where that cannot be a secret.
pub fn compared<M: Declared>(planned: &M, refreshed: &M) -> Evidence {
    let planned = planned.to_object();
    let found = M::schema(0).preserve_equal_on_read(&planned, refreshed.to_object());
    let differs = |name: &&str| {
        let asked = planned.get(name);
        !matches!(asked, Value::Null | Value::Unknown) && asked != found.get(name)
    };
    match M::NAMES.iter().find(|name| differs(name)) {
        None => Evidence::Equal,
        Some(name) => Evidence::Other(match (MAY_BE_TOLD.contains(name), found.get(name)) {
            (true, Value::String(text)) => format!("its `{name}` is {text:?}"),
            (true, Value::Number(number)) => format!("its `{name}` is {number}"),
            _ => of_another(name),
        }),
    }
}

/// Why an object is not the one, where nothing was said of a team.
pub const OF_ANOTHER_TEAM: &str = "it belongs to another team";

/// Why an object is not the one: this attribute is another.
pub fn of_another(name: &str) -> String {
    format!("its `{name}` is not what was asked for")
}

/// Attributes that hold no secrets. Whatever else there is may be one.
const MAY_BE_TOLD: &[&str] = &[
    "name",
    "image",
    "gpu_type",
    "gpu_count",
    "region",
    "size_in_gb",
    "storage_type",
    "type",
];

/// A time in milliseconds, as exactly as people tell it.
fn about(milliseconds: i64) -> String {
    const HOUR: u64 = 3_600;
    let seconds = u64::try_from(milliseconds / 1_000).unwrap_or_default();
    match seconds {
        0 => "less than a second".to_owned(),
        1..HOUR => format_duration(Duration::from_secs(seconds)),
        HOUR..172_800 => format_duration(Duration::from_secs(seconds / 60 * 60)),
        _ => format!("{} days", seconds / (24 * HOUR)),
    }
}

#[cfg(test)]
mod tests;
