//! Where requests go and how they introduce themselves: the key reaches the cloud's own address and no other.

use gpupod::clouds::{Kind, PodId, USER_AGENT};
use serde_json::json;

use super::{
    bench::{Bench, kind},
    on_every_cloud,
};

#[tokio::test]
async fn a_wrong_key_opens_nothing() {
    on_every_cloud(async |bench| {
        let id = bench.create().await.id;
        let stranger = bench.with_key("swordfish");
        let expected = Some(Kind::Unauthorized);
        assert_eq!(kind(stranger.create_pod(&bench.least_spec()).await), expected);
        assert_eq!(kind(stranger.pod(&id).await), expected);
        assert_eq!(kind(stranger.pods().await), expected);
        assert_eq!(kind(stranger.delete_pod(&id).await), expected);
        assert_eq!(bench.listed().await, [id].into());
    })
    .await;
}

#[tokio::test]
async fn no_redirect_is_followed() {
    on_every_cloud(async |bench| {
        let elsewhere = Bench::new(bench.description);
        let location = format!("{}/here", elsewhere.simulator.url());
        for status in [301, 302, 303, 307, 308] {
            let action = json!({"respond": {"status": status, "headers": {"Location": location}}});
            for method in ["POST", "GET", "DELETE"] {
                bench.order(method, 1, &action);
            }
            check_not_followed(bench).await;
        }
        assert!(elsewhere.simulator.requests().is_empty());
    })
    .await;
}

async fn check_not_followed(bench: &Bench) {
    let id = PodId::new("420522713875330018").expect("an id");
    let made = bench.cloud.create_pod(&bench.least_spec()).await;
    assert_eq!(kind(made), Some(Kind::Unreadable));
    assert_eq!(kind(bench.cloud.pod(&id).await), Some(Kind::Unreadable));
    assert_eq!(kind(bench.cloud.delete_pod(&id).await), Some(Kind::Unreadable));
}

#[tokio::test]
async fn every_request_names_its_sender() {
    on_every_cloud(async |bench| {
        bench.with_user_agent("a-tester/7").pods().await.expect("are listed");
        bench.deleted().await;
        let requests = bench.simulator.requests();
        let names: Vec<_> = requests
            .iter()
            .map(|request| request.headers["user-agent"].as_str())
            .collect();
        assert_eq!(names[0], "a-tester/7");
        assert!(names[1..].iter().all(|name| *name == USER_AGENT), "{names:?}");
    })
    .await;
}
