//! Reads and orders that fail: what is sent again, and what the error says in the end.

use gpupod::clouds::Kind;
use serde_json::{Value, json};

use super::{
    bench::{Bench, kind},
    on_every_cloud,
};

fn answer(status: u16) -> Value {
    json!({"respond": {"status": status, "body": "<html>busy</html>"}})
}

#[tokio::test]
async fn a_failed_read_says_what_happened() {
    on_every_cloud(async |bench| {
        let id = bench.create().await.id;
        let table = [
            (answer(200), Kind::Unreadable),
            (answer(400), Kind::Invalid),
            (answer(401), Kind::Unauthorized),
            (answer(402), Kind::Payment),
            (answer(403), Kind::Forbidden),
            (answer(429), Kind::RateLimited),
            (answer(500), Kind::CloudFailed),
            (answer(502), Kind::CloudFailed),
            (answer(503), Kind::CloudFailed),
            (json!({"cut": {}}), Kind::AnswerLost),
            (json!({"replace_body": "{\"data\":"}), Kind::Unreadable),
        ];
        for (action, expected) in table {
            bench.order("GET", 2, &action);
            assert_eq!(kind(bench.cloud.pod(&id).await), Some(expected), "{action}");
            assert_eq!(kind(bench.cloud.pods().await), Some(expected), "{action}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_read_that_failed_is_sent_again() {
    on_every_cloud(async |bench| {
        tokio::join!(
            check_read_again(bench, answer(500)),
            check_read_again(bench, answer(502)),
            check_read_again(bench, answer(429)),
            check_read_again(bench, json!({"cut": {}})),
        );
    })
    .await;
}

async fn check_read_again(bench: &Bench, action: Value) {
    let bench = Bench::new(bench.description);
    bench.order("GET", 1, &action);
    let pods = bench.persistent().pods().await;
    assert!(pods.is_ok_and(|pods| pods.is_empty()), "{action}");
    assert_eq!(bench.simulator.requests().len(), 2, "{action}");
}

#[tokio::test]
async fn a_read_that_keeps_failing_is_given_up() {
    on_every_cloud(async |bench| {
        bench.order("GET", 9, &answer(500));
        assert_eq!(kind(bench.persistent().pods().await), Some(Kind::CloudFailed));
        assert_eq!(bench.simulator.requests().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn what_would_be_refused_again_is_sent_once() {
    on_every_cloud(async |bench| {
        for status in [200, 400, 401, 403] {
            bench.simulator.clear_requests();
            bench.order("GET", 1, &answer(status));
            assert!(bench.persistent().pods().await.is_err(), "{status}");
            assert_eq!(bench.simulator.requests().len(), 1, "{status}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_deletion_whose_answer_was_lost_is_sent_again() {
    on_every_cloud(async |bench| {
        let id = bench.deletable().await;
        bench.order("DELETE", 1, &json!({"cut": {"carried_out": true}}));
        bench.persistent().delete_pod(&id).await.expect("is told to end");
        bench.phases_until(&id, None).await;
    })
    .await;
}

#[tokio::test]
async fn a_failure_at_the_cloud_makes_no_pod_gone() {
    on_every_cloud(async |bench| {
        let id = bench.deletable().await;
        bench.order("DELETE", 1, &answer(500));
        assert_eq!(kind(bench.cloud.delete_pod(&id).await), Some(Kind::CloudFailed));
        assert!(bench.phase(&id).await.is_some());
    })
    .await;
}
