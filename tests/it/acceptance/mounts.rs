//! Volumes and the pods that mount them: in which order they come and go, and what a mount forbids.

use serde_json::json;

use super::{
    plan::Action::Replace,
    pod::{POD, Pod},
    volume::{VOLUME, ceph, s3},
    workspace::Workspace,
};

/// A pod that mounts [`VOLUME`].
fn mounting() -> Pod {
    Pod::minimal().with("volumes", r#"[{ id = gpupod_volume.this.id, mount_path = "/data" }]"#)
}

#[test]
fn a_pod_that_mounts_a_volume_is_made_in_one_apply_and_goes_before_the_volume() {
    for workspace in Workspace::for_each_tool() {
        workspace.write(format!("{}\n{}", ceph(), mounting()));
        workspace.apply();
        assert_eq!(workspace.changes(), ["POST volumes", "POST pods"]);
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
}

#[test]
fn a_delete_waits_until_the_last_mount_is_gone() {
    let workspace = Workspace::applied(ceph());
    let refusal = json!({"code": 12001, "message": "the volume is mounted", "data": null});
    workspace.cloud.clear_requests();
    workspace.fault(
        "DELETE",
        "/v2/volumes/*",
        2,
        json!({"respond": {"status": 200, "body": refusal}}),
    );
    workspace.destroy();
    assert_eq!(workspace.changes(), ["DELETE volumes/*"; 3]);
    workspace.write("");
    workspace.finish();
}

#[test]
fn a_volume_that_stays_mounted_is_kept_and_the_pod_is_named() {
    let volume = ceph().with("timeouts", r#"{ delete = "200ms" }"#);
    let workspace = Workspace::applied(format!("{volume}\n{}", mounting()));
    let pod_id = workspace.pod_id();
    workspace.run(&["state", "rm", POD]).succeeds();
    workspace.cloud.clear_requests();
    let pod = format!("`trainer` ({pod_id})");
    workspace.run(&["destroy", "-auto-approve"]).fails().says(&[
        "The volume cannot be deleted",
        "200ms (`timeouts.delete`)",
        &pod,
    ]);
    assert_eq!(
        workspace.changes(),
        ["DELETE volumes/*"],
        "when time is up, and not before"
    );
    workspace.run(&["import", POD, &pod_id]).succeeds();
    workspace.finish();
}

#[test]
fn several_mounts_are_no_drift_whatever_the_cloud_makes_of_them() {
    let mounts = r#"[
        { id = gpupod_volume.this.id, mount_path = "/data" },
        { id = gpupod_volume.pictures.id, mount_path = "/pictures" },
      ]"#;
    let configuration = format!(
        "{}\n{}\n{}",
        ceph(),
        s3().labelled("pictures"),
        Pod::minimal().with("volumes", mounts)
    );
    let workspace = Workspace::applied(&configuration);
    workspace.plan().assert_empty();
    workspace
        .cloud
        .quirks(json!({"reorder_lists": true, "system_volume": true, "numbers_as_text": true}))
        .unwrap();
    workspace.plan().assert_empty();
    let id = workspace.pod_id();
    workspace.run(&["state", "rm", POD]).succeeds();
    workspace.run(&["import", POD, &id]).succeeds();
    workspace.finish();
}

#[test]
fn several_pods_share_a_volume_and_all_go_before_it() {
    let pods = ["one", "two"].map(|label| {
        mounting()
            .labelled(label)
            .with("name", format!("{label:?}"))
            .to_string()
    });
    let workspace = Workspace::applied(format!("{}\n{}", ceph(), pods.concat()));
    workspace.apply();
    assert_eq!(workspace.attributes(VOLUME)["mount_count"], 2);
    workspace.cloud.clear_requests();
    workspace.destroy();
    assert_eq!(workspace.changes().pop().unwrap(), "DELETE volumes/*");
    workspace.write("");
    workspace.finish();
}

#[test]
fn a_mounted_volume_does_not_grow_and_its_pod_is_named() {
    let workspace = Workspace::applied(format!("{}\n{}", ceph(), mounting()));
    workspace.write(format!("{}\n{}", ceph().with("size_in_gb", 200), mounting()));
    workspace.plan().says(&["Volume is mounted", "changes from 100 to 200"]);
    let pod = format!("The pod `trainer` ({}) mounts it.", workspace.pod_id());
    workspace
        .try_apply()
        .fails()
        .says(&["A volume grows only while it is active and no pod mounts it", &pod]);
    assert_eq!(workspace.attributes(VOLUME)["size_in_gb"], 100);
    workspace.write(ceph().with("size_in_gb", 200));
    workspace.apply();
    workspace.finish();
}

#[test]
fn a_volume_that_is_replaced_takes_its_pod_along() {
    let workspace = Workspace::applied(format!("{}\n{}", ceph(), mounting()));
    workspace.write(format!("{}\n{}", ceph().with("region", r#""eu-2""#), mounting()));
    let plan = workspace.plan();
    assert_eq!([plan.action(VOLUME), plan.action(POD)], [Some(Replace); 2]);
    workspace.cloud.clear_requests();
    workspace.apply();
    let expected = [
        "POST pods/*/pause",
        "DELETE pods/*",
        "DELETE volumes/*",
        "POST volumes",
        "POST pods",
    ];
    assert_eq!(workspace.changes(), expected);
    workspace.finish();
}
