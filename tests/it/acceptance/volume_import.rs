//! Volumes that exist already come under Terraform's care.

use serde_json::json;

use super::{
    block::Block,
    plan::Action,
    volume::{VOLUME, ceph, r2, s3, vendor},
    workspace::Workspace,
};

/// What the cloud may not tell, and what only Terraform knows.
const NOT_TOLD: [&str; 4] = ["region", "size_in_gb", "timeouts", "vendor_volume_type"];

/// Imports the volume that Terraform made and has forgotten since, and holds that no call is made for it.
#[track_caller]
fn comes_back(volume: Block, prefix: &str, quirks: serde_json::Value) {
    let workspace = Workspace::applied(&volume);
    let id = workspace.id(VOLUME);
    workspace.run(&["state", "rm", VOLUME]).succeeds();
    workspace.cloud.quirks(quirks).unwrap();
    workspace.cloud.clear_requests();
    workspace.run(&["import", VOLUME, &format!("{prefix}{id}")]).succeeds();
    for change in &workspace.plan().changes {
        assert_eq!(change.action, Action::Update);
        let is_not_told = |attribute: &String| NOT_TOLD.contains(&attribute.as_str());
        assert!(change.attributes.iter().all(is_not_told), "{change:?}");
    }
    workspace.apply();
    assert!(workspace.changes().is_empty());
    assert_eq!(workspace.id(VOLUME), id);
    workspace.finish();
}

#[test]
fn each_kind_of_storage_is_imported_without_a_call() {
    for volume in [s3, r2, ceph, vendor] {
        comes_back(volume(), "", json!({}));
        comes_back(volume(), "yotta/", json!({}));
    }
}

#[test]
fn what_a_cloud_tells_less_of_is_imported_without_a_call() {
    for volume in [s3, ceph, vendor] {
        comes_back(volume(), "", json!({"bare_volumes": true}));
        comes_back(volume(), "", json!({"older_volumes": true, "other_case": true}));
    }
}

#[test]
fn a_volume_without_settings_of_our_own_is_imported_without_a_change() {
    let workspace = Workspace::applied(s3());
    let id = workspace.id(VOLUME);
    workspace.run(&["state", "rm", VOLUME]).succeeds();
    workspace.run(&["import", VOLUME, &id]).succeeds();
    workspace.finish();
}

#[test]
fn an_import_of_what_is_not_there_is_refused() {
    let workspace = Workspace::new(s3());
    let check = |id: &str, phrases: &[&str]| drop(workspace.run(&["import", VOLUME, id]).fails().says(phrases));
    check("7", &["There is no such volume to import", "`yotta/7`"]);
    check("nowhere/7", &["No such cloud", "Use `yotta`"]);
    check("yotta/", &["Not an id of a volume"]);
    workspace.write("");
    workspace.finish();
}

#[test]
fn a_configuration_that_terraform_generates_fits() {
    for volume in [s3, r2, ceph] {
        let workspace = Workspace::applied(volume());
        // Only the older answers tell the size that was asked for.
        workspace.cloud.quirks(json!({"older_volumes": true})).unwrap();
        let id = workspace.id(VOLUME);
        workspace.run(&["state", "rm", VOLUME]).succeeds();
        workspace.write(format!("import {{\n  to = {VOLUME}\n  id = \"yotta/{id}\"\n}}\n"));
        workspace.run(&["plan", "-generate-config-out=generated.tf"]).succeeds();
        workspace.cloud.clear_requests();
        workspace.apply();
        assert!(workspace.changes().is_empty());
        workspace.finish();
    }
}
