//! The one HTTP client of all clouds: sends a request, and sends it again where that cannot do anything twice.
//!
//! Read `base_url`, `key`, `client` and `tls` for where a request goes and how, `request` for what is asked, `answer` for
//! what comes back, `retry` for when it is asked again, `pace` for how fast, `breaker` for what is asked no more, `stop`
//! and `patience` for what is left when the user wants to stop or time is up, `clock` for when things happen at the cloud,
//! `failure` for how it ends otherwise.

mod base_url;

mod key;

mod proxy;

mod tls;

mod client;

mod request;

mod answer;

mod retry;

mod pace;

mod breaker;

mod stop;

mod patience;

mod clock;

mod failure;

#[cfg(test)]
pub mod test_server;

#[cfg(test)]
mod tests;

use std::{future::Future, pin::Pin, sync::Arc, time::Duration};

use reqwest::header;
use tokio::time::Instant;

use super::{Capabilities, Error, Kind, Result, redaction::Secrets};

pub use answer::{Answer, Receipt};
pub use base_url::{BaseUrl, InvalidBaseUrl};
use breaker::{Breaker, unless_out_of_order};
use client::Clients;
use clock::CloudClock;
pub use failure::Failure;
pub use key::{InvalidKey, KeyHeader};
use pace::{Line, Pace};
use patience::Patience;
pub use proxy::{InvalidProxy, Proxy};
pub use request::{Repeat, Request};
pub use stop::{unless_stopped, with_time, within};

/// How this program names itself to a cloud.
pub const USER_AGENT: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));

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
    /// What is hidden in all that clouds say. A run has one for all of its clouds.
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

/// The way to one cloud.
pub struct Http {
    cloud: &'static Capabilities,
    base_url: BaseUrl,
    key: KeyHeader,
    settings: Settings,
    clients: Clients,
    pace: Pace,
    breaker: Breaker,
    clock: CloudClock,
    sleep: Sleep,
}

/// How far a request has come.
#[derive(Default)]
struct Progress {
    tries: u32,
    /// When the last try was sent.
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
            pace: Pace::new(),
            breaker: Breaker::default(),
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

    /// Sends a request until `read` likes the answer, or until the request's [`Repeat`] or the settings end it. A question
    /// that has no time of its own is not asked where another one has just been asked in vain, see [`breaker`].
    pub async fn send<T>(&self, request: &Request, read: fn(&Answer) -> std::result::Result<T, Failure>) -> Result<T> {
        request
            .secrets
            .iter()
            .for_each(|secret| self.settings.secrets.note(secret));
        let mut progress = Progress::default();
        let attempts = self.attempts(request, read, &mut progress);
        if !request.is_question() || stop::time().is_some() {
            let result = attempts.await;
            return result.map_err(|failure| Error {
                sent: progress.sent,
                ..self.error(request, failure)
            });
        }
        let question = self.breaker.begin();
        match unless_out_of_order(&self.breaker, &request.path, attempts).await {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(failure)) => {
                let error = Error {
                    sent: progress.sent,
                    ..self.error(request, failure)
                };
                let is_silence = error.kind == Kind::AnswerLost && !question.is_recent();
                let is_impatient = stop::limit().is_some() || (progress.tries < 2 && !is_silence);
                if error.kind.is_outage() && !is_impatient {
                    self.breaker.gave_up(&request.path, question, &error);
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
        read: fn(&Answer) -> std::result::Result<T, Failure>,
        progress: &mut Progress,
    ) -> std::result::Result<T, Failure> {
        let patience = Patience {
            time: stop::time().filter(|_| self.settings.max_retries > 0),
            limit: stop::limit(),
        };
        let question = self.breaker.begin();
        let (mut retries, mut refusals) = (0, 0);
        let mut last = None;
        loop {
            let turn = self.pace.turn(request.line(), |delay| (self.sleep)(delay));
            patience.wait(request, &mut last, turn).await?;
            *progress = Progress {
                tries: progress.tries + 1,
                sent: Some(Instant::now()),
            };
            let attempt = self.breaker.begin();
            let (result, retry_after) = match patience.limited(self.exchange(request, retries + refusals)).await {
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
            let refusals_of_all = match &result {
                Err(_) if patience.is_at_its_limit() => 0,
                Err(failure) if failure.kind.is_outage() => {
                    self.breaker.failed(&request.path, question, attempt, failure.kind)
                }
                _ => {
                    self.breaker.answered(&request.path);
                    0
                }
            };
            let may_go_on = match (&patience.time, is_too_much) {
                (Some(time), true) => !time.is_up(),
                // Where many stand in line, each of them is refused only now and then.
                (None, true) => retries.max(refusals_of_all.saturating_sub(1)) < self.settings.max_retries,
                (_, false) => retries < self.settings.max_retries,
            };
            let failure = match result {
                Err(failure) if may_go_on && patience.allows(delay) && request.repeat.allows_after(failure.kind) => {
                    failure
                }
                result => return result,
            };
            self.log_retry(request, &failure, delay);
            last = Some(failure);
            match (is_too_much, &patience.time) {
                // After one request too many all wait, by the pace.
                (true, Some(_)) => refusals = (refusals + 1).min(retry::MOST_REFUSALS),
                (true, None) => retries += 1,
                (false, _) => {
                    patience.wait(request, &mut last, (self.sleep)(delay)).await?;
                    retries += 1;
                }
            }
        }
    }

    /// What the cloud's own clock showed at a moment, in milliseconds since 1970; `None` as long as no answer has told.
    pub fn time_at(&self, moment: Instant) -> Option<i64> {
        self.clock.at(moment)
    }

    /// What a caller gets to see of a failure, without the secrets of the request.
    pub fn error(&self, request: &Request, failure: Failure) -> Error {
        let (title, address) = (self.cloud.title, self.base_url.address());
        failure.into_error(title, request.operation.clone(), &address, &self.settings.secrets)
    }

    /// What is hidden in all that is told of this cloud.
    pub fn secrets(&self) -> &Secrets {
        &self.settings.secrets
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
            // Ours: the cloud's own message is in no failure yet.
            failure = result.as_ref().err().map(|failure| failure.message.as_str()),
            duration_ms = start.elapsed().as_millis() as u64,
            attempt = retries + 1,
            "asked a cloud"
        );
        result
    }

    async fn ask(&self, request: &Request) -> std::result::Result<Answer, Failure> {
        let Self { settings, base_url, .. } = self;
        let client = self.clients.client(request.repeat, settings, base_url).await?;
        let mut builder = client
            .request(request.method.clone(), request.url(&self.base_url))
            .header(self.key.name(), self.key.value())
            .header(header::ACCEPT, "application/json");
        if let Some(body) = &request.body {
            builder = builder
                .header(header::CONTENT_TYPE, "application/json")
                .body(body.clone());
        }
        let is_order = request.line() == Line::Orders;
        let sent = stop::sending(is_order, builder.send()).await;
        let response = sent.map_err(|error| match is_order && stop::is_stopped() && error.is_connect() {
            true => Failure::interrupted(),
            false => Failure::from_transport(error),
        })?;
        // Who answers for a cloud that fails may have another clock.
        if let Some(date) = answer::date(&response).filter(|_| response.status().is_success()) {
            self.clock.note(date);
        }
        let answer = Answer::receive(response).await?;
        Ok(answer.asked_for(request.about.as_deref()))
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
