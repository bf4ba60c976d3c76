//! What the calls of one process share: what is served, the session, and the wish to stop.

use std::sync::{Arc, Mutex, PoisonError, RwLock};

use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::catalogue::Catalogue;
use crate::tf::{Context, Diagnostics, Path, Provider};

pub struct Shared<P: Provider> {
    pub catalogue: Catalogue<P>,
    /// In debug mode one process serves several commands, each of which configures it anew.
    session: RwLock<Option<Arc<P::Session>>>,
    stop: Mutex<CancellationToken>,
    ending: CancellationToken,
    /// Work that is to be finished before the process ends.
    pub tasks: TaskTracker,
}

impl<P: Provider> Shared<P> {
    pub fn new(provider: P, ending: CancellationToken, tasks: TaskTracker) -> Self {
        Self {
            catalogue: Catalogue::new(provider),
            session: RwLock::default(),
            stop: Mutex::new(ending.child_token()),
            ending,
            tasks,
        }
    }

    /// Replaces the session, also by none: what a block with errors leaves must not be the session of another block.
    pub fn set_session(&self, session: Option<P::Session>) {
        *self.session.write().unwrap_or_else(PoisonError::into_inner) = session.map(Arc::new);
    }

    /// Cancels all that is running. What is asked for later is not born cancelled.
    pub fn stop(&self) {
        let mut stop = self.stop.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut *stop, self.ending.child_token()).cancel();
    }

    /// The surroundings of a call that needs a configured provider.
    pub fn context(&self) -> Result<Context<P::Session>, Diagnostics> {
        let session = self.session.read().unwrap_or_else(PoisonError::into_inner).clone();
        let stop = self.stop.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let detail =
            "The provider block has errors, or Terraform has not configured the provider. Correct the block first.";
        match session {
            Some(session) => Ok(Context::new(session, stop)),
            None => Err(Diagnostics::of_error(
                Path::root(),
                "The provider is not configured",
                detail,
            )),
        }
    }
}
