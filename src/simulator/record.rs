//! Keeps what the clouds were asked, so that a test or a curious user can look it up.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::{Value, json};

use super::http::Request;
use super::secrets;

/// One request to a simulated cloud. A request stands here from its arrival on, `status` from its answer on.
///
/// A test in this process sees the query and the body as they were sent. Everybody else sees what
/// [`shown`](RecordedRequest::shown) leaves of them, and so does `Debug`.
#[derive(Clone)]
pub struct RecordedRequest {
    /// Counts from 1 and goes on after the record was cleared.
    pub number: u64,
    pub method: String,
    pub path: String,
    /// The part behind the question mark, still encoded.
    pub query: String,
    /// Names in lower case; the value of a key is `***`.
    pub headers: BTreeMap<String, String>,
    /// JSON, else text; `null` if there was none.
    pub body: Value,
    /// `None` while the request is in flight, and for good if its connection was cut.
    pub status: Option<u16>,
    /// Simulated time of arrival, epoch milliseconds.
    pub time: u64,
}

impl RecordedRequest {
    /// Without what may be secret.
    pub(super) fn shown(&self) -> Value {
        json!({
            "number": self.number,
            "method": self.method,
            "path": self.path,
            "query": secrets::query(&self.query),
            "headers": self.headers,
            "body": secrets::body(&self.body),
            "status": self.status,
            "time": self.time,
        })
    }
}

impl fmt::Debug for RecordedRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.shown().fmt(formatter)
    }
}

/// A simulator that runs for days must not grow for days.
const MOST: usize = 10_000;

#[derive(Default)]
pub(super) struct Record {
    requests: Vec<RecordedRequest>,
    last_number: u64,
}

impl Record {
    pub fn requests(&self) -> &[RecordedRequest] {
        &self.requests
    }

    pub fn clear(&mut self) {
        self.requests.clear();
    }

    /// Writes a request down and returns its number.
    pub fn arrived(&mut self, request: &Request, time: u64) -> u64 {
        if self.requests.len() >= MOST {
            self.requests.drain(..MOST / 10);
        }
        self.last_number += 1;
        self.requests.push(RecordedRequest {
            number: self.last_number,
            method: request.method.clone(),
            path: request.path.clone(),
            query: request.query.clone(),
            headers: shown_headers(request),
            body: request.shown_body(),
            status: None,
            time,
        });
        self.last_number
    }

    pub fn answered(&mut self, number: u64, status: u16) {
        if let Some(request) = self.requests.iter_mut().find(|request| request.number == number) {
            request.status = Some(status);
        }
    }
}

fn shown_headers(request: &Request) -> BTreeMap<String, String> {
    let headers = request.headers.iter();
    headers
        .map(|(name, value)| (name.clone(), secrets::header(name, value)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_not_recorded() {
        let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let request = Request {
            headers: vec![
                header("x-api-key", "k-1"),
                header("authorization", "Bearer k-2"),
                header("accept", "*/*"),
            ],
            ..Request::default()
        };
        let mut record = Record::default();
        record.arrived(&request, 0);
        let text = format!("{:?}", record.requests());
        assert!(!text.contains("k-1") && !text.contains("k-2"), "{text}");
        assert!(text.contains("*/*"), "{text}");
    }

    #[test]
    fn what_is_shown_holds_no_secret() {
        let request = Request {
            query: "limit=1&token=s-1".to_owned(),
            body: r#"{"name": "a", "environmentVars": [{"key": "A", "value": "s-2"}], "password": "s-3"}"#.into(),
            ..Request::default()
        };
        let mut record = Record::default();
        record.arrived(&request, 0);
        let recorded = &record.requests()[0];
        for text in [recorded.shown().to_string(), format!("{recorded:?}")] {
            assert!(
                !text.contains("s-") && text.contains("limit=1") && text.contains("\"A\""),
                "{text}"
            );
        }
        assert_eq!(recorded.body["password"], "s-3", "a test in this process sees all");
    }

    #[test]
    fn a_body_that_is_no_json_is_not_shown() {
        let request = Request {
            body: "client_secret=s-1".into(),
            ..Request::default()
        };
        let mut record = Record::default();
        record.arrived(&request, 0);
        assert_eq!(record.requests()[0].shown()["body"], "***");
    }

    #[test]
    fn the_record_is_bounded_and_numbers_go_on() {
        let mut record = Record::default();
        for _ in 0..=MOST {
            record.arrived(&Request::default(), 0);
        }
        assert!(record.requests().len() <= MOST);
        record.clear();
        let number = record.arrived(&Request::default(), 0);
        assert_eq!(number, MOST as u64 + 2);
        record.answered(number, 200);
        record.answered(1, 500);
        assert_eq!(record.requests()[0].status, Some(200));
    }
}
