//! When the process ends, and what may still finish before it does.

use std::time::Duration;

use tokio::{sync::watch, time};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// What the services know of the process's end, and what it knows of them.
#[derive(Clone, Debug, Default)]
pub struct Lifetime {
    /// Cancelled once when the process is about to end. Work in flight should then come to a safe end soon.
    pub ending: CancellationToken,
    /// The tasks to wait for, if only for a while, before the process ends.
    pub work: TaskTracker,
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

impl Reason {
    /// How long work in flight may take to end. After Shutdown, a client kills us when 2 s have passed.
    fn grace(self) -> Duration {
        match self {
            Self::Shutdown => Duration::from_millis(1500),
            Self::Orphaned | Self::Terminated => Duration::from_secs(10),
        }
    }
}

impl Lifetime {
    /// Tells the work in flight to end, and waits until it has, or for as long as the reason allows.
    pub async fn end(&self, reason: Reason) {
        tracing::debug!(?reason, tasks = self.work.len(), "ending");
        self.ending.cancel();
        self.work.close();
        if time::timeout(reason.grace(), self.work.wait()).await.is_err() {
            tracing::warn!(tasks = self.work.len(), "ending before all work has ended");
        }
    }
}

/// A client that has just started us has other things to do before it connects.
const FIRST_CONNECTION: Duration = Duration::from_secs(60);

/// A client that lost its connection, but not its life, comes back at once.
const NEXT_CONNECTION: Duration = Duration::from_secs(5);

/// Completes when nobody is connected any more, nor will be.
pub async fn orphaned(mut open: watch::Receiver<usize>) {
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

    #[tokio::test(start_paused = true)]
    async fn work_may_finish() {
        let lifetime = Lifetime::default();
        let ending = lifetime.ending.clone();
        let work = lifetime.work.spawn(async move {
            ending.cancelled().await;
            time::sleep(SECOND).await;
        });
        lifetime.end(Reason::Shutdown).await;
        assert!(work.is_finished());
    }

    #[tokio::test(start_paused = true)]
    async fn work_may_not_go_on_for_ever() {
        let lifetime = Lifetime::default();
        let work = lifetime.work.spawn(std::future::pending::<()>());
        let start = Instant::now();
        lifetime.end(Reason::Shutdown).await;
        assert!(!work.is_finished() && start.elapsed() < 2 * SECOND);
    }
}
