//! Backoff before a retry: exponential with full jitter, on top of `Retry-After`.

use std::time::Duration;

use time::OffsetDateTime;

const FIRST_BACKOFF: Duration = Duration::from_millis(500);
const LONGEST_BACKOFF: Duration = Duration::from_secs(15);
/// A cloud that asks for more is asked again anyway: nobody can make the caller hang.
const LONGEST_RETRY_AFTER: Duration = Duration::from_secs(60);
/// Beyond so many HTTP 429 of one request its backoff grows no longer: the rate limiter makes all requests wait for it.
pub const MOST_RATE_LIMITED: u32 = 3;

/// Exponential backoff with full jitter, on top of what the cloud asks for. `fraction` is random, from 0 to 1.
pub fn delay(retries: u32, retry_after: Option<Duration>, fraction: f64) -> Duration {
    let backoff = FIRST_BACKOFF
        .saturating_mul(2_u32.saturating_pow(retries))
        .min(LONGEST_BACKOFF);
    let asked_for = retry_after.unwrap_or_default().min(LONGEST_RETRY_AFTER);
    asked_for + backoff.mul_f64(fraction.clamp(0.0, 1.0))
}

/// The value of a `Retry-After` header (RFC 9110, 10.2.3): seconds, or a date, which is compared with the response's
/// own `Date`, because the clocks of two machines differ.
pub fn parse_after(value: &str, date: Option<&str>) -> Option<Duration> {
    let value = value.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)));
    }
    let wait = parse_date(value)? - parse_date(date?)?;
    Some(wait.try_into().unwrap_or(Duration::ZERO))
}

/// A date as HTTP writes it (RFC 9110, 5.6.7), such as `Sun, 06 Nov 1994 08:49:37 GMT`.
pub fn parse_date(text: &str) -> Option<OffsetDateTime> {
    httpdate::parse_http_date(text).ok().map(OffsetDateTime::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn waits_grow_up_to_a_limit() {
        let table = [
            (0, None, 1.0, SECOND / 2),
            (0, None, 0.0, Duration::ZERO),
            (1, None, 1.0, SECOND),
            (3, None, 0.5, 2 * SECOND),
            (10, None, 1.0, 15 * SECOND),
            (u32::MAX, None, 1.0, 15 * SECOND),
            (0, Some(7 * SECOND), 0.0, 7 * SECOND),
            (1, Some(7 * SECOND), 0.5, 7 * SECOND + SECOND / 2),
            (0, Some(Duration::MAX), 0.0, 60 * SECOND),
            (u32::MAX, Some(Duration::MAX), 1.0, 75 * SECOND),
        ];
        for (retries, retry_after, fraction, expected) in table {
            assert_eq!(
                delay(retries, retry_after, fraction),
                expected,
                "{retries} {retry_after:?} {fraction}"
            );
        }
    }

    #[test]
    fn retry_after_is_read() {
        const NOW: &str = "Sun, 06 Nov 1994 08:49:37 GMT";
        let check = |value, expected: Option<u64>| {
            assert_eq!(
                parse_after(value, Some(NOW)),
                expected.map(Duration::from_secs),
                "{value:?}"
            );
        };
        check("0", Some(0));
        check(" 120 ", Some(120));
        check("99999999999999999999999999", Some(u64::MAX));
        check("Sun, 06 Nov 1994 08:49:47 GMT", Some(10));
        check("Mon, 07 Nov 1994 08:49:37 GMT", Some(86_400));
        check("Sun, 06 Nov 1994 08:49:36 GMT", Some(0));
        for odd in [
            "",
            "-1",
            "1.5",
            "soon",
            "Sun, 31 Feb 1994 08:49:47 GMT",
            "Sun, 06 Nov 1994 25:00:00 GMT",
            "NaN",
        ] {
            check(odd, None);
        }
        check("Sun, 06 Nov 1994 08:49 GMT", None);
        check("Sun, 06 Nov 1994 08:49:47 CET", None);
        check("Sun, 06 Nov 99999999999 08:49:47 GMT", None);
        assert_eq!(parse_after(NOW, None), None);
        assert_eq!(parse_after(NOW, Some("now")), None);
    }
}
