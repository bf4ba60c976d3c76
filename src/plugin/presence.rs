//! Connection tracking: whether anybody is connected, and when something was last written to them.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use tokio::{
    sync::watch,
    time::{Duration, Instant},
};
use tokio_util::sync::CancellationToken;

/// The clients of this process.
#[derive(Debug)]
pub(super) struct Presence {
    /// How many connections are open.
    open: watch::Sender<usize>,
    /// For what is done on behalf of those who are connected now.
    stop: watch::Sender<CancellationToken>,
    ending: CancellationToken,
    began: Instant,
    /// In milliseconds since the beginning.
    last_word: AtomicU64,
}

/// One client, until this is dropped.
#[derive(Debug)]
pub(super) struct Client(Arc<Presence>);

impl Presence {
    /// All is over when `ending` is cancelled, whoever is connected.
    pub(super) fn new(ending: &CancellationToken) -> Arc<Self> {
        Arc::new(Self {
            open: watch::Sender::default(),
            stop: watch::Sender::new(ending.child_token()),
            ending: ending.clone(),
            began: Instant::now(),
            last_word: AtomicU64::default(),
        })
    }

    /// A client has come. Work that it asks for is not stopped because another client went away before.
    pub(super) fn enter(self: &Arc<Self>) -> Client {
        self.open.send_modify(|count| {
            *count += 1;
            self.stop.send_if_modified(|stop| {
                let is_over = stop.is_cancelled();
                if is_over {
                    *stop = self.ending.child_token();
                }
                is_over
            });
        });
        Client(Arc::clone(self))
    }

    /// How many are connected.
    pub(super) fn open(&self) -> watch::Receiver<usize> {
        self.open.subscribe()
    }

    /// A token that is cancelled the moment the last client is gone. The next client brings another one.
    pub(super) fn stop(&self) -> watch::Receiver<CancellationToken> {
        self.stop.subscribe()
    }

    /// When something was last written to a client.
    pub(super) fn last_word(&self) -> Instant {
        self.began + Duration::from_millis(self.last_word.load(Ordering::Relaxed))
    }

    /// Returns when nobody is connected.
    pub(super) async fn gone(&self) {
        // The sender lives as long as this does.
        let _ = self.open().wait_for(|count| *count == 0).await;
    }
}

impl Client {
    /// Notes that something is written to it.
    pub(super) fn note_word(&self) {
        let now = u64::try_from(self.0.began.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.0.last_word.fetch_max(now, Ordering::Relaxed);
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        self.0.open.send_modify(|count| {
            *count -= 1;
            if *count == 0 {
                // Between the two nobody else can come.
                self.0.stop.borrow().cancel();
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_stops_with_the_last_client_and_the_next_one_brings_its_own() {
        let ending = CancellationToken::new();
        let presence = Presence::new(&ending);
        let stop = || presence.stop().borrow().clone();
        assert!(!stop().is_cancelled(), "the first client is still on its way");
        let (one, other) = (presence.enter(), presence.enter());
        let theirs = stop();
        drop(one);
        assert!(!theirs.is_cancelled());
        drop(other);
        assert!(theirs.is_cancelled() && stop().is_cancelled());
        let _next = presence.enter();
        assert!(theirs.is_cancelled() && !stop().is_cancelled());
        ending.cancel();
        assert!(stop().is_cancelled());
    }
}
