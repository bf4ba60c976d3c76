//! A pod as the cloud answers it: Pod and PodStatus of the official document, field by field.

use serde_json::{Map, Value, json};

use super::lifecycle::Stage;
use super::pod::{Machine, Pod};
use super::volumes;
use super::{PrimeIntellect, USER, WALLET};
use crate::simulator::clock::iso_8601;
use crate::simulator::cloud::{LoginAs, Quirks};

/// Made up by the cloud, not the owner's.
const PASSWORD: &str = "simulated-jupyter-password";
/// What a login says as long as there is no host.
const WITHOUT_HOST: &str = "ubuntu@ -p 22";

pub(super) fn pod(pod: &Pod, cloud: &PrimeIntellect, quirks: &Quirks) -> Value {
    let mut fields = Map::new();
    let older = if quirks.older_pods { older(pod) } else { Value::Null };
    for part in [
        owner(pod),
        times(pod),
        state(pod, quirks),
        machine(pod),
        address(pod, quirks),
        attached(pod, cloud),
        older,
    ] {
        fields.extend(part.as_object().cloned().unwrap_or_default());
    }
    take_freedoms(&mut fields, quirks);
    fields.extend(pod.changed.clone());
    Value::Object(fields)
}

/// The short form for many at once.
pub(super) fn status(pod: &Pod, quirks: &Quirks) -> Value {
    let mut fields = Map::new();
    let who = json!({"podId": pod.id, "providerType": pod.machine.provider});
    let mut address = address(pod, quirks);
    if let Value::Object(address) = &mut address {
        address.remove("primePortMapping");
    }
    for part in [who, state(pod, quirks), address] {
        fields.extend(part.as_object().cloned().unwrap_or_default());
    }
    for (name, value) in &pod.changed {
        if let Some(field) = fields.get_mut(name) {
            *field = value.clone();
        }
    }
    Value::Object(fields)
}

fn owner(pod: &Pod) -> Value {
    json!({
        "id": pod.id,
        "userId": USER,
        "teamId": pod.asked.team_id,
        "walletId": WALLET,
        "name": pod.name(),
        "type": "HOSTED",
        "clusterId": null,
        "environmentType": pod.asked.image,
        "customTemplateId": pod.asked.custom_template_id,
        "autoRestart": pod.asked.auto_restart,
    })
}

fn times(pod: &Pod) -> Value {
    json!({
        "createdAt": iso_8601(pod.created_at),
        "updatedAt": iso_8601(pod.since),
        "terminatedAt": pod.terminated_at.and_then(iso_8601),
    })
}

fn state(pod: &Pod, quirks: &Quirks) -> Value {
    let has_failed = pod.stage == Stage::Failed;
    let status = match has_failed && quirks.failed_installation {
        true => Stage::Running.status(),
        false => pod.stage.status(),
    };
    json!({
        "status": status,
        "installationStatus": pod.stage.installation(),
        "installationFailure": pod.failure.as_ref().filter(|_| has_failed),
        "installationProgress": pod.stage.progress(),
    })
}

fn machine(pod: &Pod) -> Value {
    let machine = &pod.machine;
    json!({
        "providerType": machine.provider,
        "gpuName": machine.gpu_name,
        "gpuCount": machine.gpu_count,
        "socket": machine.socket,
        "priceHr": machine.price.number(),
        "stoppedPriceHr": null,
        "provisioningPriceHr": 0.0,
        "resources": {
            "memory": machine.memory,
            "disk": machine.disk,
            "shared_disk": null,
            "vcpus": machine.vcpus,
        },
        "isSpot": machine.is_spot,
    })
}

fn address(pod: &Pod, quirks: &Quirks) -> Value {
    let ip = pod.stage.has_address().then(|| ip(pod));
    let ports = if pod.stage.has_address() {
        ports(pod)
    } else {
        Vec::new()
    };
    json!({
        "ip": match (ip, quirks.addresses_as_list) {
            (ip, true) => json!([ip]),
            (ip, false) => json!(ip),
        },
        "sshConnection": login(pod, quirks.login_as),
        "primePortMapping": ports,
    })
}

fn login(pod: &Pod, login_as: Option<LoginAs>) -> Value {
    let login = pod.stage.has_login().then(|| {
        let user = user(&pod.machine);
        format!("{user}@{} -p {}", ip(pod), ssh_port(pod))
    });
    match (login_as, login) {
        (None, login) => json!(login),
        (Some(LoginAs::Command), login) => json!(login.map(|login| format!("ssh {login}"))),
        (Some(LoginAs::List), login) => json!(login.map(|login| [login])),
        (Some(LoginAs::ListWithNull), Some(login)) => json!([login, null]),
        (Some(LoginAs::ListWithNull), None) => json!([null]),
        (Some(LoginAs::EmptyHost), None) if pod.stage.status() == "ACTIVE" => json!(WITHOUT_HOST),
        (Some(LoginAs::EmptyHost), login) => json!(login),
    }
}

/// The login differs between providers; which has which is made up.
fn user(machine: &Machine) -> &'static str {
    match machine.provider.as_str() {
        "runpod" | "tensordock" => "root",
        _ => "ubuntu",
    }
}

/// Reserved for examples, so nobody is called by accident.
fn ip(pod: &Pod) -> String {
    format!("203.0.113.{}", pod.number % 254 + 1)
}

fn ssh_port(pod: &Pod) -> u64 {
    22_000 + pod.number % 1_000
}

/// Ports are text, and an outer one may be an address.
fn ports(pod: &Pod) -> Vec<Value> {
    let ssh = json!({
        "internal": "22",
        "external": ssh_port(pod).to_string(),
        "protocol": "TCP",
        "usedBy": "SSH",
        "description": "SSH",
    });
    let jupyter = json!({
        "internal": "8888",
        "external": format!("https://{}.pods.example", pod.id),
        "protocol": "TCP",
        "usedBy": "JUPYTER_NOTEBOOK",
        "description": null,
    });
    let jupyter = pod.asked.has_jupyter.then_some(jupyter);
    [ssh].into_iter().chain(jupyter).collect()
}

fn attached(pod: &Pod, cloud: &PrimeIntellect) -> Value {
    let is_mounted = pod.stage.has_address();
    let attached = pod.asked.disks.iter().enumerate().map(|(index, id)| {
        json!({
            "resourceType": "DISK",
            "id": id,
            "status": if is_mounted { "MOUNTED" } else { "ATTACHED" },
            "isDetachable": true,
            "mountPath": mount_path(index),
            "resourcePath": null,
            "size": volumes::known(cloud, id).map(|disk| disk.size),
            "isShared": false,
        })
    });
    json!({"attachedResources": attached.collect::<Vec<Value>>()})
}

/// The first is the official document's default; it says nothing of further disks.
fn mount_path(index: usize) -> String {
    match index {
        0 => "/workspace".to_owned(),
        further => format!("/workspace{}", further + 1),
    }
}

/// Further fields of older documents, which the official CLI still knows.
fn older(pod: &Pod) -> Value {
    json!({
        "jupyterPassword": PASSWORD,
        "basePriceHr": pod.machine.price.number(),
        "baseCurrency": "USD",
        "finalizerStatus": null,
    })
}

fn take_freedoms(fields: &mut Map<String, Value>, quirks: &Quirks) {
    if quirks.reorder_lists {
        for list in ["primePortMapping", "attachedResources"] {
            if let Some(Value::Array(elements)) = fields.get_mut(list) {
                elements.reverse();
            }
        }
    }
    if quirks.numbers_as_text {
        write_numbers_as_text(fields);
    }
}

/// Declared as numbers and shown as text in examples; of an attached disk the size may be either.
fn write_numbers_as_text(fields: &mut Map<String, Value>) {
    let resources = fields.get_mut("resources").and_then(Value::as_object_mut);
    resources.into_iter().for_each(write_as_text);
    let attached = fields.get_mut("attachedResources").and_then(Value::as_array_mut);
    let attached = attached.into_iter().flatten().filter_map(Value::as_object_mut);
    attached.for_each(write_as_text);
}

fn write_as_text(fields: &mut Map<String, Value>) {
    for field in fields.values_mut().filter(|field| field.is_number()) {
        *field = json!(field.to_string());
    }
}
