//! A circuit breaker: once a question has been asked in vain as often as it may be, others do not go through the same
//! again. A cloud that is silent, broken or overrun costs many who ask as much time as one.
//!
//! It is for what may be asked twice and belongs to no operation, as while planning. An operation has a time of its own,
//! see [`with_time`](super::with_time), and goes on.
//!
//! One thing that hangs is not the cloud. So a cloud counts as out of order only if nothing else was answered in the
//! meantime, and if a second thing failed as well: another path, or the same one where the kind of failure tells of all
//! that the cloud has. A path alone is out of order as soon as a question about it was asked in vain. A proper answer ends
//! both.

use std::{
    collections::BTreeMap,
    future::Future,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{sync::watch, time::Instant};

use crate::clouds::{Error, Kind};

/// How long nothing more is asked. After that the next question finds out how things are.
const REST: Duration = Duration::from_secs(30);
/// What is asked once and fails sooner than that costs nobody any patience.
const AT_ONCE: Duration = Duration::from_millis(900);

/// What is known to be out of order at one cloud.
#[derive(Default)]
pub struct Breaker {
    state: Mutex<State>,
    /// Changes whenever something is found to be out of order.
    found: watch::Sender<()>,
}

#[derive(Default)]
struct State {
    /// How many proper answers there have been.
    answers: u64,
    /// How often in a row, with waits between, the cloud has refused whatever was asked as one request too many.
    refusals: u32,
    /// Paths that have failed since they were last answered.
    failing: BTreeMap<String, Failing>,
    /// Paths that are out of order.
    paths: BTreeMap<String, Outage>,
    /// A path that has failed while nothing else was answered. If another one fails, it is the cloud.
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

/// The beginning of a question, or of one attempt at it.
#[derive(Clone, Copy)]
pub struct Beginning {
    at: Instant,
    answers: u64,
    refusals: u32,
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

impl Breaker {
    pub fn begin(&self) -> Beginning {
        let state = self.state();
        Beginning {
            at: Instant::now(),
            answers: state.answers,
            refusals: state.refusals,
        }
    }

    /// Returns why a path is not to be asked now, as soon as that is known. If nothing is out of order, never.
    pub async fn outage(&self, path: &str) -> Error {
        let mut found = self.found.subscribe();
        loop {
            if let Some(outage) = self.state().outage(path) {
                return outage.error.clone();
            }
            if found.changed().await.is_err() {
                return std::future::pending().await;
            }
        }
    }

    /// A proper answer has come.
    pub fn answered(&self, path: &str) {
        let mut state = self.state();
        state.answers += 1;
        state.refusals = 0;
        state.suspicion = None;
        state.cloud = None;
        if !state.failing.is_empty() {
            state.failing.remove(path);
            state.paths.remove(path);
        }
    }

    /// An attempt of a question has failed. Returns how often in a row the cloud has refused all that was asked.
    pub fn failed(&self, path: &str, question: Beginning, attempt: Beginning, kind: Kind) -> u32 {
        let mut state = self.state();
        let now = Instant::now();
        let failing = state
            .failing
            .entry(path.to_owned())
            .or_insert(Failing { times: 0, last: now });
        failing.times += 1;
        failing.last = now;
        // Of many that were sent at once, one counts.
        if kind == Kind::RateLimited && attempt.refusals == state.refusals {
            state.refusals += 1;
        }
        let confirmed = state
            .suspicion
            .take_if(|(other, outage)| other != path && question.at <= outage.until);
        if let Some((_, outage)) = confirmed {
            state.cloud = Some(Outage {
                until: now + REST,
                ..outage
            });
            self.found.send_replace(());
        }
        state.refusals
    }

    /// A question has been asked in vain for as long as it may be.
    pub fn gave_up(&self, path: &str, question: Beginning, error: &Error) {
        let mut state = self.state();
        let outage = Outage {
            until: Instant::now() + REST,
            error: error.clone(),
        };
        let is_repeated = state.failing.get(path).is_some_and(|failing| failing.times > 1);
        if is_repeated {
            state.paths.insert(path.to_owned(), outage.clone());
        }
        if state.answers == question.answers {
            let fails_too = |(other, failing): (&String, &Failing)| other != path && failing.last >= question.at;
            let is_whole = is_repeated && is_of_the_whole_cloud(error.kind);
            match is_whole || state.failing.iter().any(fails_too) {
                true => state.cloud = Some(outage),
                false => state.suspicion = Some((path.to_owned(), outage)),
            }
        }
        self.found.send_replace(());
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

/// The answer to a question, unless what it asks for turns out to be out of order first.
pub async fn unless_out_of_order<T>(
    breaker: &Breaker,
    path: &str,
    answer: impl Future<Output = T>,
) -> Result<T, Error> {
    tokio::select! {
        biased;
        error = breaker.outage(path) => Err(error),
        answer = answer => Ok(answer),
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

    /// Asks in vain so often, with a second before each failure.
    async fn in_vain(breaker: &Breaker, path: &str, kind: Kind, times: u32) {
        let question = breaker.begin();
        for _ in 0..times {
            let attempt = breaker.begin();
            tokio::time::sleep(SECOND).await;
            breaker.failed(path, question, attempt, kind);
        }
        breaker.gave_up(path, question, &error(kind));
    }

    async fn is_out(breaker: &Breaker, path: &str) -> bool {
        unless_out_of_order(breaker, path, std::future::ready(()))
            .await
            .is_err()
    }

    async fn check(breaker: &Breaker, expected: &[(&str, bool)]) {
        for (path, out) in expected {
            assert_eq!(is_out(breaker, path).await, *out, "{path}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn two_paths_in_vain_are_a_cloud_out_of_order() {
        for kind in [Kind::AnswerLost, Kind::CloudFailed] {
            let breaker = Breaker::default();
            tokio::join!(in_vain(&breaker, "/1", kind, 2), in_vain(&breaker, "/2", kind, 3));
            check(&breaker, &[("/1", true), ("/2", true), ("/3", true)]).await;
            tokio::time::sleep(REST).await;
            check(&breaker, &[("/1", false), ("/3", false)]).await;
        }
    }

    #[tokio::test(start_paused = true)]
    async fn one_that_hangs_among_others_is_out_of_order_alone() {
        let breaker = Breaker::default();
        let answers = async {
            for path in ["/2", "/3"] {
                tokio::time::sleep(SECOND).await;
                breaker.answered(path);
            }
        };
        tokio::join!(in_vain(&breaker, "/1", Kind::AnswerLost, 5), answers);
        check(&breaker, &[("/1", true), ("/2", false)]).await;
        // Nor does a slip of another one later make it the cloud.
        let question = breaker.begin();
        breaker.failed("/2", question, question, Kind::CloudFailed);
        check(&breaker, &[("/2", false), ("/3", false)]).await;
        breaker.answered("/1");
        check(&breaker, &[("/1", false)]).await;
    }

    #[tokio::test(start_paused = true)]
    async fn after_one_in_vain_a_single_attempt_of_the_next_decides() {
        for next_is_answered in [false, true] {
            let breaker = Breaker::default();
            in_vain(&breaker, "/1", Kind::AnswerLost, 5).await;
            check(&breaker, &[("/1", true), ("/2", false)]).await;
            let question = breaker.begin();
            // However long it takes.
            tokio::time::sleep(2 * REST).await;
            match next_is_answered {
                true => breaker.answered("/2"),
                false => drop(breaker.failed("/2", question, question, Kind::AnswerLost)),
            }
            check(&breaker, &[("/2", !next_is_answered), ("/3", !next_is_answered)]).await;
        }
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_about_the_whole_cloud_needs_no_second_path() {
        for kind in [Kind::RateLimited, Kind::Unreachable] {
            let breaker = Breaker::default();
            in_vain(&breaker, "/1", kind, 2).await;
            check(&breaker, &[("/2", true)]).await;
            breaker.answered("/3");
            check(&breaker, &[("/2", false)]).await;
            // A single slip is none.
            let breaker = Breaker::default();
            in_vain(&breaker, "/1", kind, 1).await;
            check(&breaker, &[("/1", false), ("/2", false)]).await;
        }
    }

    #[tokio::test(start_paused = true)]
    async fn refusals_of_what_was_sent_at_once_count_once() {
        let breaker = Breaker::default();
        let question = breaker.begin();
        let refuse = |attempt| breaker.failed("/1", question, attempt, Kind::RateLimited);
        let (one, other) = (breaker.begin(), breaker.begin());
        assert_eq!((refuse(one), refuse(other)), (1, 1));
        let next = breaker.begin();
        assert_eq!((refuse(next), refuse(one)), (2, 2));
        breaker.answered("/2");
        assert_eq!(refuse(breaker.begin()), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn who_is_under_way_is_cut() {
        let breaker = Breaker::default();
        let waiting = unless_out_of_order(&breaker, "/3", std::future::pending::<()>());
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
