//! Creates from a page of offers, and their responses.

use gpupod::clouds::{
    GiB, GpuCount, GpuCounts, GpuRequest, Kind, MarketplaceOptions, Name, Offer, Pod, PodSpec, Price, Secret,
};

use super::{NAME, answer_next, answer_next_with, asked, bench, pods::tiny};
use crate::conformance::{
    bench::Bench,
    fixtures,
    specs::{blank, mount, variables},
};

const LISTING: &str = "GET /api/v1/availability/gpus";
const CREATION: &str = "POST /api/v1/pods/";

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn gpu() -> Option<GpuRequest> {
    Some(GpuRequest {
        gpu_type: "H100_80GB".to_owned(),
        count: GpuCount::new(1, GpuCounts::Any).expect("a count"),
    })
}

fn gib(size: u32) -> Option<GiB> {
    Some(GiB::new(size).expect("a size"))
}

fn spec(name: &str) -> PodSpec {
    PodSpec {
        gpu: gpu(),
        ..blank(name, "ubuntu_22_cuda_12")
    }
}

fn spec_of_trainer() -> PodSpec {
    PodSpec {
        image: Name::new("custom_template").expect("an image"),
        max_price: Some(Price::new("3.5".parse().expect("a number")).expect("a price")),
        container_volume: gib(300),
        environment: variables([("MODE", "train"), ("EPOCHS", "3")]),
        volumes: vec![mount("7c1f0e5b9a3d4826b1e6f2c8d0a49375", None)],
        marketplace: MarketplaceOptions {
            auto_restart: Some(true),
            template_id: text("cmbk2s7rj0001l508t4n6w9ph"),
            ssh_key_id: text("cmbk2t0aa0003l508u1c5x7qd"),
            team_id: text("cmbk2v8ke0005l508y3d6z8rf"),
            is_shared_with_team: Some(true),
            team_member_ids: ["cmbk2w5mg0007l508a4e7b9sg", "cmbk2x1ni0009l508b5f8c0th"]
                .map(str::to_owned)
                .into(),
            jupyter_password: Some(Secret::new("correct horse")),
            ..MarketplaceOptions::default()
        },
        ..spec("trainer")
    }
}

/// With a page of offers, and an answer to the order.
fn ordering() -> Bench {
    let bench = bench();
    answer_next(&bench, LISTING, 200, "availability-page");
    answer_next(&bench, CREATION, 200, "pod-created");
    bench
}

#[tokio::test]
async fn the_cheapest_that_fits_is_ordered_in_its_own_words() {
    let cheap = PodSpec {
        is_spot: Some(true),
        image: Name::new("cuda_12_4_pytorch_2_5").expect("an image"),
        ..spec("cheap")
    };
    let wide = PodSpec {
        marketplace: MarketplaceOptions {
            vcpus: Some(32),
            memory: gib(128),
            ..MarketplaceOptions::default()
        },
        ..spec("wide")
    };
    let reserved = PodSpec {
        marketplace: MarketplaceOptions {
            prepaid_hours: Some(720),
            ..MarketplaceOptions::default()
        },
        ..spec("reserved")
    };
    check_request(&spec("tiny"), "pod-create-request-minimal").await;
    check_request(&spec_of_trainer(), "pod-create-request").await;
    check_request(&cheap, "pod-create-request-spot").await;
    check_request(&wide, "pod-create-request-amounts").await;
    check_request(&reserved, "pod-create-request-prepaid").await;
}

async fn check_request(spec: &PodSpec, fixture: &str) {
    let bench = ordering();
    bench.cloud.pods().create(spec).await.expect("is answered");
    assert_eq!(
        bench.creations().remove(0).body,
        fixtures::read(NAME, fixture),
        "{fixture}"
    );
}

#[tokio::test]
async fn the_answer_says_what_was_bought() {
    let bench = ordering();
    let made = bench.cloud.pods().create(&spec("tiny")).await.expect("is made");
    let expected = Pod {
        offer: Some(Box::new(Offer {
            cloud_id: text("gpu_1x_h100_community"),
            provider: text("primecompute"),
            socket: text("PCIe"),
            data_center_id: None,
            country: text("CA"),
            security: text("community_cloud"),
        })),
        region: text("canada"),
        ..tiny()
    };
    assert_eq!(format!("{made:#?}"), format!("{expected:#?}"));
    let listing = "GET /api/v1/availability/gpus?page=1&page_size=100&gpu_type=H100_80GB&gpu_count=1";
    assert_eq!(asked(&bench), [listing, CREATION]);
}

#[tokio::test]
async fn an_offer_that_was_taken_gives_way_to_the_next() {
    let bench = bench();
    answer_next(&bench, LISTING, 200, "availability-page");
    answer_next(&bench, CREATION, 409, "error-taken");
    answer_next(&bench, CREATION, 200, "pod-created");
    let made = bench.cloud.pods().create(&spec("tiny")).await.expect("is made");
    let offer = made.offer.expect("is told");
    assert_eq!(
        (offer.provider, offer.cloud_id),
        (text("datacrunch"), text("1H100.80S.30V"))
    );
    assert_eq!(bench.creations().len(), 2);
}

#[tokio::test]
async fn a_refusal_of_another_kind_is_the_last_word() {
    let table = [
        (
            400,
            "error-text",
            Kind::Invalid,
            "Missing field: data_center_id not specified",
        ),
        (
            400,
            "error-price",
            Kind::Invalid,
            "Missing field: max_price not specified",
        ),
        (
            400,
            "error-limit",
            Kind::Invalid,
            "Maximum number of instances reached. Limit: 4",
        ),
        (
            402,
            "error-text",
            Kind::Payment,
            "Missing field: data_center_id not specified",
        ),
        (
            422,
            "error-list",
            Kind::Invalid,
            "pod.gpuCount: must be above 0; pod.image: is not known",
        ),
        (
            422,
            "error-validation",
            Kind::Invalid,
            "pod.gpus: Extra inputs are not permitted",
        ),
        (403, "error-unauthenticated", Kind::Unauthorized, "Not authenticated"),
    ];
    for (status, fixture, kind, message) in table {
        let bench = bench();
        answer_next(&bench, LISTING, 200, "availability-page");
        answer_next(&bench, CREATION, status, fixture);
        let error = bench.cloud.pods().create(&spec("tiny")).await.expect_err("is refused");
        assert_eq!((error.kind, error.message.as_str()), (kind, message), "{fixture}");
        assert_eq!(bench.creations().len(), 1, "{fixture}");
    }
}

#[tokio::test]
async fn an_empty_page_is_asked_for_again() {
    let bench = bench();
    for fixture in [
        "availability-empty-page",
        "availability-empty-page",
        "availability-page",
    ] {
        answer_next(&bench, LISTING, 200, fixture);
    }
    answer_next(&bench, CREATION, 200, "pod-created");
    bench.cloud.pods().create(&spec("tiny")).await.expect("is made");
    let empty = super::bench();
    for _ in 0..3 {
        answer_next(&empty, LISTING, 200, "availability-empty-page");
    }
    let error = empty
        .cloud
        .pods()
        .create(&spec("tiny"))
        .await
        .expect_err("is not listed");
    assert_eq!(error.kind, Kind::NoCapacity);
    assert_eq!(error.message, "no offer of H100_80GB with 1 GPU is listed now");
    assert_eq!(empty.simulator.requests().len(), 3);
}

#[tokio::test]
async fn a_row_with_little_is_bought_with_little() {
    let bench = bench();
    let row = serde_json::json!({
        "cloudId": "x", "gpuType": "H100_80GB", "socket": "PCIe", "provider": "massedcompute", "gpuCount": 1,
        "gpuMemory": 80, "security": "secure_cloud", "prices": {"onDemand": 1.25, "currency": "USD"},
        "images": ["ubuntu_22_cuda_12"],
    });
    let page = serde_json::json!({"items": [row], "totalCount": 1});
    answer_next_with(&bench, LISTING, 200, &page);
    answer_next(&bench, CREATION, 200, "pod-created");
    bench.cloud.pods().create(&spec("tiny")).await.expect("is made");
    let sent = bench.creations().remove(0).body;
    let expected = serde_json::json!({
        "pod": {"name": "tiny", "cloudId": "x", "gpuType": "H100_80GB", "socket": "PCIe", "gpuCount": 1,
                "image": "ubuntu_22_cuda_12", "security": "secure_cloud", "maxPrice": 1.25},
        "provider": {"type": "massedcompute"},
    });
    assert_eq!(sent, expected);
}
