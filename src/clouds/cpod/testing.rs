//! Test helper: a client that talks to a server of canned responses.

use super::Cpod;
use crate::clouds::{
    Account, BaseUrl, Name, PodId, PodSpec, Secret, Settings,
    http::test_server::{Reply, TestServer},
};

pub const ID: &str = "7c9e6679-7425-40de-944b-e07fc1f90ae7";

pub fn id() -> PodId {
    PodId::new(ID).expect("an id")
}

/// In the workspace `ws-lab`.
pub fn account() -> Account {
    Account {
        workspace_id: Some("ws-lab".to_owned()),
        ..Account::default()
    }
}

/// The least that can be asked for.
pub fn small_spec() -> PodSpec {
    let name = |text: &str| Name::new(text).expect("a name");
    PodSpec::new(name("trainer"), name("pytorch/pytorch:2.8"))
}

pub async fn cpod(replies: impl IntoIterator<Item = Reply>) -> (TestServer, Cpod) {
    cpod_below("", replies).await
}

/// With a base URL that has a path.
pub async fn cpod_below(path: &str, replies: impl IntoIterator<Item = Reply>) -> (TestServer, Cpod) {
    let server = TestServer::start(replies).await;
    let base_url = BaseUrl::parse(&format!("{}{path}", server.base_url)).expect("an address");
    let cpod = Cpod::connect(Settings::default(), base_url, Secret::new("swordfish"), account()).expect("a good key");
    let Cpod { http, account } = cpod;
    let http = http.with_sleep(|_| ());
    (server, Cpod { http, account })
}

/// A pod with a status.
pub fn pod(status: &str) -> Reply {
    Reply::json(200, &format!(r#"{{"id":"{ID}","status":"{status}"}}"#))
}

/// The only page of a list.
pub fn list(entries: &str) -> Reply {
    Reply::json(200, &format!(r#"{{"data":[{entries}]}}"#))
}

pub fn refusal(status: u16, detail: &str) -> Reply {
    Reply::json(status, &format!(r#"{{"detail":"{detail}"}}"#))
}
