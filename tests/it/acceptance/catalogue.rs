//! New pods against the live catalogue, while they are planned and nothing has been paid.

use serde_json::json;

#[cfg(unix)]
use super::running::Running;
use super::{
    plan::Action,
    pod::{POD, Pod},
    workspace::Workspace,
};

const CATALOGUE: &str = "/v2/gpu/list";

/// Each of these is offered by nobody: what is wrong, the attribute that the message points at, and what it says.
const NOT_OFFERED: [(&str, &str, &str, &str); 7] = [
    (
        "gpu_type",
        r#""NVIDIA_RTX_4090""#,
        "gpu_type",
        "The nearest are `NVIDIA_RTX_4090_24G`",
    ),
    ("gpu_type", r#""Banana""#, "gpu_type", "which Yotta Labs does not have"),
    ("gpu_count", "16", "gpu_count", "with `1`, `2`, `4` or `8`"),
    (
        "regions",
        r#"["eu-2", "mars-1"]"#,
        "regions",
        r#""mars-1", where Yotta Labs has no NVIDIA_RTX_4090_24G. Use `eu-2` or `us-east-1`"#,
    ),
    (
        "regions = [\"eu-2\"]\nis_spot",
        "true",
        "is_spot",
        "on demand only: set it to false",
    ),
    (
        "gpu_type = \"NVIDIA_H100_80G\"\nregions = [\"us-west-1\"]\nis_spot",
        "false",
        "is_spot",
        "as spot only: set it to true",
    ),
    (
        "container_volume_in_gb",
        "201",
        "container_volume_in_gb",
        "the catalogue allows 20 to 200",
    ),
];

/// A pod for each of [`NOT_OFFERED`].
fn not_offered() -> String {
    let pods = NOT_OFFERED.iter().enumerate().map(|(index, (attribute, value, _, _))| {
        let pod = Pod::minimal().labelled(&format!("wrong_{index}"));
        let pod = if attribute.contains("gpu_type") {
            pod.without("gpu_type")
        } else {
            pod
        };
        pod.with(attribute, value).to_string()
    });
    pods.collect()
}

#[test]
fn a_hundred_new_pods_ask_for_the_catalogue_and_the_pods_once() {
    let workspace = Workspace::new(
        Pod::minimal()
            .with("count", 100)
            .with("name", r#""pod-${count.index}""#),
    );
    let plan = workspace.plan();
    assert_eq!(plan.changes.len(), 100);
    assert_eq!(workspace.times_asked("POST", CATALOGUE), 1);
    assert_eq!(workspace.times_asked("GET", "/v2/pods"), 1);
    assert_eq!(workspace.cloud.requests().len(), 2);
    workspace.write("");
    workspace.finish();
}

#[test]
fn pods_that_exist_and_pods_without_gpus_need_no_catalogue() {
    let workspace = Workspace::applied(Pod::minimal());
    workspace.cloud.clear_requests();
    workspace.plan().assert_empty();
    assert_eq!(workspace.times_asked("POST", CATALOGUE), 0);
    workspace.write(format!(
        "{}\n{}",
        Pod::minimal(),
        Pod::minimal().labelled("cpu").with("resource_type", r#""CPU""#)
    ));
    workspace.plan().only();
    assert_eq!(workspace.times_asked("POST", CATALOGUE), 0);
    workspace.write(Pod::minimal());
    workspace.finish();
}

#[test]
fn a_list_of_pods_that_cannot_be_read_is_a_warning() {
    let workspace = Workspace::new(Pod::minimal());
    workspace.fault("GET", "/v2/pods", 1, json!({"respond": {"status": 500}}));
    let plan = workspace.plan();
    assert_eq!(plan.only().action, Action::Create);
    plan.says(&["The cloud's pods could not be listed", "HTTP 500"]);
    workspace.apply();
    workspace.finish();
}

#[test]
fn what_is_not_offered_is_an_error_on_its_attribute_and_orders_nothing() {
    let workspace = Workspace::new(not_offered());
    let outcome = workspace.run(&["plan", "-json"]).fails();
    for (index, (attribute, value, pointed_at, says)) in NOT_OFFERED.iter().enumerate() {
        let (_, detail) = outcome.error_at(&format!("gpupod_pod.wrong_{index}"));
        assert!(
            detail.starts_with(&format!("`{pointed_at}`")) && detail.contains(says),
            "{attribute} = {value}: {detail}"
        );
    }
    assert!(workspace.changes().is_empty());
    workspace.write("");
    workspace.finish();
}

#[test]
fn checks_that_only_warn_let_the_plan_go_on() {
    let workspace = Workspace::new(not_offered());
    workspace.provider("plan_checks = \"warn\"");
    let plan = workspace.plan();
    assert_eq!(plan.changes.len(), NOT_OFFERED.len());
    plan.says(&["Warning", "The nearest are `NVIDIA_RTX_4090_24G`"]);
    workspace.write("");
    workspace.finish();
}

#[test]
fn checks_that_are_off_ask_nothing() {
    let workspace = Workspace::new(not_offered()).without_plan_checks();
    let plan = workspace.plan();
    assert_eq!(plan.changes.len(), NOT_OFFERED.len());
    plan.warns_of_nothing();
    assert!(workspace.cloud.requests().is_empty());
    workspace.write("");
    workspace.finish();
}

#[test]
fn what_is_sold_out_is_a_warning() {
    let sold_out = Pod::minimal()
        .with("gpu_type", r#""NVIDIA_RTX_5090_32G""#)
        .with("regions", r#"["us-west-1"]"#);
    let workspace = Workspace::new(&sold_out);
    let plan = workspace.plan();
    assert_eq!(plan.only().action, Action::Create);
    plan.says(&["Sold out now", "It is free, in some size, in `us-east-3`"]);
    workspace.write("");
    workspace.finish();
}

#[test]
fn every_vendor_counts() {
    let workspace = Workspace::new(Pod::minimal().with("gpu_type", r#""AWS_Trainium_32G""#));
    workspace.plan().warns_of_nothing();
    assert_eq!(workspace.plan().only().action, Action::Create);
    workspace.apply();
    workspace.finish();
}

#[test]
fn a_catalogue_that_cannot_be_read_is_one_warning() {
    let workspace = Workspace::new(Pod::minimal().with("count", 3).with("name", r#""pod-${count.index}""#));
    workspace.fault("POST", CATALOGUE, 9, json!({"respond": {"status": 500}}));
    let plan = workspace.plan();
    assert_eq!(plan.changes.len(), 3);
    plan.says(&["The catalogue could not be read", "HTTP 500"]);
    assert_eq!(plan.told.matches("The catalogue could not be read").count(), 1);
    workspace.apply();
    workspace.finish();
}

#[test]
fn a_catalogue_that_is_no_catalogue_is_a_warning() {
    let workspace = Workspace::new(Pod::minimal());
    workspace.fault(
        "POST",
        CATALOGUE,
        1,
        json!({"replace_body": "<html>Be right back</html>"}),
    );
    let plan = workspace.plan();
    assert_eq!(plan.only().action, Action::Create);
    plan.says(&["The catalogue could not be read"]);
    workspace.apply();
    workspace.finish();
}

#[test]
fn what_is_not_known_yet_is_no_error() {
    let values = r#"{ type = "Banana", count = 16, regions = ["mars-1"], is_spot = true, size = 9999 }"#;
    let source = format!("resource \"terraform_data\" \"source\" {{\n  input = {values}\n}}\n");
    let pod = Pod::minimal()
        .with("gpu_type", "terraform_data.source.output.type")
        .with("gpu_count", "terraform_data.source.output.count")
        .with("regions", "terraform_data.source.output.regions")
        .with("is_spot", "terraform_data.source.output.is_spot")
        .with("container_volume_in_gb", "terraform_data.source.output.size");
    let workspace = Workspace::new(format!("{source}\n{pod}"));
    workspace.plan().warns_of_nothing();
    workspace
        .try_apply()
        .fails()
        .says(&[r#"`gpu_type` is "Banana", which Yotta Labs does not have"#]);
    assert!(workspace.has_no_pods());
    assert!(workspace.changes().is_empty());
    workspace.write("");
    workspace.apply();
    workspace.finish();
}

#[test]
fn a_stranger_of_the_same_name_is_a_warning_with_the_import_command() {
    let workspace = Workspace::applied(Pod::minimal());
    let id = workspace.pod_id();
    workspace.run(&["state", "rm", POD]).succeeds();
    let plan = workspace.plan();
    assert_eq!(plan.only().action, Action::Create);
    let command = format!("`terraform import ADDRESS yotta/{id}`");
    plan.says(&["A pod of this name exists already", &id, &command]);
    workspace.run(&["import", POD, &format!("yotta/{id}")]).succeeds();
    workspace.finish();
}

#[test]
fn a_pod_of_the_same_run_is_no_stranger() {
    let one = Pod::minimal().labelled("one");
    let workspace = Workspace::applied(&one);
    let two = Pod::minimal().labelled("two");
    workspace.write(format!("{one}\n{two}"));
    workspace.plan().warns_of_nothing();
    workspace.apply();
    workspace.finish();
}

/// The reads are held until Terraform has begun them all: how fast it begins them is a matter of the machine's load.
#[cfg(unix)]
#[test]
fn pods_of_the_state_that_are_read_later_are_no_strangers() {
    let workspace = Workspace::applied(Pod::minimal().with("count", 30));
    workspace.write(Pod::minimal().with("count", 31));
    workspace.each_read(json!({"hang": true}));
    let mut plan = Running::start(workspace.tool.command(&["plan", "-no-color", "-parallelism=40"]));
    for _ in 0..30 {
        plan.line_with("Refreshing state");
    }
    workspace.cloud.clear_faults();
    let told = plan.end().succeeds().told();
    assert!(told.contains("1 to add") && !told.contains("exists already"), "{told}");
    workspace.apply();
    workspace.finish();
}

#[test]
fn pods_of_the_state_that_a_plan_leaves_out_are_not_called_leftovers() {
    let one = Pod::minimal().labelled("one");
    let workspace = Workspace::applied(&one);
    let two = Pod::minimal().labelled("two");
    workspace.write(format!("{one}\n{two}"));
    let plan = workspace.run(&["plan", "-target=gpupod_pod.two"]).succeeds();
    plan.says(&[
        "A pod of this name exists already",
        "as with `-target` and `-refresh=false`, it may be one that this configuration manages",
    ]);
    let told = workspace.run(&["plan", "-refresh=false"]).succeeds().told();
    assert!(!told.contains("exists already"), "{told}");
    workspace.apply();
    workspace.finish();
}

#[test]
fn a_replacement_of_a_running_pod_says_what_it_costs() {
    let workspace = Workspace::applied(Pod::minimal());
    workspace.write(Pod::minimal().with("gpu_count", 2));
    let plan = workspace.plan();
    assert_eq!(plan.action(POD), Some(Action::Replace));
    assert!(!plan.told.contains("exists already"), "{}", plan.told);
    plan.says(&[
        "A running pod will be replaced",
        "It costs 0.392 an hour now",
        "Changing `gpu_count` replaces it",
    ]);
    workspace.write(Pod::minimal());
    workspace.finish();
}

#[test]
fn a_replacement_of_a_stopped_pod_needs_no_word() {
    let stopped = Pod::minimal().with("desired_state", r#""stopped""#);
    let workspace = Workspace::applied(&stopped);
    workspace.write(stopped.clone().with("gpu_count", 2));
    workspace.plan().warns_of_nothing();
    workspace.write(stopped);
    workspace.finish();
}
