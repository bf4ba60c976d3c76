//! Requests of the volume API.

use reqwest::Method;

use super::{gib, name, spec, vendor};
use crate::clouds::{
    BaseUrl, DiskKind, Storage, StorageType, VolumeId,
    http::{Idempotency, Request},
    yotta::{
        testing::body,
        volumes::requests::{create, delete, get, list, rename, resize},
    },
};

#[test]
fn each_kind_of_storage_sends_what_it_needs() {
    let check = |storage, expected| assert_eq!(body(&create(&spec(storage))), expected);
    check(Storage::S3, r#"{"name":"data","storageType":"S3"}"#);
    check(Storage::R2 { region: None }, r#"{"name":"data","storageType":"R2"}"#);
    check(
        Storage::R2 {
            region: Some("eu".to_owned()),
        },
        r#"{"name":"data","region":"eu","storageType":"R2"}"#,
    );
    check(
        Storage::Ceph {
            region: "us-east-3".to_owned(),
            size: gib(10_240),
        },
        r#"{"name":"data","region":"us-east-3","sizeInGb":10240,"storageType":"CEPH"}"#,
    );
    check(
        vendor(),
        r#"{"name":"data","region":"eu-2","sizeInGb":100,"storageType":"VENDOR","vendorVolumeType":"NVMe"}"#,
    );
    check(
        Storage::Vendor {
            region: "eu-2".to_owned(),
            size: gib(1),
            disk: DiskKind::Hdd,
        },
        r#"{"name":"data","region":"eu-2","sizeInGb":1,"storageType":"VENDOR","vendorVolumeType":"HDD"}"#,
    );
}

#[test]
fn what_means_something_else_when_given_twice_is_not_repeated() {
    use Idempotency::{Idempotent, NonIdempotent};
    let id = VolumeId::new("42").expect("an id");
    let base_url = BaseUrl::parse("https://example.com").expect("an address");
    let check = |request: Request, method, path: &str, idempotency| {
        let url = request.url(&base_url).to_string();
        assert_eq!(url.strip_prefix("https://example.com"), Some(path));
        assert_eq!((request.method, request.idempotency), (method, idempotency), "{path}");
    };
    check(create(&spec(Storage::S3)), Method::POST, "/v2/volumes", NonIdempotent);
    check(get(&id), Method::GET, "/v2/volumes/42", Idempotent);
    check(
        list(StorageType::Ceph, 3),
        Method::GET,
        "/v2/volumes?storageType=CEPH&page=3&size=100",
        Idempotent,
    );
    check(
        rename(&id, &name("new")),
        Method::POST,
        "/v2/volumes/42/name",
        Idempotent,
    );
    check(
        resize(&id, gib(200)),
        Method::POST,
        "/v2/volumes/42/resize",
        NonIdempotent,
    );
    check(delete(&id), Method::DELETE, "/v2/volumes/42", Idempotent);
}

#[test]
fn an_order_says_what_is_wanted() {
    let id = VolumeId::new("42").expect("an id");
    assert_eq!(body(&rename(&id, &name("new \"one\""))), r#"{"name":"new \"one\""}"#);
    assert_eq!(body(&resize(&id, gib(200))), r#"{"sizeInGb":200}"#);
    assert_eq!(body(&delete(&id)), "");
}
