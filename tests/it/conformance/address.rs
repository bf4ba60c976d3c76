//! Where requests go and how they introduce themselves: the key reaches the cloud's own address and no other.

use gpupod::clouds::{Kind, USER_AGENT};
use serde_json::{Value, json};

use super::{
    bench::{Bench, kind},
    on_every_cloud,
    things::Thing,
    with_every_thing,
};

#[tokio::test]
async fn a_wrong_key_opens_nothing() {
    with_every_thing(async |bench, thing| {
        let id = thing.create(&*bench.cloud).await.expect("is made");
        let stranger = &*bench.with_key("swordfish");
        let expected = Some(Kind::Unauthorized);
        assert_eq!(kind(thing.create(stranger).await), expected);
        assert_eq!(kind(thing.read(stranger, &id).await), expected);
        assert_eq!(kind(thing.list(stranger).await), expected);
        assert_eq!(kind(thing.delete(stranger, &id).await), expected);
        let listed = thing.list(&*bench.cloud).await.expect("are listed");
        assert!(listed.keys().eq([&id]));
    })
    .await;
}

#[tokio::test]
async fn no_redirect_is_followed() {
    with_every_thing(async |bench, thing| {
        let elsewhere = Bench::new(bench.description);
        let location = format!("{}/here", elsewhere.simulator.url());
        for status in [301, 302, 303, 307, 308] {
            let action = json!({"respond": {"status": status, "headers": {"Location": location}}});
            check_not_followed(bench, thing, &action).await;
        }
        assert!(elsewhere.simulator.requests().is_empty());
    })
    .await;
}

async fn check_not_followed(bench: &Bench, thing: Thing, redirect: &Value) {
    let (cloud, id) = (&*bench.cloud, "420522713875330018");
    bench.order("POST", 1, redirect);
    assert_eq!(kind(thing.create(cloud).await), Some(Kind::Unreadable));
    bench.order("GET", 1, redirect);
    assert_eq!(kind(thing.read(cloud, id).await), Some(Kind::Unreadable));
    bench.order("DELETE", 1, redirect);
    assert_eq!(kind(thing.delete(cloud, id).await), Some(Kind::Unreadable));
}

#[tokio::test]
async fn every_request_names_its_sender() {
    on_every_cloud(async |bench| {
        bench
            .with_user_agent("a-tester/7")
            .pods()
            .list()
            .await
            .expect("are listed");
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
