//! Pods' logs at Prime Intellect, and the pods that have ended.

mod requests;

mod api;

mod convert;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use async_trait::async_trait;

use super::{PrimeIntellect, api::each_once};
use crate::clouds::{EndedPod, Histories, LogLine, LogQuery, Logs, PodId, Result};
use api::EndedJson;

#[async_trait]
impl Logs for PrimeIntellect {
    /// There is nothing to ask for but how many of the last lines.
    async fn pod_logs(&self, id: &PodId, query: &LogQuery) -> Result<Vec<LogLine>> {
        let lines = self.http.send(&requests::log(id, query.limit), api::log).await?;
        Ok(self.http.secrets().redact_log(convert::last(lines, query.limit)))
    }
}

#[async_trait]
impl Histories for PrimeIntellect {
    async fn ended_pods(&self, limit: u32) -> Result<Vec<EndedPod>> {
        let limit = limit as usize;
        let mut known = BTreeSet::new();
        let is_enough = |rows: &[(PodId, EndedJson)]| {
            let ended = rows.iter().filter(|(_, row)| convert::is_ended_pod(row));
            known.extend(ended.map(|(id, _)| id.clone()));
            known.len() >= limit
        };
        let rows = requests::history().read_until(&self.http, is_enough).await?.into_iter();
        // A row moves when another pod ends while the pages are read.
        let ended = each_once(rows.filter(|(_, row)| convert::is_ended_pod(row)));
        let ended = ended.take(limit);
        Ok(ended.map(|(id, row)| convert::to_ended_pod(id, row)).collect())
    }
}
