//! Requests of the disk API.

use reqwest::Method;

use super::{gib, name, offer};
use crate::clouds::{
    Account, BaseUrl, VolumeId, VolumeOffer,
    http::{Idempotency, Request},
    prime_intellect::{
        pages::Place,
        testing::body,
        volumes::requests::{create, delete, get, list, rename},
    },
};

#[test]
fn what_is_set_is_sent() {
    let check = |offer: VolumeOffer, team: Option<&str>, expected: &str| {
        let account = Account {
            team_id: team.map(str::to_owned),
            ..Account::default()
        };
        let sent = body(&create(&name("data"), gib(100), &offer, &account));
        assert_eq!(sent, expected);
    };
    check(
        offer(),
        None,
        r#"{"disk":{"name":"data","size":100},"provider":{"type":"runpod"}}"#,
    );
    let placed = VolumeOffer {
        cloud_id: Some("network-ssd".to_owned()),
        data_center_id: Some("US-KS-2".to_owned()),
        country: Some("US".to_owned()),
        ..offer()
    };
    check(
        placed,
        None,
        r#"{"disk":{"cloudId":"network-ssd","country":"US","dataCenterId":"US-KS-2","name":"data","size":100},"provider":{"type":"runpod"}}"#,
    );
    check(
        offer(),
        Some("mine"),
        r#"{"disk":{"name":"data","size":100},"provider":{"type":"runpod"},"team":{"teamId":"mine"}}"#,
    );
    let of_others = VolumeOffer {
        team_id: Some("others".to_owned()),
        ..offer()
    };
    check(
        of_others,
        Some("mine"),
        r#"{"disk":{"name":"data","size":100},"provider":{"type":"runpod"},"team":{"teamId":"others"}}"#,
    );
}

#[test]
fn only_a_create_may_not_be_repeated() {
    use Idempotency::{Idempotent, NonIdempotent};
    let id = VolumeId::new("d-1").expect("an id");
    let base_url = BaseUrl::parse("https://example.com").expect("an address");
    let check = |request: Request, method, path: &str, idempotency| {
        let url = request.url(&base_url).to_string();
        assert_eq!(url.strip_prefix("https://example.com"), Some(path));
        assert_eq!((request.method, request.idempotency), (method, idempotency), "{path}");
    };
    let account = Account::default();
    check(
        create(&name("data"), gib(1), &offer(), &account),
        Method::POST,
        "/api/v1/disks/",
        NonIdempotent,
    );
    check(get(&id), Method::GET, "/api/v1/disks/d-1", Idempotent);
    let place = Place { number: 3, offset: 7 };
    check(
        (list().request)(place),
        Method::GET,
        "/api/v1/disks/?offset=7&limit=100",
        Idempotent,
    );
    check(
        rename(&id, &name("new")),
        Method::PATCH,
        "/api/v1/disks/d-1",
        Idempotent,
    );
    check(delete(&id), Method::DELETE, "/api/v1/disks/d-1", Idempotent);
}

#[test]
fn an_order_says_what_is_wanted() {
    let id = VolumeId::new("d-1").expect("an id");
    assert_eq!(body(&rename(&id, &name("new \"one\""))), r#"{"name":"new \"one\""}"#);
    assert_eq!(body(&delete(&id)), "");
}
