//! A creation that goes wrong: it is never sent twice unless the answer proves that nothing was made.

use std::sync::Arc;

use gpupod::clouds::Kind;
use serde_json::{Value, json};
use tokio::task;

use super::{
    bench::{Bench, kind},
    things::Thing,
    with_every_thing,
};

#[tokio::test]
async fn a_creation_that_may_have_been_done_is_sent_once() {
    with_every_thing(async |bench, thing| {
        let table = [
            (json!({"respond": {"status": 500}}), Kind::CloudFailed),
            (json!({"respond": {"status": 502, "body": "<html>"}}), Kind::CloudFailed),
            (json!({"respond": {"status": 200, "body": "<html>"}}), Kind::Unreadable),
            (json!({"cut": {}}), Kind::AnswerLost),
        ];
        for (action, expected) in table {
            check_sent_once(bench, thing, &action, expected).await;
        }
    })
    .await;
}

async fn check_sent_once(bench: &Bench, thing: Thing, action: &Value, expected: Kind) {
    bench.simulator.clear_requests();
    bench.order("POST", 1, action);
    let result = thing.create(&*bench.persistent()).await;
    assert_eq!(kind(result), Some(expected), "{action}");
    assert!(!expected.proves_nothing_was_done(), "{expected:?}");
    assert_eq!(orders(bench), 1, "{action}");
}

/// How often something was to be made. What is read first, such as what there is to choose from, does not count.
fn orders(bench: &Bench) -> usize {
    let requests = bench.simulator.requests();
    requests.iter().filter(|request| request.method == "POST").count()
}

#[tokio::test]
async fn what_was_made_without_an_answer_is_in_the_list() {
    with_every_thing(async |bench, thing| {
        for action in [
            json!({"respond": {"status": 500, "carried_out": true}}),
            json!({"cut": {"carried_out": true}}),
        ] {
            let bench = Bench::new(bench.description);
            bench.order("POST", 1, &action);
            assert!(thing.create(&*bench.cloud).await.is_err());
            let listed = thing.list(&*bench.cloud).await.expect("are listed");
            assert!(listed.values().eq([&Some(thing.name().to_owned())]), "{action}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_creation_that_was_too_early_is_sent_again() {
    with_every_thing(async |bench, thing| {
        let busy = json!({"respond": {"status": 429, "headers": {"Retry-After": "0"}}});
        bench.order("POST", 1, &busy);
        let made = thing.create(&*bench.persistent()).await.expect("is made");
        assert_eq!(orders(bench), 2);
        let listed = thing.list(&*bench.cloud).await.expect("are listed");
        assert!(listed.keys().eq([&made]));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_creation_that_nobody_waits_for_leaves_a_cloud_that_works() {
    with_every_thing(async |bench, thing| {
        bench.order("POST", 1, &json!({"hang": {"carried_out": true}}));
        let cloud = Arc::clone(&bench.cloud);
        let creation = tokio::spawn(async move { thing.create(&*cloud).await.map(drop) });
        assert!(task::block_in_place(|| bench.simulator.wait_for(|requests| requests
            .iter()
            .any(|request| request.method == "POST"))));
        creation.abort();
        assert!(creation.await.expect_err("is dropped").is_cancelled());
        let listed = thing.list(&*bench.cloud).await.expect("are listed");
        assert_eq!(listed.len(), 1, "what was sent may have been done");
    })
    .await;
}
