//! A cloud in memory, for tests of what resources do with one: it does what it is told, and notes what it was asked.

mod world;

mod cloud;

mod kept;

use std::sync::{Arc, Mutex, MutexGuard};

use tokio_util::sync::CancellationToken;

use crate::{
    clouds::{Kind, Volume, VolumeId, VolumePhase},
    resources::session::Session,
    tf::{Context, Diagnostics, Tf},
};

pub use cloud::{CAPABILITIES, CAPABILITIES_OF_PODS_ONLY};
pub use world::World;

/// A cloud whose world the test holds too.
#[derive(Clone)]
pub struct TestCloud {
    world: Arc<Mutex<World>>,
    capabilities: &'static crate::clouds::Capabilities,
}

impl TestCloud {
    pub fn new() -> Self {
        Self {
            world: Arc::default(),
            capabilities: &CAPABILITIES,
        }
    }

    /// One that has neither volumes nor credentials.
    pub fn of_pods_only() -> Self {
        Self {
            capabilities: &CAPABILITIES_OF_PODS_ONLY,
            ..Self::new()
        }
    }

    pub fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().expect("no test panicked in here")
    }

    pub fn calls(&self) -> Vec<String> {
        self.world().calls.clone()
    }

    /// The next call of this operation fails. With `is_done` it is done all the same.
    pub fn fail(&self, operation: &'static str, kind: Kind, is_done: bool) {
        self.world().failures.push((operation, kind, is_done));
    }

    /// What happens before the next look or deletion that has nothing of its own yet.
    pub fn then(&self, event: impl FnOnce(&mut World) + Send + 'static) {
        self.world().events.push_back(Box::new(event));
    }

    pub fn context(&self) -> Context<Session> {
        let cloud: Arc<dyn crate::clouds::Cloud> = Arc::new(self.clone());
        let session = Session::with_clouds(vec![cloud]);
        Context::new(Arc::new(session), CancellationToken::new())
    }
}

/// A volume that is active, and of which nothing else is told.
pub fn volume(id: &str, name: &str) -> Volume {
    Volume {
        id: VolumeId::new(id).expect("an id"),
        name: Some(name.to_owned()),
        phase: VolumePhase::Active,
        cloud_status: "ok".to_owned(),
        storage_type: None,
        disk: None,
        region: None,
        size: None,
        used: None,
        mount_count: None,
        price_per_hour: None,
        created_at: None,
    }
}

pub fn text(text: &str) -> Tf<String> {
    Tf::Known(text.to_owned())
}

/// Each message as `path: summary: detail`.
pub fn messages(diagnostics: &Diagnostics) -> Vec<String> {
    let message = |one: &crate::tf::Diagnostic| format!("{}: {}: {}", one.path, one.summary, one.detail);
    diagnostics.iter().map(message).collect()
}

/// Each place as `path: summary`.
pub fn places(diagnostics: &Diagnostics) -> Vec<String> {
    let place = |one: &crate::tf::Diagnostic| format!("{}: {}", one.path, one.summary);
    diagnostics.iter().map(place).collect()
}
