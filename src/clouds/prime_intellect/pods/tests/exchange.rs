//! The whole cloud over a socket: what each call asks, and what it makes of the answer.

use super::small_spec;
use crate::clouds::{
    Cloud, Kind, Phase, PodId,
    http::test_server::Reply,
    prime_intellect::testing::{page, prime, refusal, success, unsigned_404},
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
    let made = prime.create_pod(&small_spec()).await.expect("is made");
    assert_eq!((made.id.clone(), made.phase), (id(), Phase::Provisioning));
    let read = prime.pod(&id()).await.expect("is read");
    assert_eq!(read.map(|pod| pod.phase), Some(Phase::Running));
    let listed = prime.pods().await.expect("are listed");
    assert_eq!(listed.into_iter().map(|pod| pod.id).collect::<Vec<_>>(), [id()]);
    prime.delete_pod(&id()).await.expect("is deleted");
    assert!(prime.pod(&id()).await.expect("is read").is_none());
    let expected = [
        "GET /api/v1/availability/gpus?page=1&page_size=100&gpu_type=H100_80GB&gpu_count=1",
        "POST /api/v1/pods/",
        "GET /api/v1/pods/9ffb2b7d0a6c4c2e8a1d5f3e7b9c0d12",
        "GET /api/v1/pods/?offset=0&limit=100",
        "DELETE /api/v1/pods/9ffb2b7d0a6c4c2e8a1d5f3e7b9c0d12",
        "GET /api/v1/pods/9ffb2b7d0a6c4c2e8a1d5f3e7b9c0d12",
    ];
    assert_eq!(server.lines(), expected);
    let key = |asked: &crate::clouds::http::test_server::Asked| asked.header("authorization").map(str::to_owned);
    assert!(
        server
            .asked()
            .iter()
            .all(|asked| key(asked).as_deref() == Some("Bearer swordfish"))
    );
}

#[tokio::test]
async fn gone_is_no_error() {
    let gone = refusal(404, "Pod not found");
    let (_server, prime) = prime([gone.clone(), gone]).await;
    assert!(prime.pod(&id()).await.expect("is gone").is_none());
    prime.delete_pod(&id()).await.expect("is gone");
}

#[tokio::test]
async fn a_404_that_is_not_signed_is_confirmed_by_the_statuses() {
    let row = |status: &str| success(&format!(r#"{{"data":[{{"podId":"{ID}","status":"{status}"}}]}}"#));
    // The router's own words are about the path, and no proof either.
    for not_found in [unsigned_404(), refusal(404, "Not Found")] {
        for (statuses, is_gone) in [
            (success(r#"{"data":[]}"#), true),
            (row("TERMINATED"), true),
            (row("ACTIVE"), false),
        ] {
            let replies = [not_found.clone(), statuses.clone(), not_found.clone(), statuses];
            let (server, prime) = prime(replies).await;
            let read = prime.pod(&id()).await.map(|pod| pod.is_none());
            assert_eq!(
                read.map_err(|error| error.kind),
                if is_gone { Ok(true) } else { Err(Kind::NotFound) }
            );
            let deleted = prime.delete_pod(&id()).await.map_err(|error| error.kind);
            assert_eq!(deleted, if is_gone { Ok(()) } else { Err(Kind::NotFound) });
            assert_eq!(server.lines()[1], format!("GET /api/v1/pods/status?pod_ids={ID}"));
        }
        let (_server, wrong_address) = prime([not_found.clone(), not_found]).await;
        let error = wrong_address.pod(&id()).await.expect_err("is not known");
        assert_eq!(error.kind, Kind::NotFound);
    }
}
