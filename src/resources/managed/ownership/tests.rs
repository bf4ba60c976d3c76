//! Rulings on ownership, from the evidence of an object and from the time.

use super::*;
use crate::{clouds::Volume, resources::testing::volume};

const SENT: i64 = 1_000_000_000;
const NOW: i64 = SENT + 30_000;

#[track_caller]
fn check(times: (Option<i64>, Option<i64>), created: Option<i64>, evidence: Evidence, expected: Result<Ruling, &str>) {
    let circumstances = Circumstances {
        sent: times.0,
        now: times.1,
        before: None,
    };
    let object = Volume {
        created_at: created,
        ..volume("1", "data")
    };
    let ruling = circumstances.ruling(&object, evidence);
    match (expected, &ruling) {
        (Ok(expected), ruling) => assert_eq!(*ruling, expected),
        (Err(expected), Ruling::Older(reason) | Ruling::Unproven(reason)) => {
            assert!(reason.contains(expected), "{reason}");
        }
        (Err(expected), ruling) => panic!("{ruling:?} instead of {expected:?}"),
    }
}

#[test]
fn what_is_equal_has_to_be_younger_than_the_request() {
    let equal = |created, expected| check((Some(SENT), Some(NOW)), Some(created), Evidence::Equal, expected);
    equal(SENT, Ok(Ruling::Fits));
    equal(SENT - 499, Ok(Ruling::Fits));
    equal(SENT - 501, Err("created less than a second before the request"));
    equal(SENT - 1_000, Ok(Ruling::Fits)); // It may have been a second later.
    equal(SENT - 1_501, Err("created 1s before the request"));
    equal(SENT - 3_000, Err("created 3s before the request"));
    equal(SENT - 3 * 3_600_000 - 59_000, Err("created 3h before the request"));
    equal(SENT - 86_400_000, Err("created 24h before the request"));
    equal(SENT - 5 * 86_400_000, Err("created 5 days before the request"));
    equal(i64::MIN, Err("days before the request"));
    equal(i64::MAX, Err("created in the future"));
    equal(NOW + 1_499, Ok(Ruling::Fits));
    equal(NOW + 3_000, Err("created in the future"));
}

#[test]
fn without_the_time_nothing_but_a_mark_or_a_key_is_proof() {
    let unknown = [
        (None, None, Some(SENT), "what its clock shows"),
        (None, Some(NOW), Some(SENT), "what its clock shows"),
        (Some(SENT), Some(NOW), None, "does not tell when it was created"),
    ];
    for (sent, now, created, reason) in unknown {
        check((sent, now), created, Evidence::Equal, Err(reason));
        check((sent, now), created, Evidence::SameKey, Ok(Ruling::Fits));
        check((sent, now), created, Evidence::Marked, Ok(Ruling::Proven));
    }
}

#[test]
fn the_same_key_is_another_entry_if_it_is_older() {
    let key = |created, expected| check((Some(SENT), Some(NOW)), Some(created), Evidence::SameKey, expected);
    key(SENT, Ok(Ruling::Fits));
    key(SENT - 60_000, Err("created 1m before the request"));
}

#[test]
fn what_is_another_is_not_ours_however_young() {
    let other = || Evidence::Other("it is another".to_owned());
    check((Some(SENT), Some(NOW)), Some(SENT), other(), Err("it is another"));
    check((None, None), None, other(), Err("it is another"));
    check((Some(SENT), Some(NOW)), Some(0), other(), Err("before the request"));
}

#[test]
fn what_was_there_before_is_not_ours() {
    let before = BTreeSet::from(["1".to_owned()]);
    let circumstances = Circumstances {
        sent: None,
        now: None,
        before: Some(&before),
    };
    let ruling = circumstances.ruling(&volume("1", "data"), Evidence::SameKey);
    assert!(matches!(ruling, Ruling::Older(_)), "{ruling:?}");
    let ruling = circumstances.ruling(&volume("2", "data"), Evidence::SameKey);
    assert_eq!(ruling, Ruling::Fits);
}
