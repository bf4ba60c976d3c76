//! Simulated time, in milliseconds since 1970, and how it passes.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// How simulated time passes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// No waiting: each request to a cloud lets everything pass into its next state.
    Instant,
    /// Things take a twentieth of their time.
    Fast,
    /// As the wall clock.
    Real,
    /// Only by [`advance`](super::Simulator::advance); for tests.
    Stepped,
}

const FAST: u64 = 20;
/// 2026-01-01T00:00:00Z, so that a stepped run is the same on every day.
const STEPPED_START: u64 = 1_767_225_600_000;

pub(super) struct Clock {
    pub pace: Pace,
    base: u64,
    started: Instant,
}

impl Clock {
    pub fn new(pace: Pace) -> Clock {
        let base = if pace == Pace::Stepped {
            STEPPED_START
        } else {
            wall_time()
        };
        Clock {
            pace,
            base,
            started: Instant::now(),
        }
    }

    pub fn now(&self) -> u64 {
        match self.pace {
            Pace::Stepped => self.base,
            // However fast things happen, what a client reads lies in its past, or it could not tell what came first.
            Pace::Instant | Pace::Fast | Pace::Real => self.base.saturating_add(milliseconds(self.started.elapsed())),
        }
    }

    /// How many times less than they should things take.
    pub fn speed(&self) -> u64 {
        match self.pace {
            Pace::Fast => FAST,
            Pace::Instant | Pace::Real | Pace::Stepped => 1,
        }
    }

    /// The time that has passed for a client: an instant or fast cloud has no other seconds than it.
    pub fn passed_for_clients(&self) -> Duration {
        match self.pace {
            Pace::Stepped => Duration::from_millis(self.base.saturating_sub(STEPPED_START)),
            Pace::Instant | Pace::Fast | Pace::Real => self.started.elapsed(),
        }
    }

    pub fn advance(&mut self, by: Duration) {
        self.base = self.base.saturating_add(milliseconds(by));
    }

    /// Time never goes back: a moment that has passed changes nothing.
    pub fn reach(&mut self, moment: u64) {
        let missing = moment.saturating_sub(self.now());
        self.base = self.base.saturating_add(missing);
    }
}

/// A moment as HTTP writes it (RFC 9110, 5.6.7), which ends with the year 9999.
pub(super) fn http_date(moment: u64) -> String {
    const LAST: u64 = 253_402_300_799;
    httpdate::fmt_http_date(UNIX_EPOCH + Duration::from_secs((moment / 1_000).min(LAST)))
}

/// A moment as text.
pub(super) fn iso_8601(moment: u64) -> Option<String> {
    let nanoseconds = i128::from(moment) * 1_000_000;
    OffsetDateTime::from_unix_timestamp_nanos(nanoseconds)
        .ok()?
        .format(&Rfc3339)
        .ok()
}

fn wall_time() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(STEPPED_START, milliseconds)
}

fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_written_as_http_has_it() {
        assert_eq!(http_date(784_111_777_999), "Sun, 06 Nov 1994 08:49:37 GMT");
        assert_eq!(http_date(STEPPED_START), "Thu, 01 Jan 2026 00:00:00 GMT");
    }

    #[test]
    fn no_clock_runs_ahead_of_its_client() {
        for pace in [Pace::Instant, Pace::Fast, Pace::Real] {
            let clock = Clock::new(pace);
            assert!(clock.now() <= wall_time(), "{pace:?}");
        }
        assert_eq!(Clock::new(Pace::Fast).speed(), FAST);
    }

    #[test]
    fn a_stepped_clock_moves_only_when_told() {
        let mut clock = Clock::new(Pace::Stepped);
        assert_eq!(clock.now(), STEPPED_START);
        clock.advance(Duration::from_secs(2));
        assert_eq!(clock.now(), STEPPED_START + 2_000);
        clock.reach(STEPPED_START + 1_000);
        assert_eq!(clock.now(), STEPPED_START + 2_000);
        clock.reach(STEPPED_START + 5_000);
        assert_eq!(clock.now(), STEPPED_START + 5_000);
    }
}
