//! A creation that goes wrong: it is never sent twice unless the answer proves that nothing was made.

use std::sync::Arc;

use gpupod::clouds::Kind;
use serde_json::{Value, json};
use tokio::task;

use super::{
    bench::{Bench, kind},
    on_every_cloud,
};

#[tokio::test]
async fn a_creation_that_may_have_been_done_is_sent_once() {
    on_every_cloud(async |bench| {
        let table = [
            (json!({"respond": {"status": 500}}), Kind::CloudFailed),
            (json!({"respond": {"status": 502, "body": "<html>"}}), Kind::CloudFailed),
            (json!({"respond": {"status": 200, "body": "<html>"}}), Kind::Unreadable),
            (json!({"cut": {}}), Kind::AnswerLost),
        ];
        for (action, expected) in table {
            check_sent_once(bench, &action, expected).await;
        }
    })
    .await;
}

async fn check_sent_once(bench: &Bench, action: &Value, expected: Kind) {
    bench.simulator.clear_requests();
    bench.order("POST", 1, action);
    let result = bench.persistent().create_pod(&bench.least_spec()).await;
    assert_eq!(kind(result), Some(expected), "{action}");
    assert!(!expected.proves_nothing_was_done(), "{expected:?}");
    assert_eq!(bench.creations().len(), 1, "{action}");
}

#[tokio::test]
async fn a_pod_whose_creation_got_no_answer_is_in_the_list() {
    on_every_cloud(async |bench| {
        for action in [
            json!({"respond": {"status": 500, "carried_out": true}}),
            json!({"cut": {"carried_out": true}}),
        ] {
            let bench = Bench::new(bench.description);
            bench.order("POST", 1, &action);
            assert!(bench.cloud.create_pod(&bench.least_spec()).await.is_err());
            let pods = bench.cloud.pods().await.expect("are listed");
            let names: Vec<_> = pods.iter().map(|pod| pod.observed.name.as_deref()).collect();
            assert_eq!(names, [Some("trainer")], "{action}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_creation_that_was_too_early_is_sent_again() {
    on_every_cloud(async |bench| {
        let busy = json!({"respond": {"status": 429, "headers": {"Retry-After": "0"}}});
        bench.order("POST", 1, &busy);
        let made = bench.persistent().create_pod(&bench.least_spec()).await;
        assert_eq!(bench.creations().len(), 2);
        assert_eq!(bench.listed().await, [made.expect("is made").id].into());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_creation_that_nobody_waits_for_leaves_a_cloud_that_works() {
    on_every_cloud(async |bench| {
        bench.order("POST", 1, &json!({"hang": {"carried_out": true}}));
        let (cloud, spec) = (Arc::clone(&bench.cloud), bench.least_spec());
        let creation = tokio::spawn(async move { cloud.create_pod(&spec).await.map(drop) });
        assert!(task::block_in_place(|| bench
            .simulator
            .wait_for(|requests| requests.len() == 1)));
        creation.abort();
        assert!(creation.await.expect_err("is dropped").is_cancelled());
        assert_eq!(bench.listed().await.len(), 1, "what was sent may have been done");
    })
    .await;
}
