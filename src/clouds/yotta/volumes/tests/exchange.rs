//! Calls about volumes over a socket: requests and results.

use super::{gib, name, spec, vendor};
use crate::clouds::{
    Collection, Kind, Volume, VolumeId, VolumePhase, Volumes,
    http::test_server::{Reply, TestServer},
    yotta::testing::{self, page, refusal, success, unsigned_404},
};

/// A cloud's volumes, and the server of canned answers that it talks to.
async fn yotta(replies: impl IntoIterator<Item = Reply>) -> (TestServer, impl Volumes) {
    testing::yotta(replies).await
}

fn id() -> VolumeId {
    VolumeId::new("42").expect("an id")
}

fn ids(volumes: &[Volume]) -> Vec<&str> {
    volumes.iter().map(|volume| volume.id.as_str()).collect()
}

#[tokio::test]
async fn a_volume_lives() {
    let (server, yotta) = yotta([
        success(r#"{"id":"42","status":"creating"}"#),
        success(r#"{"id":42,"status":"active"}"#),
        success(r#"{"id":42}"#),
        success("null"),
        success("true"),
    ])
    .await;
    let made = yotta.create(&spec(vendor())).await.expect("is made");
    assert_eq!((made.id.clone(), made.phase), (id(), VolumePhase::Creating));
    let read = yotta.get(&id()).await.expect("is read").expect("is there");
    assert_eq!((read.id, read.phase), (id(), VolumePhase::Active));
    yotta.rename(&id(), &name("new")).await.expect("is renamed");
    yotta.grow(&id(), gib(200)).await.expect("grows");
    yotta.delete(&id()).await.expect("is deleted");
    let expected = [
        "POST /v2/volumes",
        "GET /v2/volumes/42",
        "POST /v2/volumes/42/name",
        "POST /v2/volumes/42/resize",
        "DELETE /v2/volumes/42",
    ];
    assert_eq!(server.lines(), expected);
}

#[tokio::test]
async fn every_kind_and_every_page_is_listed() {
    let (server, yotta) = yotta([
        page(r#"{"id":3},{"name":"no id"}"#, 2),
        page(r#"{"id":"1"},null"#, 2),
        page("", 0),
        page(r#"{"id":2}"#, 1),
        page(r#"{"id":4}"#, 1),
    ])
    .await;
    let volumes = yotta.list().await.expect("are listed");
    assert_eq!(ids(&volumes), ["1", "2", "3", "4"]);
    let expected = [
        "GET /v2/volumes?storageType=S3&page=1&size=100",
        "GET /v2/volumes?storageType=S3&page=2&size=100",
        "GET /v2/volumes?storageType=CEPH&page=1&size=100",
        "GET /v2/volumes?storageType=VENDOR&page=1&size=100",
        "GET /v2/volumes?storageType=R2&page=1&size=100",
    ];
    assert_eq!(server.lines(), expected);
}

#[tokio::test]
async fn a_list_that_takes_no_storage_type_shows_each_volume_once() {
    let (_server, yotta) = yotta(vec![page(r#"{"id":1},{"id":2}"#, 1); 4]).await;
    assert_eq!(ids(&yotta.list().await.expect("are listed")), ["1", "2"]);
}

#[tokio::test]
async fn only_the_kind_that_the_guide_forgot_may_be_refused() {
    let some = || page(r#"{"id":1}"#, 1);
    let (_server, without_r2) = yotta([some(), some(), some(), refusal(200, 10001)]).await;
    assert_eq!(ids(&without_r2.list().await.expect("are listed")), ["1"]);
    let (_server, without_ceph) = yotta([some(), refusal(200, 10001), some(), some()]).await;
    assert_eq!(without_ceph.list().await.expect_err("a refusal").kind, Kind::Invalid);
    let (_server, without_key) = yotta([some(), some(), some(), refusal(401, 10001)]).await;
    assert_eq!(
        without_key.list().await.expect_err("a refusal").kind,
        Kind::Unauthorized
    );
}

#[tokio::test]
async fn half_a_list_is_none() {
    for reply in [
        success("null"),
        success("[]"),
        success("{}"),
        success(r#"{"items":null,"total":3}"#),
    ] {
        let (_server, yotta) = yotta(vec![reply.clone(); 4]).await;
        assert_eq!(
            yotta.list().await.expect_err("is no list").kind,
            Kind::Unreadable,
            "{reply:?}"
        );
    }
    let (_server, stuck) = yotta(vec![page(r#"{"id":1}"#, 3); 9]).await;
    let error = stuck.list().await.expect_err("has no end");
    assert_eq!(
        error.to_string(),
        "Yotta Labs, listing S3 volumes: the list does not end: its pages repeat, or are more than 1000"
    );
    let (_server, null_for_nothing) = yotta(vec![success(r#"{"items":null,"total":"0"}"#); 4]).await;
    assert!(null_for_nothing.list().await.expect("are listed").is_empty());
}

#[tokio::test]
async fn a_volume_that_is_not_found_may_be_there() {
    for not_found in [
        refusal(200, 10007),
        refusal(404, 10007),
        refusal(200, 13000),
        refusal(400, 10007),
        unsigned_404(),
    ] {
        let (server, yotta) = yotta(vec![not_found.clone(); 3]).await;
        let kinds = [
            yotta.get(&id()).await.expect_err("is not found").kind,
            yotta.delete(&id()).await.expect_err("is not found").kind,
            yotta.grow(&id(), gib(2)).await.expect_err("is not found").kind,
        ];
        assert_eq!((kinds, server.lines().len()), ([Kind::NotFound; 3], 3), "{not_found:?}");
    }
}

#[tokio::test]
async fn nothing_else_makes_a_volume_gone() {
    for (reply, kind) in [
        (refusal(401, 10007), Kind::Unauthorized),
        (refusal(500, 10007), Kind::CloudFailed),
        (Reply::json(200, "<html>"), Kind::Unreadable),
        (success("null"), Kind::Unreadable),
        (Reply::CutAfterReading, Kind::AnswerLost),
    ] {
        let (_server, yotta) = yotta(vec![reply.clone(); 10]).await;
        assert_eq!(
            yotta.get(&id()).await.expect_err("is not known").kind,
            kind,
            "{reply:?}"
        );
        assert_eq!(yotta.list().await.expect_err("are not known").kind, kind, "{reply:?}");
    }
}

#[tokio::test]
async fn a_create_that_may_have_worked_is_not_repeated() {
    for (reply, kind) in [
        (Reply::json(500, ""), Kind::CloudFailed),
        (Reply::CutAfterReading, Kind::AnswerLost),
        (success(r#"{"name":"data"}"#), Kind::Unreadable),
    ] {
        let (server, yotta) = yotta([reply.clone(), success(r#"{"id":1}"#)]).await;
        let error = yotta
            .create(&spec(vendor()))
            .await
            .expect_err("is not known to be made");
        assert_eq!(
            (error.kind, error.kind.proves_nothing_was_done()),
            (kind, false),
            "{reply:?}"
        );
        assert_eq!(server.lines().len(), 1, "{reply:?}");
    }
}

#[tokio::test]
async fn what_is_mounted_or_in_motion_is_refused() {
    for (reply, kind) in [
        (refusal(200, 12001), Kind::WrongState),
        (refusal(409, 12001), Kind::WrongState),
        (refusal(409, 40900), Kind::Conflict),
        (Reply::json(409, ""), Kind::Conflict),
    ] {
        let (_server, yotta) = yotta(vec![reply.clone(); 2]).await;
        assert_eq!(
            yotta.delete(&id()).await.expect_err("is mounted").kind,
            kind,
            "{reply:?}"
        );
        assert_eq!(
            yotta.grow(&id(), gib(2)).await.expect_err("is mounted").kind,
            kind,
            "{reply:?}"
        );
    }
}
