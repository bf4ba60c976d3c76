//! Faults that are ordered in advance: which request they meet and what happens to it.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value};
use tokio::sync::watch;

use super::http::{Body, Request, Response};

/// An order: the next `times` requests that match, after the first `after` of them, meet `action`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Fault {
    /// Any method if left out.
    method: Option<String>,
    /// A whole path, or the beginning of one with `*` at its end, or with `{id}` for whatever has an id there.
    path: String,
    #[serde(default = "once")]
    times: u64,
    #[serde(default)]
    after: u64,
    action: Action,
}

fn once() -> u64 {
    1
}

/// The fate of a request. `carried_out` says whether the cloud does what it was asked, unseen by the client.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Action {
    Respond(Respond),
    Cut(Cut),
    /// Done, but the body of the answer is another one.
    ReplaceBody(Value),
    /// Done, but fields of the answer's data are others; `null` takes a field out.
    MergeData(Map<String, Value>),
    /// Answered as if this path had been asked for: about another thing or, where there is none, about nothing.
    AnswerOf(String),
    /// Done at once, answered so much later by the wall clock, which is the client's.
    DelayMs(u64),
    /// Held until it is let go or the faults are cleared, then answered.
    Hang(Hang),
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Respond {
    status: u16,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    #[serde(default)]
    body: Value,
    #[serde(default)]
    pub carried_out: bool,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Cut {
    #[serde(default)]
    pub carried_out: bool,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Hang {
    /// `true`: carried out once the request is released.
    Plain(bool),
    Detailed(Cut),
}

impl Hang {
    /// Whether the cloud does its work before it hangs.
    pub fn carried_out(&self) -> bool {
        matches!(self, Hang::Detailed(Cut { carried_out: true }))
    }
}

impl Respond {
    pub fn answer(&self) -> Response {
        let headers = self
            .headers
            .iter()
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        let body = if self.body.is_null() {
            Body::Text(String::new())
        } else {
            Body::from_order(self.body.clone())
        };
        Response {
            status: self.status,
            headers,
            body,
        }
    }
}

/// The orders that are still open, and the signal that lets held requests go.
pub(super) struct Faults {
    orders: Vec<Fault>,
    releases: watch::Sender<u64>,
}

impl Default for Faults {
    fn default() -> Faults {
        Faults {
            orders: Vec::new(),
            releases: watch::Sender::new(0),
        }
    }
}

impl Faults {
    pub fn order(&mut self, order: Value) -> Result<(), String> {
        let fault: Fault = serde_json::from_value(order).map_err(|error| format!("not a fault: {error}"))?;
        check(&fault)?;
        self.orders.push(fault);
        Ok(())
    }

    pub fn clear(&mut self) {
        self.orders.clear();
        self.let_go();
    }

    /// Answers the requests that are held now. Orders that no request has met yet stay.
    pub fn let_go(&mut self) {
        self.releases.send_modify(|releases| *releases += 1);
    }

    /// The action that this request meets, if any: of several orders the one that was given first.
    pub fn take(&mut self, request: &Request) -> Option<Action> {
        for fault in self.orders.iter_mut().filter(|fault| fault.matches(request)) {
            if fault.after > 0 {
                fault.after -= 1;
                continue;
            }
            fault.times -= 1;
            let action = fault.action.clone();
            self.orders.retain(|fault| fault.times > 0);
            return Some(action);
        }
        None
    }

    /// Changes when held requests are let go after this call.
    pub fn release(&self) -> watch::Receiver<u64> {
        self.releases.subscribe()
    }
}

impl Fault {
    fn matches(&self, request: &Request) -> bool {
        let method = self.method.as_ref().is_none_or(|method| *method == request.method);
        let is_id = |end: &str| !end.is_empty() && !end.contains('/');
        let path = match (self.path.strip_suffix('*'), self.path.strip_suffix("{id}")) {
            (Some(beginning), _) => request.path.starts_with(beginning),
            (None, Some(beginning)) => request.path.strip_prefix(beginning).is_some_and(is_id),
            (None, None) => request.path == self.path,
        };
        method && path
    }
}

/// An order that could never be met is refused at once, not when its request comes.
fn check(fault: &Fault) -> Result<(), String> {
    if fault.times == 0 {
        return Err("times is 0: use at least 1".to_owned());
    }
    match &fault.action {
        Action::Respond(respond) if !(200..=599).contains(&respond.status) => {
            Err(format!("status is {}: use 200 to 599", respond.status))
        }
        Action::Respond(respond) => respond
            .answer()
            .into_response()
            .map(drop)
            .map_err(|error| error.to_string()),
        Action::AnswerOf(path) if !path.starts_with('/') => Err(format!("answer_of is {path:?}: use a path")),
        Action::Hang(Hang::Plain(false)) => Err("hang is false: leave the fault out".to_owned()),
        _ => Ok(()),
    }
}

/// Changes fields of an answer: of its `data` where it has one, of each element where that is a list.
pub(super) fn merge_data(body: &mut Value, changes: &Map<String, Value>) {
    let data = match body {
        Value::Object(fields) if fields.contains_key("data") => &mut fields["data"],
        whole => whole,
    };
    match data {
        Value::Array(elements) => elements.iter_mut().for_each(|element| merge(element, changes)),
        single => merge(single, changes),
    }
}

fn merge(target: &mut Value, changes: &Map<String, Value>) {
    let Value::Object(fields) = target else { return };
    for (name, change) in changes {
        if change.is_null() {
            fields.remove(name);
        } else {
            fields.insert(name.clone(), change.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn request(method: &str, path: &str) -> Request {
        Request {
            method: method.to_owned(),
            path: path.to_owned(),
            ..Request::default()
        }
    }

    #[test]
    fn a_fault_meets_the_requests_it_names() {
        let mut faults = Faults::default();
        faults
            .order(json!({"method": "GET", "path": "/v2/pods/*", "after": 1, "times": 2, "action": {"delay_ms": 1}}))
            .unwrap();
        let mut check = |method: &str, path: &str, met: bool| {
            assert_eq!(faults.take(&request(method, path)).is_some(), met, "{method} {path}");
        };
        check("DELETE", "/v2/pods/1", false);
        check("GET", "/v2/pods", false);
        check("GET", "/v2/pods/1", false);
        check("GET", "/v2/pods/1", true);
        check("GET", "/v2/pods/2", true);
        check("GET", "/v2/pods/2", false);
        faults
            .order(json!({"path": "/v2/pods/{id}", "action": {"delay_ms": 1}}))
            .unwrap();
        let mut check = |path: &str, met: bool| {
            assert_eq!(faults.take(&request("GET", path)).is_some(), met, "{path}");
        };
        check("/v2/pods/", false);
        check("/v2/pods/1/logs", false);
        check("/v2/pods/1", true);
    }

    #[test]
    fn orders_that_cannot_be_met_are_refused() {
        let check = |order: Value, expected: &str| {
            let text = Faults::default().order(order).unwrap_err();
            assert!(text.contains(expected), "{text}");
        };
        check(json!({"path": "/", "action": {"cut": {}}, "tims": 2}), "tims");
        check(json!({"path": "/", "action": {"cut": {"carried": true}}}), "carried");
        check(json!({"path": "/", "action": {"explode": 1}}), "explode");
        check(
            json!({"path": "/", "times": 0, "action": {"delay_ms": 1}}),
            "times is 0",
        );
        check(
            json!({"path": "/", "action": {"respond": {"status": 99}}}),
            "status is 99",
        );
        check(
            json!({"path": "/", "action": {"respond": {"status": 500, "headers": {"a b": "c"}}}}),
            "header",
        );
        check(json!({"path": "/", "action": {"hang": false}}), "hang is false");
        check(
            json!({"path": "/", "action": {"answer_of": "v2"}}),
            "answer_of is \"v2\"",
        );
        check(json!({"action": {"delay_ms": 1}}), "path");
    }

    #[test]
    fn data_is_changed_where_it_stands() {
        let changes = json!({"id": null, "status": "NEW", "big": 9_223_372_036_854_775_808_u64});
        let changes = changes.as_object().unwrap();
        let check = |mut body: Value, expected: Value| {
            merge_data(&mut body, changes);
            assert_eq!(body, expected);
        };
        let big = 9_223_372_036_854_775_808_u64;
        check(
            json!({"code": 1, "data": {"id": 7}}),
            json!({"code": 1, "data": {"status": "NEW", "big": big}}),
        );
        check(
            json!({"data": [{"id": 7}]}),
            json!({"data": [{"status": "NEW", "big": big}]}),
        );
        check(json!({"id": 7}), json!({"status": "NEW", "big": big}));
        check(json!({"data": true}), json!({"data": true}));
    }
}
