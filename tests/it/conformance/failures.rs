//! Retries of reads and writes that fail, and the error in the end.

use gpupod::clouds::Kind;
use serde_json::{Value, json};

use super::{bench::kind, with_every_thing};

fn answer(status: u16) -> Value {
    json!({"respond": {"status": status, "body": "<html>busy</html>"}})
}

#[tokio::test]
async fn a_failed_read_says_what_happened() {
    with_every_thing(async |bench, thing| {
        let id = thing.create(&*bench.cloud).await.expect("is made");
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
            assert_eq!(kind(thing.read(&*bench.cloud, &id).await), Some(expected), "{action}");
            assert_eq!(kind(thing.list(&*bench.cloud).await), Some(expected), "{action}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_read_that_failed_is_sent_again() {
    with_every_thing(async |bench, thing| {
        let id = &thing.create(&*bench.cloud).await.expect("is made");
        bench.simulator.clear_requests();
        for action in [answer(500), answer(502), answer(429), json!({"cut": {}})] {
            bench.order("GET", 1, &action);
        }
        let cloud = &*bench.persistent();
        let read = async || assert!(thing.read(cloud, id).await.is_ok_and(|seen| seen.is_some()));
        tokio::join!(read(), read(), read(), read());
    })
    .await;
}
#[tokio::test]
async fn a_read_that_keeps_failing_is_given_up() {
    with_every_thing(async |bench, thing| {
        bench.order("GET", 9, &answer(500));
        let listed = thing.list(&*bench.persistent()).await;
        assert_eq!(kind(listed), Some(Kind::CloudFailed));
        assert_eq!(bench.simulator.requests().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn what_would_be_refused_again_is_sent_once() {
    with_every_thing(async |bench, thing| {
        for status in [200, 400, 401, 403] {
            bench.simulator.clear_requests();
            bench.order("GET", 1, &answer(status));
            assert!(thing.list(&*bench.persistent()).await.is_err(), "{status}");
            assert_eq!(bench.simulator.requests().len(), 1, "{status}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_deletion_whose_answer_was_lost_is_sent_again() {
    with_every_thing(async |bench, thing| {
        let id = thing.deletable(bench).await;
        bench.order("DELETE", 1, &json!({"cut": {"carried_out": true}}));
        let deleted = thing.delete(&*bench.persistent(), &id).await;
        deleted.expect("is told to end");
        thing.pass_until_gone(bench, &id).await;
    })
    .await;
}

/// A 404 without a code of the cloud may come from somebody on the way.
#[tokio::test]
async fn a_failure_on_the_way_makes_nothing_gone() {
    with_every_thing(async |bench, thing| {
        let id = thing.deletable(bench).await;
        for (action, expected) in [(answer(404), Kind::NotFound), (answer(500), Kind::CloudFailed)] {
            bench.order("DELETE", 1, &action);
            assert_eq!(kind(thing.delete(&*bench.cloud, &id).await), Some(expected), "{action}");
            assert!(thing.read(&*bench.cloud, &id).await.expect("is read").is_some());
        }
        bench.order("GET", 1, &answer(404));
        match thing.read(&*bench.cloud, &id).await {
            Ok(seen) => assert!(seen.is_some()),
            // Who cannot tell how it is says at least that it is not gone.
            Err(error) => assert_eq!(error.kind, Kind::NotFound),
        }
    })
    .await;
}
