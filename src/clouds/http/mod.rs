//! HTTP client of all clouds: retries with backoff, an adaptive rate limiter and a circuit breaker for each cloud, deadlines
//! and cancellation. A non-idempotent POST is never retried blindly.
//!
//! Read `base_url`, `key`, `proxy`, `client` and `tls` for where a request goes and how, `request` for what is retried and
//! when, `response` for what comes back, `retry` for the backoff, `rate_limiter` for the rate, `circuit_breaker` for what fails
//! fast, `call_context` and `deadlines` for cancellation and deadlines, `server_clock` for the cloud's time, `failure` for how
//! an attempt ends otherwise.

mod base_url;

mod key;

mod proxy;

mod tls;

mod client;

mod request;

mod response;

mod retry;

mod rate_limiter;

mod circuit_breaker;

mod call_context;

mod deadlines;

mod server_clock;

mod failure;

#[cfg(test)]
pub mod test_server;

#[cfg(test)]
mod tests;

use std::{future::Future, pin::Pin, sync::Arc, time::Duration};

use reqwest::header;
use tokio::time::Instant;

use super::{Capabilities, Error, Kind, Result, redaction::Secrets};

pub use base_url::{BaseUrl, InvalidBaseUrl};
pub use call_context::{with_cancellation, with_deadline, with_request_budget};
use circuit_breaker::{CircuitBreaker, unless_open};
use client::Clients;
use deadlines::Deadlines;
pub use failure::Failure;
pub use key::{InvalidKey, KeyHeader};
pub use proxy::{InvalidProxy, Proxy};
use rate_limiter::{Queue, RateLimiter};
pub use request::{Idempotency, Request};
pub use response::{Receipt, Response};
use server_clock::ServerClock;

/// How this program names itself to a cloud.
pub const USER_AGENT: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));

/// Settings of the HTTP client, for whichever cloud.
#[derive(Debug, Clone)]
pub struct Settings {
    /// For one attempt, from connecting to the last byte of the response.
    pub request_timeout: Duration,
    /// The most retries of a request. Before the deadline of an operation, see [`with_deadline`], a retry after HTTP 429 is not
    /// counted; with 0 nothing is ever retried.
    pub max_retries: u32,
    /// [`USER_AGENT`], and whatever the caller adds to it.
    pub user_agent: String,
    /// The secrets that are redacted in all that clouds say. A run has one for all of its clouds.
    pub secrets: Secrets,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            request_timeout: Duration::from_secs(30),
            max_retries: 4,
            user_agent: USER_AGENT.to_owned(),
            secrets: Secrets::default(),
        }
    }
}

type Sleep = Arc<dyn Fn(Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> + Send + Sync>;

/// The HTTP client of one cloud.
pub struct Http {
    cloud: &'static Capabilities,
    base_url: BaseUrl,
    key: KeyHeader,
    settings: Settings,
    clients: Clients,
    rate_limiter: RateLimiter,
    breaker: CircuitBreaker,
    clock: ServerClock,
    sleep: Sleep,
}

/// How far a request has come.
#[derive(Default)]
struct Progress {
    attempts: u32,
    /// When the last attempt was sent.
    sent: Option<Instant>,
}

impl Http {
    /// Connects to nothing yet: the first request does.
    pub fn new(cloud: &'static Capabilities, settings: Settings, base_url: BaseUrl, key: KeyHeader) -> Self {
        let sleep: Sleep = Arc::new(|duration| Box::pin(tokio::time::sleep(duration)));
        settings.secrets.note(key.secret());
        Self {
            cloud,
            base_url,
            key,
            settings,
            clients: Clients::default(),
            rate_limiter: RateLimiter::new(),
            breaker: CircuitBreaker::default(),
            clock: ServerClock::default(),
            sleep,
        }
    }

    #[cfg(test)]
    pub fn with_sleep(self, sleep: impl Fn(Duration) + Send + Sync + 'static) -> Self {
        let sleep: Sleep = Arc::new(move |duration| {
            sleep(duration);
            Box::pin(std::future::ready(()))
        });
        Self { sleep, ..self }
    }

    /// Sends a request until `read` accepts the response, or until the request's [`Idempotency`] or the settings end it; see
    /// [`request`] for the table. A read without a deadline of its own fails at once where the [`circuit_breaker`] is open.
    pub async fn send<T>(
        &self,
        request: &Request,
        read: fn(&Response) -> std::result::Result<T, Failure>,
    ) -> Result<T> {
        request
            .secrets
            .iter()
            .for_each(|secret| self.settings.secrets.note(secret));
        let mut progress = Progress::default();
        let attempts = self.attempts(request, read, &mut progress);
        if !request.is_read() || call_context::deadline().is_some() {
            let result = attempts.await;
            return result.map_err(|failure| Error {
                sent: progress.sent,
                ..self.error(request, failure)
            });
        }
        let beginning = self.breaker.begin();
        match unless_open(&self.breaker, &request.path, attempts).await {
            Ok(Ok(response)) => Ok(response),
            Ok(Err(failure)) => {
                let error = Error {
                    sent: progress.sent,
                    ..self.error(request, failure)
                };
                let is_silence = error.kind == Kind::AnswerLost && !beginning.is_recent();
                let is_cut_short = call_context::request_deadline().is_some() || (progress.attempts < 2 && !is_silence);
                if error.kind.is_outage() && !is_cut_short {
                    self.breaker.exhausted(&request.path, beginning, &error);
                }
                Err(error)
            }
            Err(error) => {
                let (cloud, operation) = (self.cloud.name, &request.operation);
                tracing::debug!(cloud, operation, kind = ?error.kind, "out of order, not asked");
                Err(Error {
                    operation: operation.clone(),
                    ..error
                })
            }
        }
    }

    async fn attempts<T>(
        &self,
        request: &Request,
        read: fn(&Response) -> std::result::Result<T, Failure>,
        progress: &mut Progress,
    ) -> std::result::Result<T, Failure> {
        let deadlines = Deadlines {
            operation: call_context::deadline().filter(|_| self.settings.max_retries > 0),
            request: call_context::request_deadline(),
        };
        let beginning = self.breaker.begin();
        let (mut retries, mut rate_limited) = (0, 0);
        let mut last = None;
        loop {
            let permit = self
                .rate_limiter
                .wait_for_permit(request.queue(), |delay| (self.sleep)(delay));
            deadlines.wait(request, &mut last, permit).await?;
            *progress = Progress {
                attempts: progress.attempts + 1,
                sent: Some(Instant::now()),
            };
            let attempt = self.breaker.begin();
            let (result, retry_after) = match deadlines.limited(self.exchange(request, retries + rate_limited)).await {
                Ok(response) => (read(&response), response.retry_after()),
                Err(failure) => (Err(failure), None),
            };
            let backoff = retry::delay(retries + rate_limited, retry_after, fastrand::f64());
            let is_rate_limited = result.as_ref().is_err_and(|failure| failure.kind == Kind::RateLimited);
            let is_answered = result
                .as_ref()
                .map_or_else(|failure| failure.status.is_some(), |_| true);
            if is_rate_limited {
                self.rate_limiter.rate_limited(backoff);
            } else if is_answered {
                self.rate_limiter.accepted();
            }
            let rate_limited_in_a_row = match &result {
                Err(_) if deadlines.request_has_passed() => 0,
                Err(failure) if failure.kind.is_outage() => {
                    self.breaker.failed(&request.path, beginning, attempt, failure.kind)
                }
                _ => {
                    self.breaker.succeeded(&request.path);
                    0
                }
            };
            let may_retry = match (&deadlines.operation, is_rate_limited) {
                (Some(deadline), true) => !deadline.has_passed(),
                // Where many are in the queue, each of them is refused only now and then.
                (None, true) => retries.max(rate_limited_in_a_row.saturating_sub(1)) < self.settings.max_retries,
                (_, false) => retries < self.settings.max_retries,
            };
            let failure = match result {
                Err(failure)
                    if may_retry
                        && deadlines.allow(backoff)
                        && request.idempotency.allows_retry_after(failure.kind) =>
                {
                    failure
                }
                result => return result,
            };
            self.log_retry(request, &failure, backoff);
            last = Some(failure);
            match (is_rate_limited, &deadlines.operation) {
                // The rate limiter makes all requests wait, and this one with them.
                (true, Some(_)) => rate_limited = (rate_limited + 1).min(retry::MOST_RATE_LIMITED),
                (true, None) => retries += 1,
                (false, _) => {
                    deadlines.wait(request, &mut last, (self.sleep)(backoff)).await?;
                    retries += 1;
                }
            }
        }
    }

    /// The cloud's own time at a moment of ours, in milliseconds since 1970; `None` as long as no response had a date.
    pub fn time_at(&self, moment: Instant) -> Option<i64> {
        self.clock.at(moment)
    }

    /// The error of a failure, redacted.
    pub fn error(&self, request: &Request, failure: Failure) -> Error {
        let (title, address) = (self.cloud.title, self.base_url.address());
        failure.into_error(title, request.operation.clone(), &address, &self.settings.secrets)
    }

    /// The secrets that are redacted in all that this cloud says.
    pub fn secrets(&self) -> &Secrets {
        &self.settings.secrets
    }

    /// One attempt.
    async fn exchange(&self, request: &Request, retries: u32) -> std::result::Result<Response, Failure> {
        let start = Instant::now();
        let result = self.exchange_once(request).await;
        tracing::debug!(
            cloud = self.cloud.name,
            operation = request.operation,
            method = %request.method,
            path = request.path,
            status = result.as_ref().ok().map(Response::status),
            // Ours: the cloud's own message is in no failure yet.
            failure = result.as_ref().err().map(|failure| failure.message.as_str()),
            duration_ms = start.elapsed().as_millis() as u64,
            attempt = retries + 1,
            "asked a cloud"
        );
        result
    }

    async fn exchange_once(&self, request: &Request) -> std::result::Result<Response, Failure> {
        let Self { settings, base_url, .. } = self;
        let client = self.clients.client(request.idempotency, settings, base_url).await?;
        let mut builder = client
            .request(request.method.clone(), request.url(&self.base_url))
            .header(self.key.name(), self.key.value())
            .header(header::ACCEPT, "application/json");
        if let Some(body) = &request.body {
            builder = builder
                .header(header::CONTENT_TYPE, "application/json")
                .body(body.clone());
        }
        let is_write = request.queue() == Queue::Writes;
        let sent = call_context::sending(is_write, builder.send()).await;
        let response = sent.map_err(|error| {
            if is_write && call_context::is_cancelled() && error.is_connect() {
                Failure::interrupted()
            } else {
                Failure::from_transport(error)
            }
        })?;
        // Who answers for a cloud that fails may have another clock.
        if let Some(date) = response::date(&response).filter(|_| response.status().is_success()) {
            self.clock.note(date);
        }
        let response = Response::receive(response).await?;
        Ok(response.for_object(request.about.as_deref()))
    }

    fn log_retry(&self, request: &Request, failure: &Failure, delay: Duration) {
        tracing::warn!(
            cloud = self.cloud.name,
            operation = request.operation,
            kind = ?failure.kind,
            status = failure.status,
            delay_ms = delay.as_millis() as u64,
            "asking a cloud again"
        );
    }
}
