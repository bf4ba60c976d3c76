//! Call context: cancellation and deadlines, which reach every request through task-locals, so that no call of a cloud's
//! trait has to pass them on.
//!
//! The contract:
//!
//! - A caller sets a part of it for one future: [`with_cancellation`], [`with_deadline`] or [`with_request_budget`]. The part
//!   holds while that future is polled, by whichever thread, and ends with it. Set again further in, the inner one holds.
//! - Every request within that future obeys it. Where nothing is set there is no cancellation and no deadline, and only
//!   [`Settings`](super::Settings) end a request.
//! - A task that is spawned within (`tokio::spawn`) inherits nothing. So whoever spawns work of an operation sets the context
//!   inside of the new task; clouds spawn none, they join futures.
//! - A future that several callers share, such as a single flight, obeys whichever polls it. Work that is to outlive one of
//!   its callers is therefore begun outside of any context.

use std::{
    future::{self, Future},
    time::Duration,
};

use tokio::time::{Instant, sleep_until};
use tokio_util::sync::CancellationToken;

tokio::task_local! {
    static CANCELLATION: CancellationToken;
    static DEADLINE: Deadline;
    static REQUEST_BUDGET: Duration;
    static IS_WRITE: bool;
}

/// Does work whose writes are no longer sent once `stop` is cancelled: they end as
/// [`Kind::Interrupted`](crate::clouds::Kind::Interrupted). What is in flight is waited for, and reads go on: they find out
/// what has become of it.
pub async fn with_cancellation<T>(stop: &CancellationToken, work: impl Future<Output = T>) -> T {
    CANCELLATION.scope(stop.clone(), work).await
}

/// Whether the work that this is a part of is cancelled.
pub fn is_cancelled() -> bool {
    CANCELLATION
        .try_with(CancellationToken::is_cancelled)
        .unwrap_or_default()
}

/// Returns when the work that this is a part of is cancelled, and else never.
pub async fn cancelled() {
    match CANCELLATION.try_with(CancellationToken::clone) {
        Ok(stop) => stop.cancelled().await,
        Err(_) => future::pending().await,
    }
}

/// Sends a write, or a read.
pub async fn sending<T>(is_write: bool, work: impl Future<Output = T>) -> T {
    IS_WRITE.scope(is_write, work).await
}

/// Whether the request that is being sent is a write of cancelled work.
pub fn is_cancelled_write() -> bool {
    is_cancelled() && IS_WRITE.try_with(|is_write| *is_write).unwrap_or_default()
}

/// The end of an operation: until then its requests are retried after HTTP 429, unless it is cancelled before.
#[derive(Clone)]
pub struct Deadline {
    stop: CancellationToken,
    until: Instant,
}

/// Does work that has a deadline, and cancels its writes with `stop` as [`with_cancellation`] does.
pub async fn with_deadline<T>(stop: &CancellationToken, until: Instant, work: impl Future<Output = T>) -> T {
    let deadline = Deadline {
        stop: stop.clone(),
        until,
    };
    with_cancellation(stop, DEADLINE.scope(deadline, work)).await
}

/// The deadline of the operation that this is a part of, if somebody has set one.
pub fn deadline() -> Option<Deadline> {
    DEADLINE.try_with(Deadline::clone).ok()
}

/// Does work of which no request takes longer than this, with all its retries.
pub async fn with_request_budget<T>(budget: Duration, work: impl Future<Output = T>) -> T {
    REQUEST_BUDGET.scope(budget, work).await
}

/// The deadline of a request that begins now, if requests have a budget.
pub fn request_deadline() -> Option<Instant> {
    REQUEST_BUDGET.try_with(|budget| Instant::now() + *budget).ok()
}

/// Returns at an instant; never, if there is none.
pub async fn instant_passed(instant: Option<Instant>) {
    match instant {
        Some(instant) => sleep_until(instant).await,
        None => future::pending().await,
    }
}

/// Returns when the deadline has passed; never, if there is none.
pub async fn deadline_passed(deadline: Option<&Deadline>) {
    match deadline {
        Some(deadline) => deadline.passed().await,
        None => future::pending().await,
    }
}

impl Deadline {
    pub fn has_passed(&self) -> bool {
        self.stop.is_cancelled() || self.until <= Instant::now()
    }

    /// Returns when it has passed.
    async fn passed(&self) {
        tokio::select! {
            () = self.stop.cancelled() => {}
            () = sleep_until(self.until) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Duration = Duration::from_secs(3600);

    /// Whether there is a cancellation token, a deadline, a budget for each request.
    fn context() -> (bool, bool, bool) {
        let has_cancellation = CANCELLATION.try_with(|_| ()).is_ok();
        (has_cancellation, deadline().is_some(), request_deadline().is_some())
    }

    #[tokio::test]
    async fn a_context_reaches_what_is_joined_and_not_what_is_spawned() {
        let (stop, later) = (CancellationToken::new(), Instant::now() + HOUR);
        assert_eq!(context(), (false, false, false));
        let work = with_request_budget(HOUR, async {
            tokio::task::yield_now().await;
            let joined = tokio::join!(async { context() }, async { context() });
            (joined, tokio::spawn(async { context() }).await.expect("a task"))
        });
        let (joined, spawned) = with_deadline(&stop, later, work).await;
        assert_eq!(joined, ((true, true, true), (true, true, true)));
        assert_eq!(spawned, (false, false, false), "a new task inherits nothing");
        assert_eq!(context(), (false, false, false), "the context ends with its future");
    }

    #[tokio::test]
    async fn of_two_contexts_the_inner_one_holds() {
        let (outer, inner) = (CancellationToken::new(), CancellationToken::new());
        outer.cancel();
        with_cancellation(&outer, async {
            assert!(is_cancelled());
            with_cancellation(&inner, async { assert!(!is_cancelled()) }).await;
            assert!(is_cancelled());
        })
        .await;
    }
}
