//! Tests of registry credentials: requests, conversion of responses, and calls over a socket.

use crate::clouds::{
    Collection, Kind, RegistryAuth, RegistryAuthId, RegistryAuthSpec, RegistryAuths, Secret,
    http::{
        Idempotency, Response,
        test_server::{Reply, TestServer},
    },
    yotta::{
        registry_auths::{api, convert, requests},
        testing::{self, body, refusal, response, success, unsigned_404},
    },
};

/// A cloud's credentials, and the server of canned answers that it talks to.
async fn yotta(replies: impl IntoIterator<Item = Reply>) -> (TestServer, impl RegistryAuths) {
    testing::yotta(replies).await
}

fn id() -> RegistryAuthId {
    RegistryAuthId::new("42").expect("an id")
}

fn spec() -> RegistryAuthSpec {
    RegistryAuthSpec {
        name: Some("team-registry".to_owned()),
        username: Some("team".to_owned()),
        password: Some(Secret::new("hunter-two")),
        kind: Some("DOCKER_HUB".to_owned()),
    }
}

/// Changes nothing.
fn no_change() -> RegistryAuthSpec {
    RegistryAuthSpec {
        name: None,
        username: None,
        password: None,
        kind: None,
    }
}

fn auth(data: &str) -> RegistryAuth {
    let (id, json) = api::registry_auth(&response(data)).unwrap_or_else(|failure| panic!("{data}: {failure:?}"));
    convert::to_registry_auth(id, json)
}

#[test]
fn what_is_set_is_sent() {
    let create = |spec| body(&requests::create(&spec));
    assert_eq!(
        create(spec()),
        r#"{"name":"team-registry","password":"hunter-two","type":"DOCKER_HUB","username":"team"}"#
    );
    let without_kind = RegistryAuthSpec { kind: None, ..spec() };
    assert_eq!(
        create(without_kind),
        r#"{"name":"team-registry","password":"hunter-two","username":"team"}"#
    );
    let change = |spec| body(&requests::change(&id(), &spec));
    // The kind is fixed.
    assert_eq!(
        change(spec()),
        r#"{"name":"team-registry","password":"hunter-two","username":"team"}"#
    );
    let username = RegistryAuthSpec {
        username: Some("other".to_owned()),
        ..no_change()
    };
    assert_eq!(change(username), r#"{"username":"other"}"#);
    assert_eq!(change(no_change()), "{}");
}

#[test]
fn only_a_create_may_not_be_repeated() {
    assert_eq!(requests::create(&spec()).idempotency, Idempotency::NonIdempotent);
    let orders = [
        requests::get(&id()),
        requests::list(),
        requests::change(&id(), &spec()),
        requests::delete(&id()),
    ];
    assert!(
        orders
            .iter()
            .all(|request| request.idempotency == Idempotency::Idempotent)
    );
}

#[test]
fn the_guides_credentials_are_read() {
    const ONE: &str = include_str!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/fixtures/yotta/registry-auth.json"
    ));
    const LIST: &str = include_str!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/fixtures/yotta/registry-auth-list.json"
    ));
    let expected = RegistryAuth {
        id: RegistryAuthId::new("420522713875326001").expect("an id"),
        name: Some("team-registry".to_owned()),
        username: None,
        kind: Some("DOCKER_HUB".to_owned()),
        created_at: Some("2026-01-01T00:00:00Z".to_owned()),
    };
    let (id, json) = api::registry_auth(&Response::of(200, ONE)).expect("a credential");
    assert_eq!(convert::to_registry_auth(id, json), expected);
    let auths = api::registry_auths(&Response::of(200, LIST)).expect("a list");
    let auths: Vec<_> = auths
        .into_iter()
        .map(|(id, json)| convert::to_registry_auth(id, json))
        .collect();
    assert_eq!(auths, [expected]);
}

#[test]
fn a_wrong_type_counts_as_not_said() {
    for field in ["name", "username", "type", "createdAt"] {
        for value in ["null", "true", "1.5", "{}", "[1]", r#""""#] {
            let auth = auth(&format!(r#"{{"id":"1","{field}":{value}}}"#));
            let said = [auth.name, auth.username, auth.kind, auth.created_at];
            assert_eq!(said, [None, None, None, None], "{field}: {value}");
        }
    }
    let auths = api::registry_auths(&response(r#"[{"id":1},{"name":"x"},null]"#)).expect("a list");
    assert_eq!(auths.len(), 1);
}

#[tokio::test]
async fn a_credential_lives() {
    let (server, yotta) = yotta([
        success(r#"{"id":"42","name":"team-registry"}"#),
        success(r#"{"id":42,"username":"team"}"#),
        success(r#"[{"id":42},{"id":"43"}]"#),
        success(r#"{"id":42}"#),
        success("null"),
    ])
    .await;
    let made = yotta.create(&spec()).await.expect("is made");
    assert_eq!((made.id, made.name.as_deref()), (id(), Some("team-registry")));
    let read = yotta.get(&id()).await.expect("is read").expect("is there");
    assert_eq!(read.username.as_deref(), Some("team"));
    assert_eq!(yotta.list().await.expect("are listed").len(), 2);
    yotta.update(&id(), &spec()).await.expect("is changed");
    yotta.delete(&id()).await.expect("is deleted");
    let expected = [
        "POST /v2/container-registry-auths",
        "GET /v2/container-registry-auths/42",
        "GET /v2/container-registry-auths",
        "PATCH /v2/container-registry-auths/42",
        "DELETE /v2/container-registry-auths/42",
    ];
    assert_eq!(server.lines(), expected);
}

#[tokio::test]
async fn a_credential_that_is_not_found_may_be_there() {
    for not_found in [refusal(200, 10007), refusal(404, 10007), unsigned_404()] {
        let (server, yotta) = yotta(vec![not_found.clone(); 3]).await;
        let kinds = [
            yotta.get(&id()).await.expect_err("is not found").kind,
            yotta.delete(&id()).await.expect_err("is not found").kind,
            yotta.update(&id(), &spec()).await.expect_err("is not found").kind,
        ];
        assert_eq!((kinds, server.lines().len()), ([Kind::NotFound; 3], 3), "{not_found:?}");
    }
}

#[tokio::test]
async fn a_deletion_that_somebody_else_may_have_answered_is_looked_after() {
    let html = || Reply::json(200, "<html>");
    let (server, gone) = yotta([html(), refusal(200, 10007)]).await;
    assert!(gone.delete(&id()).await.is_ok());
    assert_eq!(server.lines().len(), 2);
    let (_server, there) = yotta([html(), success(r#"{"id":42}"#)]).await;
    let error = there.delete(&id()).await.expect_err("is there");
    assert_eq!(error.kind, Kind::Unreadable);
    let (server, plain) = yotta([Reply::json(200, "")]).await;
    assert!(plain.delete(&id()).await.is_ok());
    assert_eq!(server.lines().len(), 1);
}

#[tokio::test]
async fn refusals_have_a_kind() {
    for (reply, kind) in [
        (refusal(409, 40900), Kind::Conflict),
        (refusal(200, 12001), Kind::WrongState),
        (refusal(401, 10007), Kind::Unauthorized),
        (Reply::json(200, "<html>"), Kind::Unreadable),
    ] {
        let (_server, yotta) = yotta(vec![reply.clone(); 4]).await;
        let error = yotta.delete(&id()).await.expect_err("is refused");
        assert_eq!(error.kind, kind, "{reply:?}");
        let error = yotta.update(&id(), &spec()).await.expect_err("is refused");
        assert_eq!(error.kind, kind, "{reply:?}");
        let error = yotta.get(&id()).await.expect_err("is refused");
        assert_eq!(error.kind, kind, "{reply:?}");
    }
}

#[tokio::test]
async fn an_error_repeats_no_password() {
    let reply = Reply::json(400, r#"{"message":"hunter-two is too short","code":10001}"#);
    let (server, yotta) = yotta(vec![reply; 2]).await;
    let create = yotta.create(&spec()).await.expect_err("a refusal");
    assert_eq!(
        create.to_string(),
        r#"Yotta Labs, creating registry credential "team-registry": *** is too short (HTTP 400, code 10001)"#
    );
    let change = yotta.update(&id(), &spec()).await.expect_err("a refusal");
    assert_eq!(
        change.to_string(),
        "Yotta Labs, changing registry credential 42: *** is too short (HTTP 400, code 10001)"
    );
    assert!(server.requests().iter().all(|asked| asked.body.contains("hunter-two")));
}

#[tokio::test]
async fn a_create_that_may_have_worked_is_not_repeated() {
    let (server, yotta) = yotta([Reply::CutAfterReading, success(r#"{"id":1}"#)]).await;
    let error = yotta.create(&spec()).await.expect_err("is not known to be made");
    assert_eq!((error.kind, server.lines().len()), (Kind::AnswerLost, 1));
}
