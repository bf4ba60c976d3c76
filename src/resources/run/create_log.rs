//! The log of creates in this run: what was there before the first one, and what has been created since.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex},
};

use tokio::sync::Mutex as AsyncMutex;

use super::lock;
use crate::clouds::{Collection, Keyed, Object, SingleFlight};

/// The objects of this run, by cloud and noun.
///
/// Creates under one name wait for each other, so that of two whose answers are lost one is never taken for the other.
#[derive(Default)]
pub struct CreateLog(Keyed<(&'static str, &'static str), Created>);

/// What was created at one cloud under one noun.
#[derive(Default)]
pub struct Created {
    /// Ids; `None` if the list could not be read. What is on it was not created by this run, even where a cloud does not
    /// tell when it was. That something is not on it proves nothing: the list may be hours old.
    before: SingleFlight<Option<Arc<BTreeSet<String>>>>,
    ids: Mutex<BTreeSet<String>>,
    names: Keyed<String, AsyncMutex<()>>,
}

impl CreateLog {
    pub fn of<O: Object>(&self, collection: &dyn Collection<O>) -> Arc<Created> {
        self.0.of((collection.capabilities().name, O::NOUN))
    }
}

impl Created {
    /// What is held while an object of this name is created.
    pub fn name(&self, name: &str) -> Arc<AsyncMutex<()>> {
        self.names.of(name.to_lowercase())
    }

    /// The ids that were there before this run created anything of the kind.
    pub async fn before<O: Object>(&self, collection: &dyn Collection<O>) -> Option<Arc<BTreeSet<String>>> {
        let ids = async {
            let listed = collection.list().await.ok()?;
            let ids = listed.iter().map(|object| object.id().to_string());
            Some(Arc::new(ids.collect()))
        };
        self.before.once(ids).await.value.clone()
    }

    pub fn note(&self, id: String) {
        lock(&self.ids).insert(id);
    }

    pub fn has(&self, id: &str) -> bool {
        lock(&self.ids).contains(id)
    }
}
