//! Cursor pagination of the list of pods.

use std::collections::BTreeSet;

use super::{
    api::PodJson,
    inferred::{self, Page},
    requests,
};
use crate::clouds::{PodId, Result, http::Http, paging};

/// The pods of all pages. What has no id cannot be asked about either.
pub async fn read_all(http: &Http) -> Result<Vec<(PodId, PodJson)>> {
    let mut request = requests::list(None);
    let mut entries = Vec::new();
    let (mut cursors, mut total) = (BTreeSet::new(), paging::Total::default());
    for _ in 0..paging::MOST_PAGES {
        let Page { list, cursor } = http.send(&request, inferred::page).await?;
        total.add(&list).map_err(|failure| http.error(&request, failure))?;
        let is_empty = list.is_empty();
        entries.extend(list.entries);
        let Some(cursor) = cursor else { return Ok(entries) };
        request = requests::list(Some(&cursor));
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
