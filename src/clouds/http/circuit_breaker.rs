//! Circuit breaker: once a read has used up its retries, other reads fail at once instead of going through the same again.
//! A cloud that is silent, broken or overrun costs many callers as much time as one.
//!
//! It is for idempotent requests that belong to no operation, as while planning. An operation has a deadline of its own, see
//! [`with_deadline`](super::with_deadline), and goes on.
//!
//! There is a circuit for each path and one for the whole cloud. A path's circuit opens as soon as a read of it has used up
//! its retries. One thing that hangs is not the cloud: the cloud's circuit opens only if nothing else succeeded in the
//! meantime, and if a second thing failed as well: another path, or the same one where the kind of failure is about all
//! that the cloud has. A proper response closes both. After [`OPEN`] the next read is the trial (half-open).

use std::{
    collections::BTreeMap,
    future::Future,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{sync::watch, time::Instant};

use crate::clouds::{Error, Kind};

/// How long a circuit stays open.
const OPEN: Duration = Duration::from_secs(30);
/// A read that fails sooner than that, at its first attempt, costs no caller any time.
const AT_ONCE: Duration = Duration::from_millis(900);

/// The circuits of one cloud.
#[derive(Default)]
pub struct CircuitBreaker {
    state: Mutex<State>,
    /// Changes whenever a circuit opens.
    opened: watch::Sender<()>,
}

#[derive(Default)]
struct State {
    /// How many proper responses there have been.
    successes: u64,
    /// HTTP 429 in a row, with backoff between them.
    rate_limited: u32,
    /// Paths that have failed since their last success.
    failing: BTreeMap<String, Failing>,
    /// Paths whose circuit is open.
    paths: BTreeMap<String, Outage>,
    /// A path that has failed while nothing else succeeded. If another one fails, it is the cloud.
    suspicion: Option<(String, Outage)>,
    cloud: Option<Outage>,
}

struct Failing {
    /// In a row.
    times: u32,
    last: Instant,
}

#[derive(Clone)]
struct Outage {
    until: Instant,
    error: Error,
}

/// The beginning of a read, or of one attempt at it.
#[derive(Clone, Copy)]
pub struct Beginning {
    at: Instant,
    successes: u64,
    rate_limited: u32,
}

impl Beginning {
    pub fn is_recent(&self) -> bool {
        self.at.elapsed() < AT_ONCE
    }
}

/// Whether a failure is about all that a cloud has, and not only about what was asked for.
fn is_of_the_whole_cloud(kind: Kind) -> bool {
    matches!(kind, Kind::RateLimited | Kind::Unreachable)
}

impl CircuitBreaker {
    pub fn begin(&self) -> Beginning {
        let state = self.state();
        Beginning {
            at: Instant::now(),
            successes: state.successes,
            rate_limited: state.rate_limited,
        }
    }

    /// Returns why a circuit of this path is open, as soon as one is. As long as none is, never.
    pub async fn outage(&self, path: &str) -> Error {
        let mut opened = self.opened.subscribe();
        loop {
            if let Some(outage) = self.state().outage(path) {
                return outage.error.clone();
            }
            if opened.changed().await.is_err() {
                return std::future::pending().await;
            }
        }
    }

    /// A proper response has come: closes the path's circuit and the cloud's.
    pub fn succeeded(&self, path: &str) {
        let mut state = self.state();
        state.successes += 1;
        state.rate_limited = 0;
        state.suspicion = None;
        state.cloud = None;
        if !state.failing.is_empty() {
            state.failing.remove(path);
            state.paths.remove(path);
        }
    }

    /// An attempt at a read has failed. Returns the number of HTTP 429 in a row over all requests.
    pub fn failed(&self, path: &str, read: Beginning, attempt: Beginning, kind: Kind) -> u32 {
        let mut state = self.state();
        let now = Instant::now();
        let failing = state
            .failing
            .entry(path.to_owned())
            .or_insert(Failing { times: 0, last: now });
        failing.times += 1;
        failing.last = now;
        // Of many that were sent at once, one counts.
        if kind == Kind::RateLimited && attempt.rate_limited == state.rate_limited {
            state.rate_limited += 1;
        }
        let confirmed = state
            .suspicion
            .take_if(|(other, outage)| other != path && read.at <= outage.until);
        if let Some((_, outage)) = confirmed {
            state.cloud = Some(Outage {
                until: now + OPEN,
                ..outage
            });
            self.opened.send_replace(());
        }
        state.rate_limited
    }

    /// A read has used up its retries.
    pub fn exhausted(&self, path: &str, read: Beginning, error: &Error) {
        let mut state = self.state();
        let outage = Outage {
            until: Instant::now() + OPEN,
            error: error.clone(),
        };
        let is_repeated = state.failing.get(path).is_some_and(|failing| failing.times > 1);
        if is_repeated {
            state.paths.insert(path.to_owned(), outage.clone());
        }
        if state.successes == read.successes {
            let fails_too = |(other, failing): (&String, &Failing)| other != path && failing.last >= read.at;
            let is_whole = is_repeated && is_of_the_whole_cloud(error.kind);
            match is_whole || state.failing.iter().any(fails_too) {
                true => state.cloud = Some(outage),
                false => state.suspicion = Some((path.to_owned(), outage)),
            }
        }
        self.opened.send_replace(());
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn outage(&self, path: &str) -> Option<&Outage> {
        let now = Instant::now();
        let outages = self.cloud.iter().chain(self.paths.get(path));
        outages.into_iter().find(|outage| now < outage.until)
    }
}

/// The outcome of a read, unless a circuit of its path opens first.
pub async fn unless_open<T>(breaker: &CircuitBreaker, path: &str, read: impl Future<Output = T>) -> Result<T, Error> {
    tokio::select! {
        biased;
        error = breaker.outage(path) => Err(error),
        outcome = read => Ok(outcome),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn error(kind: Kind) -> Error {
        Error {
            kind,
            cloud: "Nimbus",
            operation: "reading a thing".to_owned(),
            status: None,
            code: None,
            message: "no whole answer came in time".to_owned(),
            source: None,
            sent: None,
        }
    }

    /// A read that fails so often, with a second before each failure.
    async fn in_vain(breaker: &CircuitBreaker, path: &str, kind: Kind, times: u32) {
        let read = breaker.begin();
        for _ in 0..times {
            let attempt = breaker.begin();
            tokio::time::sleep(SECOND).await;
            breaker.failed(path, read, attempt, kind);
        }
        breaker.exhausted(path, read, &error(kind));
    }

    async fn is_out(breaker: &CircuitBreaker, path: &str) -> bool {
        unless_open(breaker, path, std::future::ready(())).await.is_err()
    }

    async fn check(breaker: &CircuitBreaker, expected: &[(&str, bool)]) {
        for (path, out) in expected {
            assert_eq!(is_out(breaker, path).await, *out, "{path}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn two_paths_in_vain_are_a_cloud_out_of_order() {
        for kind in [Kind::AnswerLost, Kind::CloudFailed] {
            let breaker = CircuitBreaker::default();
            tokio::join!(in_vain(&breaker, "/1", kind, 2), in_vain(&breaker, "/2", kind, 3));
            check(&breaker, &[("/1", true), ("/2", true), ("/3", true)]).await;
            tokio::time::sleep(OPEN).await;
            check(&breaker, &[("/1", false), ("/3", false)]).await;
        }
    }

    #[tokio::test(start_paused = true)]
    async fn one_that_hangs_among_others_is_out_of_order_alone() {
        let breaker = CircuitBreaker::default();
        let answers = async {
            for path in ["/2", "/3"] {
                tokio::time::sleep(SECOND).await;
                breaker.succeeded(path);
            }
        };
        tokio::join!(in_vain(&breaker, "/1", Kind::AnswerLost, 5), answers);
        check(&breaker, &[("/1", true), ("/2", false)]).await;
        // Nor does a slip of another one later make it the cloud.
        let read = breaker.begin();
        breaker.failed("/2", read, read, Kind::CloudFailed);
        check(&breaker, &[("/2", false), ("/3", false)]).await;
        breaker.succeeded("/1");
        check(&breaker, &[("/1", false)]).await;
    }

    #[tokio::test(start_paused = true)]
    async fn after_one_in_vain_a_single_attempt_of_the_next_decides() {
        for next_succeeds in [false, true] {
            let breaker = CircuitBreaker::default();
            in_vain(&breaker, "/1", Kind::AnswerLost, 5).await;
            check(&breaker, &[("/1", true), ("/2", false)]).await;
            let read = breaker.begin();
            // However long it takes.
            tokio::time::sleep(2 * OPEN).await;
            match next_succeeds {
                true => breaker.succeeded("/2"),
                false => drop(breaker.failed("/2", read, read, Kind::AnswerLost)),
            }
            check(&breaker, &[("/2", !next_succeeds), ("/3", !next_succeeds)]).await;
        }
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_about_the_whole_cloud_needs_no_second_path() {
        for kind in [Kind::RateLimited, Kind::Unreachable] {
            let breaker = CircuitBreaker::default();
            in_vain(&breaker, "/1", kind, 2).await;
            check(&breaker, &[("/2", true)]).await;
            breaker.succeeded("/3");
            check(&breaker, &[("/2", false)]).await;
            // A single slip is none.
            let breaker = CircuitBreaker::default();
            in_vain(&breaker, "/1", kind, 1).await;
            check(&breaker, &[("/1", false), ("/2", false)]).await;
        }
    }

    #[tokio::test(start_paused = true)]
    async fn refusals_of_what_was_sent_at_once_count_once() {
        let breaker = CircuitBreaker::default();
        let read = breaker.begin();
        let refuse = |attempt| breaker.failed("/1", read, attempt, Kind::RateLimited);
        let (one, other) = (breaker.begin(), breaker.begin());
        assert_eq!((refuse(one), refuse(other)), (1, 1));
        let next = breaker.begin();
        assert_eq!((refuse(next), refuse(one)), (2, 2));
        breaker.succeeded("/2");
        assert_eq!(refuse(breaker.begin()), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn who_is_under_way_is_cut() {
        let breaker = CircuitBreaker::default();
        let waiting = unless_open(&breaker, "/3", std::future::pending::<()>());
        let others = async {
            tokio::join!(
                in_vain(&breaker, "/1", Kind::AnswerLost, 2),
                in_vain(&breaker, "/2", Kind::AnswerLost, 2)
            );
        };
        let (waited, ()) = tokio::join!(waiting, others);
        assert_eq!(waited.err().map(|error| error.kind), Some(Kind::AnswerLost));
    }
}
