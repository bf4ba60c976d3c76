//! A cloud in memory, for tests of what resources do with one: it does what it is told, and notes what it was asked.

mod world;

mod cloud;

mod kept;

mod ssh_keys;

mod log;

mod told;

mod things;

use std::sync::{Arc, Mutex, MutexGuard};

use tokio::sync::Barrier;
use tokio_util::sync::CancellationToken;

use crate::{
    clouds::{Account, Capabilities, Cloud, Kind, LogLine, Machine, Pod, Runtime},
    resources::session::Session,
    tf::{Context, Diagnostics, Set, Tf},
};

pub use cloud::{BARE, CAPABILITIES, CAPABILITIES_OF_PODS_ONLY, NORTH, SOUTH};
pub use log::Log;
pub use things::{pod, pod_with_variable, volume};
pub use world::{World, error};

/// A cloud whose world the test holds too.
#[derive(Clone)]
pub struct TestCloud {
    world: Arc<Mutex<World>>,
    capabilities: &'static Capabilities,
    account: Account,
    /// Nothing is listed before everybody has come.
    meeting: Option<Arc<Barrier>>,
    /// Nothing is listed at all.
    is_failing: bool,
}

impl TestCloud {
    pub fn new() -> Self {
        Self::of(&CAPABILITIES)
    }

    /// One that has neither volumes nor credentials.
    pub fn of_pods_only() -> Self {
        Self::of(&CAPABILITIES_OF_PODS_ONLY)
    }

    pub fn of(capabilities: &'static Capabilities) -> Self {
        Self {
            world: Arc::default(),
            capabilities,
            account: Account::default(),
            meeting: None,
            is_failing: false,
        }
    }

    pub fn with_machines(self, machines: Vec<Machine>) -> Self {
        self.world().machines = machines;
        self
    }

    pub fn with_pods(self, pods: Vec<Pod>) -> Self {
        self.world().pods = pods;
        self
    }

    pub fn with_account(self, account: Account) -> Self {
        Self { account, ..self }
    }

    pub fn with_logs(self, lines: Vec<LogLine>) -> Self {
        self.world().lines = lines;
        self
    }

    pub fn with_runtime(self, runtime: Runtime) -> Self {
        self.world().runtime = Some(runtime);
        self
    }

    pub fn with_meeting(self, meeting: &Arc<Barrier>) -> Self {
        Self {
            meeting: Some(Arc::clone(meeting)),
            ..self
        }
    }

    pub fn failing(self) -> Self {
        Self {
            is_failing: true,
            ..self
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
        context(vec![self.clone()])
    }
}

/// The surroundings of a call with these clouds, all of which have a key.
pub fn context(clouds: Vec<TestCloud>) -> Context<Session> {
    let clouds = clouds.into_iter().map(|cloud| Arc::new(cloud) as Arc<dyn Cloud>);
    let session = Session::with_clouds(clouds.collect());
    Context::new(Arc::new(session), CancellationToken::new())
}

pub fn text(text: &str) -> Tf<String> {
    Tf::Known(text.to_owned())
}

pub fn texts(words: &[&str]) -> Tf<Set<String>> {
    Tf::Known(Set(words.iter().map(|word| text(word)).collect()))
}

/// The details of all messages.
pub fn details(diagnostics: Diagnostics) -> String {
    let details: Vec<String> = diagnostics.into_iter().map(|one| one.detail).collect();
    details.join("\n")
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
