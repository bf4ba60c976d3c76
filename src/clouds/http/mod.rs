//! The one HTTP client of all clouds: sends a request, and sends it again where that cannot do anything twice.
//!
//! Read `base_url` and `key` for where a request goes, `request` for what is asked, `answer` for what comes back,
//! `retry` for when it is asked again, `pace` for how fast, `stop` for what is left when the user wants to stop, `clock`
//! for when things happen at the cloud, `failure` for how it ends otherwise.

mod base_url;

mod key;

mod request;

mod answer;

mod retry;

mod pace;

mod stop;

mod clock;

mod failure;

#[cfg(test)]
pub mod test_server;

#[cfg(test)]
mod tests;

use std::{future::Future, pin::Pin, sync::Arc, time::Duration};

use reqwest::{Client, header, redirect};
use tokio::{sync::OnceCell, time::Instant};

use super::{Capabilities, Error, Kind, Result};

pub use answer::Answer;
pub use base_url::{BaseUrl, InvalidBaseUrl};
use clock::CloudClock;
pub use failure::Failure;
pub use key::{InvalidKey, KeyHeader};
use pace::Pace;
pub use request::{Repeat, Request};
use stop::Time;
pub use stop::{unless_stopped, with_time};

/// How this program names itself to a cloud.
pub const USER_AGENT: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));

/// Load balancers commonly close idle connections after a minute. Letting go of ours earlier keeps a create from being
/// sent into a connection that is just being closed, which would look like a lost answer.
const LONGEST_IDLE: Duration = Duration::from_secs(20);

/// How requests are sent, to whichever cloud.
#[derive(Debug, Clone)]
pub struct Settings {
    /// For one request, from connecting to the last byte of the answer.
    pub request_timeout: Duration,
    /// How many times a request is sent again. As long as an operation has time, see [`with_time`], one that was refused
    /// as one too many is sent again without being counted; with 0 nothing ever is.
    pub max_retries: u32,
    /// [`USER_AGENT`], and whatever the caller adds to it.
    pub user_agent: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            request_timeout: Duration::from_secs(30),
            max_retries: 4,
            user_agent: USER_AGENT.to_owned(),
        }
    }
}

type Sleep = Arc<dyn Fn(Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> + Send + Sync>;

/// How a wait in the line ended.
enum Turn {
    Come,
    TimeIsUp,
}

/// The way to one cloud.
pub struct Http {
    cloud: &'static Capabilities,
    base_url: BaseUrl,
    key: KeyHeader,
    settings: Settings,
    client: OnceCell<Client>,
    pace: Pace,
    clock: CloudClock,
    sleep: Sleep,
}

impl Http {
    /// Connects to nothing yet: the first request does.
    pub fn new(cloud: &'static Capabilities, settings: Settings, base_url: BaseUrl, key: KeyHeader) -> Self {
        let sleep: Sleep = Arc::new(|duration| Box::pin(tokio::time::sleep(duration)));
        Self {
            cloud,
            base_url,
            key,
            settings,
            client: OnceCell::new(),
            pace: Pace::new(),
            clock: CloudClock::default(),
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

    /// Sends a request until `read` likes the answer, or until the request's [`Repeat`] or the settings end it.
    pub async fn send<T>(&self, request: &Request, read: fn(&Answer) -> std::result::Result<T, Failure>) -> Result<T> {
        let time = stop::time().filter(|_| self.settings.max_retries > 0);
        let (mut retries, mut refusals) = (0, 0);
        // The last answer, if it was that this was one request too many.
        let mut refusal = None;
        loop {
            let turn = self.turn(request, time.as_ref().filter(|_| refusal.is_some()));
            match (self.unless_stopped(request, turn).await?, refusal.take()) {
                (Turn::TimeIsUp, Some(failure)) => return Err(self.error(request, failure)),
                (Turn::Come | Turn::TimeIsUp, _) => {}
            }
            let sent = Instant::now();
            let (result, retry_after) = match self.exchange(request, retries + refusals).await {
                Ok(answer) => (read(&answer), answer.retry_after()),
                Err(failure) => (Err(failure), None),
            };
            let delay = retry::delay(retries + refusals, retry_after, fastrand::f64());
            let is_too_much = result.as_ref().is_err_and(|failure| failure.kind == Kind::RateLimited);
            let is_answered = result
                .as_ref()
                .map_or_else(|failure| failure.status.is_some(), |_| true);
            match is_answered {
                _ if is_too_much => self.pace.refused(delay),
                true => self.pace.accepted(),
                false => {}
            }
            let may_go_on = match (&time, is_too_much) {
                (Some(time), true) => !time.is_up(),
                _ => retries < self.settings.max_retries,
            };
            match result {
                Err(failure) if may_go_on && request.repeat.allows_after(failure.kind) => {
                    self.log_retry(request, &failure, delay);
                    match (is_too_much, &time) {
                        // After one request too many all wait, by the pace.
                        (true, Some(_)) => {
                            refusals = (refusals + 1).min(retry::MOST_REFUSALS);
                            refusal = Some(failure);
                        }
                        (true, None) => retries += 1,
                        (false, _) => {
                            self.unless_stopped(request, (self.sleep)(delay)).await?;
                            retries += 1;
                        }
                    }
                }
                result => {
                    return result.map_err(|failure| Error {
                        sent: Some(sent),
                        ..self.error(request, failure)
                    });
                }
            }
        }
    }

    /// What the cloud's own clock showed at a moment, in milliseconds since 1970; `None` as long as no answer has told.
    pub fn time_at(&self, moment: Instant) -> Option<i64> {
        self.clock.at(moment)
    }

    /// Waits for the request's turn, as long as there is time.
    async fn turn(&self, request: &Request, time: Option<&Time>) -> Turn {
        let turn = self.pace.turn(request.line(), |delay| (self.sleep)(delay));
        let Some(time) = time else {
            turn.await;
            return Turn::Come;
        };
        tokio::select! {
            biased;
            () = time.up() => {}
            () = turn => {}
        }
        match time.is_up() {
            true => Turn::TimeIsUp,
            false => Turn::Come,
        }
    }

    /// Waits for something before a request is sent, unless it is to be left unsent by then.
    async fn unless_stopped<T>(&self, request: &Request, wait: impl Future<Output = T>) -> Result<T> {
        let may_be_left = request.repeat == Repeat::OnlyIfNothingHappened;
        let waited = tokio::select! {
            biased;
            () = stop::stopped(), if may_be_left => None,
            waited = wait => Some(waited),
        };
        waited.filter(|_| !(may_be_left && stop::is_stopped())).ok_or_else(|| {
            let failure = Failure::new(Kind::Interrupted, "the run was interrupted before this was sent");
            self.error(request, failure)
        })
    }

    /// What a caller gets to see of a failure, without the secrets of the request.
    pub fn error(&self, request: &Request, failure: Failure) -> Error {
        let secrets = request.secrets.iter().chain([self.key.secret()]);
        failure.into_error(self.cloud.title, request.operation.clone(), secrets)
    }

    /// Asks once.
    async fn exchange(&self, request: &Request, retries: u32) -> std::result::Result<Answer, Failure> {
        let start = Instant::now();
        let result = self.ask(request).await;
        tracing::debug!(
            cloud = self.cloud.name,
            operation = request.operation,
            method = %request.method,
            path = request.path,
            status = result.as_ref().ok().map(Answer::status),
            failure = result.as_ref().err().map(|failure| failure.message.as_str()),
            duration_ms = start.elapsed().as_millis() as u64,
            attempt = retries + 1,
            "asked a cloud"
        );
        result
    }

    async fn ask(&self, request: &Request) -> std::result::Result<Answer, Failure> {
        let client = self.client.get_or_try_init(|| async { self.build() }).await?;
        let mut builder = client
            .request(request.method.clone(), request.url(&self.base_url))
            .header(self.key.name(), self.key.value())
            .header(header::ACCEPT, "application/json");
        if let Some(body) = &request.body {
            builder = builder
                .header(header::CONTENT_TYPE, "application/json")
                .body(body.clone());
        }
        let response = builder.send().await.map_err(Failure::from_transport)?;
        // Who answers for a cloud that fails may have another clock.
        if let Some(date) = answer::date(&response).filter(|_| response.status().is_success()) {
            self.clock.note(date);
        }
        Answer::receive(response).await
    }

    fn build(&self) -> std::result::Result<Client, Failure> {
        let mut builder = Client::builder()
            .user_agent(self.user_agent())
            .timeout(self.settings.request_timeout)
            // A connection that takes too long has to fail as such, since that proves that nothing was sent.
            .connect_timeout(self.settings.request_timeout / 2)
            .pool_idle_timeout(LONGEST_IDLE)
            // Yotta's tutorial on serverless inference advises it: HTTP/2 fails on some networks.
            .http1_only()
            .redirect(redirect::Policy::none())
            .retry(reqwest::retry::never())
            .https_only(!self.base_url.is_plain());
        if self.base_url.is_plain() {
            // A proxy would see the key, and without TLS a machine needs no certificates.
            builder = builder.no_proxy().tls_certs_only([]);
        }
        builder.build().map_err(Failure::from_setup)
    }

    fn user_agent(&self) -> header::HeaderValue {
        header::HeaderValue::from_str(&self.settings.user_agent).unwrap_or(header::HeaderValue::from_static(USER_AGENT))
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
