//! Page-number pagination, also of a server that does not page as it says.

use futures_util::{StreamExt, stream};

use super::api::{self, Page};
use crate::clouds::{
    Result,
    http::{Http, Request},
    paging::{self, AT_ONCE, MOST_PAGES},
    tolerant::FromJson,
};

/// The documents name no largest page. The guide's default is 10.
pub const PAGE_SIZE: u32 = 100;

/// The entries of all pages that can be read. `request` asks for one of the pages; the first is number 1.
pub async fn read_all<Entry: FromJson>(http: &Http, request: impl Fn(u32) -> Request) -> Result<Vec<Entry>> {
    let read = |number| {
        let request = request(number);
        async move { http.send(&request, api::page).await }
    };
    let mut entries = Vec::new();
    let (mut seen, mut previous, mut total) = (0, None, paging::Total::default());
    let mut ahead = stream::iter(0..0).map(read).buffered(AT_ONCE);
    for number in 1..=MOST_PAGES {
        let page: Page<Entry> = match ahead.next().await {
            Some(page) => page?,
            None => read(number).await?,
        };
        total
            .add(&page.list)
            .map_err(|failure| http.error(&request(number), failure))?;
        if number == 1 {
            ahead = stream::iter(2..announced(&page) + 1).map(read).buffered(AT_ONCE);
        }
        let is_repeated = previous.replace(page.list.fingerprint) == Some(page.list.fingerprint);
        let progress = Progress::of(&page, is_repeated, number, seen);
        match progress {
            Progress::Whole => return Ok(entries),
            Progress::Stuck => break,
            Progress::More | Progress::Last => {}
        }
        seen += page.list.len();
        entries.extend(page.list.entries);
        if progress == Progress::Last {
            return Ok(entries);
        }
    }
    Err(paging::endless(http, &request(1)))
}

/// The pagination state after a page.
#[derive(Debug, PartialEq, Eq)]
enum Progress {
    /// The pages before it were all.
    Whole,
    /// It is the last one.
    Last,
    More,
    /// It is the page before once more, and there should be others.
    Stuck,
}

impl Progress {
    fn of<Entry>(page: &Page<Entry>, is_repeated: bool, number: u32, seen: usize) -> Self {
        match is_last(page, number, seen + page.list.len()) {
            _ if page.list.is_empty() => Progress::Whole,
            Some(true) => Progress::Last,
            Some(false) if is_repeated => Progress::Stuck,
            // A server that knows no pages answers with the whole list each time.
            None if is_repeated => Progress::Whole,
            Some(false) | None => Progress::More,
        }
    }
}

/// How many pages there are, by the word of the first one.
fn announced<Entry>(first: &Page<Entry>) -> u32 {
    let by_total = || {
        Some(
            first
                .total?
                .div_ceil(first.list.len().try_into().ok().filter(|size| *size > 0)?),
        )
    };
    let pages = first.pages.or_else(by_total).unwrap_or(1);
    paging::at_most(pages, &first.list)
}

/// The page's own word on it; `None` if it says nothing. Zero pages or entries, and yet some, were never counted.
fn is_last<Entry>(page: &Page<Entry>, number: u32, seen: usize) -> Option<bool> {
    let by_pages = page.pages.filter(|pages| *pages > 0);
    let by_total = page.total.filter(|total| *total > 0);
    by_pages
        .map(|pages| u64::from(number) >= pages)
        .or_else(|| by_total.map(|total| seen as u64 >= total))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clouds::streamed_list::StreamedList;

    fn page(entries: &[u32], pages: Option<u64>, total: Option<u64>) -> Page<u32> {
        Page {
            list: StreamedList {
                entries: entries.to_vec(),
                ..StreamedList::default()
            },
            total,
            pages,
        }
    }

    #[test]
    fn the_first_page_tells_how_many_can_be_read_at_once() {
        let check = |entries: &[u32], pages, total, expected| {
            assert_eq!(announced(&page(entries, pages, total)), expected, "{pages:?} {total:?}");
        };
        check(&[1, 2], Some(3), None, 3);
        check(&[1, 2], Some(3), Some(99), 3);
        check(&[1, 2], None, Some(5), 3);
        check(&[1, 2], None, Some(2), 1);
        check(&[], None, Some(5), 1);
        check(&[1, 2], None, None, 1);
        check(&[1, 2], Some(u64::MAX), None, MOST_PAGES);
    }

    #[test]
    fn a_list_ends() {
        use Progress::*;
        // Of page 2, after a first one with the entries 1 and 2: its entries, the pages and the total that it says.
        let check = |entries: &[u32], pages, total, expected| {
            let found = Progress::of(&page(entries, pages, total), entries == [1, 2], 2, 2);
            assert_eq!(found, expected, "{entries:?} {pages:?} {total:?}");
        };
        check(&[3], None, None, More);
        check(&[], None, None, Whole);
        check(&[], Some(9), Some(9), Whole);
        check(&[3], Some(2), None, Last);
        check(&[3], Some(3), None, More);
        check(&[3], None, Some(3), Last);
        check(&[3], None, Some(4), More);
        // Pages are what is asked for; a total may count what is not shown.
        check(&[3], Some(2), Some(4), Last);
        check(&[3], Some(3), Some(3), More);
        check(&[3], Some(0), Some(0), More);
        check(&[3], Some(0), Some(3), Last);
        check(&[1, 2], None, None, Whole);
        check(&[1, 2], Some(0), Some(0), Whole);
        check(&[1, 2], Some(3), Some(5), Stuck);
    }
}
