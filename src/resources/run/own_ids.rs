//! The ids of a run's own objects: those that it has read or created, or that are in its state.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex},
    time::Duration,
};

use super::lock;
use crate::clouds::Object;

/// By cloud, noun and id.
#[derive(Default)]
pub struct OwnIds {
    ids: Mutex<BTreeSet<(String, &'static str, String)>>,
    /// Stands for the reads that go on: each holds a clone.
    reads: Arc<()>,
}

/// A read of an object that goes on until this is dropped.
#[must_use]
pub struct Reading(#[expect(dead_code, reason = "it is counted")] Arc<()>);

/// Terraform starts the next read sooner than that.
const QUIET: Duration = Duration::from_millis(250);

impl OwnIds {
    /// Notes an object as this run's own, and that it is being read.
    pub fn reading<O: Object>(&self, cloud: &str, id: &O::Id) -> Reading {
        self.note::<O>(cloud, &id.to_string());
        Reading(Arc::clone(&self.reads))
    }

    /// Notes an object as this run's own.
    pub fn note<O: Object>(&self, cloud: &str, id: &str) {
        lock(&self.ids).insert((cloud.to_owned(), O::NOUN, id.to_owned()));
    }

    /// Whether this run has read or created the object, or has it in its state.
    pub fn has<O: Object>(&self, cloud: &str, id: &str) -> bool {
        lock(&self.ids).contains(&(cloud.to_owned(), O::NOUN, id.to_owned()))
    }

    /// Returns when nothing has been read for a moment.
    pub async fn settled(&self) {
        loop {
            let known = lock(&self.ids).len();
            tokio::time::sleep(QUIET).await;
            let is_reading = Arc::strong_count(&self.reads) > 1;
            if !is_reading && lock(&self.ids).len() == known {
                return;
            }
        }
    }
}
