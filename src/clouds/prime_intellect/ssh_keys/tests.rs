//! Tests of SSH keys: requests, conversion of responses, and calls over a socket.

use crate::clouds::{
    Collection, Kind, SshKey, SshKeyId, SshKeySpec, SshKeys,
    http::{
        Idempotency, Response,
        test_server::{Reply, TestServer},
    },
    prime_intellect::{
        pages::Place,
        ssh_keys::{api, convert, requests},
        testing::{self, body, page, refusal, success, unsigned_404},
    },
};

/// A cloud's keys, and the server of canned answers that it talks to.
async fn prime(replies: impl IntoIterator<Item = Reply>) -> (TestServer, impl SshKeys) {
    testing::prime(replies).await
}

const KEY: &str = r#"{"id":"k-1"}"#;

fn id() -> SshKeyId {
    SshKeyId::new("k-1").expect("an id")
}

fn spec() -> SshKeySpec {
    SshKeySpec {
        name: "laptop".to_owned(),
        public_key: "ssh-ed25519 AAAA me@laptop\n".to_owned(),
    }
}

fn key(body: &str) -> SshKey {
    let (id, json) = api::ssh_key(&Response::of(200, body)).unwrap_or_else(|failure| panic!("{body}: {failure:?}"));
    convert::to_ssh_key(id, json)
}

#[test]
fn a_key_is_sent_without_the_files_line_break() {
    let expected = r#"{"name":"laptop","publicKey":"ssh-ed25519 AAAA me@laptop"}"#;
    assert_eq!(body(&requests::create(&spec())), expected);
    assert_eq!(body(&requests::make_primary(&id())), r#"{"isPrimary":true}"#);
}

#[test]
fn only_a_create_may_not_be_repeated() {
    assert_eq!(requests::create(&spec()).idempotency, Idempotency::NonIdempotent);
    let place = Place { number: 1, offset: 0 };
    let others = [
        (requests::list().request)(place),
        requests::make_primary(&id()),
        requests::delete(&id()),
    ];
    assert!(
        others
            .iter()
            .all(|request| request.idempotency == Idempotency::Idempotent)
    );
}

#[test]
fn a_key_is_read() {
    let read = key(
        r#"{"id":"k-1","userId":"u-1","name":"laptop","publicKey":"ssh-ed25519 AAAA","isPrimary":true,"isUserKey":true,
            "createdAt":"2026-01-01T00:00:00Z"}"#,
    );
    let expected = SshKey {
        id: id(),
        name: Some("laptop".to_owned()),
        public_key: Some("ssh-ed25519 AAAA".to_owned()),
        is_primary: Some(true),
        created_at: Some(1_767_225_600_000),
    };
    assert_eq!(read, expected);
}

#[test]
fn a_wrong_type_counts_as_not_said() {
    for field in ["name", "publicKey", "isPrimary", "createdAt"] {
        for value in ["null", "1.5", "{}", "[1]", r#""""#] {
            let read = key(&format!(r#"{{"id":"k-1","{field}":{value}}}"#));
            assert_eq!((read.name, read.public_key), (None, None), "{field}: {value}");
            assert_eq!((read.is_primary, read.created_at), (None, None), "{field}: {value}");
        }
    }
}

#[tokio::test]
async fn a_key_lives() {
    let (server, prime) = prime([
        success(r#"{"id":"k-1","name":"laptop","isPrimary":false}"#),
        page(r#"{"id":"k-2"},{"id":"k-1","isPrimary":false}"#, 2),
        success(r#"{"message":"ok","updated_fields":{"isPrimary":true}}"#),
        page(r#"{"id":"k-2"},{"id":"k-1","isPrimary":true}"#, 2),
        success(r#"{"message":"deleted"}"#),
        page(r#"{"id":"k-2"}"#, 1),
    ])
    .await;
    let made = prime.create(&spec()).await.expect("is made");
    assert_eq!((made.id, made.name.as_deref()), (id(), Some("laptop")));
    let read = prime.get(&id()).await.expect("is read").expect("is there");
    assert_eq!(read.is_primary, Some(false));
    prime.make_primary(&id()).await.expect("becomes primary");
    let read = prime.get(&id()).await.expect("is read").expect("is there");
    assert_eq!(read.is_primary, Some(true));
    prime.delete(&id()).await.expect("is deleted");
    let error = prime.get(&id()).await.expect_err("is not listed");
    assert_eq!(error.kind, Kind::NotFound);
    let expected = [
        "POST /api/v1/ssh_keys/",
        "GET /api/v1/ssh_keys/?offset=0&limit=100",
        "PATCH /api/v1/ssh_keys/k-1",
        "GET /api/v1/ssh_keys/?offset=0&limit=100",
        "DELETE /api/v1/ssh_keys/k-1",
        "GET /api/v1/ssh_keys/?offset=0&limit=100",
    ];
    assert_eq!(server.lines(), expected);
}

#[tokio::test]
async fn a_key_of_a_later_page_is_found() {
    let (server, prime) = prime([page(r#"{"id":"k-2"}"#, 2), page(KEY, 2)]).await;
    assert!(prime.get(&id()).await.expect("is read").is_some());
    assert_eq!(server.lines()[1], "GET /api/v1/ssh_keys/?offset=1&limit=100");
}

#[tokio::test]
async fn an_entry_that_may_be_any_key_makes_none_gone() {
    for entry in ["null", "{}", r#"{"id":null,"name":"laptop"}"#, r#"{"id":"../x"}"#] {
        let (_server, prime) = prime([page(&format!(r#"{{"id":"k-2"}},{entry}"#), 2)]).await;
        let error = prime.get(&id()).await.expect_err("is not known");
        assert_eq!(error.kind, Kind::Unreadable, "{entry}");
    }
}

#[tokio::test]
async fn no_answer_but_the_list_makes_a_key_gone() {
    for (reply, kind) in [
        // There is always a list, so that this is about something else.
        (refusal(404, "Key not found"), Kind::NotFound),
        (unsigned_404(), Kind::NotFound),
        (Reply::json(401, ""), Kind::Unauthorized),
        (Reply::json(200, "<html>"), Kind::Unreadable),
        (success("{}"), Kind::Unreadable),
        (Reply::CutAfterReading, Kind::AnswerLost),
    ] {
        let (_server, prime) = prime(vec![reply.clone(); 5]).await;
        let error = prime.get(&id()).await.expect_err("is not known");
        assert_eq!(error.kind, kind, "{reply:?}");
    }
}

#[tokio::test]
async fn a_key_that_is_not_found_may_be_there() {
    for not_found in [refusal(404, "SSH key not found"), unsigned_404()] {
        let (server, prime) = prime(vec![not_found.clone(); 2]).await;
        let kinds = [
            prime.delete(&id()).await.expect_err("is not found").kind,
            prime.make_primary(&id()).await.expect_err("is not found").kind,
        ];
        assert_eq!((kinds, server.lines().len()), ([Kind::NotFound; 2], 2), "{not_found:?}");
    }
    let (_server, unlisted) = prime([page("", 0)]).await;
    let error = unlisted.get(&id()).await.expect_err("is not listed");
    assert_eq!(
        error.to_string(),
        "Prime Intellect, reading SSH key k-1: no key in the list has this id"
    );
}

#[tokio::test]
async fn any_success_accepts_a_deletion() {
    for body in ["", " ", "{}", "null", r#"{"message":"deleted"}"#] {
        let (server, prime) = prime([Reply::json(200, body)]).await;
        assert!(prime.delete(&id()).await.is_ok(), "{body}");
        assert_eq!(server.lines().len(), 1);
    }
    // Somebody on the way may have answered: it is looked whether the key is listed.
    let (_server, gone) = prime([success("OK"), page(r#"{"id":"k-2"}"#, 1)]).await;
    assert!(gone.delete(&id()).await.is_ok());
    let (_server, there) = prime([success("OK"), page(KEY, 1)]).await;
    let error = there.delete(&id()).await.expect_err("is there");
    assert_eq!(error.kind, Kind::Unreadable);
}

#[tokio::test]
async fn refusals_have_a_kind() {
    for (reply, kind) in [
        (refusal(400, "Invalid public key"), Kind::Invalid),
        (refusal(403, "SSH Keys -> Read and Write is missing"), Kind::Forbidden),
        (refusal(409, "The key is in use"), Kind::Conflict),
        (Reply::json(200, "<html>"), Kind::Unreadable),
    ] {
        let (_server, prime) = prime(vec![reply.clone(); 4]).await;
        let error = prime.create(&spec()).await.expect_err("is refused");
        assert_eq!(error.kind, kind, "{reply:?}");
        let error = prime.make_primary(&id()).await.expect_err("is refused");
        assert_eq!(error.kind, kind, "{reply:?}");
        let error = prime.delete(&id()).await.expect_err("is refused");
        assert_eq!(error.kind, kind, "{reply:?}");
    }
}

#[tokio::test]
async fn a_create_that_may_have_worked_is_not_repeated() {
    for (reply, kind) in [
        (Reply::json(502, ""), Kind::CloudFailed),
        (Reply::CutAfterReading, Kind::AnswerLost),
        (success(r#"{"name":"laptop"}"#), Kind::Unreadable),
    ] {
        let (server, prime) = prime([reply.clone(), success(KEY)]).await;
        let error = prime.create(&spec()).await.expect_err("is not known to be made");
        assert_eq!((error.kind, server.lines().len()), (kind, 1), "{reply:?}");
    }
}
