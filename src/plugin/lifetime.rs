//! Graceful shutdown: when the process ends, and which work may still finish before it does.

use std::{sync::Arc, time::Duration};

use tokio::{
    sync::watch,
    time::{self, Instant},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::presence::Presence;

/// What the services know of the process's end, and what it knows of them.
#[derive(Clone, Debug)]
pub struct Lifetime {
    /// Cancelled once when the process is about to end. Work in flight should then come to a safe end soon.
    pub ending: CancellationToken,
    /// The same, and cancelled as well the moment nobody is connected any more: nothing that is not sent by then should
    /// be. A client that comes later finds another token here.
    pub stop: watch::Receiver<CancellationToken>,
    /// The tasks to wait for, if only for a while, before the process ends.
    pub work: TaskTracker,
    pub(super) presence: Arc<Presence>,
}

/// Why the process ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The client asked for it.
    Shutdown,
    /// The client went away without a word: it was killed.
    Orphaned,
    /// A signal told us to.
    Terminated,
}

/// After Shutdown, a client kills us when 2 s have passed.
const GRACE_AFTER_SHUTDOWN: Duration = Duration::from_millis(1500);
/// Nobody hears what becomes of the work of a client that was killed; but what was sent is not to be cut off.
const GRACE_OF_AN_ORPHAN: Duration = Duration::from_secs(60);
/// The same, where somebody wants us to be gone.
const GRACE_AFTER_A_SIGNAL: Duration = Duration::from_secs(10);
/// go-plugin cancels the calls of a process that has ended, whether or not it has read their answers. So a client that
/// is connected gets this long after the last word to read it, or to say Shutdown.
const LAST_WORDS: Duration = Duration::from_secs(2);

impl Default for Lifetime {
    fn default() -> Self {
        let ending = CancellationToken::new();
        let presence = Presence::new(&ending);
        Self {
            ending,
            stop: presence.stop(),
            work: TaskTracker::new(),
            presence,
        }
    }
}

impl Lifetime {
    /// Tells the work in flight to end, and waits until it has, or for as long as the reason allows. After a signal, a
    /// client that is connected still gets its answers, however long the work takes; `shutdown` is cancelled when it asks
    /// for an earlier end.
    pub async fn end(&self, reason: Reason, shutdown: &CancellationToken) {
        tracing::debug!(?reason, tasks = self.work.len(), "ending");
        self.ending.cancel();
        self.work.close();
        let grace = match reason {
            Reason::Shutdown => GRACE_AFTER_SHUTDOWN,
            Reason::Orphaned => GRACE_OF_AN_ORPHAN,
            Reason::Terminated => tokio::select! {
                () = self.last_words() => return,
                () = shutdown.cancelled() => GRACE_AFTER_SHUTDOWN,
                () = self.presence.gone() => GRACE_AFTER_A_SIGNAL,
            },
        };
        if time::timeout(grace, self.work.wait()).await.is_err() {
            tracing::warn!(tasks = self.work.len(), "ending before all work has ended");
        }
    }

    /// Returns when all work has ended and the client has had time to read what came of it.
    async fn last_words(&self) {
        let mut ended = Instant::now();
        loop {
            if !self.work.is_empty() {
                self.work.wait().await;
                ended = Instant::now();
            }
            let until = ended.max(self.presence.last_word()) + LAST_WORDS;
            if until <= Instant::now() {
                return;
            }
            time::sleep_until(until).await;
        }
    }
}

/// A client that has just started us has other things to do before it connects.
const FIRST_CONNECTION: Duration = Duration::from_secs(60);

/// A client that lost its connection, but not its life, comes back at once.
const NEXT_CONNECTION: Duration = Duration::from_secs(5);

/// Completes when nobody is connected any more, nor will be.
pub(super) async fn orphaned(mut open: watch::Receiver<usize>) {
    let mut patience = FIRST_CONNECTION;
    while matches!(
        time::timeout(patience, open.wait_for(|count| *count > 0)).await,
        Ok(Ok(_))
    ) {
        patience = NEXT_CONNECTION;
        if open.wait_for(|count| *count == 0).await.is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::Instant;

    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    /// After how many seconds a process is taken for an orphan, if its connections open and close when `steps`
    /// say: seconds to wait, then how many are open.
    async fn check(steps: &'static [(u32, usize)], expected: u64) {
        let open = watch::Sender::new(0);
        let orphaned = tokio::spawn(orphaned(open.subscribe()));
        let start = Instant::now();
        let client = tokio::spawn(async move {
            for (seconds, count) in steps {
                time::sleep(SECOND * *seconds).await;
                open.send_replace(*count);
            }
            std::future::pending::<()>().await;
        });
        orphaned.await.unwrap();
        client.abort();
        assert_eq!(start.elapsed().as_secs(), expected, "{steps:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn orphans() {
        check(&[], 60).await;
        check(&[(59, 1), (3600, 0)], 59 + 3600 + 5).await;
        check(&[(0, 1), (100, 0), (4, 1), (100, 0)], 209).await;
        check(&[(0, 1), (1, 2), (1, 1), (1, 0)], 8).await;
    }

    /// How many seconds the end takes, with work that goes on for so long after it is told to end, and a client that
    /// stays, leaves or asks for Shutdown when so many seconds have passed.
    async fn check_end(reason: Reason, work: u32, client: Option<(&str, u32)>, expected: f32) {
        let (lifetime, shutdown) = (Lifetime::default(), CancellationToken::new());
        let ending = lifetime.ending.clone();
        lifetime.work.spawn(async move {
            ending.cancelled().await;
            time::sleep(SECOND * work).await;
        });
        let present = client.map(|_| lifetime.presence.enter());
        let asked = shutdown.clone();
        let client_acts = async move {
            let (act, seconds) = client.unwrap_or(("stays", 0));
            time::sleep(SECOND * seconds).await;
            match act {
                "leaves" => drop(present),
                "asks" => asked.cancel(),
                _ => std::future::pending::<()>().await,
            }
            std::future::pending::<()>().await;
        };
        let start = Instant::now();
        tokio::select! {
            () = lifetime.end(reason, &shutdown) => {}
            () = client_acts => {}
        }
        let found = start.elapsed().as_secs_f32();
        assert!(
            (found - expected).abs() < 0.01,
            "{reason:?}, {work} s, {client:?}: {found}"
        );
    }

    #[tokio::test(start_paused = true)]
    async fn work_may_finish_but_not_go_on_for_ever() {
        use Reason::*;
        check_end(Shutdown, 1, Some(("stays", 0)), 1.0).await;
        check_end(Shutdown, 100, Some(("stays", 0)), 1.5).await;
        check_end(Orphaned, 40, None, 40.0).await;
        check_end(Orphaned, 100, None, 60.0).await;
        check_end(Terminated, 5, None, 5.0).await;
        check_end(Terminated, 100, None, 10.0).await;
    }

    #[tokio::test(start_paused = true)]
    async fn after_a_signal_a_client_that_is_connected_gets_its_answers() {
        use Reason::*;
        check_end(Terminated, 0, Some(("stays", 0)), 2.0).await;
        check_end(Terminated, 1000, Some(("stays", 0)), 1002.0).await;
        check_end(Terminated, 30, Some(("asks", 31)), 31.0).await;
        check_end(Terminated, 30, Some(("asks", 3)), 4.5).await;
        check_end(Terminated, 30, Some(("leaves", 3)), 13.0).await;
    }

    #[tokio::test(start_paused = true)]
    async fn every_word_gives_the_client_more_time() {
        let (lifetime, shutdown) = (Lifetime::default(), CancellationToken::new());
        let client = lifetime.presence.enter();
        let start = Instant::now();
        let talk = async {
            for _ in 0..5 {
                time::sleep(SECOND).await;
                client.note_word();
            }
        };
        tokio::join!(lifetime.end(Reason::Terminated, &shutdown), talk);
        assert_eq!(start.elapsed().as_secs(), 7);
    }
}
