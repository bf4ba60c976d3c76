//! Calls of the client over a socket: requests and results.

use super::small_spec;
use crate::clouds::{
    Cloud, EnvironmentVariables, Kind, Phase, PodId, PodSpec, Secret,
    http::test_server::Reply,
    yotta::testing::{refusal, success, unsigned_404, yotta},
};

fn id() -> PodId {
    PodId::new("420522713875330018").expect("an id")
}

#[tokio::test]
async fn a_pod_lives() {
    let pods = r#"[{"id":420522713875330018,"status":"PAUSED"},{"id":1,"status":"TERMINATED"}]"#;
    let (server, yotta) = yotta([
        success(r#"{"id":"420522713875330018","status":"INITIALIZE"}"#),
        success(r#"{"id":420522713875330018,"status":"RUNNING"}"#),
        success("null"),
        success(pods),
        success("null"),
        success("true"),
    ])
    .await;
    let made = yotta.pods().create(&small_spec()).await.expect("is made");
    assert_eq!((made.id.clone(), made.phase), (id(), Phase::Provisioning));
    assert_eq!(
        yotta.pods().get(&id()).await.expect("is read").map(|pod| pod.phase),
        Some(Phase::Running)
    );
    yotta.pods().stop(&id()).await.expect("is stopped");
    let ids: Vec<_> = yotta
        .pods()
        .list()
        .await
        .expect("are listed")
        .into_iter()
        .map(|pod| pod.id)
        .collect();
    assert_eq!(ids, [id()]);
    yotta.pods().start(&id()).await.expect("is started");
    yotta.pods().delete(&id()).await.expect("is deleted");
    let expected = [
        "POST /v2/pods",
        "GET /v2/pods/420522713875330018",
        "POST /v2/pods/420522713875330018/pause",
        "GET /v2/pods",
        "POST /v2/pods/420522713875330018/resume",
        "DELETE /v2/pods/420522713875330018",
    ];
    assert_eq!(server.lines(), expected);
    assert!(
        server
            .requests()
            .iter()
            .all(|asked| asked.header("x-api-key") == Some("swordfish"))
    );
}

#[tokio::test]
async fn a_pod_that_has_ended_is_told_apart_from_one_that_is_not_found() {
    for not_found in [
        refusal(200, 13000),
        refusal(200, 12000),
        refusal(200, 10007),
        refusal(400, 13000),
        unsigned_404(),
    ] {
        let (server, yotta) = yotta(vec![not_found.clone(); 3]).await;
        let kinds = [
            yotta.pods().get(&id()).await.expect_err("is not found").kind,
            yotta.pods().delete(&id()).await.expect_err("is not found").kind,
            yotta.pods().stop(&id()).await.expect_err("is not found").kind,
        ];
        assert_eq!((kinds, server.lines().len()), ([Kind::NotFound; 3], 3), "{not_found:?}");
    }
    let ended = format!(r#"{{"id":{},"status":"TERMINATED"}}"#, id());
    let (_server, yotta) = yotta([success(&ended)]).await;
    assert!(yotta.pods().get(&id()).await.expect("has ended").is_none());
}

#[tokio::test]
async fn any_success_accepts_a_deletion_unless_a_code_says_otherwise() {
    for body in ["", "<html>", "{}", "null", r#"{"code":10000,"data":true}"#] {
        let (_server, yotta) = yotta([Reply::json(200, body)]).await;
        assert!(yotta.pods().delete(&id()).await.is_ok(), "{body}");
    }
    for (body, kind) in [
        (r#"{"code":12001}"#, Kind::WrongState),
        (r#"{"code":10000,"data":{"id":7}}"#, Kind::Unreadable),
        (r#"{"code":55555}"#, Kind::Unreadable),
    ] {
        let (_server, yotta) = yotta([Reply::json(200, body)]).await;
        assert_eq!(
            yotta.pods().delete(&id()).await.expect_err("is refused").kind,
            kind,
            "{body}"
        );
    }
}

#[tokio::test]
async fn nothing_else_makes_a_pod_gone() {
    for (reply, kind) in [
        (refusal(401, 10000), Kind::Unauthorized),
        (refusal(500, 13000), Kind::CloudFailed),
        (Reply::json(200, "<html>"), Kind::Unreadable),
        (success("null"), Kind::Unreadable),
        (Reply::CutAfterReading, Kind::AnswerLost),
    ] {
        let (_server, yotta) = yotta(vec![reply.clone(); 10]).await;
        assert_eq!(
            yotta.pods().get(&id()).await.expect_err("is not known").kind,
            kind,
            "{reply:?}"
        );
        assert_eq!(
            yotta.pods().list().await.expect_err("are not known").kind,
            kind,
            "{reply:?}"
        );
    }
    let melting = format!(r#"{{"id":{},"status":"MELTING"}}"#, id());
    let (_server, yotta) = yotta([success(&melting)]).await;
    let pod = yotta.pods().get(&id()).await.expect("an answer").expect("is there");
    assert_eq!((pod.phase, pod.cloud_status.as_str()), (Phase::Unknown, "MELTING"));
}

#[tokio::test]
async fn a_create_that_may_have_worked_is_not_repeated() {
    for (reply, kind) in [
        (Reply::json(500, ""), Kind::CloudFailed),
        (refusal(200, 10002), Kind::CloudFailed),
        (Reply::CutAfterReading, Kind::AnswerLost),
        (Reply::CutInBody, Kind::AnswerLost),
        (success(r#"{"name":"trainer"}"#), Kind::Unreadable),
        (refusal(200, 55555), Kind::Unreadable),
    ] {
        let (server, yotta) = yotta([reply.clone(), success(r#"{"id":1}"#)]).await;
        let error = yotta
            .pods()
            .create(&small_spec())
            .await
            .expect_err("is not known to be made");
        assert_eq!(
            (error.kind, error.kind.proves_nothing_was_done()),
            (kind, false),
            "{reply:?}"
        );
        assert_eq!(server.lines().len(), 1, "{reply:?}");
    }
    let (server, yotta) = yotta([Reply::json(429, ""), success(r#"{"id":1}"#)]).await;
    assert!(yotta.pods().create(&small_spec()).await.is_ok());
    assert_eq!(server.lines().len(), 2);
}

#[tokio::test]
async fn orders_survive_a_lost_answer() {
    let (_server, yotta) = yotta([
        // The delete was done, and its answer was lost: the caller looks whether the pod is listed.
        Reply::CutAfterReading,
        refusal(200, 13000),
        // The pause was done, and its answer was lost: the pod is on its way, and the caller looks.
        Reply::CutAfterReading,
        refusal(200, 12001),
        refusal(200, 10002),
        success("null"),
    ])
    .await;
    let error = yotta.pods().delete(&id()).await.expect_err("is not found");
    assert_eq!(error.kind, Kind::NotFound);
    assert_eq!(
        yotta.pods().stop(&id()).await.expect_err("is stopping").kind,
        Kind::WrongState
    );
    yotta.pods().start(&id()).await.expect("is started");
}

#[tokio::test]
async fn an_error_repeats_no_secret() {
    let message = "bad value hunter-two, key swordfish";
    let (_server, yotta) = yotta([Reply::json(400, &format!(r#"{{"message":"{message}","code":10001}}"#))]).await;
    let environment = EnvironmentVariables([("PASSWORD".to_owned(), Secret::new("hunter-two"))].into());
    let spec = PodSpec {
        environment,
        ..small_spec()
    };
    let error = yotta.pods().create(&spec).await.expect_err("a refusal");
    assert_eq!(
        error.to_string(),
        r#"Yotta Labs, creating pod "trainer": bad value ***, key *** (HTTP 400, code 10001)"#
    );
}
