//! Advice while planning: worth a few seconds, and not worth the patience of a real question to a cloud that hangs.

use std::time::Duration;

use crate::clouds;

/// For one request with all of its retries. A list goes on as long as its pages come.
const PATIENCE: Duration = Duration::from_secs(5);

/// Asks for advice.
pub async fn advice<T>(question: impl Future<Output = T>) -> T {
    clouds::with_request_budget(PATIENCE, question).await
}
