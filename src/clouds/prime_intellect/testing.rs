//! Test helper: a client that talks to a server of canned responses.

use super::PrimeIntellect;
use crate::clouds::{
    Account, BaseUrl, Secret, Settings,
    http::{
        Request,
        test_server::{Reply, TestServer},
    },
};

pub async fn prime(replies: impl IntoIterator<Item = Reply>) -> (TestServer, PrimeIntellect) {
    prime_of(Account::default(), replies).await
}

/// On behalf of an account.
pub async fn prime_of(account: Account, replies: impl IntoIterator<Item = Reply>) -> (TestServer, PrimeIntellect) {
    let server = TestServer::start(replies).await;
    let base_url = BaseUrl::parse(&server.base_url).expect("an address");
    let prime = PrimeIntellect::connect(Settings::default(), base_url, Secret::new("swordfish"), account);
    let PrimeIntellect {
        http,
        account,
        listings,
    } = prime.expect("a good key");
    let http = http.with_sleep(|_| ());
    (
        server,
        PrimeIntellect {
            http,
            account,
            listings,
        },
    )
}

pub fn success(body: &str) -> Reply {
    Reply::json(200, body)
}

/// A refusal in the shape that was seen most.
pub fn refusal(status: u16, detail: &str) -> Reply {
    Reply::json(status, &format!(r#"{{"detail":"{detail}"}}"#))
}

/// A 404 that Prime Intellect did not write.
pub fn unsigned_404() -> Reply {
    Reply::json(404, "<html>")
}

/// A page of a list, with the total that it says.
pub fn page(entries: &str, total: u32) -> Reply {
    success(&format!(r#"{{"data":[{entries}],"total_count":{total}}}"#))
}

/// The body of a request as text; empty if it has none.
pub fn body(request: &Request) -> String {
    String::from_utf8_lossy(request.body.as_deref().unwrap_or_default()).into_owned()
}
