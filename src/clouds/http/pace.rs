//! How fast a cloud may be asked, as far as it has made that known: all requests to it share one pace.
//!
//! No document of a cloud's names its limits. So nothing is held back until the cloud refuses a request as one too many.
//! From then on requests go one after the other, a little slower than what it accepted before. The pace slowly rises
//! again, and falls with each further refusal.

use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{sync::Mutex as AsyncMutex, time::Instant};

const SECOND: Duration = Duration::from_secs(1);
/// Of what was accepted within a second before the first refusal, so much is tried.
const CAUTION: f64 = 0.95;
/// What a refusal does to the time between two requests, what one does that follows another, and what an accepted
/// request does.
const SLOWER: f64 = 1.1;
const MUCH_SLOWER: f64 = 1.5;
const FASTER: f64 = 0.998;
/// Refusals this close to each other mean that the pace is far off.
const CLOSE: Duration = Duration::from_secs(5);
/// However often it refuses, a cloud is asked that often.
const LONGEST_GAP: Duration = Duration::from_secs(10);
/// A limit above a thousand requests a second is none.
const SHORTEST_GAP: Duration = Duration::from_millis(1);

/// The pace at which one cloud is asked.
pub struct Pace {
    began: Instant,
    state: Mutex<State>,
    /// The line of the orders. Whoever holds it is the first of them.
    orders: AsyncMutex<()>,
    /// Whoever holds it goes next.
    head: AsyncMutex<()>,
}

/// Where a request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    Orders,
    Questions,
}

/// All moments are counted from the beginning.
#[derive(Debug, Default)]
struct State {
    /// The time between two requests; `None` while no limit is known.
    gap: Option<Duration>,
    /// When the next request may go.
    next: Duration,
    refusals: u64,
    /// When it last became slower. What was refused soon after was on its way before.
    eased: Option<Duration>,
    /// When requests were accepted within the last second.
    accepted: VecDeque<Duration>,
}

impl Pace {
    pub fn new() -> Self {
        Self {
            began: Instant::now(),
            state: Mutex::default(),
            orders: AsyncMutex::default(),
            head: AsyncMutex::default(),
        }
    }

    /// Waits for a turn, in the order of coming. How long, only the first in the line has to know: what is refused in the
    /// meantime holds up all behind it.
    ///
    /// A question stands behind one order at most: many may wait for its answer, and a list is asked for page by page.
    pub async fn turn<F: Future<Output = ()>>(&self, line: Line, sleep: impl Fn(Duration) -> F) {
        let _order = match line {
            Line::Orders => Some(self.orders.lock().await),
            Line::Questions => None,
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
        self.state().go(self.began.elapsed());
    }

    pub fn accepted(&self) {
        self.state().accepted(self.began.elapsed());
    }

    /// One request too many: nobody asks again before this time has passed.
    pub fn refused(&self, wait: Duration) {
        self.state().refused(self.began.elapsed(), wait);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// How long it is until the next request may go, and how many refusals that takes into account.
    fn wait(&self, now: Duration) -> (Duration, u64) {
        (self.next.saturating_sub(now), self.refusals)
    }

    fn go(&mut self, now: Duration) {
        self.next = self.next.max(now + self.gap.unwrap_or_default());
    }

    fn accepted(&mut self, now: Duration) {
        self.accepted.push_back(now);
        while self.accepted.front().is_some_and(|then| *then + SECOND < now) {
            self.accepted.pop_front();
        }
        let faster = self.gap.map(|gap| gap.mul_f64(FASTER));
        // Of many requests at once a refused one may be the first to be answered.
        let gap = match self.has_just_eased(now) {
            true => faster.map(|gap| gap.min(self.cautious_gap(now))),
            false => faster,
        };
        self.gap = gap.filter(|gap| *gap >= SHORTEST_GAP);
    }

    fn refused(&mut self, now: Duration, wait: Duration) {
        self.refusals += 1;
        self.next = self.next.max(now + wait);
        if self.has_just_eased(now) {
            return;
        }
        let is_close = self.eased.is_some_and(|then| now < then + CLOSE);
        let gap = match self.gap {
            Some(gap) if is_close => gap.mul_f64(MUCH_SLOWER),
            Some(gap) => gap.mul_f64(SLOWER),
            None => self.cautious_gap(now),
        };
        self.gap = Some(gap.min(LONGEST_GAP));
        self.eased = Some(now);
    }

    fn has_just_eased(&self, now: Duration) -> bool {
        self.eased.is_some_and(|then| now < then + SECOND)
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

    /// When a request goes that comes now.
    fn turn(state: &mut State, now: Duration) -> Duration {
        let goes = now + state.wait(now).0;
        state.go(goes);
        goes
    }

    #[test]
    fn nothing_is_held_back_before_a_refusal() {
        let mut state = State::default();
        for now in 0..100 {
            assert_eq!(turn(&mut state, now * MS), now * MS);
            state.accepted(now * MS);
        }
    }

    #[test]
    fn a_refusal_holds_all_back_and_then_they_go_one_by_one() {
        let mut state = State::default();
        for _ in 0..5 {
            state.accepted(100 * MS);
        }
        state.refused(200 * MS, 3 * SECOND);
        state.refused(201 * MS, SECOND);
        let turns: Vec<u128> = (0..3).map(|_| turn(&mut state, 200 * MS).as_millis()).collect();
        assert_eq!(turns, [3200, 3410, 3621], "a little slower than five in a second");
    }

    #[test]
    fn refusals_of_what_was_on_its_way_slow_down_once() {
        let mut state = State::default();
        state.accepted(Duration::ZERO);
        for _ in 0..45 {
            state.refused(10 * MS, Duration::ZERO);
        }
        let first = state.gap.unwrap_or_default();
        assert_eq!(first.as_millis(), 1052);
        state.refused(2 * SECOND, Duration::ZERO);
        assert_eq!(state.gap, Some(first.mul_f64(MUCH_SLOWER)));
        state.refused(8 * SECOND, Duration::ZERO);
        assert_eq!(state.gap, Some(first.mul_f64(MUCH_SLOWER).mul_f64(SLOWER)));
        for seconds in 10..100 {
            state.refused(seconds * SECOND, Duration::ZERO);
        }
        assert_eq!(state.gap, Some(LONGEST_GAP));
    }

    #[test]
    fn what_is_accepted_after_the_first_refusal_still_tells_the_limit() {
        let mut state = State::default();
        state.refused(10 * MS, Duration::ZERO);
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
            now = turn(&mut state, now);
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
                    state.refused(now, SECOND);
                }
            }
        }
        let least = Duration::from_secs((REQUESTS / LIMIT) as u64);
        assert!(now < least.mul_f64(1.25), "{now:?} for what takes {least:?} at best");
        assert!(refusals < 100, "{refusals}");
    }
}
