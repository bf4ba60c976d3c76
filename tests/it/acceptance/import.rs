//! Pods that exist already come under Terraform's care.

use super::{
    plan::Action,
    pod::{POD, Pod},
    workspace::Workspace,
};

/// What Yotta does not tell, and what only Terraform knows.
const NOT_TOLD: [&str; 8] = [
    "container_registry_auth_id",
    "max_price",
    "min_single_card_ram_in_gb",
    "min_single_card_vcpu",
    "min_single_card_vram_in_gb",
    "regions",
    "secret_environment_vars_wo_version",
    "timeouts",
];

/// A pod that Terraform made and has forgotten since, and its id.
fn forgotten(workspace: &Workspace, pod: &Pod) -> String {
    workspace.write(pod);
    workspace.apply();
    let id = workspace.pod_id();
    workspace.run(&["state", "rm", POD]).succeeds();
    workspace.cloud.clear_requests();
    id
}

#[test]
fn a_minimal_pod_is_imported_without_a_change() {
    for prefix in ["", "yotta/"] {
        let workspace = Workspace::new("");
        let id = forgotten(&workspace, &Pod::minimal());
        workspace.run(&["import", POD, &format!("{prefix}{id}")]).succeeds();
        assert_eq!(workspace.pod_id(), id);
        workspace.finish();
    }
}

#[test]
fn a_stopped_pod_is_imported_without_a_change() {
    let workspace = Workspace::new("");
    let id = forgotten(&workspace, &Pod::minimal().with("desired_state", r#""stopped""#));
    workspace.run(&["import", POD, &id]).succeeds();
    workspace.finish();
}

#[test]
fn an_imported_pod_takes_what_the_cloud_does_not_tell_without_a_call() {
    let workspace = Workspace::new("");
    let id = forgotten(&workspace, &workspace.maximal_pod());
    workspace.run(&["import", POD, &id]).succeeds();
    let plan = workspace.plan();
    assert_eq!(plan.only().action, Action::Update);
    for attribute in &plan.only().attributes {
        assert!(
            NOT_TOLD.contains(&attribute.as_str()) || attribute == "environment_vars",
            "{plan:?}"
        );
    }
    workspace.apply();
    assert!(workspace.orders().is_empty());
    assert_eq!(workspace.pod_id(), id);
    workspace.finish();
}

#[test]
fn an_import_block_does_the_same_in_one_apply() {
    for pod in [Workspace::maximal_pod, |_: &Workspace| Pod::minimal()] {
        let workspace = Workspace::new("");
        let pod = pod(&workspace);
        let id = forgotten(&workspace, &pod);
        workspace.write(format!("import {{\n  to = {POD}\n  id = \"yotta/{id}\"\n}}\n{pod}"));
        workspace.apply();
        assert!(workspace.orders().is_empty());
        assert_eq!(workspace.pod_id(), id);
        workspace.finish();
    }
}

#[test]
fn the_same_attribute_replaces_a_pod_that_terraform_made() {
    let workspace = Workspace::applied(Pod::minimal());
    let more = Pod::minimal().with("min_single_card_vram_in_gb", 24);
    workspace.write(&more);
    assert_eq!(workspace.plan().only().action, Action::Replace);
    workspace.apply();
    workspace.finish();
}

#[test]
fn an_imported_attribute_that_is_changed_afterwards_replaces() {
    let workspace = Workspace::new("");
    let pod = workspace.maximal_pod();
    let id = forgotten(&workspace, &pod);
    workspace.run(&["import", POD, &id]).succeeds();
    workspace.apply();
    workspace.write(pod.clone().with("min_single_card_vram_in_gb", 16));
    assert_eq!(workspace.plan().only().replaced_for, ["min_single_card_vram_in_gb"]);
    workspace.write(pod);
    workspace.finish();
}

#[test]
fn an_import_of_what_is_not_there_is_refused() {
    let workspace = Workspace::new(Pod::minimal());
    let check = |id: &str, phrases: &[&str]| drop(workspace.run(&["import", POD, id]).fails().says(phrases));
    check("7", &["There is no such pod to import", "`yotta/7`"]);
    check("nowhere/7", &["No such cloud", "\"nowhere\"", "Use `yotta`"]);
    check("yotta/", &["Not an id of a pod", "`<cloud>/<id>`"]);
    check("a b", &["Not an id of a pod"]);
    workspace.write("");
    workspace.finish();
}

#[test]
fn a_configuration_that_terraform_generates_fits() {
    let workspace = Workspace::new("");
    let id = forgotten(&workspace, &Pod::minimal());
    workspace.write(format!("import {{\n  to = {POD}\n  id = \"{id}\"\n}}\n"));
    workspace.run(&["plan", "-generate-config-out=generated.tf"]).succeeds();
    workspace.apply();
    assert!(workspace.orders().is_empty());
    workspace.finish();
}
