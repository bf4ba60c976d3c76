//! Calls about volumes over a socket: requests and results.

use super::{gib, name, spec};
use crate::clouds::{
    Collection, Kind, Storage, Volume, VolumeId, VolumePhase, VolumeSpec, Volumes,
    http::test_server::{Reply, TestServer},
    prime_intellect::testing::{self, page, refusal, success, unsigned_404},
};

/// A cloud's volumes, and the server of canned answers that it talks to.
async fn prime(replies: impl IntoIterator<Item = Reply>) -> (TestServer, impl Volumes) {
    testing::prime(replies).await
}

const DISK: &str = r#"{"id":"d-1","status":"ACTIVE"}"#;
const ENDED: &str = r#"{"id":"d-1","status":"TERMINATED"}"#;

fn id() -> VolumeId {
    VolumeId::new("d-1").expect("an id")
}

fn ids(volumes: &[Volume]) -> Vec<&str> {
    volumes.iter().map(|volume| volume.id.as_str()).collect()
}

#[tokio::test]
async fn a_volume_lives() {
    let (server, prime) = prime([
        success(r#"{"id":"d-1","status":"PROVISIONING"}"#),
        success(DISK),
        success(r#"{"name":"new"}"#),
        success(r#"{"status":"DELETING"}"#),
        success(ENDED),
    ])
    .await;
    let made = prime.create(&spec()).await.expect("is made");
    assert_eq!((made.id.clone(), made.phase), (id(), VolumePhase::Creating));
    let read = prime.get(&id()).await.expect("is read").expect("is there");
    assert_eq!((read.id, read.phase), (id(), VolumePhase::Active));
    prime.rename(&id(), &name("new")).await.expect("is renamed");
    prime.delete(&id()).await.expect("is deleted");
    assert!(prime.get(&id()).await.expect("is read").is_none());
    let expected = [
        "POST /api/v1/disks/",
        "GET /api/v1/disks/d-1",
        "PATCH /api/v1/disks/d-1",
        "DELETE /api/v1/disks/d-1",
        "GET /api/v1/disks/d-1",
    ];
    assert_eq!(server.lines(), expected);
}

#[tokio::test]
async fn every_page_is_listed() {
    let (server, prime) = prime([
        page(r#"{"id":"d-3","status":"ACTIVE"},{"name":"no id"}"#, 5),
        page(
            r#"{"id":"d-3","status":"ACTIVE"},{"id":"d-1","status":"ERROR"},null"#,
            5,
        ),
    ])
    .await;
    let volumes = prime.list().await.expect("are listed");
    assert_eq!(ids(&volumes), ["d-3", "d-1"]);
    let expected = [
        "GET /api/v1/disks/?offset=0&limit=100",
        "GET /api/v1/disks/?offset=2&limit=100",
    ];
    assert_eq!(server.lines(), expected);
}

#[tokio::test]
async fn what_has_ended_is_not_listed() {
    let ended = r#"{"id":"d-2","status":"terminated"}"#;
    let (_server, prime) = prime([page(&format!("{ended},{DISK}"), 2)]).await;
    assert_eq!(ids(&prime.list().await.expect("are listed")), ["d-1"]);
}

#[tokio::test]
async fn half_a_list_is_none() {
    for reply in [
        success("null"),
        success("[]"),
        success("{}"),
        success(r#"{"data":null,"total_count":3}"#),
    ] {
        let (_server, prime) = prime([reply.clone()]).await;
        let error = prime.list().await.expect_err("is no list");
        assert_eq!(error.kind, Kind::Unreadable, "{reply:?}");
    }
    let (_server, stuck) = prime(vec![page(DISK, 3); 9]).await;
    let error = stuck.list().await.expect_err("has no end");
    assert_eq!(
        error.to_string(),
        "Prime Intellect, listing volumes: the list does not end: its pages repeat, or are more than 1000"
    );
    let (_server, empty) = prime([success(r#"{"data":null,"total_count":0}"#)]).await;
    assert!(empty.list().await.expect("are listed").is_empty());
}

#[tokio::test]
async fn a_volume_that_is_not_found_may_be_there() {
    for not_found in [
        refusal(404, "Disk not found"),
        unsigned_404(),
        refusal(404, "Not Found"),
    ] {
        let (server, prime) = prime(vec![not_found.clone(); 3]).await;
        let kinds = [
            prime.get(&id()).await.expect_err("is not found").kind,
            prime.delete(&id()).await.expect_err("is not found").kind,
            prime.rename(&id(), &name("new")).await.expect_err("is not found").kind,
        ];
        assert_eq!((kinds, server.lines().len()), ([Kind::NotFound; 3], 3), "{not_found:?}");
    }
    let (_server, ended) = prime([success(ENDED)]).await;
    assert!(ended.get(&id()).await.expect("has ended").is_none());
}

#[tokio::test]
async fn nothing_else_makes_a_volume_gone() {
    for (reply, kind) in [
        (Reply::json(401, ""), Kind::Unauthorized),
        (refusal(403, "Not authenticated"), Kind::Unauthorized),
        (refusal(403, "Disks -> Read is missing"), Kind::Forbidden),
        (refusal(500, "Disk not found"), Kind::CloudFailed),
        (Reply::json(200, "<html>"), Kind::Unreadable),
        (success("null"), Kind::Unreadable),
        (Reply::CutAfterReading, Kind::AnswerLost),
    ] {
        let (_server, prime) = prime(vec![reply.clone(); 10]).await;
        let error = prime.get(&id()).await.expect_err("is not known");
        assert_eq!(error.kind, kind, "{reply:?}");
        let error = prime.list().await.expect_err("are not known");
        assert_eq!(error.kind, kind, "{reply:?}");
    }
}

#[tokio::test]
async fn a_create_that_may_have_worked_is_not_repeated() {
    for (reply, kind) in [
        (Reply::json(500, ""), Kind::CloudFailed),
        (Reply::CutAfterReading, Kind::AnswerLost),
        (success(r#"{"name":"data"}"#), Kind::Unreadable),
    ] {
        let (server, prime) = prime([reply.clone(), success(DISK)]).await;
        let error = prime.create(&spec()).await.expect_err("is not known to be made");
        let proves_nothing = error.kind.proves_nothing_was_done();
        assert_eq!((error.kind, proves_nothing), (kind, false), "{reply:?}");
        assert_eq!(server.lines().len(), 1, "{reply:?}");
    }
}

#[tokio::test]
async fn a_create_is_refused_in_prime_intellects_words() {
    let problem = r#"{"errors":[{"param":"disk.size","details":"Input should be greater than 9"}]}"#;
    for (reply, kind, message) in [
        (
            Reply::json(422, problem),
            Kind::Invalid,
            "disk.size: Input should be greater than 9",
        ),
        (refusal(402, "Insufficient funds"), Kind::Payment, "Insufficient funds"),
        (refusal(409, "Name is taken"), Kind::Conflict, "Name is taken"),
        (refusal(409, "Out of stock"), Kind::NoCapacity, "Out of stock"),
        (
            refusal(400, "No capacity in US-KS-2"),
            Kind::NoCapacity,
            "No capacity in US-KS-2",
        ),
    ] {
        let (_server, prime) = prime([reply]).await;
        let error = prime.create(&spec()).await.expect_err("is refused");
        assert_eq!((error.kind, error.message.as_str()), (kind, message));
        assert_eq!(error.operation, r#"creating volume "data""#);
    }
}

#[tokio::test]
async fn a_volume_in_use_is_not_deleted() {
    for reply in [refusal(409, "Disk is attached"), Reply::json(409, "")] {
        let (_server, prime) = prime([reply.clone()]).await;
        let error = prime.delete(&id()).await.expect_err("is in use");
        assert_eq!(error.kind, Kind::Conflict, "{reply:?}");
    }
}

#[tokio::test]
async fn what_cannot_be_asked_for_is_not_sent() {
    let (server, prime) = prime([]).await;
    let error = prime.grow(&id(), gib(200)).await.expect_err("keeps its size");
    assert_eq!(
        (error.kind, error.to_string().as_str()),
        (
            Kind::Invalid,
            "Prime Intellect, growing volume d-1: a volume keeps the size that it was made with"
        )
    );
    let other = VolumeSpec {
        storage: Storage::S3,
        ..spec()
    };
    let error = prime.create(&other).await.expect_err("is no disk");
    assert_eq!(error.kind, Kind::Invalid);
    assert_eq!(server.lines(), Vec::<String>::new());
}
