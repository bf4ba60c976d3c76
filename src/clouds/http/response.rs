//! An HTTP response: its status, and a body of bounded size that may be anything.

use std::time::Duration;

use reqwest::{StatusCode, header};
use serde_json::Value;
use time::OffsetDateTime;

use super::{Failure, retry};
use crate::{
    clouds::{
        Kind, paging,
        reason::Reason,
        streamed_list::{self, StreamedList},
        tolerant::FromJson,
    },
    untrusted::json,
};

/// No answer of a cloud comes near this; it keeps a broken one from filling the memory.
const LARGEST_BODY: usize = 16 << 20;

/// A body, and the list in it.
pub type BodyAndList<Entry> = (Value, Option<StreamedList<Entry>>);

/// A response that came whole.
pub struct Response {
    status: StatusCode,
    retry_after: Option<Duration>,
    content_type: Option<String>,
    body: Vec<u8>,
    /// The id in the request, where there was one.
    requested_id: Option<String>,
}

/// The acknowledgement of a write, by how sure it is that the cloud sent it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Receipt {
    /// Nothing but a status, or JSON.
    Plain,
    /// Something else that no cloud writes, such as a page of HTML: somebody on the way may have.
    Odd,
}

impl Response {
    pub async fn receive(response: reqwest::Response) -> Result<Self, Failure> {
        let status = response.status();
        let text = |name| response.headers().get(name).and_then(|value| value.to_str().ok());
        let retry_after = text(header::RETRY_AFTER).and_then(|after| retry::parse_after(after, text(header::DATE)));
        let content_type = text(header::CONTENT_TYPE).map(str::to_owned);
        let body = match receive_body(response).await {
            Ok(body) => body,
            Err(failure) if status.is_success() => {
                return Err(Failure {
                    status: Some(status.as_u16()),
                    ..failure
                });
            }
            // A refusal is told by its status alone.
            Err(_) => Vec::new(),
        };
        Ok(Self {
            status,
            retry_after,
            content_type,
            body,
            requested_id: None,
        })
    }

    pub fn for_object(self, id: Option<&str>) -> Self {
        Self {
            requested_id: id.map(str::to_owned),
            ..self
        }
    }

    pub fn requested_id(&self) -> Option<&str> {
        self.requested_id.as_deref()
    }

    #[cfg(test)]
    pub fn of(status: u16, body: &str) -> Self {
        let status = StatusCode::from_u16(status).expect("a test's status");
        Self {
            status,
            retry_after: None,
            content_type: None,
            body: body.as_bytes().to_vec(),
            requested_id: None,
        }
    }

    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    pub fn retry_after(&self) -> Option<Duration> {
        self.retry_after
    }

    /// The kind of error that the status alone is; `None` for a success.
    pub fn error_kind(&self) -> Option<Kind> {
        error_kind(self.status.as_u16())
    }

    /// How a success is told.
    pub fn receipt(&self) -> Receipt {
        match self.body.trim_ascii().is_empty() || self.json().is_some() {
            true => Receipt::Plain,
            false => Receipt::Odd,
        }
    }

    pub fn json(&self) -> Option<Value> {
        json::parse(&self.body).ok()
    }

    /// The body, with the list at `path` apart; `None` if it is no JSON. A list that is too long for
    /// one answer is no list.
    pub fn with_list<Entry: FromJson>(&self, path: &[&str]) -> Result<Option<BodyAndList<Entry>>, Failure> {
        let Ok((body, list)) = streamed_list::read(&self.body, path) else {
            return Ok(None);
        };
        if let Some(list) = &list {
            paging::Total::default().add(list).map_err(|failure| Failure {
                status: Some(self.status()),
                ..failure
            })?;
        }
        Ok(Some((body, list)))
    }

    /// The body, if it is sent as plain text. What is not UTF-8 in it is replaced.
    pub fn plain_text(&self) -> Option<String> {
        let media_type = self.content_type.as_deref()?.split(';').next()?.trim();
        let is_plain = media_type.eq_ignore_ascii_case("text/plain");
        is_plain.then(|| String::from_utf8_lossy(&self.body).into_owned())
    }

    /// Why the cloud refuses, in whichever form it says so; its `own` documents' members count first.
    pub fn reason(&self, own: &[&str]) -> Reason {
        match self.json() {
            Some(body) => Reason::of_json(&body, own),
            None => Reason::of_text(&String::from_utf8_lossy(&self.body)),
        }
    }

    /// A failure that this response tells of, with the cloud's own code and message where it gave them.
    pub fn failure(&self, kind: Kind, code: Option<String>, message: Option<String>) -> Failure {
        let message = message.filter(|message| !message.trim().is_empty());
        let message = message.unwrap_or_else(|| self.describe(kind));
        Failure {
            status: Some(self.status()),
            code,
            ..Failure::new(kind, message)
        }
    }

    fn describe(&self, kind: Kind) -> String {
        if self.status.is_redirection() {
            return "the answer redirects to another address, where the key is not sent: correct the base URL"
                .to_owned();
        }
        match kind {
            Kind::Unreadable => {
                let content_type = self.content_type.as_deref().unwrap_or("no content type");
                let bound = match json::parse(&self.body) {
                    Err(error) if error.is_data() => format!(", more than {} values", json::MOST_VALUES),
                    _ => String::new(),
                };
                format!(
                    "the answer cannot be read ({content_type}, {} bytes{bound})",
                    self.body.len()
                )
            }
            _ => "no reason was given".to_owned(),
        }
    }
}

/// The `Date` header, if there is one.
pub fn date(response: &reqwest::Response) -> Option<OffsetDateTime> {
    retry::parse_date(response.headers().get(header::DATE)?.to_str().ok()?)
}

async fn receive_body(mut response: reqwest::Response) -> Result<Vec<u8>, Failure> {
    let announced = response.content_length().and_then(|length| length.try_into().ok());
    let mut body = Vec::with_capacity(announced.unwrap_or(0).min(LARGEST_BODY));
    while let Some(chunk) = response.chunk().await.map_err(Failure::from_transport)? {
        if body.len() + chunk.len() > LARGEST_BODY {
            let message = format!("the answer is larger than {LARGEST_BODY} bytes");
            return Err(Failure::new(Kind::Unreadable, message));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

fn error_kind(status: u16) -> Option<Kind> {
    match status {
        200..=299 => None,
        401 => Some(Kind::Unauthorized),
        402 => Some(Kind::Payment),
        403 => Some(Kind::Forbidden),
        404 | 410 => Some(Kind::NotFound),
        // The cloud, or a proxy before it, gave up on reading the request: how much it read is not known.
        408 => Some(Kind::AnswerLost),
        409 => Some(Kind::Conflict),
        429 => Some(Kind::RateLimited),
        400..=499 => Some(Kind::Invalid),
        500..=599 => Some(Kind::CloudFailed),
        _ => Some(Kind::Unreadable),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_sent_as_plain_text_is_one() {
        let check = |content_type: Option<&str>, body: &[u8], expected: Option<&str>| {
            let response = Response {
                content_type: content_type.map(str::to_owned),
                body: body.to_vec(),
                ..Response::of(200, "")
            };
            assert_eq!(response.plain_text().as_deref(), expected, "{content_type:?}");
        };
        check(Some("text/plain"), b"a\nb", Some("a\nb"));
        check(Some("Text/Plain; charset=utf-8"), b"a\xff", Some("a\u{fffd}"));
        check(Some("text/html"), b"a", None);
        check(Some("application/json"), b"a", None);
        check(None, b"a", None);
    }

    #[test]
    fn a_status_has_a_kind() {
        let table = [
            (200, None),
            (201, None),
            (204, None),
            (302, Some(Kind::Unreadable)),
            (400, Some(Kind::Invalid)),
            (401, Some(Kind::Unauthorized)),
            (402, Some(Kind::Payment)),
            (403, Some(Kind::Forbidden)),
            (404, Some(Kind::NotFound)),
            (405, Some(Kind::Invalid)),
            (408, Some(Kind::AnswerLost)),
            (409, Some(Kind::Conflict)),
            (410, Some(Kind::NotFound)),
            (422, Some(Kind::Invalid)),
            (429, Some(Kind::RateLimited)),
            (500, Some(Kind::CloudFailed)),
            (502, Some(Kind::CloudFailed)),
            (503, Some(Kind::CloudFailed)),
            (504, Some(Kind::CloudFailed)),
            (524, Some(Kind::CloudFailed)),
            (999, Some(Kind::Unreadable)),
        ];
        for (status, kind) in table {
            assert_eq!(error_kind(status), kind, "{status}");
        }
    }
}
