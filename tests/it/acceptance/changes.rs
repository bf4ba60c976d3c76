//! What a change of each attribute does to a pod that exists.

use serde_json::json;

use super::{
    plan::Action::{self, Replace, Update},
    pod::{POD, Pod},
    workspace::Workspace,
};

/// Each attribute, another value for it, and what the page of the resource promises.
const CHANGES: [(&str, &str, Action); 25] = [
    ("name", r#""renamed""#, Replace),
    ("image", r#""pytorch/pytorch:2.9.0""#, Replace),
    ("gpu_type", r#""NVIDIA_H100_80G""#, Replace),
    ("gpu_count", "1", Replace),
    ("regions", r#"["us-east-1"]"#, Replace),
    ("resource_type", r#""CPU""#, Replace),
    ("max_price", "0.9", Replace),
    ("image_registry", r#""docker.io""#, Replace),
    ("image_public_type", r#""PUBLIC""#, Replace),
    ("container_registry_auth_id", r#""7""#, Replace),
    ("min_single_card_vram_in_gb", "16", Replace),
    ("min_single_card_ram_in_gb", "16", Replace),
    ("min_single_card_vcpu", "4", Replace),
    ("shm_in_gb", "32", Replace),
    ("container_volume_in_gb", "50", Replace),
    ("initialization_command", r#""true""#, Replace),
    ("environment_vars", r#"{ EPOCHS = "4", MODE = "train" }"#, Replace),
    ("secret_environment_vars_wo_version", "2", Replace),
    ("expose", "[{ port = 8081 }]", Replace),
    ("volumes", r#"[{ id = "7", mount_path = "/data" }]"#, Replace),
    ("callback_url", r#""https://hooks.example/other""#, Replace),
    ("desired_state", r#""stopped""#, Update),
    ("stop_before_destroy", "false", Update),
    ("timeouts", r#"{ create = "7m" }"#, Update),
    ("timeouts", "null", Update),
];

/// What can be configured and is not in the table, each for its own reason.
const ELSEWHERE: [&str; 5] = [
    "cloud",                      // Another one takes other attributes: `clouds` has it.
    "prime_intellect",            // Not on this cloud.
    "cpod",                       // Not on this cloud.
    "is_spot",                    // Goes together with `max_price`.
    "secret_environment_vars_wo", // Terraform cannot see a change.
];

fn label(index: usize) -> String {
    format!("change_{index}")
}

#[test]
fn a_change_replaces_or_updates_as_its_attribute_says() {
    let workspace = Workspace::new("").without_plan_checks();
    let pod = workspace.maximal_pod();
    let pods = (0..CHANGES.len()).map(|index| pod.labelled(&label(index)));
    let unchanged: String = pods.clone().map(|pod| pod.to_string()).collect();
    let changed = pods
        .zip(CHANGES)
        .map(|(pod, (attribute, value, _))| pod.with(attribute, value).to_string());
    workspace.write(&unchanged);
    workspace.apply();
    workspace.write(changed.collect::<String>());
    let plan = workspace.plan();
    for (index, (attribute, value, expected)) in CHANGES.into_iter().enumerate() {
        let change = plan.change(&format!("gpupod_pod.{}", label(index))).unwrap();
        assert_eq!(change.action, expected, "{attribute} = {value}: {change:?}");
        let forced = if expected == Replace { vec![attribute] } else { vec![] };
        assert_eq!(change.replaced_for, forced, "{attribute} = {value}: {change:?}");
    }
    workspace.write(unchanged);
    workspace.finish();
}

#[test]
fn a_spot_pod_that_is_to_be_none_is_replaced() {
    let workspace = Workspace::applied(Pod::minimal().with("is_spot", true));
    workspace.write(Pod::minimal().with("is_spot", false));
    assert_eq!(workspace.plan().only().replaced_for, ["is_spot"]);
    workspace.apply();
    workspace.finish();
}

#[test]
fn no_attribute_is_left_out_of_the_table() {
    let told: Vec<&str> = CHANGES
        .iter()
        .map(|(attribute, _, _)| *attribute)
        .chain(ELSEWHERE)
        .collect();
    no_attribute_is_missing_in("gpupod_pod", &told);
}

/// Holds that all that can be configured of a resource is told of.
#[track_caller]
pub fn no_attribute_is_missing_in(resource: &str, told: &[&str]) {
    let workspace = Workspace::new("");
    let attributes = workspace.schema()["resource_schemas"][resource]["block"]["attributes"].clone();
    let attributes = attributes.as_object().unwrap().iter();
    let can_be_configured = attributes.filter(|(_, facts)| facts["required"] == true || facts["optional"] == true);
    for (name, _) in can_be_configured {
        assert!(told.contains(&name.as_str()), "{name} is not in the table");
    }
    workspace.finish();
}

#[test]
fn another_order_of_ports_regions_and_variables_is_no_change() {
    let workspace = Workspace::new("");
    let pod = workspace.maximal_pod();
    workspace.write(&pod);
    workspace.apply();
    workspace.write(
        pod.with("regions", r#"["eu-2", "us-east-1"]"#)
            .with(
                "expose",
                r#"[{ port = 22, protocol = "TCP" }, { port = 8080, protocol = "HTTP" }]"#,
            )
            .with("environment_vars", r#"{ MODE = "train", EPOCHS = "3" }"#),
    );
    workspace.finish();
}

#[test]
fn terraforms_own_settings_change_without_a_call() {
    let workspace = Workspace::applied(Pod::minimal());
    let before = workspace.pod();
    workspace.write(
        Pod::minimal()
            .with("timeouts", r#"{ delete = "3m" }"#)
            .with("stop_before_destroy", false),
    );
    workspace.cloud.clear_requests();
    workspace.apply();
    assert!(workspace.orders().is_empty());
    let mut expected = before;
    expected["timeouts"] = json!({"create": null, "update": null, "delete": "3m"});
    expected["stop_before_destroy"] = json!(false);
    assert_eq!(workspace.pod(), expected);
    workspace.finish();
}

#[test]
fn a_change_that_replaces_leaves_one_pod() {
    let workspace = Workspace::applied(Pod::minimal());
    let id = workspace.pod_id();
    workspace.write(Pod::minimal().with("gpu_count", 2));
    assert_eq!(workspace.plan().action(POD), Some(Replace));
    workspace.apply();
    assert_ne!(workspace.pod_id(), id);
    workspace.finish();
}
