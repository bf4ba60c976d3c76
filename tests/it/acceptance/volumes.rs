//! A volume from its order to its end, with and without pods that mount it.

use serde_json::{Value, json};

use super::{
    plan::Action,
    volume::{self, VOLUME, ceph},
    workspace::Workspace,
};

#[test]
fn each_kind_of_storage_lives_and_ends() {
    for workspace in Workspace::for_each_tool() {
        workspace.write(volume::of_each_kind());
        workspace.apply();
        workspace.plan().assert_empty();
        assert_eq!(workspace.cloud.living_volumes().len(), 4);
        workspace.destroy();
        assert!(workspace.cloud.living_volumes().is_empty());
        workspace.write("");
        workspace.finish();
    }
}

#[test]
fn a_volume_is_ordered_as_it_is_configured() {
    let workspace = Workspace::applied(volume::vendor());
    let order = json!({
        "name": "data",
        "storageType": "VENDOR",
        "region": "us-east-1",
        "sizeInGb": 100,
        "vendorVolumeType": "NVMe",
    });
    assert_eq!(workspace.sent("POST", "/v2/volumes"), [order]);
    assert_eq!(workspace.attributes(VOLUME)["status"], "active");
    workspace.finish();
}

/// The freedoms that the documents leave the cloud, one by one.
const FREEDOMS: [&str; 4] = ["older_volumes", "bare_volumes", "numbers_as_text", "other_case"];

#[test]
fn the_clouds_own_ways_are_no_drift() {
    for freedom in FREEDOMS {
        let workspace = Workspace::new(volume::of_each_kind());
        workspace.cloud.quirks(json!({freedom: true})).unwrap();
        workspace.apply();
        workspace.finish();
    }
}

#[test]
fn own_ways_that_the_cloud_takes_up_later_are_no_drift() {
    for freedom in FREEDOMS {
        let workspace = Workspace::applied(volume::of_each_kind());
        workspace.cloud.quirks(json!({freedom: true})).unwrap();
        workspace.finish();
    }
}

#[test]
fn used_space_that_grows_is_no_drift() {
    for older_volumes in [false, true] {
        let workspace = Workspace::applied(ceph());
        workspace.cloud.quirks(json!({"older_volumes": older_volumes})).unwrap();
        workspace.behind_the_volume(json!({"used_bytes": 77_u64 << 30}));
        workspace.plan().assert_empty();
        workspace.run(&["apply", "-auto-approve", "-refresh-only"]).succeeds();
        assert_eq!(workspace.attributes(VOLUME)["size_in_gb"], 100);
        workspace.finish();
    }
}

#[test]
fn a_name_that_was_changed_behind_the_back_is_changed_back() {
    let workspace = Workspace::applied(ceph());
    workspace.behind_the_volume(json!({"set": {"name": "renamed"}}));
    assert_eq!(workspace.plan().only().attributes, ["name"]);
    workspace.apply();
    workspace.finish();
}

#[test]
fn a_volume_that_fails_while_it_is_made_is_kept_and_replaced() {
    let workspace = Workspace::new(ceph());
    workspace.cloud.next_volumes(json!({"fate": "fails"})).unwrap();
    workspace.try_apply().fails().says(&["an apply replaces it"]);
    let failed = workspace.id(VOLUME);
    assert_eq!(workspace.plan().only().action, Action::Replace);
    workspace.apply();
    assert_ne!(workspace.id(VOLUME), failed);
    workspace.finish();
}

#[test]
fn a_volume_that_fails_later_is_kept_with_a_warning() {
    let workspace = Workspace::applied(ceph());
    workspace.behind_the_volume(json!({"event": "fail"}));
    let plan = workspace.plan();
    plan.assert_empty();
    plan.says(&["The volume has failed", "there may be data on it that can be saved"]);
    workspace.finish();
}

#[test]
fn a_volume_that_is_not_ready_in_time_is_kept() {
    let workspace = Workspace::new(ceph().with("timeouts", r#"{ create = "200ms" }"#));
    workspace.cloud.next_volumes(json!({"fate": "never_ready"})).unwrap();
    workspace.try_apply().fails().says(&["200ms (`timeouts.create`)"]);
    assert_eq!(workspace.plan().only().action, Action::Replace);
    workspace.apply();
    workspace.finish();
}

#[test]
fn a_volume_that_was_deleted_behind_the_back_is_planned_anew() {
    for gone_as in [Value::Null, json!("not_found"), json!("absent")] {
        let workspace = Workspace::applied(ceph());
        workspace.cloud.quirks(json!({"gone_as": gone_as})).unwrap();
        workspace.behind_the_volume(json!({"event": "vanish"}));
        assert_eq!(workspace.plan().only().action, Action::Create);
        workspace.apply();
        workspace.finish();
    }
}

#[test]
fn an_order_whose_answer_was_lost_makes_one_volume() {
    let workspace = Workspace::new(ceph());
    workspace.fault("POST", "/v2/volumes", 1, json!({"cut": {"carried_out": true}}));
    workspace.apply();
    assert_eq!(workspace.changes(), ["POST volumes"]);
    workspace.finish();
}

#[test]
fn a_cloud_that_cannot_be_read_drops_no_volume() {
    let workspace = Workspace::applied(ceph());
    for action in [
        json!({"respond": {"status": 500}}),
        json!({"respond": {"status": 401}}),
        json!({"cut": {}}),
    ] {
        workspace.fault("GET", "/v2/volumes*", 9, action);
        workspace.run(&["plan"]).fails();
        workspace.cloud.clear_faults();
    }
    workspace.finish();
}
