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

/// Imports volumes that Terraform made and has forgotten since, by their ids with what stands before them, and holds that
/// no call is made for them.
#[track_caller]
fn come_back(volumes: &[(Block, &str)], quirks: serde_json::Value) {
    let blocks = volumes.iter().enumerate();
    let blocks = blocks.map(|(index, (volume, _))| volume.labelled(&format!("kind_{index}")));
    let blocks: Vec<Block> = blocks.collect();
    let workspace = Workspace::applied(blocks.iter().map(Block::to_string).collect::<String>());
    let addresses: Vec<String> = blocks.iter().map(Block::address).collect();
    let ids: Vec<String> = addresses.iter().map(|address| workspace.id(address)).collect();
    let forget = ["state", "rm"].into_iter().chain(addresses.iter().map(String::as_str));
    workspace.tool.run(&forget.collect::<Vec<_>>()).succeeds();
    workspace.cloud.quirks(quirks).unwrap();
    workspace.cloud.clear_requests();
    for ((address, id), (_, prefix)) in addresses.iter().zip(&ids).zip(volumes) {
        workspace.run(&["import", address, &format!("{prefix}{id}")]).succeeds();
    }
    for change in &workspace.plan().changes {
        assert_eq!(change.action, Action::Update, "{change:?}");
        let is_not_told = |attribute: &String| NOT_TOLD.contains(&attribute.as_str());
        assert!(change.attributes.iter().all(is_not_told), "{change:?}");
    }
    workspace.run(&["apply", "plan.bin"]).succeeds();
    assert_eq!(workspace.changes(), [""; 0]);
    for (address, id) in addresses.iter().zip(ids) {
        assert_eq!(workspace.id(address), id, "{address}");
    }
    workspace.finish();
}

#[test]
fn each_kind_of_storage_is_imported_without_a_call() {
    let kinds = [s3, r2, ceph, vendor];
    let volumes = kinds.map(|volume| [(volume(), ""), (volume(), "yotta/")]);
    come_back(volumes.as_flattened(), json!({}));
}

#[test]
fn what_a_cloud_tells_less_of_is_imported_without_a_call() {
    let volumes = [s3, ceph, vendor].map(|volume| (volume(), ""));
    come_back(&volumes, json!({"bare_volumes": true}));
    come_back(&volumes, json!({"older_volumes": true, "other_case": true}));
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
    let volumes = [("s3", s3()), ("r2", r2()), ("ceph", ceph())].map(|(label, volume)| volume.labelled(label));
    let workspace = Workspace::applied(volumes.each_ref().map(Block::to_string).concat());
    // Only the older answers tell the size that was asked for.
    workspace.cloud.quirks(json!({"older_volumes": true})).unwrap();
    let addresses = volumes.map(|volume| volume.address());
    let imports = addresses.each_ref().map(|address| {
        let id = workspace.id(address);
        format!("import {{\n  to = {address}\n  id = \"yotta/{id}\"\n}}\n")
    });
    let forget = ["state", "rm"].into_iter().chain(addresses.iter().map(String::as_str));
    workspace.tool.run(&forget.collect::<Vec<_>>()).succeeds();
    workspace.write(imports.concat());
    workspace.run(&["plan", "-generate-config-out=generated.tf"]).succeeds();
    workspace.cloud.clear_requests();
    workspace.apply();
    assert_eq!(workspace.changes(), [""; 0]);
    workspace.finish();
}
