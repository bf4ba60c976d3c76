//! State shared by the calls of one process: the registry, the session, and the cancellation token.

use std::sync::{Arc, Mutex, PoisonError, RwLock};

use tokio::sync::watch;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::{catalogue::Catalogue, messages, response_spacing::ResponseSpacing};
use crate::tf::{Context, Diagnostics, Path, Provider};

pub(super) struct Shared<P: Provider> {
    pub catalogue: Catalogue<P>,
    /// In debug mode one process serves several commands, each of which configures it anew.
    session: RwLock<Option<Arc<P::Session>>>,
    /// For what is running; the child of a token of the client's.
    stop: Mutex<CancellationToken>,
    /// The token of the client that is connected.
    client: watch::Receiver<CancellationToken>,
    /// Work that is to be finished before the process ends.
    pub tasks: TaskTracker,
    /// The way out for the answers of applies.
    pub spacing: ResponseSpacing,
}

impl<P: Provider> Shared<P> {
    pub(super) fn new(provider: P, client: watch::Receiver<CancellationToken>, tasks: TaskTracker) -> Self {
        let stop = client.borrow().child_token();
        Self {
            catalogue: Catalogue::new(provider),
            session: RwLock::default(),
            stop: Mutex::new(stop),
            client,
            tasks,
            spacing: ResponseSpacing::default(),
        }
    }

    /// Replaces the session, also by none: what a block with errors leaves must not be the session of another block.
    pub(super) fn set_session(&self, session: Option<P::Session>) {
        *self.session.write().unwrap_or_else(PoisonError::into_inner) = session.map(Arc::new);
    }

    /// Cancels all that is running. What is asked for later is not born cancelled.
    pub(super) fn stop(&self) {
        let mut stop = self.stop.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut *stop, self.client.borrow().child_token()).cancel();
    }

    /// The token of what begins now. It is cancelled from the start where the client has gone meanwhile, and another one
    /// as soon as another client is there.
    fn current_stop(&self) -> CancellationToken {
        let mut stop = self.stop.lock().unwrap_or_else(PoisonError::into_inner);
        if stop.is_cancelled() {
            *stop = self.client.borrow().child_token();
        }
        stop.clone()
    }

    /// The surroundings of a call that needs a configured provider.
    pub(super) fn context(&self) -> Result<Context<P::Session>, Diagnostics> {
        let session = self.session.read().unwrap_or_else(PoisonError::into_inner).clone();
        let stop = self.current_stop();
        match session {
            Some(session) => Ok(Context::new(session, stop)),
            None => Err(Diagnostics::from_error(Path::root(), messages::not_configured())),
        }
    }
}
