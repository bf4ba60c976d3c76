//! Telemetry of pods: logs, running times, and the history of those that have ended.

use async_trait::async_trait;

use rust_decimal::Decimal;

use super::{PodId, Result};

/// Which lines of a pod's log are asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogQuery {
    /// The container's own log or the platform's, in the cloud's words.
    pub kind: Option<String>,
    /// At most so many lines, from as many pages as it takes.
    pub limit: u32,
    pub keyword: Option<String>,
    /// Milliseconds since 1970.
    pub start: Option<i64>,
    pub end: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogLine {
    pub timestamp: Option<String>,
    pub level: Option<String>,
    pub content: String,
}

/// How long a pod has run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Runtime {
    pub name: Option<String>,
    pub cloud_status: Option<String>,
    /// Milliseconds since 1970.
    pub created_at: Option<i64>,
    pub updated_at: Option<i64>,
    pub running_seconds: Option<i64>,
    pub running_millis: Option<i64>,
}

/// A pod that has ended, from the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndedPod {
    pub id: PodId,
    pub name: Option<String>,
    pub provider: Option<String>,
    pub gpu_type: Option<String>,
    pub gpu_count: Option<u32>,
    /// Milliseconds since 1970.
    pub created_at: Option<i64>,
    pub ended_at: Option<i64>,
    /// On average.
    pub price_per_hour: Option<Decimal>,
    pub total_price: Option<Decimal>,
}

/// A cloud that shows pods' logs.
#[async_trait]
pub trait Logs: Send + Sync {
    /// The lines in the cloud's order. "Not found" may be said of a log that was not begun yet.
    async fn pod_logs(&self, id: &PodId, query: &LogQuery) -> Result<Vec<LogLine>>;
}

/// A cloud that counts how long pods have run.
#[async_trait]
pub trait Runtimes: Send + Sync {
    /// `None` if the cloud says that the pod has ended.
    async fn pod_runtime(&self, id: &PodId) -> Result<Option<Runtime>>;
}

/// A cloud that keeps account of the pods that have ended.
#[async_trait]
pub trait Histories: Send + Sync {
    /// At most so many, the one that ended last first.
    async fn ended_pods(&self, limit: u32) -> Result<Vec<EndedPod>>;
}
