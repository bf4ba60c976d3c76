//! Pods' logs and running times at Yotta Labs.

mod requests;

mod api;

mod convert;

#[cfg(test)]
mod tests;

use async_trait::async_trait;

use super::{Yotta, pages::PAGE_SIZE};
use crate::clouds::{
    Kind, LogLine, LogQuery, Logs, PodId, Result, Runtime, Runtimes, http::Failure, paging::MOST_BYTES,
};

#[async_trait]
impl Logs for Yotta {
    async fn pod_logs(&self, id: &PodId, query: &LogQuery) -> Result<Vec<LogLine>> {
        Ok(self.http.secrets().redact_log(self.log_lines(id, query).await?))
    }
}

#[async_trait]
impl Runtimes for Yotta {
    async fn pod_runtime(&self, id: &PodId) -> Result<Option<Runtime>> {
        let runtime = self.http.send(&requests::runtime(id), api::runtime).await?;
        Ok((!convert::is_gone(&runtime)).then(|| convert::to_runtime(runtime)))
    }
}

impl Yotta {
    /// Follows the cursors up to the limit. Every further page has to bring something, so that no server can make this
    /// last for ever.
    async fn log_lines(&self, id: &PodId, query: &LogQuery) -> Result<Vec<LogLine>> {
        let mut lines = Vec::new();
        let mut bytes = 0;
        let mut remaining = query.limit;
        let mut cursor: Option<String> = None;
        loop {
            let request = requests::logs(id, query, remaining.clamp(1, PAGE_SIZE), cursor.as_deref());
            let page = self.http.send(&request, api::log_page).await?;
            let items = page.items.0.unwrap_or_default();
            let next = page.page.0.and_then(convert::next_cursor);
            let is_over = items.is_empty() || next.is_none() || next == cursor;
            let wanted = items.into_iter().take(remaining as usize);
            remaining -= wanted.len() as u32;
            for line in wanted.filter_map(convert::to_log_line) {
                bytes += line.content.len();
                lines.push(line);
            }
            if bytes > MOST_BYTES {
                let message = format!(
                    "the log is longer than {} MiB, which is the most that is read",
                    MOST_BYTES >> 20
                );
                return Err(self.http.error(&request, Failure::new(Kind::Unreadable, message)));
            }
            if is_over || remaining == 0 {
                return Ok(lines);
            }
            cursor = next;
        }
    }
}
