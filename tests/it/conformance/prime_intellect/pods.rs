//! Prime Intellect's pods: the conversion of each response.

use gpupod::clouds::{Endpoint, MarketplaceOptions, Mount, Observed, Offer, Phase, Pod, PodId, ssh};

use super::{asked, reading};

const ID: &str = "4d1f0a7c93b64e258f60c2d95a3e71b8";
const TINY_ID: &str = "9ffb2b7d0a6c4c2e8a1d5f3e7b9c0d12";
/// 2026-01-01T00:00:00Z.
const CREATED_AT: i64 = 1_767_225_600_000;

fn id() -> PodId {
    PodId::new(ID).expect("an id")
}

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

async fn read_pod(fixture: &str) -> Pod {
    let bench = reading(fixture);
    let pod = bench.pod(&id()).await;
    assert_eq!(asked(&bench), [format!("GET /api/v1/pods/{ID}")]);
    pod
}

fn check(seen: &Pod, expected: &Pod) {
    assert_eq!(format!("{seen:#?}"), format!("{expected:#?}"));
}

fn trainer() -> Pod {
    Pod {
        id: id(),
        phase: Phase::Running,
        cloud_status: "ACTIVE".to_owned(),
        reason: None,
        desired: None,
        observed: observed_trainer(),
        price_per_hour: Some("2.67".parse().expect("a number")),
        offer: Some(Box::new(Offer {
            provider: text("datacrunch"),
            socket: text("SXM5"),
            ..Offer::default()
        })),
        disk: Some(300),
        region: None,
        gpu_display_name: None,
        ssh: Some(ssh::parse("ssh ubuntu@203.0.113.7 -p 22")),
        ip: text("203.0.113.7"),
        internal_ip: None,
        endpoints: Some([22, 8888].map(endpoint).into()),
        created_at: Some(CREATED_AT),
        mark: None,
    }
}

fn observed_trainer() -> Observed {
    Observed {
        name: text("trainer"),
        image: text("custom_template"),
        gpu_type: text("H100_80GB"),
        gpu_count: Some(1),
        is_spot: Some(false),
        volumes: Some(vec![Mount {
            volume_id: "7c1f0e5b9a3d4826b1e6f2c8d0a49375".to_owned(),
            path: None,
        }]),
        marketplace: Some(Box::new(MarketplaceOptions {
            auto_restart: Some(true),
            template_id: text("cmbk2s7rj0001l508t4n6w9ph"),
            team_id: text("cmbk2v8ke0005l508y3d6z8rf"),
            ..MarketplaceOptions::default()
        })),
        ..Observed::default()
    }
}

fn endpoint(port: u16) -> Endpoint {
    Endpoint {
        port,
        protocol: text("TCP"),
        host: text("203.0.113.7"),
        proxy_port: Some(port),
        url: None,
        is_healthy: None,
    }
}

/// A pod of which nothing was asked that can be left out, just made.
pub fn tiny() -> Pod {
    Pod {
        id: PodId::new(TINY_ID).expect("an id"),
        phase: Phase::Provisioning,
        cloud_status: "PROVISIONING".to_owned(),
        reason: None,
        desired: None,
        observed: Observed {
            name: text("tiny"),
            image: text("ubuntu_22_cuda_12"),
            gpu_type: text("H100_80GB"),
            gpu_count: Some(1),
            marketplace: Some(Box::new(MarketplaceOptions::default())),
            ..Observed::default()
        },
        price_per_hour: Some("2.2".parse().expect("a number")),
        offer: Some(Box::new(Offer {
            provider: text("primecompute"),
            socket: text("PCIe"),
            ..Offer::default()
        })),
        disk: None,
        region: None,
        gpu_display_name: None,
        ssh: None,
        ip: None,
        internal_ip: None,
        endpoints: Some(Vec::new()),
        created_at: Some(CREATED_AT),
        mark: None,
    }
}

#[tokio::test]
async fn a_running_pod_is_read() {
    check(&read_pod("pod-running").await, &trainer());
}

#[tokio::test]
async fn other_shapes_mean_the_same() {
    check(&read_pod("pod-other-shapes").await, &trainer());
    // Without a host in the login, the address and the ports have it.
    check(&read_pod("pod-without-login").await, &trainer());
}

#[tokio::test]
async fn a_pod_is_ready_when_its_image_is_installed() {
    let installing = Pod {
        phase: Phase::Provisioning,
        ..trainer()
    };
    check(&read_pod("pod-installing").await, &installing);
    let failed = Pod {
        phase: Phase::Failed,
        reason: text("The image could not be pulled."),
        ..trainer()
    };
    check(&read_pod("pod-install-failed").await, &failed);
}

#[tokio::test]
async fn a_stopped_pod_is_read() {
    let stopped = Pod {
        phase: Phase::Stopped,
        cloud_status: "STOPPED".to_owned(),
        ..tiny()
    };
    let read = reading("pod-stopped").pod(&stopped.id).await;
    check(&read, &stopped);
}

#[tokio::test]
async fn a_list_is_read_without_what_has_ended() {
    let bench = reading("pod-list-page");
    let pods = bench.cloud.pods().list().await.expect("are listed");
    let expected = [trainer(), tiny()];
    assert_eq!(pods.len(), expected.len());
    for (pod, expected) in pods.iter().zip(&expected) {
        check(pod, expected);
    }
    assert_eq!(asked(&bench), ["GET /api/v1/pods/?offset=0&limit=100"]);
}

#[tokio::test]
async fn a_pod_that_has_ended_is_gone() {
    assert_eq!(reading("pod-terminated").phase(&tiny().id).await, None);
}
