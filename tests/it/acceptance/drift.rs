//! Pods that were changed behind Terraform's back, as far as the cloud tells.

use serde_json::{Value, json};

use super::{plan::Action::Replace, workspace::Workspace};

/// The attribute, the cloud's field, and what it says from now on.
fn drifts() -> [(&'static str, &'static str, Value); 15] {
    [
        ("name", "name", json!("renamed")),
        ("image", "image", json!("busybox:1")),
        ("gpu_type", "gpuType", json!("NVIDIA_H100_80G")),
        ("gpu_count", "gpuCount", json!(4)),
        ("resource_type", "resourceType", json!("CPU")),
        ("is_spot", "isSpot", json!(false)),
        ("image_registry", "imageRegistry", json!("quay.io")),
        ("image_public_type", "imagePublicType", json!("PUBLIC")),
        ("shm_in_gb", "shmInGb", json!(1)),
        ("container_volume_in_gb", "containerVolumeInGb", json!(99)),
        ("initialization_command", "initializationCommand", json!("false")),
        (
            "environment_vars",
            "environmentVars",
            json!([{"key": "EPOCHS", "value": "3"}, {"key": "MODE", "value": "test"}]),
        ),
        (
            "environment_vars",
            "environmentVars",
            json!([{"key": "EPOCHS", "value": "3"}]),
        ),
        ("expose", "expose", json!([{"port": 8080, "protocol": "HTTP"}])),
        ("callback_url", "callbackUrl", json!("https://elsewhere.example")),
    ]
}

#[test]
fn what_the_cloud_echoes_shows_when_it_is_changed() {
    let workspace = Workspace::new("");
    let pod = workspace.maximal_pod();
    let pods = (0..drifts().len()).map(|index| pod.labelled(&format!("drift_{index}")).to_string());
    workspace.write(pods.collect::<String>());
    workspace.apply();
    for (index, (_, field, value)) in drifts().into_iter().enumerate() {
        let id = workspace.id_of(&format!("drift_{index}"));
        workspace.cloud.event(&id, json!({"set": {field: value}})).unwrap();
    }
    let plan = workspace.plan();
    for (index, (attribute, field, value)) in drifts().into_iter().enumerate() {
        let change = plan.change(&format!("gpupod_pod.drift_{index}"));
        let change = change.unwrap_or_else(|| panic!("no change for {field} = {value}"));
        assert_eq!(change.action, Replace, "{field} = {value}");
        assert_eq!(change.replaced_for, [attribute], "{field} = {value}");
    }
    workspace.apply();
    workspace.finish();
}

#[test]
fn what_moves_by_itself_is_no_drift() {
    let workspace = Workspace::new("");
    workspace.write(workspace.maximal_pod());
    workspace.apply();
    let price = workspace.pod()["price_per_hour"].clone();
    workspace.behind_the_back(json!({"set": {
        "updatedAt": 1_900_000_000_000_u64,
        "singleCardPrice": 9.99,
        "sshCmd": "ssh root@moved.example -p 2",
        "internalIp": "10.9.9.9",
        "region": "eu-9",
    }}));
    workspace.plan().assert_empty();
    workspace.run(&["apply", "-auto-approve", "-refresh-only"]).succeeds();
    assert_eq!(workspace.pod()["price_per_hour"], price);
    assert_eq!(workspace.pod()["ssh"]["host"], "moved.example");
    workspace.finish();
}
