//! The circuit breaker under many callers: at a cloud that is silent, broken or overrun they wait as long as one. Time is
//! stepped.

use std::time::Duration;

use futures_util::{StreamExt, stream};
use reqwest::Method;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::{http, ok, read};
use crate::clouds::{
    Kind, Result, Settings,
    http::{
        Http, Idempotency, Request,
        test_server::{Reply, TestServer},
        with_deadline, with_request_budget,
    },
};

const SECOND: Duration = Duration::from_secs(1);
/// As many as Terraform asks for at once.
const PARALLELISM: usize = 10;

fn a_read(path: impl ToString) -> Request {
    Request::new(
        Method::GET,
        format!("/things/{}", path.to_string()),
        Idempotency::Idempotent,
        "reading a thing",
    )
}

async fn ask(http: &Http, path: impl ToString) -> Result<String> {
    http.send(&a_read(path), read).await
}

/// Asks for so many things, and returns how that ends and how many seconds it takes.
async fn ask_for(http: &Http, things: usize, at_once: usize) -> (Vec<Option<Kind>>, f32) {
    let start = Instant::now();
    let asked = (0..things).map(|thing| ask(http, thing));
    let kinds = stream::iter(asked)
        .buffered(at_once)
        .map(|result| result.err().map(|error| error.kind));
    (kinds.collect().await, start.elapsed().as_secs_f32())
}

async fn server_of(reply: Reply) -> (TestServer, Http) {
    let server = TestServer::start(vec![reply; 200]).await;
    let http = http(&server.base_url, Settings::default());
    (server, http)
}

fn too_soon() -> Reply {
    Reply::Answer(429, "retry-after: 60\r\n".to_owned(), Vec::new())
}

#[tokio::test(start_paused = true)]
async fn many_wait_as_long_as_one() {
    let table = [
        // The reply, the end, the most seconds that one may take
        (Reply::Silence, Kind::AnswerLost, 5.0 * 30.0 + 8.0),
        (Reply::CutAfterReading, Kind::AnswerLost, 8.0),
        (Reply::json(500, "{}"), Kind::CloudFailed, 8.0),
        (Reply::json(503, ""), Kind::CloudFailed, 8.0),
        (too_soon(), Kind::RateLimited, 4.0 * 60.0 + 8.0),
    ];
    for (reply, kind, most) in table {
        for things in [1, 8, 1000] {
            let (server, http) = server_of(reply.clone()).await;
            let (kinds, seconds) = ask_for(&http, things, PARALLELISM).await;
            assert_eq!(kinds, vec![Some(kind); things], "{reply:?}");
            assert!(seconds <= most, "{things} after {reply:?}: {seconds} s");
            let requests = server.lines().len();
            assert!(
                requests <= 5 * things.min(PARALLELISM),
                "{things} after {reply:?}: {requests}"
            );
            // Who comes soon after is told at once.
            if things > 1 {
                let (kinds, seconds) = ask_for(&http, things, PARALLELISM).await;
                assert_eq!((kinds, seconds), (vec![Some(kind); things], 0.0), "{reply:?}");
                assert_eq!(server.lines().len(), requests, "{reply:?}");
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn nobody_listens_and_many_are_told_as_soon_as_one() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a loopback port");
    let base_url = format!("http://{}", listener.local_addr().expect("an address"));
    drop(listener);
    let http = http(&base_url, Settings::default());
    let (kinds, seconds) = ask_for(&http, 1000, 1).await;
    assert_eq!(kinds, vec![Some(Kind::Unreachable); 1000]);
    assert!(seconds <= 8.0, "{seconds} s");
}

#[tokio::test(start_paused = true)]
async fn one_after_the_other_the_second_is_tried_once() {
    let (server, http) = server_of(Reply::Silence).await;
    let (_, seconds) = ask_for(&http, 1000, 1).await;
    assert!((180.0..188.0).contains(&seconds), "{seconds} s");
    assert_eq!(server.lines().len(), 6);
}

#[tokio::test(start_paused = true)]
async fn the_same_list_in_vain_is_not_asked_for_again() {
    let (server, http) = server_of(Reply::json(500, "{}")).await;
    for _ in 0..20 {
        assert!(ask(&http, "").await.is_err());
    }
    assert_eq!(server.lines().len(), 5);
}

#[tokio::test(start_paused = true)]
async fn what_belongs_to_an_operation_goes_on() {
    let (server, http) = server_of(Reply::json(500, "{}")).await;
    ask_for(&http, 2, 2).await;
    let before = server.lines().len();
    let later = Instant::now() + 3600 * SECOND;
    let result = with_deadline(&CancellationToken::new(), later, ask(&http, 1)).await;
    assert!(result.is_err());
    let write = Request::new(Method::DELETE, "/things/1", Idempotency::Idempotent, "deleting a thing");
    assert!(http.send(&write, read).await.is_err());
    assert_eq!(server.lines().len(), before + 10);
}

#[tokio::test(start_paused = true)]
async fn when_the_cloud_is_back_it_is_asked_again() {
    let mut replies = vec![Reply::json(500, "{}"); 10];
    replies.extend(vec![ok(); 20]);
    let server = TestServer::start(replies).await;
    let http = http(&server.base_url, Settings::default());
    ask_for(&http, 2, 2).await;
    assert_eq!(ask_for(&http, 2, 2).await.0, [Some(Kind::CloudFailed); 2]);
    tokio::time::sleep(31 * SECOND).await;
    assert_eq!(ask_for(&http, 20, PARALLELISM).await.0, [None; 20]);
}

#[tokio::test(start_paused = true)]
async fn one_that_hangs_among_healthy_ones_hangs_alone() {
    let mut replies = vec![ok(); 40];
    replies.insert(0, Reply::Silence);
    let server = TestServer::start(replies).await;
    let settings = Settings {
        max_retries: 0,
        ..Settings::default()
    };
    let http = http(&server.base_url, settings);
    let (kinds, _) = ask_for(&http, 40, PARALLELISM).await;
    assert_eq!(kinds.iter().flatten().count(), 1, "{kinds:?}");
    assert_eq!(ask(&http, 41).await.err().map(|error| error.kind), None);
}

#[tokio::test(start_paused = true)]
async fn advice_is_worth_a_few_seconds() {
    let table = [
        (Reply::Silence, Kind::AnswerLost, 5.0..=5.1, 1..=1),
        (Reply::json(500, "{}"), Kind::CloudFailed, 0.0..=5.0, 2..=5),
        (too_soon(), Kind::RateLimited, 0.0..=0.1, 1..=1),
    ];
    for (reply, kind, time, requests) in table {
        let (server, http) = server_of(reply.clone()).await;
        let start = Instant::now();
        let advice = with_request_budget(5 * SECOND, ask(&http, 1)).await;
        assert_eq!(advice.err().map(|error| error.kind), Some(kind), "{reply:?}");
        let seconds = start.elapsed().as_secs_f32();
        assert!(time.contains(&seconds), "{reply:?}: {seconds} s");
        let asked = server.lines().len();
        assert!(requests.contains(&asked), "{reply:?}: {asked}");
        // Others have not given up.
        assert!(ask(&http, 1).await.is_err());
        assert!(server.lines().len() > asked, "{reply:?}");
    }
}
