//! Capabilities: each cloud behaves as its own say.

use gpupod::clouds::{Account, Capabilities, GpuCount, GpuCounts, Kind, PodFeature, PodSpec, Support};
use serde_json::Value;

use super::{
    bench::{Bench, kind},
    document::Document,
    on_every_cloud, specs,
};

fn features(cloud: &Capabilities, support: Support) -> impl Iterator<Item = PodFeature> {
    PodFeature::ALL
        .iter()
        .copied()
        .filter(move |feature| (cloud.pod)(*feature) == support)
}

/// The body of the creation, if one was sent; whether the cloud has such a machine does not matter.
async fn sent(bench: &Bench, spec: &PodSpec) -> Option<Value> {
    let before = bench.creations().len();
    let _ = bench.cloud.pods().create(spec).await;
    bench.creations().into_iter().nth(before).map(|request| request.body)
}

async fn sent_with(bench: &Bench, feature: PodFeature) -> Option<Value> {
    let mut spec = bench.least_spec();
    specs::ask(&mut spec, feature, bench.description.capabilities);
    sent(bench, &spec).await
}

#[tokio::test]
async fn what_is_optional_is_sent() {
    on_every_cloud(async |bench| {
        let least = sent(bench, &bench.least_spec()).await;
        for feature in features(bench.description.capabilities, Support::Optional) {
            let body = sent_with(bench, feature).await;
            let is_sent = body.is_some() && body != least;
            assert!(is_sent || is_chosen_by(bench, feature).await, "{feature:?} is not sent");
        }
    })
    .await;
}

/// Where an offer is chosen from a list, a wish may tell itself only by what is not ordered.
async fn is_chosen_by(bench: &Bench, feature: PodFeature) -> bool {
    let capabilities = bench.description.capabilities;
    let mut spec = bench.least_spec();
    specs::ask(&mut spec, feature, capabilities);
    if feature == PodFeature::MinVram {
        spec.min_vram_per_gpu = Some(specs::gib(u32::MAX));
    }
    let has_offers = (capabilities.pod)(PodFeature::Marketplace) != Support::Refused;
    has_offers && sent(bench, &spec).await.is_none()
}

#[tokio::test]
async fn what_is_refused_is_never_sent() {
    on_every_cloud(async |bench| {
        let least = sent(bench, &bench.least_spec()).await;
        for feature in features(bench.description.capabilities, Support::Refused) {
            let body = sent_with(bench, feature).await;
            assert!(body.is_none() || body == least, "{feature:?} is sent");
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_required_cannot_be_left_out() {
    on_every_cloud(async |bench| {
        for feature in features(bench.description.capabilities, Support::Required) {
            let mut spec = bench.least_spec();
            specs::leave_out(&mut spec, feature);
            check_refused(bench, &spec).await;
            let document = Document::of(bench.description.capabilities.name);
            // A client that needs it to choose an offer sends nothing.
            for request in bench.creations() {
                assert_ne!(document.mistakes(&request), Vec::<String>::new(), "{feature:?}");
            }
            bench.simulator.clear_requests();
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_required_is_enough() {
    on_every_cloud(async |bench| {
        bench.create().await;
    })
    .await;
}

#[tokio::test]
async fn gpus_are_counted_as_the_capabilities_say() {
    on_every_cloud(async |bench| {
        let mut spec = bench.least_spec();
        let Some(gpu) = &mut spec.gpu else { return };
        gpu.count = GpuCount::new(3, GpuCounts::Any).expect("a count");
        match bench.description.capabilities.gpu_counts {
            GpuCounts::PowersOfTwo => check_refused(bench, &spec).await,
            GpuCounts::Any => assert_ne!(kind(bench.cloud.pods().create(&spec).await), Some(Kind::Invalid)),
        }
    })
    .await;
}

#[tokio::test]
async fn a_price_limit_is_for_spot_pods_only_if_the_capabilities_say_so() {
    on_every_cloud(async |bench| {
        let capabilities = bench.description.capabilities;
        let spec = PodSpec {
            max_price: Some(specs::price("100")),
            ..bench.least_spec()
        };
        if capabilities.max_price_is_for_spot {
            check_refused(bench, &spec).await;
        } else if (capabilities.pod)(PodFeature::MaxPrice) != Support::Refused {
            bench.cloud.pods().create(&spec).await.expect("is made");
        }
    })
    .await;
}

#[tokio::test]
async fn a_pod_needs_a_workspace_if_the_capabilities_say_so() {
    on_every_cloud(async |bench| {
        let nowhere = bench.with_account(Account::default());
        let mut spec = bench.least_spec();
        if bench.description.capabilities.needs_workspace {
            assert_eq!(kind(nowhere.pods().create(&spec).await), Some(Kind::Invalid));
            // The document does not allow it either.
            bench.simulator.clear_requests();
            spec.workload.workspace_id = Some("ws-other".to_owned());
        }
        nowhere.pods().create(&spec).await.expect("is made");
    })
    .await;
}

/// Where a pod is told from where it would be by itself.
#[tokio::test]
async fn a_pod_in_another_workspace_is_seen_there() {
    on_every_cloud(async |bench| {
        if !bench.description.capabilities.needs_workspace {
            return;
        }
        let other = Some("ws-other".to_owned());
        let mut spec = bench.least_spec();
        let usual = bench.create().await.id;
        spec.workload.workspace_id = other.clone();
        let moved = bench.cloud.pods().create(&spec).await.expect("is made").id;
        let of_account = bench.cloud.account().workspace_id.clone();
        for (id, expected) in [(&usual, of_account), (&moved, other)] {
            let workload = bench.pod(id).await.observed.workload;
            assert_eq!(workload.and_then(|workload| workload.workspace_id), expected);
        }
        assert_eq!(bench.listed().await, [usual, moved].into());
    })
    .await;
}

async fn check_refused(bench: &Bench, spec: &PodSpec) {
    assert_eq!(
        kind(bench.cloud.pods().create(spec).await),
        Some(Kind::Invalid),
        "{spec:?}"
    );
    assert_eq!(bench.simulator.living_pods(), []);
}

#[tokio::test]
async fn the_client_is_described_by_what_it_is_listed_with() {
    on_every_cloud(async |bench| {
        assert!(std::ptr::eq(bench.cloud.capabilities(), bench.description.capabilities));
    })
    .await;
}
