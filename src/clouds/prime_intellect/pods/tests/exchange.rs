//! Calls of the client over a socket: requests and results.

use super::small_spec;
use crate::clouds::{
    Account, BaseUrl, Cloud, EnvironmentVariables, Kind, Phase, PodId, PodSpec, Secret, Settings,
    http::test_server::{Received, Reply, TestServer},
    prime_intellect::{
        PrimeIntellect,
        testing::{page, prime, refusal, success, unsigned_404},
    },
};

const ID: &str = "9ffb2b7d0a6c4c2e8a1d5f3e7b9c0d12";

fn id() -> PodId {
    PodId::new(ID).expect("an id")
}

/// A pod with a status, at an address.
fn pod(id: &str, status: &str) -> String {
    format!(r#"{{"id":"{id}","status":"{status}","ip":"203.0.113.7"}}"#)
}

/// A page with one offer.
fn offer() -> Reply {
    let row = r#"{"cloudId":"NVIDIA H100","gpuType":"H100_80GB","socket":"PCIe","provider":"runpod","gpuCount":1}"#;
    success(&format!(r#"{{"items":[{row}],"totalCount":1}}"#))
}

#[tokio::test]
async fn a_pod_lives() {
    let pods = format!("{},{}", pod(ID, "ACTIVE"), pod("other", "TERMINATED"));
    let (server, prime) = prime([
        offer(),
        success(&pod(ID, "PROVISIONING")),
        success(&pod(ID, "ACTIVE")),
        page(&pods, 2),
        success(r#"{"status":"TERMINATED"}"#),
        success(&pod(ID, "TERMINATED")),
    ])
    .await;
    let made = prime.pods().create(&small_spec()).await.expect("is made");
    assert_eq!((made.id.clone(), made.phase), (id(), Phase::Provisioning));
    let read = prime.pods().get(&id()).await.expect("is read");
    assert_eq!(read.map(|pod| pod.phase), Some(Phase::Running));
    let listed = prime.pods().list().await.expect("are listed");
    assert_eq!(listed.into_iter().map(|pod| pod.id).collect::<Vec<_>>(), [id()]);
    prime.pods().delete(&id()).await.expect("is deleted");
    assert!(prime.pods().get(&id()).await.expect("is read").is_none());
    let expected = [
        "GET /api/v1/availability/gpus?page=1&page_size=100&gpu_type=H100_80GB&gpu_count=1",
        "POST /api/v1/pods/",
        "GET /api/v1/pods/9ffb2b7d0a6c4c2e8a1d5f3e7b9c0d12",
        "GET /api/v1/pods/?offset=0&limit=100",
        "DELETE /api/v1/pods/9ffb2b7d0a6c4c2e8a1d5f3e7b9c0d12",
        "GET /api/v1/pods/9ffb2b7d0a6c4c2e8a1d5f3e7b9c0d12",
    ];
    assert_eq!(server.lines(), expected);
    let key = |asked: &Received| asked.header("authorization").map(str::to_owned);
    assert!(
        server
            .requests()
            .iter()
            .all(|asked| key(asked).as_deref() == Some("Bearer swordfish"))
    );
}

/// The command line tool's own variable may hold it so.
#[tokio::test]
async fn an_address_may_end_in_the_start_of_all_paths() {
    for end in ["", "/", "/api/v1", "/api/v1/"] {
        let server = TestServer::start([page("", 0)]).await;
        let base_url = BaseUrl::parse(&format!("{}{end}", server.base_url)).expect("an address");
        let (settings, key) = (Settings::default(), Secret::new("swordfish"));
        let prime = PrimeIntellect::connect(settings, base_url, key, Account::default()).expect("a good key");
        assert!(prime.pods().list().await.expect("are listed").is_empty());
        assert_eq!(server.lines(), ["GET /api/v1/pods/?offset=0&limit=100"], "{end}");
    }
}

#[tokio::test]
async fn a_pod_that_is_not_found_may_be_there() {
    // Its own words, a page of HTML, and the router's, which are about the path.
    for not_found in [refusal(404, "Pod not found"), unsigned_404(), refusal(404, "Not Found")] {
        let (server, prime) = prime(vec![not_found.clone(); 2]).await;
        let kinds = [
            prime.pods().get(&id()).await.expect_err("is not found").kind,
            prime.pods().delete(&id()).await.expect_err("is not found").kind,
        ];
        assert_eq!((kinds, server.lines().len()), ([Kind::NotFound; 2], 2), "{not_found:?}");
    }
}

#[tokio::test]
async fn any_success_accepts_a_deletion_of_the_pod() {
    for body in ["", "<html>", "{}", r#"{"status":"DELETING"}"#] {
        let (_server, prime) = prime([Reply::json(200, body)]).await;
        assert!(prime.pods().delete(&id()).await.is_ok(), "{body}");
    }
    let (_server, prime) = prime([success(r#"{"id":"p-other"}"#)]).await;
    let error = prime.pods().delete(&id()).await.expect_err("is about another");
    assert_eq!(error.kind, Kind::Unreadable);
}

#[tokio::test]
async fn nothing_else_makes_a_pod_gone() {
    for (reply, kind) in [
        (refusal(401, "Pod not found"), Kind::Unauthorized),
        (refusal(403, "Not authenticated"), Kind::Unauthorized),
        (refusal(500, "Pod not found"), Kind::CloudFailed),
        (success("<html>"), Kind::Unreadable),
        (success("null"), Kind::Unreadable),
        (Reply::CutAfterReading, Kind::AnswerLost),
    ] {
        let (_server, prime) = prime(vec![reply.clone(); 10]).await;
        let read = prime.pods().get(&id()).await.expect_err("is not known");
        assert_eq!(read.kind, kind, "{reply:?}");
        let listed = prime.pods().list().await.expect_err("are not known");
        assert_eq!(listed.kind, kind, "{reply:?}");
    }
    let (_server, prime) = prime([success(&pod(ID, "MELTING"))]).await;
    let pod = prime.pods().get(&id()).await.expect("an answer").expect("is there");
    assert_eq!((pod.phase, pod.cloud_status.as_str()), (Phase::Unknown, "MELTING"));
}

#[tokio::test]
async fn every_page_of_the_list_is_read() {
    let ids = async |replies: Vec<Reply>| {
        let (server, prime) = prime(replies).await;
        let pods = prime.pods().list().await.expect("are listed");
        let ids: Vec<String> = pods.into_iter().map(|pod| pod.id.as_str().to_owned()).collect();
        (ids.join(" "), server.lines().len())
    };
    let rows = |ids: &[&str]| ids.iter().map(|id| pod(id, "ACTIVE")).collect::<Vec<_>>().join(",");
    // Pages shorter than asked for, and a pod that moved to the next.
    let found = ids(vec![page(&rows(&["a", "b"]), 4), page(&rows(&["b", "c"]), 4)]).await;
    assert_eq!(found, ("a b c".to_owned(), 2));
    assert_eq!(ids(vec![page("", 0)]).await, (String::new(), 1));
    // Without a total, the first empty page is the end; with one that is too large, too.
    let untold = |entries: &str| success(&format!(r#"{{"data":[{entries}]}}"#));
    assert_eq!(ids(vec![untold(&rows(&["a"])), untold("")]).await, ("a".to_owned(), 2));
    assert_eq!(
        ids(vec![page(&rows(&["a"]), 9), page("", 9)]).await,
        ("a".to_owned(), 2)
    );
    let (server, prime) = prime([page(&rows(&["a", "b"]), 3), page(&rows(&["c"]), 3)]).await;
    assert_eq!(prime.pods().list().await.expect("are listed").len(), 3);
    assert_eq!(server.lines()[1], "GET /api/v1/pods/?offset=2&limit=100");
}

#[tokio::test]
async fn a_pod_cannot_be_stopped_and_nothing_is_asked() {
    let (server, prime) = prime([]).await;
    for (result, expected) in [
        (
            prime.pods().stop(&id()).await,
            format!("Prime Intellect, stopping pod {ID}: there is no call for it: a pod runs until it is deleted"),
        ),
        (
            prime.pods().start(&id()).await,
            format!(
                "Prime Intellect, starting pod {ID}: there is no call for it: a pod that was stopped has to be made anew"
            ),
        ),
    ] {
        let error = result.expect_err("is refused");
        assert_eq!((error.kind, error.to_string()), (Kind::Invalid, expected));
    }
    assert!(server.lines().is_empty());
}

#[tokio::test]
async fn a_deletion_survives_a_lost_answer() {
    let (_server, prime) = prime([
        // The deletion was done, and its answer was lost: the caller looks whether the pod is listed.
        Reply::CutAfterReading,
        refusal(404, "Pod not found"),
        // Some deletions were seen to fail once.
        refusal(500, "try again"),
        success(r#"{"status":"DELETING"}"#),
        refusal(409, "Pod is being provisioned"),
    ])
    .await;
    let error = prime.pods().delete(&id()).await.expect_err("is not found");
    assert_eq!(error.kind, Kind::NotFound);
    prime.pods().delete(&id()).await.expect("is deleted");
    let error = prime.pods().delete(&id()).await.expect_err("is refused");
    assert_eq!(error.kind, Kind::WrongState);
}

#[tokio::test]
async fn an_error_repeats_no_secret() {
    let (_server, prime) = prime([
        offer(),
        refusal(400, "bad value hunter-one of hunter-two, key swordfish"),
    ])
    .await;
    let mut spec = PodSpec {
        environment: EnvironmentVariables([("PASSWORD".to_owned(), Secret::new("hunter-one"))].into()),
        ..small_spec()
    };
    spec.marketplace.jupyter_password = Some(Secret::new("hunter-two"));
    spec.marketplace.offer.provider = Some("runpod".to_owned());
    let error = prime.pods().create(&spec).await.expect_err("a refusal");
    assert_eq!(
        error.to_string(),
        r#"Prime Intellect, creating pod "trainer": bad value *** of ***, key *** (HTTP 400)"#
    );
}
