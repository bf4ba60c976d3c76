//! How long an operation may take, and what is left of it.

use std::time::Duration;

use tokio::time::Instant;

use crate::{
    clouds,
    resources::session::Session,
    tf::{Context, Tf, format_duration, parse_duration},
};

pub const DEFAULT: Duration = Duration::from_secs(20 * 60);

/// The end of an operation: one deadline for all of its waits.
#[derive(Debug, Clone, Copy)]
pub struct Deadline {
    started: Instant,
    allowed: Duration,
    /// Which of the `timeouts` it is.
    name: &'static str,
}

impl Deadline {
    pub fn from_now(name: &'static str, configured: Option<&Tf<String>>) -> Self {
        let configured = configured.and_then(Tf::known).and_then(|text| parse_duration(text));
        Self {
            started: Instant::now(),
            allowed: configured.unwrap_or(DEFAULT),
            name,
        }
    }

    pub fn instant(&self) -> Instant {
        // A century is as good as for ever, and can be added to any instant.
        self.started + self.allowed.min(Duration::from_secs(100 * 365 * 86_400))
    }

    /// Does work of the operation. What a cloud refuses as one request too many is asked again for as long as this lasts.
    pub async fn spend<T>(&self, cx: &Context<Session>, work: impl Future<Output = T>) -> T {
        clouds::with_deadline(&cx.stop, self.instant(), work).await
    }

    /// The same operation, given half of what is left.
    pub fn half(&self) -> Self {
        let left = self.instant().saturating_duration_since(Instant::now());
        let passed = self.started.elapsed();
        Self {
            allowed: passed + left / 2,
            ..*self
        }
    }

    pub fn is_over(&self) -> bool {
        self.instant() <= Instant::now()
    }

    /// As a user reads it after it has passed.
    pub fn told(&self) -> String {
        format!("after {} (`timeouts.{}`)", format_duration(self.allowed), self.name)
    }
}
