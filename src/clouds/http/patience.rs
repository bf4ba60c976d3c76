//! How long one request may go on, with all its attempts and the waits between them.

use std::time::Duration;

use tokio::time::{Instant, timeout_at};

use super::{
    Failure, Request,
    pace::Line,
    stop::{self, Time},
};
use crate::clouds::Kind;

pub struct Patience {
    /// For what was one request too many, where it is a part of an operation.
    pub time: Option<Time>,
    /// For all of it, where the answer is not worth more.
    pub limit: Option<Instant>,
}

impl Patience {
    /// Waits for something before a request is sent. In the meantime the run may be stopped, and then an order is left; or
    /// the time may be up. `last` is how the last attempt ended.
    pub async fn wait(
        &self,
        request: &Request,
        last: &mut Option<Failure>,
        wait: impl Future<Output = ()>,
    ) -> Result<(), Failure> {
        let is_order = request.line() == Line::Orders;
        let is_too_much = last.as_ref().is_some_and(|failure| failure.kind == Kind::RateLimited);
        let time = self.time.as_ref().filter(|_| is_too_much);
        tokio::select! {
            biased;
            () = stop::stopped(), if is_order => {}
            () = stop::up(time) => {}
            () = stop::passed(self.limit) => {}
            () = wait => {}
        }
        if is_order && stop::is_stopped() {
            // What the last attempt may have done is not to be forgotten.
            let unclear = last.take().filter(|failure| !failure.kind.proves_nothing_was_done());
            return Err(unclear.unwrap_or_else(Failure::interrupted));
        }
        if self.is_at_its_limit() {
            return Err(last.take().unwrap_or_else(too_late));
        }
        match last.take_if(|_| time.is_some_and(Time::is_up)) {
            Some(failure) => Err(failure),
            None => Ok(()),
        }
    }

    /// The answer, if it comes in time.
    pub async fn limited<T>(&self, answer: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
        match self.limit {
            Some(limit) => timeout_at(limit, answer).await.unwrap_or_else(|_| Err(too_late())),
            None => answer.await,
        }
    }

    /// Whether an attempt after such a delay may still be of use.
    pub fn allows(&self, delay: Duration) -> bool {
        self.limit.is_none_or(|limit| Instant::now() + delay < limit)
    }

    pub fn is_at_its_limit(&self) -> bool {
        self.limit.is_some_and(|limit| limit <= Instant::now())
    }
}

fn too_late() -> Failure {
    Failure::new(Kind::AnswerLost, "no whole answer came in time")
}
