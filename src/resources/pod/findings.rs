//! What one run has found out about pods and machines, so that a plan of a hundred pods asks as often as a plan of one.

use std::{
    collections::BTreeMap,
    future::Future,
    sync::{Arc, Mutex, PoisonError},
};

use rust_decimal::Decimal;
use tokio::sync::OnceCell;

use crate::clouds::{Accelerators, Catalogue, Cloud, Machine, MachineFilter, Pod, PodId};
use crate::resources::{advice::advice, failure};

/// Findings by cloud. They live as long as the session: Terraform starts a process for each walk of its graph.
#[derive(Default)]
pub struct Findings {
    clouds: Mutex<BTreeMap<&'static str, Arc<OfCloud>>>,
    /// What the pods cost that this run has read or made, as far as that is known.
    prices: Mutex<BTreeMap<PodId, Option<Decimal>>>,
}

/// What was asked of one cloud; an error is what there is to say of it.
#[derive(Default)]
struct OfCloud {
    usual_machines: OnceCell<Answer<Machine>>,
    all_machines: OnceCell<Answer<Machine>>,
    /// An error that many pods run into is told once.
    told: Mutex<bool>,
}

type Answer<T> = Result<Vec<T>, String>;

/// What was found, or the error; the error itself only for the first who asks.
pub type Found<'a, T> = Result<&'a [T], Option<&'a str>>;

impl Findings {
    pub fn note(&self, pod: &Pod) {
        lock(&self.prices).insert(pod.id.clone(), pod.price_per_hour);
    }

    /// What a pod cost an hour when this run read it.
    pub fn price_of(&self, id: &PodId) -> Option<Decimal> {
        lock(&self.prices).get(id).copied().flatten()
    }

    /// The machines that a catalogue shows by default, or those of every vendor.
    pub async fn machines<T>(
        &self,
        cloud: &dyn Cloud,
        catalogue: &dyn Catalogue,
        accelerators: Accelerators,
        use_found: impl FnOnce(Found<'_, Machine>) -> T,
    ) -> T {
        let of_cloud = self.of(cloud);
        let cell = match accelerators {
            Accelerators::All => &of_cloud.all_machines,
            _ => &of_cloud.usual_machines,
        };
        let filter = MachineFilter {
            accelerators,
            include_unavailable: true,
            ..MachineFilter::default()
        };
        let answer = ask(cell, async move { catalogue.machines(&filter).await }).await;
        use_found(of_cloud.found(answer))
    }

    /// Whether an error of this cloud is told for the first time.
    pub fn is_news(&self, cloud: &dyn Cloud) -> bool {
        self.of(cloud).is_news()
    }

    fn of(&self, cloud: &dyn Cloud) -> Arc<OfCloud> {
        Arc::clone(lock(&self.clouds).entry(cloud.capabilities().name).or_default())
    }
}

impl OfCloud {
    fn found<'a, T>(&self, answer: &'a Answer<T>) -> Found<'a, T> {
        match answer {
            Ok(found) => Ok(found),
            Err(error) => Err(self.is_news().then_some(error.as_str())),
        }
    }

    fn is_news(&self) -> bool {
        !std::mem::replace(&mut *lock(&self.told), true)
    }
}

async fn ask<T>(
    cell: &OnceCell<Answer<T>>,
    question: impl Future<Output = crate::clouds::Result<Vec<T>>> + Send,
) -> &Answer<T> {
    cell.get_or_init(|| async { advice(question).await.map_err(|error| failure::told(&error)) })
        .await
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
