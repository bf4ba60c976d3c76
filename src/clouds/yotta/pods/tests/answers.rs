//! Conversion of Yotta's pods into ours.

use serde_json::Value as Json;

use crate::clouds::{
    Exposed, ImageVisibility, Mount, MountPath, Phase, Pod, Port, Power, Protocol, ResourceType,
    yotta::{
        pods::{api, convert},
        testing::response,
    },
};

/// A pod as it is read by itself, which is the same as in a list.
fn pod(data: &str) -> Pod {
    let (id, json) = api::pod(&response(data)).unwrap_or_else(|failure| panic!("{data}: {failure:?}"));
    let pod = convert::to_pod(id, json);
    let listed = api::pods(&response(&format!("[{data}]"))).expect("a list").into_iter();
    let listed: Vec<Pod> = listed.map(|(id, json)| convert::to_pod(id, json)).collect();
    assert_eq!(format!("{listed:?}"), format!("[{pod:?}]"));
    pod
}

/// A pod with one further field, given as JSON.
fn with(field: &str) -> Pod {
    pod(&format!(r#"{{"id":1,{field}}}"#))
}

/// A pod with all fields that the documents name.
const FIXTURE: &str = include_str!("../../../../../tests/fixtures/yotta/pod-running.json");

const WHOLE: &str = r#"{
    "id": "420522713875330018", "orgId": 1, "name": "trainer", "image": "pytorch/pytorch:2.8",
    "imagePublicType": "private", "imageRegistry": "", "resourceType": "GPU", "gpuType": "NVIDIA_RTX_4090_24G",
    "gpuDisplayName": "RTX 4090", "gpuCount": "2", "shmInGb": 16, "containerVolumeInGb": "100", "region": "us-east-1",
    "singleCardPrice": "0.65", "containerVolumePrice": 0.01, "initializationCommand": "", "isSpot": false,
    "environmentVars": [{"key": "B", "value": "2"}, {"key": "A", "value": 1}],
    "expose": [
        {"port": 8888, "proxyPort": 30001, "protocol": "http", "host": "h", "ingressUrl": "https://x.example", "healthy": true},
        {"port": 22, "protocol": "ssh"}, {"port": 50051, "protocol": " gRPC "}, {"port": 9, "protocol": null}, {"port": 10}
    ],
    "sshCmd": "ssh root@h -p 10022", "status": "RUNNING", "createdAt": "1763600000000",
    "volumes": [
        {"id": 7, "mountPath": "/data", "mountMode": "Data"},
        {"id": "8", "mountPath": "/system", "mountMode": "SYSTEM"}
    ],
    "internalIp": "10.0.0.7", "desiredState": "RUNNING", "callbackUrl": null, "somethingNew": {"a": []}
}"#;

#[test]
fn a_whole_pod_is_read() {
    let pod = pod(WHOLE);
    assert_eq!(pod.id.as_str(), "420522713875330018");
    assert_eq!(
        (pod.phase, pod.cloud_status.as_str(), pod.desired),
        (Phase::Running, "RUNNING", Some(Power::Running))
    );
    assert_eq!(
        pod.price_per_hour.map(|price| price.to_string()).as_deref(),
        Some("1.31")
    );
    assert_eq!(pod.region.as_deref(), Some("us-east-1"));
    assert_eq!(pod.gpu_display_name.as_deref(), Some("RTX 4090"));
    assert_eq!((pod.internal_ip.as_deref(), pod.ip), (Some("10.0.0.7"), None));
    assert_eq!(pod.created_at, Some(1_763_600_000_000));
    let ssh = pod.ssh.expect("a command");
    assert_eq!(
        (ssh.user.as_deref(), ssh.host.as_deref(), ssh.port),
        (Some("root"), Some("h"), Some(10022))
    );
    let endpoints = pod.endpoints.expect("ports");
    assert_eq!((endpoints[0].port, endpoints[0].proxy_port), (8888, Some(30001)));
    assert_eq!(
        (endpoints[0].host.as_deref(), endpoints[0].url.as_deref()),
        (Some("h"), Some("https://x.example"))
    );
    let protocols: Vec<_> = endpoints.iter().map(|endpoint| endpoint.protocol.as_deref()).collect();
    assert_eq!(protocols, [Some("HTTP"), Some("SSH"), Some("GRPC"), None, None]);
    let healthy: Vec<_> = endpoints.iter().map(|endpoint| endpoint.is_healthy).collect();
    assert_eq!(healthy, [Some(true), None, None, None, None]);
}

#[test]
fn what_was_asked_for_is_echoed() {
    let observed = pod(WHOLE).observed;
    assert_eq!(observed.name.as_deref(), Some("trainer"));
    assert_eq!(observed.image.as_deref(), Some("pytorch/pytorch:2.8"));
    assert_eq!(
        (observed.gpu_type.as_deref(), observed.gpu_count),
        (Some("NVIDIA_RTX_4090_24G"), Some(2))
    );
    assert_eq!(observed.resource_type, Some(ResourceType::Gpu));
    assert_eq!(observed.image_visibility, Some(ImageVisibility::Private));
    assert_eq!(
        (observed.image_registry.as_deref(), observed.is_spot),
        (Some(""), Some(false))
    );
    assert_eq!(
        (observed.shared_memory, observed.container_volume),
        (Some(16), Some(100))
    );
    assert_eq!(
        (observed.initialization_command.as_deref(), observed.callback_url),
        (Some(""), None)
    );
    let environment = observed.environment.expect("variables").0;
    let environment: Vec<_> = environment
        .iter()
        .map(|(key, value)| (key.as_str(), value.reveal()))
        .collect();
    assert_eq!(environment, [("A", "1"), ("B", "2")]);
    let port = |port, protocol| Exposed {
        port: Port::new(port).expect("a port"),
        protocol,
    };
    assert_eq!(
        observed.expose,
        Some(vec![
            port(8888, Some(Protocol::Http)),
            port(22, Some(Protocol::Ssh)),
            port(50051, Some(Protocol::Other("gRPC".to_owned()))),
            port(9, None),
            port(10, None),
        ])
    );
    let path = Some(MountPath::new("/data").expect("a path"));
    assert_eq!(
        observed.volumes,
        Some(vec![Mount {
            volume_id: "7".to_owned(),
            path
        }])
    );
}

#[test]
fn an_id_is_enough_and_exact() {
    for (data, id) in [
        (r#"{"id":420522713875330018}"#, "420522713875330018"),
        (r#"{"id":18446744073709551615}"#, "18446744073709551615"),
        (r#"{"id":"pod-7"}"#, "pod-7"),
        ("420522713875330018", "420522713875330018"),
        (r#""420522713875330018""#, "420522713875330018"),
    ] {
        let pod = pod(data);
        assert_eq!(pod.id.as_str(), id);
        assert_eq!((pod.phase, pod.cloud_status.as_str()), (Phase::Unknown, ""));
        assert!(pod.observed.name.is_none() && pod.observed.expose.is_none() && pod.endpoints.is_none());
    }
}

/// Every field of the schema, each with every sort of JSON that it should not have.
#[test]
fn a_wrong_type_counts_as_not_said() {
    let fixture: Json = serde_json::from_str(FIXTURE).expect("JSON");
    let whole = fixture["data"].as_object().expect("a pod");
    let fields = whole
        .keys()
        .filter(|field| !["id", "location"].contains(&field.as_str()));
    let odd = [
        "null",
        "true",
        "-1.5",
        "1e999",
        "{}",
        "[[]]",
        "[null]",
        "[1]",
        "[{}]",
        r#"{"a":{"b":1}}"#,
    ];
    for field in fields {
        for value in odd {
            let pod = with(&format!(r#""{field}":{value},"location":"kept""#));
            assert_eq!(pod.id.as_str(), "1", "{field}: {value}");
            assert_eq!(pod.phase, Phase::Unknown, "{field}: {value}");
            let observed = pod.observed;
            let is_said = observed.name.is_some() || observed.gpu_count.is_some() || observed.environment.is_some();
            assert!(
                !is_said && observed.expose.is_none() && observed.volumes.is_none(),
                "{field}: {value}"
            );
        }
    }
}

#[test]
fn statuses_are_read_in_any_case() {
    let table = [
        ("PENDING", Phase::Pending),
        ("Preparing", Phase::Provisioning),
        ("INITIALIZING", Phase::Provisioning),
        ("initialize", Phase::Provisioning),
        ("running", Phase::Running),
        ("PAUSING", Phase::Stopping),
        ("Paused", Phase::Stopped),
        ("STOPPED", Phase::Stopped),
        ("TERMINATING", Phase::Terminating),
        ("failed", Phase::Failed),
        ("DEGRADED", Phase::Unknown),
        ("", Phase::Unknown),
    ];
    for (status, phase) in table {
        let pod = with(&format!(r#""status":"{status}""#));
        assert_eq!((pod.phase, pod.cloud_status.as_str()), (phase, status));
    }
    assert_eq!(with(r#""desiredState":"paused""#).desired, Some(Power::Stopped));
    assert_eq!(with(r#""desiredState":"TERMINATED""#).desired, None);
}

#[test]
fn only_terminated_is_gone() {
    for (status, expected) in [
        ("TERMINATED", true),
        ("terminated", true),
        ("TERMINATING", false),
        ("FAILED", false),
    ] {
        let (_, json) = api::pod(&response(&format!(r#"{{"id":1,"status":"{status}"}}"#))).expect("a pod");
        assert_eq!(convert::is_gone(&json), expected, "{status}");
    }
}

#[test]
fn prices_are_exact() {
    let check = |fields: &str, expected: Option<&str>| {
        let price = with(fields).price_per_hour.map(|price| price.to_string());
        assert_eq!(price.as_deref(), expected, "{fields}");
    };
    check(r#""singleCardPrice":0.1,"gpuCount":1"#, Some("0.1"));
    check(
        r#""singleCardPrice":"0.10","gpuCount":3,"containerVolumePrice":"0.2""#,
        Some("0.5"),
    );
    check(r#""singleCardPrice":0,"gpuCount":8"#, Some("0"));
    check(r#""singleCardPrice":0.1"#, None);
    check(r#""gpuCount":1,"containerVolumePrice":1"#, None);
    check(r#""singleCardPrice":0.1,"gpuCount":0"#, None);
    check(r#""singleCardPrice":-1,"gpuCount":1"#, None);
    check(r#""singleCardPrice":79228162514264337593543950335,"gpuCount":8"#, None);
}

#[test]
fn an_unreadable_entry_hides_its_list() {
    assert!(
        with(r#""environmentVars":[{"key":"A","value":"1"},{"key":"B","value":null}]"#)
            .observed
            .environment
            .is_none()
    );
    assert!(
        with(r#""environmentVars":[]"#)
            .observed
            .environment
            .is_some_and(|variables| variables.0.is_empty())
    );
    assert!(with(r#""volumes":[{"mountPath":"/data"}]"#).observed.volumes.is_none());
    assert_eq!(
        with(r#""volumes":[{"mountMode":"system"}]"#).observed.volumes,
        Some(vec![])
    );
    let pod = with(r#""expose":[{"port":0},{"port":80}]"#);
    assert_eq!(pod.observed.expose, None);
    // 0 is no port, and hides no other.
    assert_eq!(pod.endpoints.map(|endpoints| endpoints.len()), Some(1));
}
