//! Pods' logs at Prime Intellect, and the pods that have ended.

mod requests;

mod api;

mod convert;

#[cfg(test)]
mod tests;

use std::{collections::BTreeSet, ops::ControlFlow};

use async_trait::async_trait;

use super::{PrimeIntellect, api::identified};
use crate::clouds::{Cloud, EndedPod, Error, Histories, Kind, LogLine, LogQuery, Logs, PodId, Result};

#[async_trait]
impl Logs for PrimeIntellect {
    /// There is nothing to ask for but how many of the last lines.
    async fn pod_logs(&self, id: &PodId, query: &LogQuery) -> Result<Option<Vec<LogLine>>> {
        match self.http.send(&requests::log(id, query.limit), api::log).await {
            Ok(lines) => Ok(Some(convert::last(lines, query.limit))),
            Err(error) => self.none_if_pod_is_gone(id, error).await,
        }
    }
}

#[async_trait]
impl Histories for PrimeIntellect {
    async fn ended_pods(&self, limit: u32) -> Result<Vec<EndedPod>> {
        let limit = limit as usize;
        let (mut known, mut pods) = (BTreeSet::new(), Vec::new());
        let take = |entries: Vec<_>| {
            let rows = entries.into_iter().filter_map(identified::<PodId, api::EndedJson>);
            let ended = rows.filter(|(_, row)| convert::is_ended_pod(row));
            // A row moves when another pod ends while the pages are read.
            let new = ended.filter(|(id, _)| known.insert(id.clone()));
            pods.extend(new.map(|(id, row)| convert::to_ended_pod(id, row)));
            match pods.len() < limit {
                true => ControlFlow::Continue(()),
                false => ControlFlow::Break(()),
            }
        };
        requests::history().read_pages(&self.http, take).await?;
        pods.truncate(limit);
        Ok(pods)
    }
}

impl PrimeIntellect {
    /// "Not found" may also be said of a log that was not begun yet, and by somebody on the way: only the pod itself
    /// tells whether it is gone.
    async fn none_if_pod_is_gone<T>(&self, id: &PodId, error: Error) -> Result<Option<T>> {
        match error.kind {
            Kind::NotFound if self.pod(id).await?.is_none() => Ok(None),
            _ => Err(error),
        }
    }
}
