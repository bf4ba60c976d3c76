//! Pagination limits of all clouds: how long a list may be, and when a list that does not page as it says ends.

use super::{
    Error, Kind,
    http::{Failure, Http, Request},
    streamed_list::StreamedList,
};

/// No list of a cloud comes near this; it keeps a broken server from being asked for ever.
pub const MOST_PAGES: u32 = 1_000;
/// So many pages are read at once, if the first one tells that there are others.
pub const AT_ONCE: usize = 10;
/// The most entries of a list, over all of its pages, so that a broken server does not fill the memory.
pub const MOST_ENTRIES: usize = 100_000;
/// The most bytes of a list, over all of its pages.
pub const MOST_BYTES: usize = 64 << 20;
/// Pages that are longer are read one after the other.
const LONG_PAGE: usize = 1 << 20;

/// The number of pages that a first page announces, as far as they are asked for ahead.
pub fn at_most<Entry>(announced: u64, first: &StreamedList<Entry>) -> u32 {
    match first.bytes > LONG_PAGE {
        true => 1,
        false => u32::try_from(announced).unwrap_or(MOST_PAGES).min(MOST_PAGES),
    }
}

/// How much of a list has come.
#[derive(Debug, Default)]
pub struct Total {
    entries: usize,
    bytes: usize,
}

impl Total {
    /// Adds a page, or the whole list where it has no pages.
    pub fn add<Entry>(&mut self, list: &StreamedList<Entry>) -> Result<(), Failure> {
        self.entries = self.entries.saturating_add(list.len());
        self.bytes = self.bytes.saturating_add(list.bytes);
        let bound = if self.entries > MOST_ENTRIES {
            format!("{MOST_ENTRIES} entries")
        } else if self.bytes > MOST_BYTES {
            format!("{} MiB", MOST_BYTES >> 20)
        } else {
            return Ok(());
        };
        let message = format!("the list is longer than {bound}, which is the most that is read of one");
        Err(Failure::new(Kind::Unreadable, message))
    }
}

/// Half a list would make what it does not name look gone.
pub fn endless(http: &Http, request: &Request) -> Error {
    let message = format!("the list does not end: its pages repeat, or are more than {MOST_PAGES}");
    http.error(request, Failure::new(Kind::Unreadable, message))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(entries: usize, unreadable: usize, bytes: usize) -> StreamedList<()> {
        StreamedList {
            entries: vec![(); entries],
            unreadable,
            bytes,
            ..StreamedList::default()
        }
    }

    #[track_caller]
    fn check(lists: &[StreamedList<()>], expected: Option<&str>) {
        let mut total = Total::default();
        let result = lists.iter().try_for_each(|list| total.add(list));
        let found = result.err().map(|failure| (failure.kind, failure.message));
        let message = |bound| format!("the list is longer than {bound}, which is the most that is read of one");
        assert_eq!(found, expected.map(|bound| (Kind::Unreadable, message(bound))));
    }

    #[test]
    fn a_whole_list_has_a_bound() {
        check(&[], None);
        check(&[list(MOST_ENTRIES, 0, 0)], None);
        check(&[list(MOST_ENTRIES, 1, 0)], Some("100000 entries"));
        check(&[list(MOST_ENTRIES - 1, 0, 0), list(0, 2, 0)], Some("100000 entries"));
        check(&[list(1, 0, MOST_BYTES), list(1, 0, 1)], Some("64 MiB"));
    }

    #[test]
    fn long_pages_are_not_read_ahead() {
        assert_eq!(at_most(7, &list(1, 0, LONG_PAGE)), 7);
        assert_eq!(at_most(7, &list(1, 0, LONG_PAGE + 1)), 1);
        assert_eq!(at_most(u64::MAX, &list(1, 0, 0)), MOST_PAGES);
    }
}
