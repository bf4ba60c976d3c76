//! Server clock, estimated from the `Date` headers of responses: tells whether something was created before or after a
//! request without trusting the clock of this machine (clock skew).

use std::sync::{Mutex, PoisonError};

use time::OffsetDateTime;
use tokio::time::Instant;

/// A cloud's clock, known from the latest response with a date.
#[derive(Default)]
pub struct ServerClock {
    /// By our clock, and by theirs.
    latest: Mutex<Option<(Instant, OffsetDateTime)>>,
}

impl ServerClock {
    /// Notes the date of a response that has just come.
    pub fn note(&self, date: OffsetDateTime) {
        *self.latest.lock().unwrap_or_else(PoisonError::into_inner) = Some((Instant::now(), date));
    }

    /// The cloud's time at a moment of ours, in milliseconds since 1970; at most as much as the response was on
    /// its way, and a second, too early.
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
        let clock = ServerClock::default();
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
