//! The cloud's own clock, as the `Date` headers of its answers tell it: to know whether something was made before or
//! after a request, without trusting the clock of this machine.

use std::sync::{Mutex, PoisonError};

use time::OffsetDateTime;
use tokio::time::Instant;

/// What the cloud's clock showed, and when that was by ours, of the latest answer that told it.
#[derive(Default)]
pub struct CloudClock {
    latest: Mutex<Option<(Instant, OffsetDateTime)>>,
}

impl CloudClock {
    /// Notes the date of an answer that has just come.
    pub fn note(&self, date: OffsetDateTime) {
        *self.latest.lock().unwrap_or_else(PoisonError::into_inner) = Some((Instant::now(), date));
    }

    /// What the clock showed at a moment of ours, in milliseconds since 1970; at most as much as the answer was on its
    /// way, and a second, too early.
    pub fn at(&self, moment: Instant) -> Option<i64> {
        let (noted, date) = (*self.latest.lock().unwrap_or_else(PoisonError::into_inner))?;
        let date = match noted.checked_duration_since(moment) {
            Some(before) => date.checked_sub(before.try_into().ok()?)?,
            None => date.checked_add(moment.duration_since(noted).try_into().ok()?)?,
        };
        i64::try_from(date.unix_timestamp_nanos() / 1_000_000).ok()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn moments_are_counted_from_the_latest_date() {
        let clock = CloudClock::default();
        let began = Instant::now();
        assert_eq!(clock.at(began), None);
        for (waits, date, at_the_beginning) in [(0, 1_000, 1_000_000), (60, 1_500, 1_440_000), (5, 1_505, 1_440_000)] {
            tokio::time::advance(Duration::from_secs(waits)).await;
            clock.note(OffsetDateTime::from_unix_timestamp(date).expect("a date"));
            assert_eq!(clock.at(began), Some(at_the_beginning));
        }
        let later = began + Duration::from_millis(65_250);
        assert_eq!(clock.at(later), Some(1_505_250));
    }
}
