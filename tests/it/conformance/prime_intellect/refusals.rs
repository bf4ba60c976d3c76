//! Pods that are gone, and how that is proven.

use gpupod::clouds::{Kind, Phase, PodId};

use super::{answer_next, asked, bench, reading};
use crate::conformance::bench::{Bench, kind};

const ID: &str = "4d1f0a7c93b64e258f60c2d95a3e71b8";

fn id() -> PodId {
    PodId::new(ID).expect("an id")
}

/// A read and a deletion that are answered with this, and each confirmed with these statuses.
fn confirming(status: u16, statuses: &str) -> Bench {
    let bench = bench();
    let html = serde_json::json!("<html>not found</html>");
    for method in ["GET", "DELETE"] {
        super::answer_next_with(&bench, &format!("{method} /api/v1/pods/{ID}"), status, &html);
        answer_next(&bench, "GET /api/v1/pods/status", 200, statuses);
    }
    bench
}

#[tokio::test]
async fn what_prime_intellect_says_is_gone_is_gone() {
    let bench = bench();
    answer_next(&bench, "GET *", 404, "error-not-found");
    assert_eq!(bench.phase(&id()).await, None);
    answer_next(&bench, "DELETE *", 404, "error-not-found");
    bench.cloud.delete_pod(&id()).await.expect("is gone");
    assert_eq!(asked(&bench).len(), 2);
}

#[tokio::test]
async fn an_end_needs_no_more_than_an_answer() {
    let bench = bench();
    answer_next(&bench, "DELETE *", 200, "pod-deleted");
    bench.cloud.delete_pod(&id()).await.expect("is deleted");
    assert_eq!(asked(&bench), [format!("DELETE /api/v1/pods/{ID}")]);
}

#[tokio::test]
async fn an_absence_that_nobody_signed_is_held_against_the_statuses() {
    let gone = confirming(404, "status-list-empty");
    assert_eq!(gone.phase(&id()).await, None);
    gone.cloud.delete_pod(&id()).await.expect("is gone");
    let statuses = format!("GET /api/v1/pods/status?pod_ids={ID}");
    let expected = [
        format!("GET /api/v1/pods/{ID}"),
        statuses.clone(),
        format!("DELETE /api/v1/pods/{ID}"),
        statuses,
    ];
    assert_eq!(asked(&gone), expected);
    for statuses in ["status-list", "status-list-older"] {
        let there = confirming(404, statuses);
        // It is read once more.
        answer_next(&there, "GET *", 200, "pod-running");
        assert_eq!(there.phase(&id()).await, Some(Phase::Running), "{statuses}");
        assert_eq!(
            kind(there.cloud.delete_pod(&id()).await),
            Some(Kind::NotFound),
            "{statuses}"
        );
    }
}

#[tokio::test]
async fn a_body_of_another_call_is_no_pod() {
    for fixture in ["pod-deleted", "status-list", "pod-list-page", "availability-page"] {
        let bench = reading(fixture);
        assert_eq!(kind(bench.cloud.pod(&id()).await), Some(Kind::Unreadable), "{fixture}");
    }
}
