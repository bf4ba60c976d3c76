//! Task isolation and panic recovery: each call runs in a task of its own, a panic becomes a diagnostic,
//! and a cut connection does not cut the work.

use std::{any::Any, future::Future};

use tokio_util::task::TaskTracker;

use crate::tf::Diagnostics;

/// Runs a piece of work to its end, even if nobody waits for it any more.
pub(super) async fn run<T: Send + 'static>(
    tasks: &TaskTracker,
    work: impl Future<Output = T> + Send + 'static,
) -> Result<T, Diagnostics> {
    match tasks.spawn(work).await {
        Ok(result) => Ok(result),
        Err(error) => {
            let cause = error
                .try_into_panic()
                .map_or("it was cancelled".to_owned(), panic_message);
            Err(Diagnostics::of_bug(format!("The provider panicked: {cause}")))
        }
    }
}

fn panic_message(payload: Box<dyn Any + Send>) -> String {
    match payload.downcast::<String>() {
        Ok(message) => *message,
        Err(payload) => payload
            .downcast::<&str>()
            .map_or("for no stated reason".to_owned(), |text| text.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_becomes_a_diagnostic() {
        let failed = run(&TaskTracker::new(), async { panic!("the {} broke", "gasket") }).await;
        let detail = failed
            .err()
            .and_then(|diagnostics| diagnostics.into_iter().next())
            .map(|one| one.detail);
        assert!(detail.is_some_and(|detail| detail.starts_with("The provider panicked: the gasket broke")));
    }
}
