//! The wish to stop, and the time that an operation has, as far as they reach requests: an order that is not sent yet is
//! left, and what a cloud refuses as one too many is asked again while there is time.

use std::{
    future::{self, Future},
    time::Duration,
};

use tokio::time::{Instant, sleep_until};
use tokio_util::sync::CancellationToken;

tokio::task_local! {
    static STOP: CancellationToken;
    static TIME: Time;
    static LIMIT: Duration;
    static IS_ORDER: bool;
}

/// Does work whose orders are no longer sent once `stop` is cancelled: they end as
/// [`Kind::Interrupted`](crate::clouds::Kind::Interrupted). What has been sent is waited for, and questions go on: they
/// find out what has become of it.
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

/// Sends something that is an order, or a question.
pub async fn sending<T>(is_order: bool, work: impl Future<Output = T>) -> T {
    IS_ORDER.scope(is_order, work).await
}

/// Whether what is about to be sent is an order that is to be left.
pub fn is_to_be_left() -> bool {
    is_stopped() && IS_ORDER.try_with(|is_order| *is_order).unwrap_or_default()
}

/// How long an operation may ask again what was one request too many.
#[derive(Clone)]
pub struct Time {
    stop: CancellationToken,
    until: Instant,
}

/// Does work for which there is time until this moment, unless `stop` is cancelled before; see [`unless_stopped`] too.
pub async fn with_time<T>(stop: &CancellationToken, until: Instant, work: impl Future<Output = T>) -> T {
    let time = Time {
        stop: stop.clone(),
        until,
    };
    unless_stopped(stop, TIME.scope(time, work)).await
}

/// The time of the work that this is a part of, if somebody has said how much there is.
pub fn time() -> Option<Time> {
    TIME.try_with(Time::clone).ok()
}

/// Does work of which no request is worth more than so much time, with all its retries.
pub async fn within<T>(limit: Duration, work: impl Future<Output = T>) -> T {
    LIMIT.scope(limit, work).await
}

/// Until when a request that begins now may go on, if there is a limit.
pub fn limit() -> Option<Instant> {
    LIMIT.try_with(|limit| Instant::now() + *limit).ok()
}

/// Returns at a moment; never, if there is none.
pub async fn passed(limit: Option<Instant>) {
    match limit {
        Some(limit) => sleep_until(limit).await,
        None => future::pending().await,
    }
}

/// Returns when the time is up; never, if there is no end to it.
pub async fn up(time: Option<&Time>) {
    match time {
        Some(time) => time.up().await,
        None => future::pending().await,
    }
}

impl Time {
    pub fn is_up(&self) -> bool {
        self.stop.is_cancelled() || self.until <= Instant::now()
    }

    /// Returns when it is up.
    async fn up(&self) {
        tokio::select! {
            () = self.stop.cancelled() => {}
            () = sleep_until(self.until) => {}
        }
    }
}
