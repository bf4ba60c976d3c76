//! The module that takes the cheapest offer, while offers come and go.

use serde_json::json;

use crate::acceptance::workspace::Workspace;

/// A configuration that has installed the module.
fn with_module(arguments: &str) -> Workspace {
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/modules/cheapest-anywhere");
    let module = format!("module \"pod\" {{\n  source = {source:?}\n  name = \"trainer\"\n{arguments}\n}}\n");
    let workspace = Workspace::new(module + "output \"offer\" {\n  value = module.pod.offer\n}\n");
    workspace.run(&["get"]).succeeds();
    workspace
}

#[test]
fn the_module_takes_the_cheapest_that_is_not_sold_out() {
    let workspace = with_module("  gpu_types = [\"NVIDIA_H100_80G\"]");
    workspace.apply();
    let offer = workspace.output("offer");
    assert_eq!(offer["region"], "us-east-1", "eu-2 is cheaper and sold out");
    assert_eq!(offer["available"], true);
    assert_eq!(workspace.order_body()["regions"], json!(["us-east-1"]));
    workspace.finish();
}

#[test]
fn a_pod_of_the_module_stays_while_everything_is_sold_out() {
    let workspace = with_module("  gpu_types = [\"NVIDIA_H100_80G\"]");
    workspace.apply();
    let pod = workspace.cloud.living_pods();
    let mut specs = workspace.ask(
        "POST",
        "/v2/gpu/list",
        &json!({"gpuTypes": ["NVIDIA_H100_80G"], "includeUnavailable": true}),
    );
    for spec in specs["data"]["items"].as_array_mut().unwrap() {
        spec["status"] = json!("UNAVAILABLE");
        spec["availableGpuCounts"] = json!([]);
        for option in spec["gpuCountOptions"].as_array_mut().unwrap() {
            option["available"] = json!(false);
        }
    }
    workspace.fault("POST", "/v2/gpu/list", 9, json!({"replace_body": specs}));
    workspace.apply();
    assert_eq!(workspace.cloud.living_pods(), pod);
    workspace.finish();
}
