//! Tests of the client against real sockets: retries, backoff, and the errors that come of them.

mod deadlines;

mod connections;

mod outages;

use std::sync::{Arc, Mutex};

use reqwest::Method;

use super::{
    test_server::{Reply, TestServer},
    *,
};
use crate::clouds::{Extras, GpuCounts, Kind, LogSupport, Secret, StopSupport, Support};

static CAPABILITIES: Capabilities = Capabilities {
    name: "nimbus",
    title: "Nimbus",
    ids: crate::clouds::IdForms::all("is opaque", crate::clouds::is_opaque),
    pod: |_| Support::Refused,
    gpu_counts: GpuCounts::Any,
    max_price_is_for_spot: false,
    stop: StopSupport::None,
    needs_workspace: false,
    echoes_marks: false,
    volume: None,
    has: Extras {
        catalogue: false,
        registry_auths: false,
        ssh_keys: false,
        logs: LogSupport::None,
        runtimes: false,
        histories: false,
    },
};

struct Run {
    result: Result<String>,
    requests: usize,
    delays: Vec<Duration>,
}

fn http(base_url: &str, settings: Settings) -> Http {
    let base_url = BaseUrl::parse(base_url).expect("a good address");
    let key = KeyHeader::new("x-api-key", "", Secret::new("swordfish")).expect("a good key");
    Http::new(&CAPABILITIES, settings, base_url, key)
}

/// The body as text, and a status other than 2xx as its kind.
fn read(response: &Response) -> std::result::Result<String, Failure> {
    match (response.error_kind(), response.json()) {
        (Some(kind), _) => Err(response.failure(kind, None, None)),
        (None, Some(json)) => Ok(json.to_string()),
        (None, None) => Err(response.failure(Kind::Unreadable, None, None)),
    }
}

fn request(idempotency: Idempotency) -> Request {
    Request::new(Method::POST, "/v1/things", idempotency, "making a thing")
}

async fn run(idempotency: Idempotency, replies: Vec<Reply>) -> Run {
    let settings = Settings {
        max_retries: 2,
        ..Settings::default()
    };
    run_with(settings, idempotency, replies).await
}

async fn run_with(settings: Settings, idempotency: Idempotency, replies: Vec<Reply>) -> Run {
    let server = TestServer::start(replies).await;
    let delays = Arc::new(Mutex::new(Vec::new()));
    let recorder = delays.clone();
    let http = http(&server.base_url, settings).with_sleep(move |delay| recorder.lock().expect("free").push(delay));
    let result = http.send(&request(idempotency), read).await;
    let delays = delays.lock().expect("free").clone();
    Run {
        result,
        requests: server.lines().len(),
        delays,
    }
}

fn ok() -> Reply {
    Reply::json(200, "{}")
}

/// An outcome before a success, whether an idempotent request gets that far, and whether a create does.
#[tokio::test]
async fn what_happens_decides_about_a_second_request() {
    let table = [
        (Reply::json(429, ""), true, true),
        (Reply::json(500, "{}"), true, false),
        (Reply::json(502, "<html>"), true, false),
        (Reply::json(503, ""), true, false),
        (Reply::json(504, ""), true, false),
        (Reply::CutBeforeReading, true, false),
        (Reply::CutAfterReading, true, false),
        (Reply::CutInBody, true, false),
        (Reply::json(400, ""), false, false),
        (Reply::json(401, ""), false, false),
        (Reply::json(404, ""), false, false),
        (Reply::json(200, "<html>"), false, false),
        (Reply::json(302, ""), false, false),
    ];
    for (reply, idempotent, non_idempotent) in table {
        for (idempotency, again) in [
            (Idempotency::Idempotent, idempotent),
            (Idempotency::NonIdempotent, non_idempotent),
        ] {
            let run = run(idempotency, vec![reply.clone(), ok()]).await;
            let requests = if again { 2 } else { 1 };
            assert_eq!(
                (run.result.is_ok(), run.requests),
                (again, requests),
                "{idempotency:?} after {reply:?}"
            );
        }
    }
}

#[tokio::test]
async fn retries_end() {
    let run = run(Idempotency::Idempotent, vec![Reply::json(503, ""); 5]).await;
    assert_eq!(run.requests, 3);
    assert_eq!(run.delays.len(), 2);
    assert_eq!(run.result.expect_err("never answered").kind, Kind::CloudFailed);
}

#[tokio::test]
async fn retry_after_is_waited_for() {
    let busy = |headers: &str| Reply::Answer(429, headers.to_owned(), Vec::new());
    let date = "date: Sun, 06 Nov 1994 08:49:37 GMT\r\nretry-after: Sun, 06 Nov 1994 08:49:57 GMT\r\n";
    let run = run(
        Idempotency::NonIdempotent,
        vec![busy("retry-after: 7\r\n"), busy(date), ok()],
    )
    .await;
    assert!(run.result.is_ok());
    // A delay is counted from the refusal, which is a moment ago.
    let seconds: Vec<u64> = run
        .delays
        .iter()
        .map(|delay| (*delay + Duration::from_millis(100)).as_secs())
        .collect();
    // Up to half a second and one second of jitter stand on top.
    assert!(matches!(seconds[..], [7, 20 | 21]), "{:?}", run.delays);
}

#[tokio::test]
async fn without_a_connection_nothing_happened() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a loopback port");
    let base_url = format!("http://{}", listener.local_addr().expect("an address"));
    drop(listener);
    let delays = Arc::new(Mutex::new(0));
    let counter = delays.clone();
    let http = http(&base_url, Settings::default()).with_sleep(move |_| *counter.lock().expect("free") += 1);
    let error = http
        .send(&request(Idempotency::NonIdempotent), read)
        .await
        .expect_err("nobody listens");
    assert_eq!(error.kind, Kind::Unreachable);
    assert!(error.source.is_some());
    assert_eq!(*delays.lock().expect("free"), 4);
}

#[tokio::test]
async fn tls_comes_before_the_key() {
    // A server that does not speak TLS: the handshake fails, and nothing was asked.
    let server = TestServer::start(vec![Reply::CutBeforeReading; 5]).await;
    let base_url = server.base_url.replace("http:", "https:");
    let http = http(&base_url, Settings::default()).with_sleep(|_| ());
    let error = http
        .send(&request(Idempotency::NonIdempotent), read)
        .await
        .expect_err("no TLS");
    assert_eq!(error.kind, Kind::Unreachable);
}

#[tokio::test]
async fn silence_is_a_lost_answer() {
    let settings = Settings {
        request_timeout: Duration::from_millis(400),
        max_retries: 2,
        ..Settings::default()
    };
    let run = run_with(settings, Idempotency::NonIdempotent, vec![Reply::Silence, ok()]).await;
    assert_eq!(run.result.expect_err("no answer").kind, Kind::AnswerLost);
    assert_eq!(run.requests, 1);
}

#[tokio::test]
async fn an_error_tells_what_is_known_and_no_secret() {
    let check = async |reply: Reply, kind, text: &str| {
        let error = run(Idempotency::NonIdempotent, vec![reply])
            .await
            .result
            .expect_err("a bad answer");
        assert_eq!((error.kind, error.to_string().as_str()), (kind, text));
    };
    let html = Reply::Answer(
        200,
        "content-type: text/html\r\n".to_owned(),
        b"<p>swordfish</p>".to_vec(),
    );
    check(
        html,
        Kind::Unreadable,
        "Nimbus, making a thing: the answer cannot be read (text/html, 16 bytes) (HTTP 200)",
    )
    .await;
    let echo = Reply::Answer(200, "content-type: swordfish\r\n".to_owned(), Vec::new());
    check(
        echo,
        Kind::Unreadable,
        "Nimbus, making a thing: the answer cannot be read (***, 0 bytes) (HTTP 200)",
    )
    .await;
    check(
        Reply::json(403, ""),
        Kind::Forbidden,
        "Nimbus, making a thing: no reason was given (HTTP 403)",
    )
    .await;
    check(
        Reply::CutInBody,
        Kind::AnswerLost,
        "Nimbus, making a thing: the connection broke before the whole answer came (HTTP 200)",
    )
    .await;
}

#[tokio::test]
async fn a_body_has_a_limit() {
    let run = run(
        Idempotency::Idempotent,
        vec![Reply::Answer(200, String::new(), vec![b' '; (16 << 20) + 1])],
    )
    .await;
    let error = run.result.expect_err("too large");
    assert_eq!((error.kind, run.requests), (Kind::Unreadable, 1));
}

#[tokio::test]
async fn the_key_does_not_follow_a_redirect() {
    let thief = TestServer::start([ok()]).await;
    let location = format!("location: {}/v1/things\r\n", thief.base_url);
    for status in [301, 302, 303, 307, 308] {
        let run = run(
            Idempotency::Idempotent,
            vec![Reply::Answer(status, location.clone(), Vec::new())],
        )
        .await;
        assert_eq!(run.result.expect_err("a redirect").kind, Kind::Unreadable);
    }
    assert!(thief.lines().is_empty());
}

#[tokio::test]
async fn a_request_carries_key_name_and_body() {
    let server = TestServer::start([ok()]).await;
    let user_agent = format!("{USER_AGENT} more/1.0");
    let base_url = format!("{}/prefix/", server.base_url);
    let http = http(
        &base_url,
        Settings {
            user_agent: user_agent.clone(),
            ..Settings::default()
        },
    );
    let request = request(Idempotency::Idempotent).with_json(&vec!["a"].into());
    assert_eq!(http.send(&request, read).await.expect("an answer"), "{}");
    let asked = &server.requests()[0];
    assert_eq!(asked.line, "POST /prefix/v1/things");
    assert_eq!(asked.header("x-api-key"), Some("swordfish"));
    assert_eq!(asked.header("user-agent"), Some(user_agent.as_str()));
    assert_eq!(asked.header("content-type"), Some("application/json"));
    assert_eq!(asked.body, r#"["a"]"#);
}

#[tokio::test]
async fn a_bad_user_agent_stops_no_request() {
    let server = TestServer::start([ok()]).await;
    let http = http(
        &server.base_url,
        Settings {
            user_agent: "a\nb".to_owned(),
            ..Settings::default()
        },
    );
    assert!(http.send(&request(Idempotency::Idempotent), read).await.is_ok());
    assert_eq!(server.requests()[0].header("user-agent"), Some(USER_AGENT));
}

/// Keeps each event as text: level, target, and every field.
#[derive(Clone, Default)]
struct Events(Arc<Mutex<Vec<String>>>);

impl<S: tracing::Subscriber> tracing_subscriber::Layer<S> for Events {
    fn on_event(&self, event: &tracing::Event<'_>, _: tracing_subscriber::layer::Context<'_, S>) {
        let mut text = format!("{} {}", event.metadata().level(), event.metadata().target());
        let mut add = |field: &tracing::field::Field, value: &dyn std::fmt::Debug| match field.name() {
            "duration_ms" | "delay_ms" => text += &format!(" {field}"),
            _ => text += &format!(" {field}={value:?}"),
        };
        event.record(&mut add as &mut dyn tracing::field::Visit);
        self.0.lock().expect("free").push(text);
    }
}

#[tokio::test]
async fn a_log_tells_what_was_asked_and_no_secret() {
    use tracing_subscriber::layer::SubscriberExt;
    let events = Events::default();
    let _guard = tracing::subscriber::set_default(tracing_subscriber::registry().with(events.clone()));
    run(
        Idempotency::Idempotent,
        vec![Reply::json(503, "{\"message\":\"swordfish\"}"), ok()],
    )
    .await
    .result
    .expect("an answer");
    let events = events.0.lock().expect("free").clone();
    let ours: Vec<_> = events.iter().filter(|event| event.contains("gpupod::clouds")).collect();
    let asked = r#"DEBUG gpupod::clouds::http message=asked a cloud cloud="nimbus" operation="making a thing""#;
    let again = r#"WARN gpupod::clouds::http message=asking a cloud again cloud="nimbus" operation="making a thing""#;
    assert_eq!(
        ours,
        [
            &format!("{asked} method=POST path=\"/v1/things\" status=503 duration_ms attempt=1"),
            &format!("{again} kind=CloudFailed status=503 delay_ms"),
            &format!("{asked} method=POST path=\"/v1/things\" status=200 duration_ms attempt=2"),
        ]
    );
    assert!(!events.iter().any(|event| event.contains("swordfish")), "{events:#?}");
}
