//! Where the toy provider's widgets are: the world outside, which a test looks into and scripts.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use gpupod::tf::{Diagnostics, Path, Value};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::WidgetModel;

/// How calls go from now on.
#[derive(Debug, Clone, Copy, Default)]
pub enum Script {
    /// Well, unless the user wants to stop.
    #[default]
    Smooth,
    FailBeforeSaving,
    FailAfterSaving,
    PanicBeforeSaving,
    PanicAfterSaving,
    /// After saving, work that only an interrupt ends.
    WaitForStop,
    /// After saving, work that goes on when [`Workshop::let_go`] says so.
    WaitForGo,
}

#[derive(Debug, Default)]
pub struct Workshop {
    shelf: Mutex<BTreeMap<String, WidgetModel>>,
    tokens: Mutex<Vec<String>>,
    script: Mutex<Script>,
    puppet_answer: Mutex<Option<Value>>,
    is_waiting: Notify,
    may_go: Notify,
    has_finished: Notify,
}

impl Workshop {
    pub fn set_script(&self, script: Script) {
        *lock(&self.script) = script;
    }

    /// What puppets answer, whatever they are asked.
    pub fn set_puppet_answer(&self, answer: Value) {
        *lock(&self.puppet_answer) = Some(answer);
    }

    pub fn puppet_answer(&self) -> Option<Value> {
        lock(&self.puppet_answer).clone()
    }

    /// The widgets that exist, by id.
    pub fn shelf(&self) -> MutexGuard<'_, BTreeMap<String, WidgetModel>> {
        lock(&self.shelf)
    }

    /// The write-only tokens that were handed in.
    pub fn tokens(&self) -> MutexGuard<'_, Vec<String>> {
        lock(&self.tokens)
    }

    /// Comes back when a call waits as its script says.
    pub async fn waiting(&self) {
        self.is_waiting.notified().await;
    }

    pub fn let_go(&self) {
        self.may_go.notify_one();
    }

    /// Comes back when a call has come to its end.
    pub async fn finished(&self) {
        self.has_finished.notified().await;
    }

    /// The part of the script that comes before anything is done.
    pub fn begin(&self) -> Result<(), Diagnostics> {
        match *lock(&self.script) {
            Script::FailBeforeSaving => Err(failure("The workshop is closed")),
            Script::PanicBeforeSaving => panic!("the door is jammed"),
            _ => Ok(()),
        }
    }

    /// The part of the script that comes when something has been done and saved.
    pub async fn go_on(&self, stop: &CancellationToken) -> Result<(), Diagnostics> {
        let script = *lock(&self.script);
        match script {
            Script::FailAfterSaving => return Err(failure("The saw broke")),
            Script::PanicAfterSaving => panic!("the roof fell in"),
            Script::WaitForStop => {
                self.is_waiting.notify_one();
                stop.cancelled().await;
            }
            Script::WaitForGo => {
                self.is_waiting.notify_one();
                self.may_go.notified().await;
            }
            Script::Smooth | Script::FailBeforeSaving | Script::PanicBeforeSaving => {}
        }
        if stop.is_cancelled() {
            return Err(failure("Interrupted"));
        }
        self.has_finished.notify_one();
        Ok(())
    }
}

fn failure(summary: &str) -> Diagnostics {
    Diagnostics::from_error(Path::root(), super::messages::ordered(summary))
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
