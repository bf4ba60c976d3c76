//! Calls of the client over a socket: requests and results.

use crate::clouds::{
    Cloud, EnvironmentVariables, Kind, Phase, PodSpec, Secret,
    cpod::testing::{ID, cpod, cpod_below, id, list, pod, refusal, small_spec},
    http::test_server::Reply,
};

fn listed(status: &str) -> Reply {
    list(&format!(r#"{{"id":"{ID}","status":"{status}"}}"#))
}

/// A 404 that says no more than its status.
fn unsigned_404s() -> [Reply; 3] {
    [
        Reply::json(404, "<html>"),
        Reply::json(404, "{}"),
        refusal(404, "Not Found"),
    ]
}

#[tokio::test]
async fn a_pod_lives() {
    let made = Reply::json(201, &format!(r#"{{"id":"{ID}","status":"pending"}}"#));
    let (server, cpod) = cpod([
        made,
        pod("running"),
        pod("stopping"),
        listed("stopped"),
        pod("provisioning"),
        Reply::Answer(204, String::new(), Vec::new()),
    ])
    .await;
    let made = cpod.pods().create(&small_spec()).await.expect("is made");
    assert_eq!((made.id, made.phase), (id(), Phase::Pending));
    let read = cpod.pods().get(&id()).await.expect("is read");
    assert_eq!(read.map(|pod| pod.phase), Some(Phase::Running));
    cpod.pods().stop(&id()).await.expect("is stopped");
    let pods = cpod.pods().list().await.expect("are listed");
    assert_eq!((pods.len(), &pods[0].id, pods[0].phase), (1, &id(), Phase::Stopped));
    cpod.pods().start(&id()).await.expect("is started");
    cpod.pods().delete(&id()).await.expect("is deleted");
    let expected = [
        "POST /v1/pods".to_owned(),
        format!("GET /v1/pods/{ID}"),
        format!("POST /v1/pods/{ID}/stop"),
        "GET /v1/pods?limit=100".to_owned(),
        format!("POST /v1/pods/{ID}/start"),
        format!("DELETE /v1/pods/{ID}"),
    ];
    assert_eq!(server.lines(), expected);
    let asked = server.requests();
    assert!(
        asked
            .iter()
            .all(|one| one.header("authorization") == Some("Bearer swordfish"))
    );
}

#[tokio::test]
async fn a_version_in_the_address_is_not_said_twice() {
    for (path, expected) in [
        ("", "/v1/pods"),
        ("/", "/v1/pods"),
        ("/v1", "/v1/pods"),
        ("/v1/", "/v1/pods"),
        ("/api/v1", "/api/v1/pods"),
        ("/api/v1/", "/api/v1/pods"),
        ("/gate", "/gate/v1/pods"),
    ] {
        let (server, cpod) = cpod_below(path, [list("")]).await;
        cpod.pods().list().await.expect("are listed");
        assert_eq!(server.lines(), [format!("GET {expected}?limit=100")], "{path}");
    }
}

#[tokio::test]
async fn a_pod_that_is_not_found_may_be_there() {
    let own_word = refusal(404, "Pod not found");
    for not_found in [own_word].into_iter().chain(unsigned_404s()) {
        let (server, cpod) = cpod(vec![not_found.clone(); 3]).await;
        let kinds = [
            cpod.pods().get(&id()).await.expect_err("is not found").kind,
            cpod.pods().delete(&id()).await.expect_err("is not found").kind,
            cpod.pods().stop(&id()).await.expect_err("is not found").kind,
        ];
        assert_eq!((kinds, server.lines().len()), ([Kind::NotFound; 3], 3), "{not_found:?}");
    }
}

#[tokio::test]
async fn an_answer_about_another_pod_is_unreadable() {
    let other = || {
        Reply::json(
            200,
            r#"{"id":"7c9e6679-7425-40de-944b-e07fc1f90ae8","status":"running"}"#,
        )
    };
    let (_server, cpod) = cpod(vec![other(); 4]).await;
    let message = format!("\"{ID}\" was asked for, and the answer is about \"7c9e6679-7425-40de-944b-e07fc1f90ae8\"");
    for result in [
        cpod.pods().get(&id()).await.map(drop),
        cpod.pods().stop(&id()).await,
        cpod.pods().start(&id()).await,
        cpod.pods().delete(&id()).await,
    ] {
        let error = result.expect_err("is unreadable");
        assert_eq!((error.kind, &error.message), (Kind::Unreadable, &message));
    }
}

#[tokio::test]
async fn nothing_else_makes_a_pod_gone() {
    for (reply, kind) in [
        (refusal(401, "Pod not found"), Kind::Unauthorized),
        (refusal(403, "Pod not found"), Kind::Forbidden),
        (refusal(500, "Pod not found"), Kind::CloudFailed),
        (Reply::json(200, "<html>"), Kind::Unreadable),
        (Reply::json(200, "null"), Kind::Unreadable),
        (Reply::CutAfterReading, Kind::AnswerLost),
    ] {
        let (_server, cpod) = cpod(vec![reply.clone(); 10]).await;
        assert_eq!(
            cpod.pods().get(&id()).await.expect_err("is not known").kind,
            kind,
            "{reply:?}"
        );
        assert_eq!(
            cpod.pods().list().await.expect_err("are not known").kind,
            kind,
            "{reply:?}"
        );
    }
}

#[tokio::test]
async fn a_create_that_may_have_worked_is_not_repeated() {
    for (reply, kind) in [
        (Reply::json(500, ""), Kind::CloudFailed),
        (Reply::CutAfterReading, Kind::AnswerLost),
        (Reply::CutInBody, Kind::AnswerLost),
        (Reply::json(201, r#"{"name":"trainer"}"#), Kind::Unreadable),
        (Reply::json(204, ""), Kind::Unreadable),
    ] {
        let (server, cpod) = cpod([reply.clone(), pod("pending")]).await;
        let error = cpod
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
    let (server, cpod) = cpod([Reply::json(429, ""), pod("pending")]).await;
    assert!(cpod.pods().create(&small_spec()).await.is_ok());
    assert_eq!(server.lines().len(), 2);
}

#[tokio::test]
async fn orders_survive_a_lost_answer() {
    let (_server, cpod) = cpod([
        // The delete was done, and its answer was lost: the caller looks whether the pod is listed.
        Reply::CutAfterReading,
        refusal(404, "Pod not found"),
        // The stop was done, and its answer was lost: the pod is on its way, and the caller looks.
        Reply::CutAfterReading,
        refusal(409, "The pod is stopping"),
        Reply::json(502, "<html>"),
        pod("provisioning"),
    ])
    .await;
    let error = cpod.pods().delete(&id()).await.expect_err("is not found");
    assert_eq!(error.kind, Kind::NotFound);
    let refusal = cpod.pods().stop(&id()).await.expect_err("is stopping");
    assert_eq!(refusal.kind, Kind::WrongState);
    cpod.pods().start(&id()).await.expect("is started");
}

#[tokio::test]
async fn an_error_repeats_no_secret() {
    let message = "bad value hunter-two, key swordfish";
    let (_server, cpod) = cpod([Reply::json(400, &format!(r#"{{"message":"{message}","code":"bad"}}"#))]).await;
    let environment = EnvironmentVariables([("PASSWORD".to_owned(), Secret::new("hunter-two"))].into());
    let spec = PodSpec {
        environment,
        ..small_spec()
    };
    let error = cpod.pods().create(&spec).await.expect_err("a refusal");
    assert_eq!(
        error.to_string(),
        r#"cPod, creating pod "trainer": bad value ***, key *** (HTTP 400, code bad)"#
    );
}
