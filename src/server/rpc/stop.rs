//! StopProvider: cancellation after Ctrl-C. The calls in flight still answer.

use super::ErrorResponse;
use crate::{
    server::shared::Shared,
    tf::{Diagnostics, Provider},
    wire::proto::stop_provider::{Request, Response},
};

impl<P: Provider> Shared<P> {
    pub(crate) async fn stop_provider(&self, _: Request) -> Response {
        self.stop();
        Response::default()
    }
}

impl ErrorResponse for Response {
    fn from_diagnostics(diagnostics: Diagnostics) -> Self {
        let text: Vec<String> = diagnostics.into_iter().map(|one| one.detail).collect();
        Self { error: text.join("\n") }
    }
}
