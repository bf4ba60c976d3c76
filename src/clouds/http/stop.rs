//! The wish to stop, as far as it reaches requests: an order that stands in line is left there.

use std::future::{self, Future};

use tokio_util::sync::CancellationToken;

tokio::task_local! {
    static STOP: CancellationToken;
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
