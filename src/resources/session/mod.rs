//! The session: a configured provider. It has the clouds that can be used, how they are used, and what the run remembers.
//!
//! Read `model` for the provider block, `configure` for how a session comes from the block and the environment, `cloud` for
//! the cloud of a plan, `unusable` for clouds that cannot be used.

mod model;

mod configure;

pub mod cloud;

pub mod messages;

mod unusable;

#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use tokio::time::Instant;

use crate::{
    clouds::{Cloud, Secrets},
    resources::run::Run,
    tf::{Diagnostics, Origin, Tf},
};

pub use configure::{DEFAULT_POLL_INTERVAL, check};
pub use model::ProviderModel;

/// A configured provider.
pub struct Session {
    clouds: BTreeMap<&'static str, Access>,
    default_cloud: Tf<&'static str>,
    /// What is hidden in all that clouds say; the clouds share it.
    pub secrets: Secrets,
    pub poll_interval: Duration,
    /// All that this run remembers.
    pub run: Run,
    /// The first of the moments at which clouds are asked how things are.
    began: Instant,
    pub plan_checks: PlanChecks,
}

/// What becomes of a new pod that the catalogue does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanChecks {
    Error,
    Warn,
    Off,
}

/// How a cloud can be used.
enum Access {
    Ready(Arc<dyn Cloud>),
    /// Nobody gave a key.
    NoKey,
    /// What it takes is known only after apply.
    NotYetKnown,
}

impl Session {
    /// The cloud of a resource that names none; unknown while planning if it depends on what is not known yet.
    pub fn default_cloud(&self) -> Result<Tf<&'static str>, Diagnostics> {
        match &self.default_cloud {
            Tf::Null => Err(unusable::no_default_cloud(&self.with_key().collect::<Vec<_>>())),
            default => Ok(default.clone()),
        }
    }

    /// The cloud of this name, ready to be used; `None` while planning if what it takes is not known yet.
    pub fn cloud_if_known(&self, name: &str) -> Result<Option<Arc<dyn Cloud>>, Diagnostics> {
        self.find(name, "cloud")
    }

    /// The cloud of a resource, when there is something to do with it.
    pub fn cloud(&self, name: &Tf<String>) -> Result<Arc<dyn Cloud>, Diagnostics> {
        let name = match name.known() {
            Some(name) => name.clone(),
            None => self
                .default_cloud()?
                .known()
                .map(|name| (*name).to_owned())
                .unwrap_or_default(),
        };
        self.ready(&name, "cloud")
    }

    /// The cloud of a state that is refreshed. `None` while planning if what it takes is not known yet: then the state
    /// stands as it is. An import cannot do without.
    pub fn cloud_to_read(&self, name: &Tf<String>, origin: Origin) -> Result<Option<Arc<dyn Cloud>>, Diagnostics> {
        match (origin, name) {
            (Origin::State, Tf::Known(name)) => self.cloud_if_known(name),
            _ => self.cloud(name).map(Some),
        }
    }

    /// The clouds that `clouds` of a data source names, or else all that have a key.
    pub fn clouds(&self, named: &[String]) -> Result<Vec<Arc<dyn Cloud>>, Diagnostics> {
        let names: Vec<&str> = match named.is_empty() {
            true => self.with_key().collect(),
            false => named.iter().map(String::as_str).collect(),
        };
        if names.is_empty() {
            return Err(unusable::no_clouds());
        }
        let mut refusals = Diagnostics::new();
        let mut clouds = Vec::new();
        for name in names {
            match self.ready(name, "clouds") {
                Ok(cloud) => clouds.push(cloud),
                Err(refusal) => refusals.extend(refusal),
            }
        }
        if refusals.is_empty() { Ok(clouds) } else { Err(refusals) }
    }

    /// When clouds are asked next. All who wait ask at the same moments, so that they can share an answer.
    pub fn next_poll(&self) -> Instant {
        self.poll_after(Instant::now())
    }

    /// The first of those moments after another.
    pub fn poll_after(&self, moment: Instant) -> Instant {
        let passed = moment.saturating_duration_since(self.began);
        let polls = passed.as_nanos() / self.poll_interval.as_nanos().max(1);
        let next = self.poll_interval.as_nanos().saturating_mul(polls + 1);
        self.began + Duration::from_nanos(u64::try_from(next).unwrap_or(u64::MAX))
    }

    fn find(&self, name: &str, attribute: &'static str) -> Result<Option<Arc<dyn Cloud>>, Diagnostics> {
        match self.clouds.get(name) {
            Some(Access::Ready(cloud)) => Ok(Some(Arc::clone(cloud))),
            Some(Access::NotYetKnown) => Ok(None),
            Some(Access::NoKey) | None => Err(unusable::no_key(name, attribute)),
        }
    }

    fn ready(&self, name: &str, attribute: &'static str) -> Result<Arc<dyn Cloud>, Diagnostics> {
        self.find(name, attribute)?
            .ok_or_else(|| unusable::not_yet_known(name, attribute))
    }

    fn with_key(&self) -> impl Iterator<Item = &'static str> {
        let has_key = |(_, access): &(&&'static str, &Access)| !matches!(access, Access::NoKey);
        self.clouds.iter().filter(has_key).map(|(name, _)| *name)
    }
}

#[cfg(test)]
impl Session {
    /// With these clouds, whatever is in the environment.
    pub fn with_clouds(fakes: Vec<Arc<dyn Cloud>>) -> Self {
        use crate::{resources::session::ProviderModel, tf::Model};
        let mut session =
            Self::new(&ProviderModel::null(), &|_| None, "", &mut Diagnostics::new()).expect("no mistake");
        let by_name = fakes
            .into_iter()
            .map(|cloud| (cloud.capabilities().name, Access::Ready(cloud)));
        session.clouds = by_name.collect();
        let only = session.with_key().next().filter(|_| session.clouds.len() == 1);
        session.default_cloud = only.into();
        session
    }
}
