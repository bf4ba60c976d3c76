//! A request and a response as the simulated clouds see them, free of hyper's types.

use bytes::Bytes;
use http_body_util::Full;
use hyper::StatusCode;
use hyper::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use serde_json::Value;

use crate::untrusted::json;

/// A client's request, read to its end.
#[derive(Clone, Debug, Default)]
pub(super) struct Request {
    pub method: String,
    pub path: String,
    /// The part behind the question mark, still encoded.
    pub query: String,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    pub body: Bytes,
}

impl Request {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// The body as JSON; an empty body is `null`.
    pub fn json(&self) -> Result<Value, String> {
        if self.body.is_empty() {
            return Ok(Value::Null);
        }
        json::parse(&self.body).map_err(|error| format!("the body is not JSON: {error}"))
    }

    /// The body for reading by people: JSON where it is JSON, else text.
    pub fn shown_body(&self) -> Value {
        self.json()
            .unwrap_or_else(|_| Value::String(String::from_utf8_lossy(&self.body).into_owned()))
    }

    pub fn query_pairs(&self) -> Vec<(String, String)> {
        form_urlencoded::parse(self.query.as_bytes()).into_owned().collect()
    }

    pub fn query_value(&self, name: &str) -> Option<String> {
        self.query_pairs()
            .into_iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value)
    }
}

/// Undoes the encoding of a name in a query.
pub(super) fn decode(encoded: &str) -> String {
    form_urlencoded::parse(encoded.as_bytes())
        .next()
        .map(|(name, _)| name.into_owned())
        .unwrap_or_default()
}

/// The response to the client.
#[derive(Clone, Debug)]
pub(super) struct Response {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Body,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Body {
    Json(Value),
    Text(String),
}

impl Body {
    /// A JSON string in an order for a fault means the raw text, so that a body need not be JSON.
    pub fn from_order(body: Value) -> Body {
        match body {
            Value::String(text) => Body::Text(text),
            json => Body::Json(json),
        }
    }
}

impl Response {
    pub fn json(status: u16, body: Value) -> Response {
        Response {
            status,
            headers: Vec::new(),
            body: Body::Json(body),
        }
    }

    /// Fails on a status or a header that HTTP does not know.
    pub fn into_response(self) -> Result<hyper::Response<Full<Bytes>>, hyper::http::Error> {
        let (kind, text) = match self.body {
            Body::Json(json) => ("application/json", json.to_string()),
            Body::Text(text) => ("text/html; charset=utf-8", text),
        };
        let mut response = hyper::Response::new(Full::from(text));
        *response.status_mut() = StatusCode::from_u16(self.status)?;
        response
            .headers_mut()
            .insert(CONTENT_TYPE, HeaderValue::from_static(kind));
        for (name, value) in self.headers {
            let name = HeaderName::from_bytes(name.as_bytes())?;
            response.headers_mut().insert(name, HeaderValue::from_str(&value)?);
        }
        Ok(response)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_are_decoded() {
        let check = |query: &str, expected: &[(&str, &str)]| {
            let request = Request {
                query: query.to_owned(),
                ..Request::default()
            };
            let pairs = request.query_pairs();
            let shown: Vec<_> = pairs
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str()))
                .collect();
            assert_eq!(shown, expected, "{query}");
        };
        check("", &[]);
        check("a=1&a=2", &[("a", "1"), ("a", "2")]);
        check("a=x%2Cy+z&b", &[("a", "x,y z"), ("b", "")]);
        check("a=100%&b=%zz%4", &[("a", "100%"), ("b", "%zz%4")]);
    }
}
