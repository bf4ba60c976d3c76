//! cPod's pods: the conversion of each response, and the request of each specification.

use std::collections::BTreeSet;

use gpupod::clouds::{Kind, Observed, Phase, Pod, PodId, PodSpec, Workload};
use serde_json::json;

use super::{answer_next, answering, bench};
use crate::conformance::{
    bench::kind,
    fixtures,
    specs::{blank, variables},
};

const ID: &str = "5d0f3a9e-41c7-4b2a-8f6d-2f6a00001d05";
const TINY_ID: &str = "5d0f3a9e-41c7-4b2a-8f6d-2f6a00002d08";
/// 2026-01-01T00:00:00Z.
const CREATED_AT: i64 = 1_767_225_600_000;

fn id() -> PodId {
    PodId::new(ID).expect("an id")
}

/// `Debug` shows everything but the values of variables.
fn check(seen: &Pod, expected: &Pod) {
    assert_eq!(format!("{seen:#?}"), format!("{expected:#?}"));
    assert_eq!(seen.observed.environment, expected.observed.environment);
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

/// With what no cPod tells left out.
fn pod(id: &str, status: &str, phase: Phase, created_at: i64, observed: Observed) -> Pod {
    Pod {
        id: PodId::new(id).expect("an id"),
        phase,
        cloud_status: status.to_owned(),
        reason: None,
        desired: None,
        observed,
        price_per_hour: None,
        offer: None,
        disk: None,
        region: None,
        gpu_display_name: None,
        ssh: None,
        ip: None,
        internal_ip: None,
        endpoints: None,
        created_at: Some(created_at),
        mark: None,
    }
}

/// In the account's workspace.
fn server(status: &str, phase: Phase) -> Pod {
    let asked = spec_of_server();
    let observed = Observed {
        name: some("api-server-primary"),
        image: some("docker.io/acme/api:v3.2.1"),
        environment: Some(asked.environment),
        workload: Some(Box::new(Workload {
            organization_id: some("org-simulator"),
            workspace_id: some("ws-research"),
            ..asked.workload
        })),
        ..Observed::default()
    };
    pod(ID, status, phase, CREATED_AT, observed)
}

/// A pod of which nothing was asked that can be left out, just made.
fn tiny() -> Pod {
    let observed = Observed {
        name: some("tiny"),
        image: some("ubuntu:24.04"),
        workload: Some(Box::new(Workload {
            organization_id: some("org-simulator"),
            workspace_id: some("ws-research"),
            ..Workload::default()
        })),
        ..Observed::default()
    };
    pod(TINY_ID, "pending", Phase::Pending, CREATED_AT + 90_000, observed)
}

fn spec_of_server() -> PodSpec {
    let labels = [("team", "platform"), ("stage", "production")];
    PodSpec {
        environment: variables([("LOG_LEVEL", "info"), ("DATABASE_PASSWORD", "correct-horse")]),
        workload: Workload {
            cpu: some("1000m"),
            memory: some("2Gi"),
            replicas: Some(2),
            labels: Some(labels.map(|(name, value)| (name.to_owned(), value.to_owned())).into()),
            ..Workload::default()
        },
        ..blank("api-server-primary", "docker.io/acme/api:v3.2.1")
    }
}

fn spec_of_tiny() -> PodSpec {
    blank("tiny", "ubuntu:24.04")
}

#[tokio::test]
async fn a_pod_is_read() {
    for (fixture, status, phase) in [
        ("pod-running", "running", Phase::Running),
        ("pod-stopping", "stopping", Phase::Stopping),
        ("pod-provisioning", "provisioning", Phase::Provisioning),
    ] {
        check(&answering(200, fixture).pod(&id()).await, &server(status, phase));
    }
}

#[tokio::test]
async fn variables_without_their_values_are_not_told() {
    let mut expected = server("running", Phase::Running);
    expected.observed.environment = None;
    check(&answering(200, "pod-masked").pod(&id()).await, &expected);
}

#[tokio::test]
async fn a_list_is_read() {
    let bench = answering(200, "pod-list");
    let pods = bench.cloud.pods().list().await.expect("are listed");
    let expected = [server("running", Phase::Running), tiny()];
    assert_eq!(pods.len(), expected.len());
    for (pod, expected) in pods.iter().zip(&expected) {
        check(pod, expected);
    }
}

#[tokio::test]
async fn a_list_is_read_to_its_end() {
    let bench = answering(200, "pod-list-page");
    answer_next(&bench, 200, &fixtures::read("cpod", "pod-list"));
    assert_eq!(bench.cloud.pods().list().await.expect("are listed").len(), 3);
    let queries: Vec<String> = bench.simulator.requests().into_iter().map(|one| one.query).collect();
    let cursor = "YWZ0ZXIgNWQwZjNhOWUtNDFjNy00YjJhLThmNmQtMmY2YTAwMDAxZDA1";
    assert_eq!(queries, ["limit=100".to_owned(), format!("limit=100&cursor={cursor}")]);
}

/// One page of the simulator holds three.
#[tokio::test]
async fn short_pages_are_put_together() {
    let bench = bench();
    bench.simulator.quirks(json!({"short_pages": true})).expect("a quirk");
    let mut made = BTreeSet::new();
    for _ in 0..7 {
        made.insert(bench.create().await.id);
    }
    bench.simulator.clear_requests();
    assert_eq!(bench.listed().await, made);
    assert_eq!(bench.simulator.requests().len(), 3);
}

#[tokio::test]
async fn a_new_pod_is_read() {
    let seen = answering(201, "pod-created").create().await;
    check(&seen, &tiny());
}

#[tokio::test]
async fn refusals_are_read() {
    assert_eq!(answering(404, "error-not-found").phase(&id()).await, None);
    let stopped = answering(409, "error-wrong-state").cloud.pods().stop(&id()).await;
    assert_eq!(kind(stopped), Some(Kind::WrongState));
    let refusal = answering(422, "error-invalid")
        .cloud
        .pods()
        .create(&spec_of_tiny())
        .await;
    let refusal = refusal.expect_err("is refused");
    assert_eq!(
        (refusal.kind, refusal.message.as_str()),
        (Kind::Invalid, "workspaceId: Field required; spec.image: Field required")
    );
    let refusal = answering(401, "error-unauthorized").cloud.pods().list().await;
    assert_eq!(kind(refusal), Some(Kind::Unauthorized));
    let refusal = answering(403, "error-older-sdk").cloud.pods().list().await;
    let refusal = refusal.expect_err("is refused");
    assert_eq!(
        (refusal.kind, refusal.message.as_str()),
        (Kind::Forbidden, "You lack the permission pods:write")
    );
}

#[tokio::test]
async fn requests_are_written() {
    let mut spec_of_nightly = blank("nightly", "docker.io/acme/batch:v1");
    spec_of_nightly.workload.workspace_id = some("ws-batch");
    spec_of_nightly.workload.organization_id = some("org-acme");
    check_request(&spec_of_server(), "pod-create-request").await;
    check_request(&spec_of_tiny(), "pod-create-request-minimal").await;
    check_request(&spec_of_nightly, "pod-create-request-organization").await;
}

async fn check_request(spec: &PodSpec, fixture: &str) {
    let bench = answering(201, "pod-created");
    bench.cloud.pods().create(spec).await.expect("is answered");
    let sent = bench.creations().remove(0).body;
    assert_eq!(sent, fixtures::read("cpod", fixture), "{fixture}");
}
