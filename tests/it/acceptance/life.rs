//! A pod from its order to its end, with as little and as much as can be asked for.

use serde_json::json;

use super::{
    pod::{Pod, SECRET},
    workspace::Workspace,
};

#[test]
fn a_minimal_pod_lives_and_ends() {
    for workspace in Workspace::for_each_tool() {
        workspace.write(Pod::minimal());
        workspace.apply();
        assert_eq!(
            workspace.order_body(),
            json!({"name": "trainer", "image": "pytorch/pytorch:2.8.0", "gpuType": "NVIDIA_RTX_4090_24G", "gpuCount": 1})
        );
        workspace.plan().assert_empty();
        workspace.destroy();
        assert!(workspace.has_no_pods());
        workspace.apply();
        workspace.finish();
    }
}

#[test]
fn a_maximal_pod_is_ordered_as_it_is_configured() {
    for workspace in Workspace::for_each_tool() {
        let pod = workspace.maximal_pod();
        workspace.write(&pod);
        workspace.apply();
        let expected = json!({
            "name": "trainer",
            "image": "pytorch/pytorch:2.8.0",
            "regions": ["eu-2", "us-east-1"],
            "resourceType": "GPU",
            "gpuType": "NVIDIA_RTX_4090_24G",
            "gpuCount": 2,
            "isSpot": true,
            "maxPrice": serde_json::from_str::<serde_json::Value>("0.7").unwrap(),
            "imageRegistry": "ghcr.io",
            "imagePublicType": "PRIVATE",
            "containerRegistryAuthId": workspace.registry_auth_id().parse::<u64>().unwrap(),
            "minSingleCardVramInGb": 24,
            "minSingleCardRamInGb": 32,
            "minSingleCardVcpu": 8,
            "shmInGb": 16,
            "containerVolumeInGb": 40,
            "initializationCommand": "nvidia-smi",
            "environmentVars": [
                {"key": "EPOCHS", "value": "3"},
                {"key": "MODE", "value": "train"},
                {"key": "TOKEN", "value": SECRET},
            ],
            "expose": [{"port": 8080, "protocol": "HTTP"}, {"port": 22, "protocol": "TCP"}],
            "callbackUrl": "https://hooks.example/pods",
        });
        assert_eq!(workspace.order_body(), expected);
        workspace.finish();
    }
}

#[test]
fn the_state_holds_what_the_cloud_tells() {
    let workspace = Workspace::new("");
    workspace.write(workspace.maximal_pod());
    workspace.apply();
    let pod = workspace.pod();
    let id = pod["id"].as_str().unwrap();
    assert_eq!(pod["cloud"], "yotta");
    assert_eq!(pod["status"], "running");
    assert_eq!(pod["cloud_status"], "RUNNING");
    assert_eq!(pod["region"], "us-east-1");
    assert_eq!(pod["gpu_display_name"], "NVIDIA RTX 4090");
    assert_eq!(pod["price_per_hour"].to_string(), "0.424");
    assert_eq!(pod["ssh"]["user"], "root");
    assert_eq!(pod["ssh"]["host"], "us-east-1.pods.yotta.example");
    assert_eq!(pod["endpoints"][0]["port"], 8080);
    assert_eq!(
        pod["endpoints"][0]["url"],
        format!("https://{id}-8080.us-east-1.pods.yotta.example")
    );
    assert_eq!(pod["endpoints"][1]["protocol"], "TCP");
    assert!(pod["internal_ip"].as_str().unwrap().starts_with("10."), "{pod:#}");
    assert!(pod["created_at"].as_str().unwrap().ends_with('Z'), "{pod:#}");
    workspace.finish();
}

/// Every freedom that the documents leave the cloud.
fn take_all_freedoms(workspace: &Workspace) {
    let quirks = json!({
        "numbers_as_text": true,
        "reorder_lists": true,
        "fill_defaults": true,
        "system_volume": true,
        "platform_variables": true,
        "other_case": true,
    });
    workspace.cloud.quirks(quirks).unwrap();
}

fn with_a_minimal_and_a_maximal_pod() -> Workspace {
    let workspace = Workspace::new("");
    let (minimal, maximal) = (Pod::minimal().labelled("minimal"), workspace.maximal_pod());
    workspace.write(format!("{minimal}\n{maximal}"));
    workspace
}

#[test]
fn the_clouds_own_ways_are_no_drift() {
    let workspace = with_a_minimal_and_a_maximal_pod();
    take_all_freedoms(&workspace);
    workspace.apply();
    workspace.finish();
}

#[test]
fn own_ways_that_the_cloud_takes_up_later_are_no_drift() {
    let workspace = with_a_minimal_and_a_maximal_pod();
    workspace.apply();
    take_all_freedoms(&workspace);
    workspace.finish();
}
