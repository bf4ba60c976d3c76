//! A thing of the same name that is there already may be the leftover of a run that was killed: the plan says so.

use crate::resources::messages;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::sync::OnceCell;

use crate::{
    clouds::{Cloud, Object},
    resources::{
        advice::advice,
        failure,
        session::{PlanChecks, Session},
        thing::{Thing, Things},
    },
    tf::{Context, Diagnostics, Message, Phase, Tf},
};

/// What a run knows of the things at the clouds: which are its own, and what else there is.
#[derive(Default)]
pub struct Neighbours {
    /// By cloud, noun and id: the things that this run has read or made, or that are in its state.
    own: Mutex<BTreeSet<(String, &'static str, String)>>,
    /// Stands for the reads that go on: each holds a clone.
    reads: Arc<()>,
    /// By cloud and noun, so that a plan of a hundred things asks as often as a plan of one.
    lists: Mutex<Lists>,
}

type Lists = BTreeMap<(&'static str, &'static str), Arc<OnceCell<Listed>>>;

/// What there is, or why that cannot be told.
pub type Listed = Result<Vec<Neighbour>, String>;

/// A thing at a cloud, by what tells it from others.
#[derive(Debug, Clone)]
pub struct Neighbour {
    id: String,
    name: Option<String>,
    cloud_status: Option<String>,
}

/// A read of a thing that goes on until this is dropped.
#[must_use]
pub struct Reading(#[expect(dead_code, reason = "it is counted")] Arc<()>);

/// Terraform starts the next read sooner than that.
const QUIET: Duration = Duration::from_millis(250);

impl Neighbours {
    /// Notes a thing as this run's own, and that it is being read.
    pub fn reading<T: Thing>(&self, cloud: &str, id: &T::Id) -> Reading {
        self.note::<T>(cloud, &id.to_string());
        Reading(Arc::clone(&self.reads))
    }

    /// Notes a thing as this run's own.
    pub fn note<T: Thing>(&self, cloud: &str, id: &str) {
        lock(&self.own).insert((cloud.to_owned(), T::NOUN, id.to_owned()));
    }

    /// Notes the thing of a state that is planned, whether or not it was refreshed.
    pub fn note_planned<T: Thing>(&self, cloud: &Tf<String>, id: &Tf<String>) {
        if let (Some(cloud), Some(id)) = (cloud.known(), id.known()) {
            self.note::<T>(cloud, id);
        }
    }

    /// Whether this run has read or made the thing, or has it in its state.
    pub fn has<T: Thing>(&self, cloud: &str, id: &str) -> bool {
        lock(&self.own).contains(&(cloud.to_owned(), T::NOUN, id.to_owned()))
    }

    /// The things of one kind at one cloud, as they were when this run first asked.
    pub async fn listed<T: Things + ?Sized>(&self, things: &T) -> Listed {
        let list = Arc::clone(lock(&self.lists).entry((things.cloud(), T::Thing::NOUN)).or_default());
        let ask = || async {
            let listed = advice(things.list()).await.map_err(|error| failure::told(&error))?;
            Ok(listed.iter().map(Neighbour::of).collect())
        };
        list.get_or_init(ask).await.clone()
    }

    /// Returns when nothing has been read for a moment.
    async fn settled(&self) {
        loop {
            let known = lock(&self.own).len();
            tokio::time::sleep(QUIET).await;
            let is_reading = Arc::strong_count(&self.reads) > 1;
            if !is_reading && lock(&self.own).len() == known {
                return;
            }
        }
    }
}

impl Neighbour {
    pub fn of<T: Thing>(thing: &T) -> Self {
        Self {
            id: thing.id().to_string(),
            name: thing.name().map(str::to_owned),
            cloud_status: thing.cloud_status().map(str::to_owned),
        }
    }
}

/// Warns of things with the name of a new one. Those that this run has read or made itself are not meant, so where one
/// has the name, the check waits until the run reads no more: Terraform reads and plans side by side.
pub async fn check<T: Things + ?Sized>(
    cx: &Context<Session>,
    cloud: &dyn Cloud,
    things: &T,
    name: &Tf<String>,
    diagnostics: &mut Diagnostics,
) {
    let is_asked = cx.phase == Phase::Planning && cx.session.plan_checks != PlanChecks::Off;
    let Some(name) = name.known().filter(|_| is_asked && !diagnostics.has_errors()) else {
        return;
    };
    match strangers(cx, things, name).await {
        Ok(strangers) if strangers.is_empty() => {}
        Ok(_) => {
            tokio::select! {
                () = cx.session.neighbours.settled() => {}
                () = cx.stop.cancelled() => {}
            }
            for stranger in strangers(cx, things, name).await.unwrap_or_default() {
                diagnostics.add_warning("name", warning::<T::Thing>(cloud, &stranger, name));
            }
        }
        Err(error) if cx.session.findings.is_news(cloud) => {
            let (noun, article) = (T::Thing::NOUN, T::Thing::ARTICLE.to_lowercase());
            diagnostics.add_warning("name", messages::name_not_checked(noun, &error, &article));
        }
        Err(_) => {}
    }
}

async fn strangers<T: Things + ?Sized>(cx: &Context<Session>, things: &T, name: &str) -> Listed {
    let mut listed = things.neighbours(&cx.session).await?;
    listed.retain(|one| {
        one.name.as_deref() == Some(name) && !cx.session.neighbours.has::<T::Thing>(things.cloud(), &one.id)
    });
    Ok(listed)
}

fn warning<T: Thing>(cloud: &dyn Cloud, stranger: &Neighbour, name: &str) -> Message {
    let (noun, id) = (T::NOUN, &stranger.id);
    let (title, cloud) = (cloud.capabilities().title, cloud.capabilities().name);
    let status = stranger.cloud_status.as_ref();
    let status = status.map_or_else(String::new, |status| format!(" ({status})"));
    let cost = if T::COSTS_MONEY {
        messages::costs_money()
    } else {
        String::new()
    };
    let article = T::ARTICLE.to_lowercase();
    messages::same_name(T::ARTICLE, noun, id, name, &article, title, &status, cloud, &cost)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
