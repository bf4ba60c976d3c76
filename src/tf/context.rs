//! The context of a call: the session, the cancellation token, and places to leave warnings and partial state.

use std::sync::{Arc, Mutex, PoisonError};

use tokio_util::sync::CancellationToken;

use super::{Diagnostics, Message, Model, Path, Value};

/// The surroundings of one call. `S` is what a configured provider hands to its resources.
#[derive(Debug)]
pub struct Context<S> {
    pub session: Arc<S>,
    /// Whether a plan is for the user to see, or for the apply that follows it.
    pub phase: Phase,
    /// Cancelled when the user wants to stop: finish the request in flight, leave the wait, answer with what is known.
    pub stop: CancellationToken,
    warnings: Arc<Mutex<Diagnostics>>,
}

/// Terraform plans twice: once for the user, and again just before it applies. It says which only in passing (it allows
/// deferrals in the second alone), and OpenTofu does not say it at all. So this may decide what is worth a warning, and
/// nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    Planning,
    Applying,
}

impl<S> Context<S> {
    pub fn new(session: Arc<S>, stop: CancellationToken) -> Self {
        Self {
            session,
            phase: Phase::Planning,
            stop,
            warnings: Arc::default(),
        }
    }

    /// Warns the user, whatever becomes of the call.
    pub fn add_warning(&self, path: impl Into<Path>, message: Message) {
        lock(&self.warnings).add_warning(path, message);
    }

    /// A handle to the warnings that outlives the context.
    pub fn warnings(&self) -> impl FnOnce() -> Diagnostics + use<S> {
        let warnings = Arc::clone(&self.warnings);
        move || std::mem::take(&mut *lock(&warnings))
    }
}

/// Partial state: what the server answers with if the handler does not come to its end.
///
/// A resource that exists and is not in the state is lost. So a handler saves as soon as it knows an id, and again
/// whenever it knows more. After an error, a panic or an interrupt the state is what was saved last, or if nothing was,
/// the prior state; what a handler returns takes the place of both.
#[derive(Debug, Clone, Default)]
pub struct Saved(Arc<Mutex<Option<Value>>>);

impl Saved {
    pub fn save(&self, model: &impl Model) {
        *lock(&self.0) = Some(model.to_object());
    }

    /// What was saved last.
    pub fn last(&self) -> Option<Value> {
        lock(&self.0).clone()
    }
}

/// A panic elsewhere does not make what was noted before it wrong.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
