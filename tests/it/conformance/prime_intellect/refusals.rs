//! Pods that are not found, and answers that are about something else.

use gpupod::clouds::{Kind, PodId};

use super::{answer_next, asked, bench, reading};
use crate::conformance::bench::kind;

const ID: &str = "4d1f0a7c93b64e258f60c2d95a3e71b8";

fn id() -> PodId {
    PodId::new(ID).expect("an id")
}

#[tokio::test]
async fn what_is_not_found_may_be_there() {
    let bench = bench();
    for method in ["GET", "DELETE"] {
        answer_next(&bench, &format!("{method} *"), 404, "error-not-found");
    }
    assert_eq!(kind(bench.cloud.pods().get(&id()).await), Some(Kind::NotFound));
    assert_eq!(kind(bench.cloud.pods().delete(&id()).await), Some(Kind::NotFound));
    assert_eq!(asked(&bench).len(), 2);
}

#[tokio::test]
async fn an_end_needs_no_more_than_an_answer() {
    let bench = bench();
    answer_next(&bench, "DELETE *", 200, "pod-deleted");
    bench.cloud.pods().delete(&id()).await.expect("is deleted");
    assert_eq!(asked(&bench), [format!("DELETE /api/v1/pods/{ID}")]);
}

#[tokio::test]
async fn a_body_of_another_call_is_no_pod() {
    for fixture in ["pod-deleted", "status-list", "pod-list-page", "availability-page"] {
        let bench = reading(fixture);
        assert_eq!(
            kind(bench.cloud.pods().get(&id()).await),
            Some(Kind::Unreadable),
            "{fixture}"
        );
    }
}
