//! Mistakes in the configuration of a volume are found before anything is sent, with what to do.

use super::{
    block::Block,
    volume::{ceph, r2, s3, vendor},
    workspace::Workspace,
};

#[track_caller]
fn is_refused(volume: Block, attribute: &str, advice: &str) {
    is_refused_by("validate", volume, attribute, advice);
}

/// What only a new volume must have: a cloud may not tell it of one that is there.
#[track_caller]
fn is_refused_by_the_plan(volume: Block, attribute: &str, advice: &str) {
    is_refused_by("plan", volume, attribute, advice);
}

#[track_caller]
fn is_refused_by(command: &str, volume: Block, attribute: &str, advice: &str) {
    let workspace = Workspace::new(volume);
    workspace
        .run(&[command])
        .fails()
        .says(&[&format!("`{attribute}`"), advice]);
    assert!(workspace.cloud.requests().is_empty());
    workspace.write("");
    workspace.finish();
}

#[test]
fn what_a_kind_of_storage_needs_is_told() {
    // What is required depends on the cloud.
    let lacks = |volume: Block, attribute: &str| {
        let volume = volume.with("cloud", r#""yotta""#).without(attribute);
        is_refused_by_the_plan(volume, attribute, "Give it a value");
    };
    lacks(s3(), "storage_type");
    for volume in [ceph, vendor] {
        lacks(volume(), "region");
        lacks(volume(), "size_in_gb");
    }
    lacks(vendor(), "vendor_volume_type");
}

#[test]
fn what_a_kind_of_storage_does_not_take_is_told() {
    is_refused(s3().with("region", r#""eu-2""#), "region", "Remove it");
    for volume in [s3, r2] {
        is_refused(volume().with("size_in_gb", 10), "size_in_gb", "Remove it");
    }
    for volume in [s3, r2, ceph] {
        is_refused(
            volume().with("vendor_volume_type", r#""HDD""#),
            "vendor_volume_type",
            "Remove it",
        );
    }
}

#[test]
fn values_out_of_range_are_told() {
    is_refused(s3().with("name", r#""""#), "name", "Use 1 to 255 characters");
    is_refused_by_the_plan(ceph().with("region", r#""""#), "region", "Give it a value");
    for (size, allowed) in [
        ("0", "Use a whole number of at least 1"),
        ("1.5", "Use a whole number of at least 1"),
        ("-1", "Use a whole number of at least 1"),
    ] {
        is_refused(ceph().with("size_in_gb", size), "size_in_gb", allowed);
    }
    let too_large = ceph().with("size_in_gb", 10_241);
    is_refused_by_the_plan(too_large, "size_in_gb", "Use a whole number from 1 to 10240");
    is_refused(s3().with("storage_type", r#""TAPE""#), "storage_type", "Use `S3`");
    is_refused(
        vendor().with("vendor_volume_type", r#""SSD""#),
        "vendor_volume_type",
        "Use `NVMe` or `HDD`",
    );
    is_refused(s3().with("cloud", r#""nowhere""#), "cloud", "Use `yotta`");
    is_refused(
        s3().with("timeouts", r#"{ create = "soon" }"#),
        "timeouts.create",
        "Use a duration",
    );
}

#[test]
fn what_is_not_known_yet_is_no_mistake() {
    let source = "resource \"terraform_data\" \"source\" {\n  input = { region = \"eu-2\", size = 10 }\n}\n";
    let volume = ceph()
        .with("region", "terraform_data.source.output.region")
        .with("size_in_gb", "terraform_data.source.output.size");
    let workspace = Workspace::applied(format!("{source}\n{volume}"));
    workspace.finish();
}
