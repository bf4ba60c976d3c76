//! Deadlines of one request, over all its attempts and the backoff between them.

use std::time::Duration;

use tokio::time::{Instant, timeout_at};

use super::{
    Failure, Request,
    call_context::{self, Deadline},
    rate_limiter::Queue,
};
use crate::clouds::Kind;

pub struct Deadlines {
    /// That of the operation which the request is a part of: until then it is retried after HTTP 429 without being counted.
    pub operation: Option<Deadline>,
    /// That of the request itself, with all its retries.
    pub request: Option<Instant>,
}

impl Deadlines {
    /// Waits for a permit or for the backoff before an attempt. In the meantime the run may be cancelled, and then a write is
    /// not sent; or a deadline may pass. `last` is the failure of the attempt before.
    pub async fn wait(
        &self,
        request: &Request,
        last: &mut Option<Failure>,
        wait: impl Future<Output = ()>,
    ) -> Result<(), Failure> {
        let is_write = request.queue() == Queue::Writes;
        let is_rate_limited = last.as_ref().is_some_and(|failure| failure.kind == Kind::RateLimited);
        let deadline = self.operation.as_ref().filter(|_| is_rate_limited);
        tokio::select! {
            biased;
            () = call_context::cancelled(), if is_write => {}
            () = call_context::deadline_passed(deadline) => {}
            () = call_context::instant_passed(self.request) => {}
            () = wait => {}
        }
        if is_write && call_context::is_cancelled() {
            // What the last attempt may have done is not to be forgotten.
            let unclear = last.take().filter(|failure| !failure.kind.proves_nothing_was_done());
            return Err(unclear.unwrap_or_else(Failure::interrupted));
        }
        if self.request_has_passed() {
            return Err(last.take().unwrap_or_else(timed_out));
        }
        match last.take_if(|_| deadline.is_some_and(Deadline::has_passed)) {
            Some(failure) => Err(failure),
            None => Ok(()),
        }
    }

    /// The outcome of an attempt, if it comes before the deadline of the request.
    pub async fn limited<T>(&self, attempt: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
        match self.request {
            Some(deadline) => timeout_at(deadline, attempt).await.unwrap_or_else(|_| Err(timed_out())),
            None => attempt.await,
        }
    }

    /// Whether an attempt after this backoff would begin before the deadline of the request.
    pub fn allow(&self, delay: Duration) -> bool {
        self.request.is_none_or(|deadline| Instant::now() + delay < deadline)
    }

    pub fn request_has_passed(&self) -> bool {
        self.request.is_some_and(|deadline| deadline <= Instant::now())
    }
}

fn timed_out() -> Failure {
    Failure::new(Kind::AnswerLost, "no whole answer came in time")
}
