//! Test helper: a client that talks to a server of canned responses.

use super::Yotta;
use crate::clouds::{
    BaseUrl, Secret, Settings,
    http::{
        Request, Response,
        test_server::{Reply, TestServer},
    },
};

pub async fn yotta(replies: impl IntoIterator<Item = Reply>) -> (TestServer, Yotta) {
    let server = TestServer::start(replies).await;
    let base_url = BaseUrl::parse(&server.base_url).expect("an address");
    let yotta = Yotta::connect(Settings::default(), base_url, Secret::new("swordfish")).expect("a good key");
    let Yotta { http, account } = yotta;
    let http = http.with_sleep(|_| ());
    (server, Yotta { http, account })
}

pub fn success(data: &str) -> Reply {
    Reply::json(200, &envelope(data))
}

pub fn refusal(status: u16, code: u32) -> Reply {
    Reply::json(status, &format!(r#"{{"message":"no","code":{code}}}"#))
}

/// A 404 that Yotta did not write.
pub fn unsigned_404() -> Reply {
    Reply::json(404, "<html>")
}

/// A page of a list, with the number of pages that it says.
pub fn page(entries: &str, pages: u32) -> Reply {
    success(&format!(r#"{{"items":[{entries}],"pages":{pages}}}"#))
}

/// A success, as one part's `api` gets to see it.
pub fn response(data: &str) -> Response {
    Response::of(200, &envelope(data))
}

fn envelope(data: &str) -> String {
    format!(r#"{{"message":"success","code":10000,"data":{data}}}"#)
}

/// The body of a request as text; empty if it has none.
pub fn body(request: &Request) -> String {
    String::from_utf8_lossy(request.body.as_deref().unwrap_or_default()).into_owned()
}
