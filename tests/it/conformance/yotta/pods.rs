//! Yotta's pods: the conversion of each response, and the request of each specification.

use gpupod::clouds::{
    Description, Endpoint, EnvironmentVariables, GpuCount, GpuRequest, ImageVisibility, Kind, Observed, Phase, Pod,
    PodId, PodSpec, Power, Protocol, ResourceType, ssh,
};
use serde_json::Value;

use super::answering;
use crate::conformance::{
    bench::kind,
    fixtures,
    specs::{blank, gib, mount, port, price, variables},
};

const ID: &str = "420522713875330018";
const TINY_ID: &str = "420522713875334117";
/// 2026-01-01T00:00:00Z.
const CREATED_AT: i64 = 1_767_225_600_000;

fn id() -> PodId {
    PodId::new(ID).expect("an id")
}

async fn read_pod(fixture: &str) -> Pod {
    answering(fixture).pod(&id()).await
}

/// `Debug` shows everything but the values of variables.
fn check(seen: &Pod, expected: &Pod) {
    assert_eq!(format!("{seen:#?}"), format!("{expected:#?}"));
    assert_eq!(seen.observed.environment, expected.observed.environment);
}

fn trainer() -> Pod {
    Pod {
        id: id(),
        phase: Phase::Running,
        cloud_status: "RUNNING".to_owned(),
        reason: None,
        desired: Some(Power::Running),
        observed: observed_trainer(),
        price_per_hour: Some("1.31".parse().expect("a number")),
        region: Some("us-east-3".to_owned()),
        gpu_display_name: Some("NVIDIA RTX 5090".to_owned()),
        offer: None,
        disk: None,
        ssh: Some(ssh::parse("ssh root@us-east-3.pods.yotta.example -p 22018")),
        ip: None,
        internal_ip: Some("10.12.34.56".to_owned()),
        endpoints: Some(vec![
            endpoint(
                (8888, "HTTP", 30180),
                Some("https://420522713875330018-8888.us-east-3.pods.yotta.example"),
            ),
            endpoint((22, "TCP", 30181), None),
        ]),
        created_at: Some(CREATED_AT),
        mark: None,
    }
}

fn observed_trainer() -> Observed {
    let asked = spec_of_trainer();
    let gpu = asked.gpu.expect("has GPUs");
    Observed {
        name: Some("trainer".to_owned()),
        image: Some("registry.example.com/team/trainer:1.4".to_owned()),
        gpu_type: Some(gpu.gpu_type),
        gpu_count: Some(2),
        resource_type: asked.resource_type,
        is_spot: Some(false),
        image_registry: asked.image_registry,
        image_visibility: asked.image_visibility,
        shared_memory: Some(16),
        container_volume: Some(100),
        initialization_command: asked.initialization_command,
        environment: Some(asked.environment),
        expose: Some(asked.expose),
        volumes: Some(asked.volumes),
        callback_url: asked.callback_url,
        marketplace: None,
        workload: None,
    }
}

fn endpoint((port, protocol, proxy_port): (u16, &str, u16), url: Option<&str>) -> Endpoint {
    Endpoint {
        port,
        protocol: Some(protocol.to_owned()),
        host: Some("us-east-3.pods.yotta.example".to_owned()),
        proxy_port: Some(proxy_port),
        url: url.map(str::to_owned),
        is_healthy: Some(true),
    }
}

/// A pod of which nothing was asked that can be left out, just made.
fn tiny() -> Pod {
    Pod {
        id: PodId::new(TINY_ID).expect("an id"),
        phase: Phase::Pending,
        cloud_status: "PENDING".to_owned(),
        reason: None,
        desired: Some(Power::Running),
        observed: Observed {
            name: Some("tiny".to_owned()),
            image: Some("ubuntu:24.04".to_owned()),
            gpu_type: Some("NVIDIA_RTX_4090_24G".to_owned()),
            gpu_count: Some(1),
            environment: Some(EnvironmentVariables::default()),
            expose: Some(Vec::new()),
            volumes: Some(Vec::new()),
            ..Observed::default()
        },
        price_per_hour: Some("0.392".parse().expect("a number")),
        region: Some("eu-2".to_owned()),
        gpu_display_name: Some("NVIDIA RTX 4090".to_owned()),
        offer: None,
        disk: None,
        ssh: None,
        ip: None,
        internal_ip: None,
        endpoints: Some(Vec::new()),
        created_at: Some(CREATED_AT),
        mark: None,
    }
}

fn gpus(gpu_type: &str, count: u32) -> Option<GpuRequest> {
    let counts = Description::of("yotta").expect("is listed").capabilities.gpu_counts;
    Some(GpuRequest {
        gpu_type: gpu_type.to_owned(),
        count: GpuCount::new(count, counts).expect("a count"),
    })
}

fn spec_of_trainer() -> PodSpec {
    PodSpec {
        gpu: gpus("NVIDIA_RTX_5090_32G", 2),
        regions: ["us-east-3", "us-west-1"].map(str::to_owned).into(),
        resource_type: Some(ResourceType::Gpu),
        is_spot: Some(false),
        image_registry: Some("registry.example.com".to_owned()),
        image_visibility: Some(ImageVisibility::Private),
        registry_auth_id: Some("420522713875326001".to_owned()),
        min_vram_per_gpu: Some(gib(24)),
        min_ram_per_gpu: Some(gib(64)),
        min_vcpu_per_gpu: Some(8),
        shared_memory: Some(gib(16)),
        container_volume: Some(gib(100)),
        initialization_command: Some("nvidia-smi".to_owned()),
        environment: variables([("MODE", "train"), ("EPOCHS", "3")]),
        expose: vec![port(8888, Protocol::Http), port(22, Protocol::Tcp)],
        volumes: vec![mount("420522713875327001", Some("/data"))],
        callback_url: Some("https://hooks.example.com/pods".to_owned()),
        ..blank("trainer", "registry.example.com/team/trainer:1.4")
    }
}

fn spec_of_tiny() -> PodSpec {
    PodSpec {
        gpu: gpus("NVIDIA_RTX_4090_24G", 1),
        ..blank("tiny", "ubuntu:24.04")
    }
}

#[tokio::test]
async fn a_running_pod_is_read() {
    check(&read_pod("pod-running").await, &trainer());
}

#[tokio::test]
async fn a_volume_of_the_platform_is_left_out() {
    check(&read_pod("pod-with-system-volume").await, &trainer());
}

#[tokio::test]
async fn a_list_is_read() {
    let pods = answering("pod-list").cloud.pods().list().await.expect("are listed");
    let expected = [trainer(), tiny()];
    assert_eq!(pods.len(), expected.len());
    for (pod, expected) in pods.iter().zip(&expected) {
        check(pod, expected);
    }
}

#[tokio::test]
async fn a_new_pod_is_read() {
    check(&answering("pod-created").create().await, &tiny());
}

#[tokio::test]
async fn numbers_are_read_as_text() {
    let mut expected = Pod {
        id: id(),
        phase: Phase::Provisioning,
        cloud_status: "INITIALIZE".to_owned(),
        price_per_hour: Some("0.652".parse().expect("a number")),
        region: Some("us-east-3".to_owned()),
        gpu_display_name: Some("NVIDIA RTX 5090".to_owned()),
        offer: None,
        disk: None,
        ..tiny()
    };
    expected.observed.gpu_type = Some("NVIDIA_RTX_5090_32G".to_owned());
    check(&answering("pod-create-answer-text-numbers").create().await, &expected);
}

#[tokio::test]
async fn refusals_are_read() {
    assert_eq!(answering("error-not-found").phase(&id()).await, None);
    let stopped = answering("error-wrong-state").cloud.pods().stop(&id()).await;
    assert_eq!(kind(stopped), Some(Kind::WrongState));
    let refusal = answering("error-invalid").cloud.pods().create(&spec_of_tiny()).await;
    let refusal = refusal.expect_err("is refused");
    assert_eq!(
        (refusal.kind, refusal.message.as_str()),
        (Kind::Invalid, "gpuCount: must be a power of two")
    );
}

#[tokio::test]
async fn requests_are_written() {
    let spec_of_cheap = PodSpec {
        gpu: gpus("NVIDIA_RTX_4090_24G", 1),
        is_spot: Some(true),
        max_price: Some(price("0.35")),
        ..blank("cheap", "ubuntu:24.04")
    };
    check_request(&spec_of_trainer(), "pod-create-request").await;
    check_request(&spec_of_tiny(), "pod-create-request-minimal").await;
    check_request(&spec_of_cheap, "pod-create-request-spot").await;
}

async fn check_request(spec: &PodSpec, fixture: &str) {
    let bench = answering("pod-created");
    bench.cloud.pods().create(spec).await.expect("is answered");
    let sent = bench.creations().remove(0).body;
    assert_eq!(sorted(sent), sorted(fixtures::read("yotta", fixture)), "{fixture}");
}

/// Variables have no order.
fn sorted(mut body: Value) -> Value {
    if let Some(Value::Array(variables)) = body.get_mut("environmentVars") {
        variables.sort_by_key(|variable| variable["key"].to_string());
    }
    body
}
