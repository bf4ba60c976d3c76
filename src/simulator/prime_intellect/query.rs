//! Parameters of queries, and the pages of lists that are cut by `offset` and `limit`.

use serde_json::{Value, json};

use super::answers::Refusal;
use crate::simulator::cloud::Quirks;
use crate::simulator::http::Request;

/// The official document's.
const DEFAULT_LIMIT: i64 = 100;
/// The size of a short page.
pub(super) const SHORT: usize = 3;

/// A part of a list.
pub(super) struct Page {
    offset: usize,
    limit: usize,
}

impl Page {
    /// No document gives a greatest limit.
    pub fn read(request: &Request, quirks: &Quirks) -> Result<Page, Refusal> {
        let offset = integer(request, "offset", 0, i64::MAX)?.unwrap_or_default();
        let limit = integer(request, "limit", 0, i64::MAX)?.unwrap_or(DEFAULT_LIMIT);
        let limit = to_size(limit);
        Ok(Page {
            offset: to_size(offset),
            limit: if quirks.short_pages { limit.min(SHORT) } else { limit },
        })
    }

    /// A page beyond the last is empty.
    pub fn of(&self, items: Vec<Value>) -> Value {
        let total = items.len();
        let data: Vec<Value> = items.into_iter().skip(self.offset).take(self.limit).collect();
        json!({
            "total_count": total,
            "offset": self.offset,
            "limit": self.limit,
            "data": data,
            "status": null,
        })
    }
}

pub(super) fn to_size(number: i64) -> usize {
    usize::try_from(number).unwrap_or_default()
}

pub(super) fn integer(request: &Request, name: &str, least: i64, most: i64) -> Result<Option<i64>, Refusal> {
    let Some(text) = request.query_value(name) else {
        return Ok(None);
    };
    let number = text.parse().ok().filter(|number| (least..=most).contains(number));
    match number {
        Some(number) => Ok(Some(number)),
        None => Err(Refusal::in_query(
            name,
            format!("must be a whole number from {least} to {most}"),
        )),
    }
}

pub(super) fn word(request: &Request, name: &str, words: &[&str]) -> Result<Option<String>, Refusal> {
    let word = request.query_value(name);
    word.iter().try_for_each(|word| check_word(name, word, words))?;
    Ok(word)
}

/// Every value of a parameter that may be repeated.
pub(super) fn texts(request: &Request, name: &str) -> Vec<String> {
    let pairs = request.query_pairs().into_iter();
    pairs.filter(|(key, _)| key == name).map(|(_, value)| value).collect()
}

pub(super) fn all_words(request: &Request, name: &str, words: &[&str]) -> Result<Vec<String>, Refusal> {
    let all = texts(request, name);
    all.iter().try_for_each(|word| check_word(name, word, words))?;
    Ok(all)
}

fn check_word(name: &str, word: &str, words: &[&str]) -> Result<(), Refusal> {
    match words.contains(&word) {
        true => Ok(()),
        false => Err(Refusal::in_query(name, format!("must be one of {}", words.join(", ")))),
    }
}
