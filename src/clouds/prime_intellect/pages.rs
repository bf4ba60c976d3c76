//! Offset pagination, also of a server that does not page as it says.

use std::ops::Range;

use futures_util::{StreamExt, stream};

use super::api::Page;
use crate::clouds::{
    Result,
    http::{Failure, Http, Request, Response},
    paging::{self, AT_ONCE, MOST_PAGES},
};

/// The largest page of the availability calls, and the usual one of all others, which have no largest.
pub const PAGE_SIZE: usize = 100;

/// A list that comes in pages.
pub struct Paged<Entry, Ask: Fn(Place) -> Request> {
    pub request: Ask,
    pub read: fn(&Response) -> std::result::Result<Page<Entry>, Failure>,
    /// How often an empty page is asked for again before it is believed.
    pub doubts: u32,
}

/// Where a page begins, in the words of both kinds of lists.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// The first page is number 1.
    pub number: u32,
    /// How many entries come before it.
    pub offset: usize,
}

impl<Entry, Ask: Fn(Place) -> Request> Paged<Entry, Ask> {
    /// The entries of all pages that can be read. One that moves while the pages are read may come twice.
    pub async fn read_all(&self, http: &Http) -> Result<Vec<Entry>> {
        self.read_until(http, |_| false).await
    }

    /// The same of the first pages only, up to the one with which there is enough: each is looked at once.
    pub async fn read_until(&self, http: &Http, mut is_enough: impl FnMut(&[Entry]) -> bool) -> Result<Vec<Entry>> {
        let read = |place| self.page(http, place);
        let mut entries = Vec::new();
        let mut ahead = stream::iter(full_pages(0..0)).map(read).buffered(AT_ONCE);
        // What has come, not what was asked for: a server may give less.
        let mut offset = 0;
        let (mut previous, mut total) = (None, paging::Total::default());
        for number in 1..=MOST_PAGES {
            let is_ahead = offset == start_of_full(number);
            let page = match ahead.next().await.filter(|_| is_ahead) {
                Some(page) => page?,
                None => read(Place { number, offset }).await?,
            };
            total
                .add(&page.list)
                .map_err(|failure| http.error(&(self.request)(Place { number, offset }), failure))?;
            if number == 1 {
                ahead = stream::iter(full_pages(2..announced(&page) + 1))
                    .map(read)
                    .buffered(AT_ONCE);
            }
            let is_repeated = previous.replace(page.list.fingerprint) == Some(page.list.fingerprint);
            let progress = Progress::of(&page, is_repeated, offset);
            match progress {
                Progress::Whole => return Ok(entries),
                Progress::Stuck => break,
                Progress::More | Progress::Last => {}
            }
            offset += page.list.len();
            let before = entries.len();
            entries.extend(page.list.entries);
            if is_enough(&entries[before..]) || progress == Progress::Last {
                return Ok(entries);
            }
        }
        Err(paging::endless(http, &(self.request)(Place { number: 1, offset: 0 })))
    }

    async fn page(&self, http: &Http, place: Place) -> Result<Page<Entry>> {
        let request = (self.request)(place);
        let mut page = http.send(&request, self.read).await?;
        for _ in 0..self.doubts {
            if !page.list.is_empty() {
                break;
            }
            page = http.send(&request, self.read).await?;
        }
        Ok(page)
    }
}

/// The places of pages, if those before them are full.
fn full_pages(numbers: Range<u32>) -> impl Iterator<Item = Place> {
    numbers.map(|number| Place {
        number,
        offset: start_of_full(number),
    })
}

fn start_of_full(number: u32) -> usize {
    PAGE_SIZE * (number as usize).saturating_sub(1)
}

/// How many pages there are, by the word of the first one, if that is full.
fn announced<Entry>(first: &Page<Entry>) -> u32 {
    let total = first.total.filter(|_| first.list.len() == PAGE_SIZE);
    let pages = total.map_or(1, |total| total.div_ceil(PAGE_SIZE as u64));
    paging::at_most(pages, &first.list)
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
    fn of<Entry>(page: &Page<Entry>, is_repeated: bool, seen: usize) -> Self {
        let seen = seen + page.list.len();
        // Zero is what the document has for a total that was never counted.
        let total = page.total.filter(|total| *total > 0);
        match total.map(|total| seen as u64 >= total) {
            _ if page.list.is_empty() => Progress::Whole,
            Some(false) if is_repeated => Progress::Stuck,
            // A server that knows no pages answers with the whole list each time.
            _ if is_repeated => Progress::Whole,
            // A total may be too small. A page that could not hold more leaves open whether there is more.
            Some(true) if page.list.len() < PAGE_SIZE => Progress::Last,
            _ => Progress::More,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clouds::streamed_list::StreamedList;

    fn page(entries: Range<usize>, total: Option<u64>) -> Page<usize> {
        Page {
            list: StreamedList {
                entries: entries.collect(),
                ..StreamedList::default()
            },
            total,
        }
    }

    #[test]
    fn a_full_first_page_tells_how_many_can_be_read_at_once() {
        assert_eq!(announced(&page(0..PAGE_SIZE, Some(250))), 3);
        assert_eq!(announced(&page(0..PAGE_SIZE, Some(200))), 2);
        assert_eq!(announced(&page(0..PAGE_SIZE, None)), 1);
        // A server that gives less than was asked for: where its pages begin, only they tell.
        assert_eq!(announced(&page(0..50, Some(250))), 1);
        assert_eq!(announced(&page(0..PAGE_SIZE, Some(u64::MAX))), MOST_PAGES);
        let offsets: Vec<usize> = full_pages(2..4).map(|place| place.offset).collect();
        assert_eq!(offsets, [PAGE_SIZE, 2 * PAGE_SIZE]);
    }

    #[test]
    fn a_list_ends() {
        use Progress::*;
        // Of the second page, after a first one with the entries 0 and 1: its entries, and the total that it says.
        let check = |entries: Range<usize>, total, expected| {
            let found = Progress::of(&page(entries.clone(), total), entries == (0..2), 2);
            assert_eq!(found, expected, "{entries:?} {total:?}");
        };
        check(2..3, None, More);
        check(0..0, None, Whole);
        check(0..0, Some(9), Whole);
        check(2..3, Some(3), Last);
        check(2..3, Some(4), More);
        check(2..3, Some(0), More);
        check(2..3, Some(1), Last);
        check(2..102, Some(102), More);
        check(0..2, None, Whole);
        check(0..2, Some(0), Whole);
        check(0..2, Some(2), Whole);
        check(0..2, Some(4), Whole);
        check(0..2, Some(5), Stuck);
    }
}
