//! Adaptive rate limiter, shared by all requests to one cloud. Its rate behaves like AIMD congestion control: slow increase
//! with every accepted request, multiplicative decrease with every HTTP 429.
//!
//! No document of a cloud's names its rate limit. So nothing is throttled before the first 429. From then on requests are
//! spaced, a little further apart than those that were accepted within the second before. The increase is a small factor
//! for each accepted request instead of a constant, so that a limit of five requests a second and one of five hundred are
//! found in about the same number of requests.

use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{sync::Mutex as AsyncMutex, time::Instant};

const SECOND: Duration = Duration::from_secs(1);
/// Share of the rate that was accepted before the first 429.
const CAUTION: f64 = 0.95;
/// Multiplicative decrease: the factor of a 429 on the gap between two requests, and that of a 429 soon after another.
const DECREASE: f64 = 1.1;
const SHARP_DECREASE: f64 = 1.5;
/// Increase: the factor of an accepted request on the gap.
const INCREASE: f64 = 0.998;
/// Two 429s this close to each other mean that the rate is far off.
const CLOSE: Duration = Duration::from_secs(5);
/// The lowest rate, however often a cloud refuses.
const LONGEST_GAP: Duration = Duration::from_secs(10);
/// A limit above a thousand requests a second is none.
const SHORTEST_GAP: Duration = Duration::from_millis(1);

/// The rate limiter of one cloud.
pub struct RateLimiter {
    began: Instant,
    state: Mutex<State>,
    /// The queue of writes. Whoever holds it is the first of them.
    writes: AsyncMutex<()>,
    /// Whoever holds it gets the next permit.
    head: AsyncMutex<()>,
}

/// The FIFO queue that a request waits in. A read is never behind more than one write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Queue {
    Writes,
    Reads,
}

/// All moments are counted from the beginning.
#[derive(Debug, Default)]
struct State {
    /// The time between two requests, the inverse of the rate; `None` while no limit is known.
    gap: Option<Duration>,
    /// When the next permit is due.
    next: Duration,
    refusals: u64,
    /// The last decrease. A 429 soon after it belongs to a request that was in flight before.
    decreased: Option<Duration>,
    /// When requests were accepted within the last second.
    accepted: VecDeque<Duration>,
}

impl RateLimiter {
    pub fn new() -> Self {
        Self {
            began: Instant::now(),
            state: Mutex::default(),
            writes: AsyncMutex::default(),
            head: AsyncMutex::default(),
        }
    }

    /// Waits for a permit, first in, first out. Only the head of the queue computes its wait: a 429 in the meantime holds up
    /// all behind it.
    ///
    /// A read stands behind one write at most: many may wait for its response, and a list is read page by page.
    pub async fn wait_for_permit<F: Future<Output = ()>>(&self, queue: Queue, sleep: impl Fn(Duration) -> F) {
        let _write = match queue {
            Queue::Writes => Some(self.writes.lock().await),
            Queue::Reads => None,
        };
        let _head = self.head.lock().await;
        loop {
            let (wait, refusals) = self.state().wait(self.began.elapsed());
            if !wait.is_zero() {
                sleep(wait).await;
            }
            if self.state().refusals == refusals {
                break;
            }
        }
        self.state().take_permit(self.began.elapsed());
    }

    pub fn accepted(&self) {
        self.state().accepted(self.began.elapsed());
    }

    /// HTTP 429: nothing is sent before this time has passed.
    pub fn rate_limited(&self, wait: Duration) {
        self.state().rate_limited(self.began.elapsed(), wait);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// The time to the next permit, and the number of 429s that it takes into account.
    fn wait(&self, now: Duration) -> (Duration, u64) {
        (self.next.saturating_sub(now), self.refusals)
    }

    fn take_permit(&mut self, now: Duration) {
        self.next = self.next.max(now + self.gap.unwrap_or_default());
    }

    fn accepted(&mut self, now: Duration) {
        self.accepted.push_back(now);
        while self.accepted.front().is_some_and(|then| *then + SECOND < now) {
            self.accepted.pop_front();
        }
        let shorter = self.gap.map(|gap| gap.mul_f64(INCREASE));
        // Of many requests at once the 429 may be the first response.
        let gap = match self.has_just_decreased(now) {
            true => shorter.map(|gap| gap.min(self.cautious_gap(now))),
            false => shorter,
        };
        self.gap = gap.filter(|gap| *gap >= SHORTEST_GAP);
    }

    fn rate_limited(&mut self, now: Duration, wait: Duration) {
        self.refusals += 1;
        self.next = self.next.max(now + wait);
        if self.has_just_decreased(now) {
            return;
        }
        let is_close = self.decreased.is_some_and(|then| now < then + CLOSE);
        let gap = match self.gap {
            Some(gap) if is_close => gap.mul_f64(SHARP_DECREASE),
            Some(gap) => gap.mul_f64(DECREASE),
            None => self.cautious_gap(now),
        };
        self.gap = Some(gap.min(LONGEST_GAP));
        self.decreased = Some(now);
    }

    fn has_just_decreased(&self, now: Duration) -> bool {
        self.decreased.is_some_and(|then| now < then + SECOND)
    }

    /// A little more than what lay between the requests that were accepted within the last second.
    fn cautious_gap(&self, now: Duration) -> Duration {
        let recently = self.accepted.iter().filter(|then| **then + SECOND >= now).count();
        SECOND.div_f64(recently.max(1) as f64 * CAUTION)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: Duration = Duration::from_millis(1);

    /// When a request that comes now gets its permit.
    fn permit(state: &mut State, now: Duration) -> Duration {
        let due = now + state.wait(now).0;
        state.take_permit(due);
        due
    }

    #[test]
    fn nothing_is_held_back_before_a_refusal() {
        let mut state = State::default();
        for now in 0..100 {
            assert_eq!(permit(&mut state, now * MS), now * MS);
            state.accepted(now * MS);
        }
    }

    #[test]
    fn a_refusal_holds_all_back_and_then_they_go_one_by_one() {
        let mut state = State::default();
        for _ in 0..5 {
            state.accepted(100 * MS);
        }
        state.rate_limited(200 * MS, 3 * SECOND);
        state.rate_limited(201 * MS, SECOND);
        let permits: Vec<u128> = (0..3).map(|_| permit(&mut state, 200 * MS).as_millis()).collect();
        assert_eq!(permits, [3200, 3410, 3621], "a little slower than five in a second");
    }

    #[test]
    fn refusals_of_what_was_on_its_way_slow_down_once() {
        let mut state = State::default();
        state.accepted(Duration::ZERO);
        for _ in 0..45 {
            state.rate_limited(10 * MS, Duration::ZERO);
        }
        let first = state.gap.unwrap_or_default();
        assert_eq!(first.as_millis(), 1052);
        state.rate_limited(2 * SECOND, Duration::ZERO);
        assert_eq!(state.gap, Some(first.mul_f64(SHARP_DECREASE)));
        state.rate_limited(8 * SECOND, Duration::ZERO);
        assert_eq!(state.gap, Some(first.mul_f64(SHARP_DECREASE).mul_f64(DECREASE)));
        for seconds in 10..100 {
            state.rate_limited(seconds * SECOND, Duration::ZERO);
        }
        assert_eq!(state.gap, Some(LONGEST_GAP));
    }

    #[test]
    fn what_is_accepted_after_the_first_refusal_still_tells_the_limit() {
        let mut state = State::default();
        state.rate_limited(10 * MS, Duration::ZERO);
        for _ in 0..5 {
            state.accepted(20 * MS);
        }
        assert_eq!(
            state.gap.unwrap_or_default().as_millis(),
            210,
            "five in a second, with caution"
        );
    }

    /// A cloud that takes so many requests in any second, asked by many at once.
    #[test]
    fn the_limit_is_nearly_used_and_rarely_passed() {
        const LIMIT: usize = 5;
        const REQUESTS: usize = 1000;
        let mut state = State::default();
        let (mut taken, mut refusals, mut now) = (VecDeque::new(), 0, Duration::ZERO);
        let mut done = 0;
        while done < REQUESTS {
            now = permit(&mut state, now);
            while taken.front().is_some_and(|then| *then + SECOND <= now) {
                taken.pop_front();
            }
            match taken.len() < LIMIT {
                true => {
                    taken.push_back(now);
                    state.accepted(now);
                    done += 1;
                }
                false => {
                    refusals += 1;
                    state.rate_limited(now, SECOND);
                }
            }
        }
        let least = Duration::from_secs((REQUESTS / LIMIT) as u64);
        assert!(now < least.mul_f64(1.25), "{now:?} for what takes {least:?} at best");
        assert!(refusals < 100, "{refusals}");
    }
}
