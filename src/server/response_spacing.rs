//! A workaround for a race in Terraform 1.16, which loses the state of a whole run when the answer to a create that failed and left something behind meets
//! another answer: it keeps such an instance for a moment in a form that it cannot write, and the other answer makes it
//! write. So these answers are kept apart there, and nothing is held back anywhere else.
//!
//! Core writes the instance as tainted, then with a status of 0, then as tainted again
//! (`node_resource_apply_instance.go`, the same in 1.16.0-rc2 and 1.16.0).

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use tokio::{
    sync::Mutex,
    time::{Instant, sleep, sleep_until},
};

/// The version that needs it, as ConfigureProvider tells it.
const VERSION: &str = "1.16.";
/// How long before and after the answer to a failed create no other answer leaves. Measured over 30 rounds, 2 ms and 5 ms
/// are enough on an idle machine.
const BEFORE: Duration = Duration::from_millis(50);
const AFTER: Duration = Duration::from_millis(100);

/// The way out for the answers of ApplyResourceChange.
#[derive(Default)]
pub(super) struct ResponseSpacing {
    is_needed: AtomicBool,
    /// When the last answer left. Whoever holds it keeps all others in.
    last: Arc<Mutex<Option<Instant>>>,
}

/// What an answer of ApplyResourceChange tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ApplyOutcome {
    /// A create failed, and there is something to keep all the same.
    FailedCreateWithState,
    Otherwise,
}

impl ResponseSpacing {
    pub(super) fn set_version(&self, terraform_version: &str) {
        self.is_needed
            .store(terraform_version.starts_with(VERSION), Ordering::Relaxed);
    }

    /// Waits until an answer may leave.
    pub(super) async fn leave(&self, answered: ApplyOutcome) {
        if !self.is_needed.load(Ordering::Relaxed) {
            return;
        }
        let mut last = Arc::clone(&self.last).lock_owned().await;
        if answered == ApplyOutcome::Otherwise {
            *last = Some(Instant::now());
            return;
        }
        if let Some(last) = *last {
            sleep_until(last + BEFORE).await;
        }
        *last = Some(Instant::now());
        tokio::spawn(async move {
            sleep(AFTER).await;
            drop(last);
        });
    }
}

#[cfg(test)]
mod tests {
    use futures_util::future::join_all;

    use super::*;

    use ApplyOutcome::{FailedCreateWithState as Failed, Otherwise as Other};

    /// When each answer leaves, in milliseconds, given what it tells and when it is ready.
    async fn check(version: &str, answers: &[(ApplyOutcome, u64)], expected: &[u128]) {
        let spacing = ResponseSpacing::default();
        spacing.set_version(version);
        let start = Instant::now();
        let left = answers.iter().map(|(answered, ready)| {
            let spacing = &spacing;
            async move {
                sleep(Duration::from_millis(*ready)).await;
                spacing.leave(*answered).await;
                start.elapsed().as_millis()
            }
        });
        assert_eq!(join_all(left).await, expected, "{version}: {answers:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn failed_creates_are_kept_apart_from_all_answers_before_and_after() {
        check("1.16.0", &[(Failed, 0); 3], &[0, 100, 200]).await;
        check("1.16.0", &[(Other, 0), (Failed, 10), (Other, 20)], &[0, 50, 150]).await;
        check("1.16.0", &[(Other, 0), (Failed, 80), (Other, 300)], &[0, 80, 300]).await;
        check(
            "1.16.0",
            &[(Failed, 0), (Other, 50), (Other, 60), (Failed, 70)],
            &[0, 100, 100, 150],
        )
        .await;
    }

    #[tokio::test(start_paused = true)]
    async fn nothing_else_is_held_back() {
        check("1.16.0", &[(Other, 0); 50], &[0; 50]).await;
        for version in ["", "1.11.4", "1.15.9", "1.17.0", "1.160.0", "11.16.0", "1.1.16"] {
            check(version, &[(Failed, 0); 3], &[0; 3]).await;
        }
        for version in ["1.16.0", "1.16.0-rc2", "1.16.12"] {
            check(version, &[(Failed, 0); 2], &[0, 100]).await;
        }
    }
}
