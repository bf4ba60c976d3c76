//! What the cloud was asked, by its record.

use gpupod::simulator::RecordedRequest;
use serde_json::Value;

use super::workspace::Workspace;

impl Workspace {
    /// What the cloud was asked about pods since the record was last cleared, in its order: `read` stands for any
    /// number of reads.
    pub fn calls(&self) -> Vec<&'static str> {
        let mut calls: Vec<_> = self.cloud.requests().iter().filter_map(call).collect();
        calls.dedup_by(|next, last| *next == "read" && *last == "read");
        calls
    }

    /// What the cloud was told to do to pods.
    pub fn orders(&self) -> Vec<&'static str> {
        self.calls().into_iter().filter(|call| *call != "read").collect()
    }

    /// The body of the last order of a pod.
    #[track_caller]
    pub fn order_body(&self) -> Value {
        let requests = self.cloud.requests();
        let create = requests.iter().rfind(|request| call(request) == Some("create"));
        create.expect("no pod was ordered").body.clone()
    }

    /// How often this was asked.
    pub fn times_asked(&self, method: &str, path: &str) -> usize {
        let requests = self.cloud.requests();
        let is_meant = |request: &&RecordedRequest| request.method == method && request.path == path;
        requests.iter().filter(is_meant).count()
    }

    /// The bodies that were sent to paths that start like this.
    pub fn sent(&self, method: &str, path: &str) -> Vec<Value> {
        let requests = self.cloud.requests().into_iter();
        let is_meant = |request: &RecordedRequest| request.method == method && request.path.starts_with(path);
        requests.filter(is_meant).map(|request| request.body).collect()
    }

    /// What changed something in the cloud, such as `POST volumes` and `DELETE volumes/*`, refused or not.
    pub fn changes(&self) -> Vec<String> {
        self.cloud.requests().iter().filter_map(change).collect()
    }
}

fn call(request: &RecordedRequest) -> Option<&'static str> {
    let rest = ["/v2/pods", "/api/v1/pods", "/v1/pods"]
        .iter()
        .find_map(|pods| request.path.strip_prefix(pods))?;
    let (_, verb) = rest.rsplit_once('/').unwrap_or_default();
    match (request.method.as_str(), verb) {
        ("GET", _) => Some("read"),
        ("DELETE", _) => Some("delete"),
        ("POST", "pause" | "stop") => Some("stop"),
        ("POST", "resume" | "start") => Some("start"),
        ("POST", _) => Some("create"),
        _ => None,
    }
}

fn change(request: &RecordedRequest) -> Option<String> {
    let path = ["/v2/", "/api/v1/", "/v1/"]
        .iter()
        .find_map(|version| request.path.strip_prefix(version))?
        .trim_end_matches('/');
    let is_question = request.method == "GET" || path == "gpu/list";
    if is_question {
        return None;
    }
    let is_id = |segment: &str| segment.bytes().any(|byte| byte.is_ascii_digit());
    let segments: Vec<&str> = path
        .split('/')
        .map(|segment| if is_id(segment) { "*" } else { segment })
        .collect();
    Some(format!("{} {}", request.method, segments.join("/")))
}
