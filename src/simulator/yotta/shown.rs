//! A pod as the cloud answers it: PodV2Response of the reference, field by field.

use serde_json::{Map, Value, json};

use super::freedoms;
use super::lifecycle::Status;
use super::pod::Pod;
use super::validation;
use crate::simulator::cloud::Quirks;

const ORGANIZATION: u64 = 390_211_840_112_640_007;
const APPLICANT: u64 = 390_211_840_112_640_025;
const IMAGE: u64 = 400_100_200_300_400_119;
/// Reserved for examples, so nobody is called by accident.
const DOMAIN: &str = "pods.yotta.example";

pub(super) fn pod(pod: &Pod, quirks: &Quirks) -> Value {
    let mut fields = Map::new();
    for part in [asked(pod), machine(pod), running(pod), times(pod), legacy()] {
        fields.extend(part.as_object().cloned().unwrap_or_default());
    }
    freedoms::take(&mut fields, quirks);
    fields.extend(pod.changed.clone());
    Value::Object(fields)
}

/// What the cloud gives back as it was sent; `null` for what was left out.
fn asked(pod: &Pod) -> Value {
    let echo = |name: &str| pod.asked.get(name).cloned().unwrap_or_default();
    json!({
        "id": pod.id,
        "orgId": ORGANIZATION,
        "applicantId": APPLICANT,
        "name": echo("name"),
        "imageId": IMAGE,
        "officialImage": "CUSTOM",
        "imagePublicType": echo("imagePublicType"),
        "image": echo("image"),
        "imageRegistry": echo("imageRegistry"),
        "imageRegistryUsername": pod.registry_username,
        "resourceType": echo("resourceType"),
        "gpuType": echo("gpuType"),
        "gpuCount": echo("gpuCount"),
        "shmInGb": echo("shmInGb"),
        "containerVolumeInGb": echo("containerVolumeInGb"),
        "initializationCommand": echo("initializationCommand"),
        "environmentVars": validation::elements(&pod.asked, "environmentVars"),
        "volumes": volumes(pod),
        "isSpot": echo("isSpot"),
        "callbackUrl": echo("callbackUrl"),
    })
}

fn volumes(pod: &Pod) -> Vec<Value> {
    let volumes = validation::elements(&pod.asked, "volumes").iter();
    volumes
        .map(|volume| json!({"id": volume["id"], "mountPath": volume["mountPath"], "mountMode": "Data"}))
        .collect()
}

fn machine(pod: &Pod) -> Value {
    let machine = &pod.machine;
    json!({
        "gpuDisplayName": machine.gpu_display_name,
        "singleCardVramInGb": machine.memory,
        "singleCardRamInGb": machine.ram,
        "singleCardVcpu": machine.vcpu,
        "location": if machine.region.starts_with("eu") { "Europe" } else { "United States" },
        "region": machine.region,
        "cloudType": machine.cloud_type,
        "networkUploadMbps": 940.5,
        "networkDownloadMbps": 2350.0,
        "diskReadSpeedMbps": 3200.0,
        "diskWriteSpeedMbps": 2800.0,
        "singleCardPrice": machine.price.number(),
        "containerVolumePrice": machine.container_price.number(),
    })
}

/// What only a running pod has.
fn running(pod: &Pod) -> Value {
    let runs = pod.status == Status::Running;
    let ports = validation::elements(&pod.asked, "expose").iter().enumerate();
    let exposed: Vec<Value> = ports.map(|(index, asked)| port(pod, index, asked)).collect();
    json!({
        "expose": exposed,
        "sshCmd": runs.then(|| format!("ssh root@{} -p {}", host(pod), 22_000 + pod.id % 1_000)),
        "internalIp": runs.then(|| internal_ip(pod.id)),
    })
}

fn port(pod: &Pod, index: usize, asked: &Value) -> Value {
    let runs = pod.status == Status::Running;
    let port = &asked["port"];
    // Left out, it is HTTP: the first of the two words.
    let protocol = asked["protocol"].as_str().unwrap_or("HTTP");
    let url = format!("https://{}-{port}.{}", pod.id, host(pod));
    json!({
        "port": port,
        "proxyPort": runs.then(|| 30_000 + pod.id % 3_000 * 10 + index as u64 % 10),
        "protocol": protocol,
        "host": runs.then(|| host(pod)),
        "healthy": runs,
        "ingressUrl": (runs && protocol == "HTTP").then_some(url),
        "serviceName": format!("pod-{}-{port}", pod.id),
    })
}

fn host(pod: &Pod) -> String {
    format!("{}.{DOMAIN}", pod.machine.region)
}

fn internal_ip(id: u64) -> String {
    format!("10.{}.{}.{}", id / 64_516 % 254 + 1, id / 254 % 254 + 1, id % 254 + 1)
}

fn times(pod: &Pod) -> Value {
    json!({
        "status": pod.status.word(),
        "desiredState": if pod.wants_to_run { "RUNNING" } else { "PAUSED" },
        "createdAt": pod.created_at,
        "updatedAt": pod.since,
    })
}

/// Of a kind of volume that a pod can no longer be made with.
fn legacy() -> Value {
    json!({"persistentMountPath": null, "persistentVolumePrice": null})
}
