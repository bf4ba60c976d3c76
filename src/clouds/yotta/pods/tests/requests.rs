//! Request bodies, as text: a number must keep its digits, and nothing unset may appear.

use reqwest::Method;

use super::{gib, small_spec};
use crate::clouds::{
    EnvironmentVariables, Exposed, ImageVisibility, Mount, MountPath, PodId, PodSpec, Port, Price, Protocol,
    ResourceType, Secret,
    http::{Idempotency, Request},
    yotta::pods::requests::{create, delete, get, list, pause, resume},
};

fn check_body(spec: &PodSpec, expected: &str) {
    let request = create(spec);
    let body = request
        .body
        .as_deref()
        .map(|body| String::from_utf8_lossy(body).into_owned());
    let compact: String = expected.lines().map(str::trim).collect();
    assert_eq!(body, Some(compact));
}

#[test]
fn only_what_is_set_is_sent() {
    check_body(
        &small_spec(),
        r#"{"gpuCount":2,"gpuType":"NVIDIA_RTX_4090_24G","image":"pytorch/pytorch:2.8","name":"trainer"}"#,
    );
}

#[test]
fn everything_can_be_sent() {
    let variables = [("ZONE", "b"), ("API", "a")].map(|(name, value)| (name.to_owned(), Secret::new(value)));
    let port = |port, protocol| Exposed {
        port: Port::new(port).expect("a port"),
        protocol,
    };
    let spec = PodSpec {
        regions: ["us-west-1", "us-east-1"].map(str::to_owned).into(),
        resource_type: Some(ResourceType::Gpu),
        is_spot: Some(true),
        max_price: Some(Price::new("0.1".parse().expect("a number")).expect("a price")),
        image_registry: Some("registry.example.com".to_owned()),
        image_visibility: Some(ImageVisibility::Private),
        registry_auth_id: Some("18446744073709551615".to_owned()),
        min_vram_per_gpu: Some(gib(24)),
        min_ram_per_gpu: Some(gib(32)),
        min_vcpu_per_gpu: Some(8),
        shared_memory: Some(gib(16)),
        container_volume: Some(gib(100)),
        initialization_command: Some("sleep infinity".to_owned()),
        environment: EnvironmentVariables(variables.into()),
        expose: vec![
            port(8888, Some(Protocol::Http)),
            port(22, Some(Protocol::Tcp)),
            port(1, None),
        ],
        volumes: vec![Mount {
            volume_id: "420522713875330018".to_owned(),
            path: Some(MountPath::new("/data").expect("a path")),
        }],
        callback_url: Some("https://example.com/hook".to_owned()),
        ..small_spec()
    };
    check_body(
        &spec,
        r#"{"callbackUrl":"https://example.com/hook",
            "containerRegistryAuthId":18446744073709551615,
            "containerVolumeInGb":100,
            "environmentVars":[{"key":"API","value":"a"},{"key":"ZONE","value":"b"}],
            "expose":[{"port":8888,"protocol":"HTTP"},{"port":22,"protocol":"TCP"},{"port":1}],
            "gpuCount":2,
            "gpuType":"NVIDIA_RTX_4090_24G",
            "image":"pytorch/pytorch:2.8",
            "imagePublicType":"PRIVATE",
            "imageRegistry":"registry.example.com",
            "initializationCommand":"sleep infinity",
            "isSpot":true,
            "maxPrice":0.1,
            "minSingleCardRamInGb":32,
            "minSingleCardVcpu":8,
            "minSingleCardVramInGb":24,
            "name":"trainer",
            "regions":["us-east-1","us-west-1"],
            "resourceType":"GPU",
            "shmInGb":16,
            "volumes":[{"id":"420522713875330018","mountPath":"/data"}]}"#,
    );
}

#[test]
fn a_credential_id_that_is_no_number_is_left_for_the_cloud_to_refuse() {
    let spec = PodSpec {
        registry_auth_id: Some("team".to_owned()),
        ..small_spec()
    };
    let body = create(&spec).body.expect("a body");
    assert!(String::from_utf8_lossy(&body).contains(r#""containerRegistryAuthId":"team""#));
}

#[test]
fn only_a_create_may_not_be_repeated() {
    let id = PodId::new("42").expect("an id");
    let check = |request: Request, method, path: &str, idempotency| {
        assert_eq!(
            (request.method, request.path.as_str(), request.idempotency),
            (method, path, idempotency)
        );
    };
    check(
        create(&small_spec()),
        Method::POST,
        "/v2/pods",
        Idempotency::NonIdempotent,
    );
    check(list(), Method::GET, "/v2/pods", Idempotency::Idempotent);
    check(get(&id), Method::GET, "/v2/pods/42", Idempotency::Idempotent);
    check(pause(&id), Method::POST, "/v2/pods/42/pause", Idempotency::Idempotent);
    check(resume(&id), Method::POST, "/v2/pods/42/resume", Idempotency::Idempotent);
    check(delete(&id), Method::DELETE, "/v2/pods/42", Idempotency::Idempotent);
}
