//! What a change of each attribute does to a volume that exists.

use serde_json::json;

use super::{
    changes::no_attribute_is_missing_in,
    plan::Action::{self, Replace, Update},
    volume::{VOLUME, ceph, s3, vendor},
    workspace::Workspace,
};

/// Each attribute, another value for it, and what the page of the resource promises.
const CHANGES: [(&str, &str, Action); 7] = [
    ("name", r#""renamed""#, Update),
    ("size_in_gb", "200", Update),
    ("region", r#""eu-2""#, Replace),
    ("vendor_volume_type", r#""HDD""#, Replace),
    ("storage_type = \"CEPH\"\nvendor_volume_type", "null", Replace),
    ("timeouts", r#"{ create = "7m" }"#, Update),
    ("timeouts", "null", Update),
];

/// What can be configured and is not in the table, each for its own reason.
const ELSEWHERE: [&str; 3] = [
    "cloud",           // Another one takes other attributes: `clouds` has it.
    "storage_type",    // Goes together with `vendor_volume_type`.
    "prime_intellect", // Not on this cloud.
];

fn label(index: usize) -> String {
    format!("change_{index}")
}

#[test]
fn a_change_replaces_or_updates_as_its_attribute_says() {
    let volumes = (0..CHANGES.len()).map(|index| vendor().labelled(&label(index)));
    let unchanged: String = volumes.clone().map(|volume| volume.to_string()).collect();
    let changed = volumes.zip(CHANGES).map(|(volume, (attribute, value, _))| {
        let volume = if attribute.contains("storage_type") {
            volume.without("storage_type").without("vendor_volume_type")
        } else {
            volume
        };
        volume.with(attribute, value).to_string()
    });
    let workspace = Workspace::applied(&unchanged);
    workspace.write(changed.collect::<String>());
    let plan = workspace.plan();
    for (index, (attribute, value, expected)) in CHANGES.into_iter().enumerate() {
        let change = plan.change(&format!("gpupod_volume.{}", label(index))).unwrap();
        assert_eq!(change.action, expected, "{attribute} = {value}: {change:?}");
        let forces = |forced: &String| attribute.contains(forced.as_str());
        assert_eq!(
            !change.replaced_for.is_empty(),
            expected == Replace,
            "{attribute} = {value}: {change:?}"
        );
        assert!(
            change.replaced_for.iter().all(forces),
            "{attribute} = {value}: {change:?}"
        );
    }
    workspace.write(unchanged);
    workspace.finish();
}

#[test]
fn no_attribute_is_left_out_of_the_table() {
    let told: Vec<&str> = CHANGES
        .iter()
        .map(|(attribute, _, _)| *attribute)
        .chain(ELSEWHERE)
        .collect();
    no_attribute_is_missing_in("gpupod_volume", &told);
}

#[test]
fn a_new_name_and_a_larger_size_are_changed_in_place() {
    let workspace = Workspace::applied(ceph());
    let before = workspace.attributes(VOLUME);
    workspace.write(ceph().with("name", r#""renamed""#).with("size_in_gb", 200));
    workspace.cloud.clear_requests();
    workspace.apply();
    assert_eq!(workspace.changes(), ["POST volumes/*/name", "POST volumes/*/resize"]);
    let after = workspace.attributes(VOLUME);
    assert_eq!(after["id"], before["id"]);
    assert_eq!((&after["name"], &after["size_in_gb"]), (&json!("renamed"), &json!(200)));
    workspace.finish();
}

#[test]
fn a_volume_that_grew_without_an_answer_has_its_new_size() {
    for action in [
        json!({"cut": {"carried_out": true}}),
        json!({"respond": {"status": 500, "carried_out": true}}),
        json!({"cut": {}}),
    ] {
        let workspace = Workspace::applied(ceph());
        workspace.write(ceph().with("size_in_gb", 200));
        workspace.fault("POST", "/v2/volumes/*", 1, action);
        workspace.try_apply();
        workspace.cloud.clear_faults();
        workspace.apply();
        assert_eq!(workspace.attributes(VOLUME)["size_in_gb"], 200);
        workspace.finish();
    }
}

#[test]
fn a_volume_without_a_size_is_renamed_in_place() {
    let workspace = Workspace::applied(s3());
    let id = workspace.id(VOLUME);
    workspace.write(s3().with("name", r#""renamed""#));
    workspace.apply();
    assert_eq!(workspace.id(VOLUME), id);
    workspace.finish();
}

#[test]
fn a_smaller_size_is_refused_while_planning() {
    let workspace = Workspace::applied(ceph());
    workspace.write(ceph().with("size_in_gb", 50));
    workspace.cloud.clear_requests();
    workspace.run(&["plan"]).fails().says(&[
        "`size_in_gb` is 50, and the volume has 100",
        "would lose data: use at least 100",
    ]);
    assert!(workspace.changes().is_empty());
    workspace.write(ceph());
    workspace.finish();
}

#[test]
fn a_replacement_may_be_smaller() {
    let workspace = Workspace::applied(ceph());
    workspace.write(ceph().with("size_in_gb", 50).with("region", r#""eu-2""#));
    assert_eq!(workspace.plan().only().action, Replace);
    workspace.apply();
    workspace.finish();
}

#[test]
fn terraforms_own_settings_change_without_a_call() {
    let workspace = Workspace::applied(ceph());
    workspace.write(ceph().with("timeouts", r#"{ delete = "3m" }"#));
    workspace.cloud.clear_requests();
    workspace.apply();
    assert!(workspace.changes().is_empty());
    workspace.finish();
}

#[test]
fn growth_that_is_refused_keeps_the_old_size_in_the_state() {
    let workspace = Workspace::applied(ceph());
    workspace.write(ceph().with("name", r#""renamed""#).with("size_in_gb", 200));
    workspace.fault("POST", "/v2/volumes/*", 2, json!({"respond": {"status": 403}}));
    workspace.try_apply().fails().says(&["HTTP 403"]);
    assert_eq!(workspace.attributes(VOLUME)["size_in_gb"], 100);
    workspace.cloud.clear_faults();
    workspace.apply();
    workspace.finish();
}
