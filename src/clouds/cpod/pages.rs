//! Cursor pagination, also of a server that does not page as one would think.

use std::collections::BTreeSet;

use super::api::{self, Page};
use crate::clouds::{
    Result,
    http::{Http, Request},
    paging,
    tolerant::FromJson,
};

/// The entries of all pages, whose requests `list` makes by their cursor. What has no id cannot be asked about either.
pub async fn read_all<Entry: FromJson>(http: &Http, list: fn(Option<&str>) -> Request) -> Result<Vec<Entry>> {
    let mut request = list(None);
    let mut entries = Vec::new();
    let (mut cursors, mut total) = (BTreeSet::new(), paging::Total::default());
    for _ in 0..paging::MOST_PAGES {
        let Page { list: page, cursor } = http.send(&request, api::page).await?;
        total.add(&page).map_err(|failure| http.error(&request, failure))?;
        let is_empty = page.is_empty();
        entries.extend(page.entries);
        let Some(cursor) = cursor else { return Ok(entries) };
        request = list(Some(&cursor));
        match (cursors.insert(cursor), is_empty) {
            (true, _) => {}
            // Nothing came from there, so that nothing is missing.
            (false, true) => return Ok(entries),
            // Whoever does not understand a cursor shows the first page for ever.
            (false, false) => break,
        }
    }
    Err(paging::endless(http, &request))
}
