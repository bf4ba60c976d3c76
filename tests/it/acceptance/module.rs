//! A module that chooses the cheapest GPU and mounts a volume, as users write them.

use serde_json::{Value, json};

use super::{block::Block, workspace::Workspace};

const SPECS: &str = "data.gpupod_gpu_specs.this";

/// A configuration that has installed the module.
fn with_module(arguments: &str) -> Workspace {
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/modules/cheapest-pod");
    let module = format!(
        "module \"pod\" {{\n  source = {source:?}\n  name = \"trainer\"\n  image = \"busybox:1\"\n{arguments}\n}}\n"
    );
    let outputs = ["offer", "volume_id", "monthly_cost"]
        .map(|name| format!("output \"{name}\" {{\n  value = module.pod.{name}\n}}\n"));
    let workspace = Workspace::new(module + &outputs.concat());
    workspace.run(&["get"]).succeeds();
    workspace
}

/// Every GPU that there is, sold out or not.
fn all_specs() -> Block {
    Block::data("gpupod_gpu_specs").with("include_unavailable", true)
}

fn prices(specs: &Value) -> Vec<f64> {
    let offers = specs["offers"].as_array().unwrap();
    offers
        .iter()
        .map(|offer| offer["price_per_hour"].as_f64().unwrap())
        .collect()
}

#[test]
fn the_module_lives_and_ends_in_the_right_order() {
    let workspace = with_module("");
    workspace.apply();
    assert_eq!(workspace.changes(), ["POST volumes", "POST pods"]);
    let (order, offer) = (workspace.order_body(), workspace.output("offer"));
    assert_eq!(order["gpuType"], offer["gpu_type"]);
    assert_eq!(order["regions"], json!([offer["region"]]));
    assert_eq!(
        order["volumes"][0]["id"].to_string().trim_matches('"'),
        workspace.output("volume_id")
    );
    workspace.plan().assert_empty();
    workspace.cloud.clear_requests();
    workspace.destroy();
    assert_eq!(
        workspace.changes(),
        ["POST pods/*/pause", "DELETE pods/*", "DELETE volumes/*"]
    );
    workspace.write("");
    workspace.finish();
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

#[test]
fn the_cheapest_is_the_first_offer_that_is_not_sold_out() {
    let specs = all_specs()
        .with("gpu_types", r#"["NVIDIA_H100_80G"]"#)
        .with("gpu_counts", "[1]")
        .with("is_spot", false);
    let workspace = Workspace::applied(specs);
    let specs = workspace.attributes(SPECS);
    let first = &specs["offers"][0];
    assert_eq!((&first["region"], &first["available"]), (&json!("eu-2"), &json!(false)));
    assert_eq!(specs["cheapest"], specs["offers"][1]);
    assert_eq!(specs["cheapest"]["region"], "us-east-1");
    assert_eq!(specs["cheapest"]["price_per_hour"].to_string(), "2.492");
    workspace.finish();
}

#[test]
fn there_is_no_cheapest_where_all_is_sold_out() {
    let workspace = Workspace::applied(all_specs().with("gpu_types", r#"["NVIDIA_B200_180G"]"#));
    let specs = workspace.attributes(SPECS);
    assert_eq!(specs["cheapest"], Value::Null);
    assert_eq!(specs["offers"].as_array().unwrap().len(), 4);
    workspace.finish();
}

#[test]
fn several_pages_are_one_sorted_list() {
    let workspace = Workspace::applied(all_specs());
    let on_one_page = workspace.attributes(SPECS);
    workspace.cloud.quirks(json!({"short_pages": true})).unwrap();
    workspace.cloud.clear_requests();
    workspace.apply();
    assert_eq!(workspace.times_asked("POST", "/v2/gpu/list"), 5);
    assert_eq!(workspace.attributes(SPECS), on_one_page);
    assert_eq!(on_one_page["specs"].as_array().unwrap().len(), 15);
    assert!(prices(&on_one_page).is_sorted());
    workspace.finish();
}

#[test]
fn a_catalogue_that_cannot_be_read_is_told() {
    let workspace = Workspace::new(all_specs());
    workspace.fault("POST", "/v2/gpu/list", 1, json!({"respond": {"status": 500}}));
    workspace.run(&["plan"]).fails().says(&["HTTP 500"]);
    workspace.apply();
    workspace.finish();
}
