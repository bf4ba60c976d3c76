//! Cancellation and deadlines of requests.

use std::time::Duration;

use reqwest::Method;
use tokio_util::sync::CancellationToken;

use super::{http, ok, read, request};
use crate::clouds::{
    Kind, Settings,
    http::{
        Idempotency, Request,
        test_server::{Reply, TestServer},
        with_cancellation, with_deadline,
    },
};

/// A request that is not sent yet at the cancellation, and one that is in flight.
#[tokio::test]
async fn only_a_write_that_is_not_sent_is_left() {
    let left = Some(Kind::Interrupted);
    let table = [
        // What is sent, what has come before the stop, the end, requests
        (create(), None, left, 0),
        (create(), Some(Reply::json(429, "")), left, 1),
        (delete(), None, left, 0),
        (delete(), Some(Reply::json(429, "")), left, 1),
        (change(), None, left, 0),
        // What may have been done is told as such.
        (delete(), Some(Reply::json(500, "{}")), Some(Kind::CloudFailed), 1),
        (change(), Some(Reply::CutAfterReading), Some(Kind::AnswerLost), 1),
        (a_read(), None, None, 1),
        (a_read(), Some(Reply::json(500, "{}")), None, 2),
    ];
    for (request, before, expected, requests) in table {
        let stop = CancellationToken::new();
        let is_first = before.is_none();
        let server = TestServer::start(before.into_iter().chain([ok()])).await;
        let stopping = stop.clone();
        let http = http(&server.base_url, Settings::default()).with_sleep(move |_| stopping.cancel());
        if is_first {
            stop.cancel();
        }
        let result = with_cancellation(&stop, http.send(&request, read)).await;
        let kind = result.err().map(|error| error.kind);
        assert_eq!((kind, server.lines().len()), (expected, requests), "{}", request.method);
    }
}

fn create() -> Request {
    request(Idempotency::NonIdempotent)
}

fn delete() -> Request {
    Request::new(
        Method::DELETE,
        "/v1/things/1",
        Idempotency::Idempotent,
        "deleting a thing",
    )
}

fn change() -> Request {
    Request::new(
        Method::PATCH,
        "/v1/things/1",
        Idempotency::Idempotent,
        "changing a thing",
    )
}

fn a_read() -> Request {
    Request::new(Method::GET, "/v1/things/1", Idempotency::Idempotent, "reading a thing")
}

#[tokio::test]
async fn a_write_in_flight_is_waited_for() {
    let stop = CancellationToken::new();
    let server = TestServer::start([ok()]).await;
    let http = http(&server.base_url, Settings::default());
    let write = request(Idempotency::NonIdempotent);
    let sent = async {
        let result = http.send(&write, read).await;
        assert!(stop.is_cancelled(), "the answer came before the stop");
        result
    };
    let stopping = async {
        while server.lines().is_empty() {
            tokio::task::yield_now().await;
        }
        stop.cancel();
    };
    let (result, ()) = tokio::join!(with_cancellation(&stop, sent), stopping);
    assert!(result.is_ok());
}

/// Many requests too many, one after the other: how it ends, and after how many requests.
#[tokio::test]
async fn what_is_asked_too_often_is_asked_again_while_there_is_time() {
    const REFUSALS: usize = 6;
    let now = tokio::time::Instant::now();
    let later = now + Duration::from_secs(3600);
    let too_much = Some(Kind::RateLimited);
    let table = [
        // The time there is, `max_retries`, the end, requests
        (Some(later), 2, None, REFUSALS + 1),
        (Some(later), 0, too_much, 1),
        (Some(now), 2, too_much, 1),
        (None, 2, too_much, 3),
    ];
    for (until, max_retries, expected, requests) in table {
        for idempotency in [Idempotency::Idempotent, Idempotency::NonIdempotent] {
            let replies = vec![Reply::json(429, ""); REFUSALS].into_iter().chain([ok()]);
            let server = TestServer::start(replies).await;
            let settings = Settings {
                max_retries,
                ..Settings::default()
            };
            let http = http(&server.base_url, settings).with_sleep(|_| {});
            let write = request(idempotency);
            let sent = http.send(&write, read);
            let result = match until {
                Some(until) => with_deadline(&CancellationToken::new(), until, sent).await,
                None => sent.await,
            };
            let kind = result.err().map(|error| error.kind);
            assert_eq!(
                (kind, server.lines().len()),
                (expected, requests),
                "{until:?} {max_retries} {idempotency:?}"
            );
        }
    }
}

#[tokio::test]
async fn nobody_who_wants_to_stop_waits_for_another_turn() {
    let stop = CancellationToken::new();
    let server = TestServer::start([Reply::json(429, ""), ok()]).await;
    let stopping = stop.clone();
    let http = http(&server.base_url, Settings::default()).with_sleep(move |_| stopping.cancel());
    let later = tokio::time::Instant::now() + Duration::from_secs(3600);
    let result = with_deadline(&stop, later, http.send(&a_read(), read)).await;
    assert_eq!(result.err().map(|error| error.kind), Some(Kind::RateLimited));
    assert_eq!(server.lines().len(), 1);
}

#[tokio::test]
async fn other_failures_count_while_there_is_time() {
    let settings = Settings {
        max_retries: 1,
        ..Settings::default()
    };
    let replies = [429, 500, 429, 500].map(|status| Reply::json(status, "{}"));
    let server = TestServer::start(replies.into_iter().chain([ok()])).await;
    let http = http(&server.base_url, settings).with_sleep(|_| {});
    let later = tokio::time::Instant::now() + Duration::from_secs(3600);
    let write = request(Idempotency::Idempotent);
    let result = with_deadline(&CancellationToken::new(), later, http.send(&write, read)).await;
    assert_eq!(result.err().map(|error| error.kind), Some(Kind::CloudFailed));
    assert_eq!(server.lines().len(), 4);
}
