//! The wish to stop, and the time that an operation has, as far as they reach requests: an order that stands in line is
//! left there, and what a cloud refuses as one too many is asked again while there is time.

use std::future::{self, Future};

use tokio::time::{Instant, sleep_until};
use tokio_util::sync::CancellationToken;

tokio::task_local! {
    static STOP: CancellationToken;
    static TIME: Time;
}

/// Does work whose orders are no longer sent once `stop` is cancelled. What has been sent is waited for, and so are
/// questions and what can be asked twice: only what cannot be asked twice ends as
/// [`Kind::Interrupted`](crate::clouds::Kind::Interrupted).
pub async fn unless_stopped<T>(stop: &CancellationToken, work: impl Future<Output = T>) -> T {
    STOP.scope(stop.clone(), work).await
}

/// Whether the work that this is a part of is to stop.
pub fn is_stopped() -> bool {
    STOP.try_with(CancellationToken::is_cancelled).unwrap_or_default()
}

/// Returns when the work that this is a part of is to stop, and else never.
pub async fn stopped() {
    match STOP.try_with(CancellationToken::clone) {
        Ok(stop) => stop.cancelled().await,
        Err(_) => future::pending().await,
    }
}

/// How long an operation may ask again what was one request too many.
#[derive(Clone)]
pub struct Time {
    stop: CancellationToken,
    until: Instant,
}

/// Does work for which there is time until this moment, unless `stop` is cancelled before.
pub async fn with_time<T>(stop: &CancellationToken, until: Instant, work: impl Future<Output = T>) -> T {
    let stop = stop.clone();
    TIME.scope(Time { stop, until }, work).await
}

/// The time of the work that this is a part of, if somebody has said how much there is.
pub fn time() -> Option<Time> {
    TIME.try_with(Time::clone).ok()
}

impl Time {
    pub fn is_up(&self) -> bool {
        self.stop.is_cancelled() || self.until <= Instant::now()
    }

    /// Returns when it is up.
    pub async fn up(&self) {
        tokio::select! {
            () = self.stop.cancelled() => {}
            () = sleep_until(self.until) => {}
        }
    }
}
