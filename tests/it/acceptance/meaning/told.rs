//! The same told by a cloud in other words.

use serde_json::{Value, json};

use super::super::{
    block::Block,
    clouds::{CPOD, PRIME_INTELLECT, PUBLIC_KEY},
    volume::vendor,
    workspace::Workspace,
};

#[track_caller]
fn pod_is_the_same(workspace: Workspace, pod: Block, fields: &[(&str, Value)]) {
    let label = |index: usize| format!("told_{index}");
    let pods = (0..fields.len()).map(|index| pod.labelled(&label(index)).to_string());
    workspace.write(pods.collect::<String>());
    workspace.apply();
    for (index, (field, value)) in fields.iter().enumerate() {
        let id = workspace.id_of(&label(index));
        workspace.cloud.event(&id, json!({"set": {*field: value}})).unwrap();
    }
    workspace.plan().assert_empty();
    workspace.cloud.clear_requests();
    workspace.apply();
    assert_eq!(workspace.changes(), [""; 0]);
    workspace.finish();
}

#[test]
fn a_pod_on_yotta_is_told_in_other_words() {
    let workspace = Workspace::new("");
    let pod = workspace
        .maximal_pod()
        .with("name", r#""Trainer""#)
        .with("initialization_command", "<<-EOT\n  set -e\n  nvidia-smi\nEOT\n");
    let ports = |ports: Value| ("expose", ports);
    let both =
        |one: Value, other: Value| ports(json!([{"port": 22, "protocol": one}, {"port": 8080, "protocol": other}]));
    pod_is_the_same(
        workspace,
        pod,
        &[
            ("name", json!("trainer")),
            ("image", json!("docker.io/pytorch/pytorch:2.8.0")),
            ("image", json!("PyTorch/PyTorch:2.8.0")),
            ("gpuType", json!("nvidia_rtx_4090_24g")),
            ("gpuCount", json!(0)),
            ("resourceType", json!("gpu")),
            ("resourceType", json!("NPU")),
            ("imageRegistry", json!("GHCR.IO")),
            ("imagePublicType", json!("private")),
            ("imagePublicType", json!("INTERNAL")),
            ("shmInGb", json!(0)),
            ("containerVolumeInGb", json!(0)),
            ("initializationCommand", json!("set -e\nnvidia-smi")),
            ("initializationCommand", json!("set -e\r\nnvidia-smi\r\n")),
            (
                "environmentVars",
                json!([{"key": "MODE", "value": "TRAIN\n"}, {"key": "EPOCHS", "value": 3}]),
            ),
            ("callbackUrl", json!("HTTPS://hooks.example/pods")),
            both(json!("tcp"), json!("http")),
            both(json!("SSH"), json!(null)),
            both(json!(null), json!("gRPC")),
            ports(json!([{"port": 8080}, {"port": 22}, {"port": 9000, "protocol": "HTTP"}])),
            ("volumes", json!([{"id": "99", "mountPath": "/workspace"}])),
        ],
    );
}

#[test]
fn a_pod_on_prime_intellect_is_told_in_other_words() {
    pod_is_the_same(
        PRIME_INTELLECT.workspace(),
        PRIME_INTELLECT.pod().with("name", r#""Trainer""#),
        &[
            ("name", json!("trainer")),
            ("gpuName", json!("rtx4090_24gb")),
            ("environmentType", json!("UBUNTU_22_CUDA_12")),
            ("autoRestart", json!(false)),
            ("gpuCount", json!(0)),
        ],
    );
}

#[test]
fn a_pod_on_cpod_is_told_in_other_words() {
    let pod = CPOD
        .pod()
        .with("name", r#""Trainer""#)
        .with("image", r#""python""#)
        .with("environment_vars", r#"{ A = "x" }"#)
        .with("cpod", r#"{ cpu = "1000m", memory = "2Gi", labels = { team = "A" } }"#);
    let spec = |image: &str, cpu: &str, memory: &str, replicas: u32| {
        let spec = json!({"image": image, "cpu": cpu, "memory": memory, "replicas": replicas, "env": {"A": "x"}});
        ("spec", spec)
    };
    pod_is_the_same(
        CPOD.workspace(),
        pod,
        &[
            ("name", json!("trainer")),
            spec("docker.io/library/python:latest", "1", "2048Mi", 1),
            spec("python:latest", "1.0", "2147483648", 0),
            spec("python", "plenty", "2GI", 1),
            ("labels", json!({"team": "a", "platform": "x"})),
        ],
    );
}

#[test]
fn a_disk_on_prime_intellect_and_a_volume_on_yotta_are_told_in_other_words() {
    let check = |workspace: Workspace, volume: Block, fields: &[(&str, Value)]| {
        let volumes = (0..fields.len()).map(|index| volume.labelled(&format!("told_{index}")));
        let volumes: Vec<Block> = volumes.collect();
        workspace.write(volumes.iter().map(Block::to_string).collect::<String>());
        workspace.apply();
        for (volume, (field, value)) in volumes.iter().zip(fields) {
            let id = workspace.id(&volume.address());
            let told = json!({"set": {*field: value}});
            workspace.cloud.volume_event(&id, told).unwrap();
        }
        workspace.finish();
    };
    let volume = vendor().with("name", r#""Data""#);
    let fields = [
        ("name", json!("data")),
        ("region", json!("US-EAST-1")),
        ("vendorVolumeType", json!("nvme")),
        ("vendorVolumeType", json!("OPTANE")),
        ("type", json!("vendor")),
        ("type", json!("NFS")),
        ("storageType", json!("vendor")),
        ("sizeInGb", json!(0)),
    ];
    check(Workspace::new(""), volume, &fields);
    let disk = Block::resource("gpupod_volume")
        .with("name", r#""Data""#)
        .with("size_in_gb", 100)
        .with(
            "prime_intellect",
            r#"{ provider = "primecompute", data_center_id = "EU-CZ-1" }"#,
        );
    let fields = [
        ("name", json!("DATA")),
        ("providerType", json!("PrimeCompute")),
        ("info", json!({"dataCenterId": "eu-cz-1"})),
        ("size", json!(0)),
    ];
    check(PRIME_INTELLECT.workspace(), disk, &fields);
}

#[test]
fn a_key_that_is_told_without_its_comment_is_the_same() {
    let key = Block::resource("gpupod_ssh_key")
        .with("name", r#""Laptop""#)
        .with("public_key", format!("\"{PUBLIC_KEY}\\n\""));
    let pod = PRIME_INTELLECT
        .pod()
        .with("prime_intellect", "{ ssh_key_id = gpupod_ssh_key.this.id }");
    let workspace = PRIME_INTELLECT.workspace();
    workspace.write(format!("{key}{pod}"));
    workspace.apply();
    let listed = workspace.ask("GET", "/api/v1/ssh_keys/", &Value::Null);
    let mut told = listed.clone();
    let key = PUBLIC_KEY.rsplit_once(' ').map_or("", |(key, _)| key);
    told["data"][0]["publicKey"] = json!(key);
    told["data"][0]["name"] = json!("laptop");
    workspace.fault("GET", "/api/v1/ssh_keys/*", 9, json!({"replace_body": told}));
    workspace.plan().assert_empty();
    workspace.cloud.clear_faults();
    workspace.finish();
}
