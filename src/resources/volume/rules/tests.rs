//! Validation of each kind of storage at each cloud.

use super::*;
use crate::{
    resources::testing::{self, CAPABILITIES, CAPABILITIES_OF_PODS_ONLY, messages},
    tf::Tf,
};

/// A configuration as `storage_type region size_in_gb vendor_volume_type`: `-` is left out, `?` is not known yet.
fn config(words: &str) -> VolumeModel {
    let words: Vec<Tf<String>> = words.split(' ').map(value).collect();
    let [storage_type, region, size, disk] = words.try_into().expect("four words");
    VolumeModel {
        name: testing::text("data"),
        storage_type,
        region,
        size_in_gb: match size {
            Tf::Known(size) => crate::tf::Number::parse(&size).into(),
            Tf::Unknown => Tf::Unknown,
            Tf::Null => Tf::Null,
        },
        vendor_volume_type: disk,
        ..VolumeModel::null()
    }
}

fn value(word: &str) -> Tf<String> {
    match word {
        "-" => Tf::Null,
        "?" => Tf::Unknown,
        word => testing::text(word),
    }
}

fn mistakes(words: &str, capabilities: Option<&Capabilities>) -> Vec<String> {
    let mut diagnostics = Diagnostics::new();
    check(&config(words), capabilities, &mut diagnostics);
    // As the plan of a new volume does.
    if let Some(capabilities) = capabilities {
        check_new(&config(words), capabilities, &mut diagnostics);
    }
    messages(&diagnostics)
}

#[track_caller]
fn check_places(words: &str, expected: &[&str]) {
    let mistakes = mistakes(words, Some(&CAPABILITIES));
    let places: Vec<String> = mistakes
        .iter()
        .map(|one| one.splitn(3, ": ").take(2).collect::<Vec<_>>().join(": "))
        .collect();
    assert_eq!(places, expected, "{words}");
}

#[test]
fn each_kind_of_storage_needs_and_refuses_its_own() {
    check_places("S3 - - -", &[]);
    check_places("R2 - - -", &[]);
    check_places("R2 eu-1 - -", &[]);
    check_places("CEPH eu-1 100 -", &[]);
    check_places("VENDOR eu-1 100 NVMe", &[]);
    check_places(
        "S3 eu-1 100 HDD",
        &[
            "region: Not available for S3 storage",
            "size_in_gb: Not available for S3 storage",
            "vendor_volume_type: Not available for S3 storage",
        ],
    );
    check_places(
        "R2 eu-1 100 HDD",
        &[
            "size_in_gb: Not available for R2 storage",
            "vendor_volume_type: Not available for R2 storage",
        ],
    );
    check_places(
        "CEPH - - HDD",
        &[
            "vendor_volume_type: Not available for CEPH storage",
            "region: Required for CEPH storage",
            "size_in_gb: Required for CEPH storage",
        ],
    );
    check_places(
        "VENDOR - - -",
        &[
            "region: Required for VENDOR storage",
            "size_in_gb: Required for VENDOR storage",
            "vendor_volume_type: Required for VENDOR storage",
        ],
    );
}

#[test]
fn a_mistake_says_what_was_found_and_what_to_do() {
    assert_eq!(
        mistakes("S3 eu-1 - -", None),
        [
            "region: Not available for S3 storage: `region` is set, and `storage_type` is \"S3\", which does not have it. \
             Remove it."
        ]
    );
    assert_eq!(
        mistakes("CEPH eu-1 - -", Some(&CAPABILITIES)),
        [
            "size_in_gb: Required for CEPH storage: `size_in_gb` is not set, and `storage_type` is \"CEPH\", which needs \
             it. Give it a value."
        ]
    );
}

#[test]
fn what_is_not_known_is_not_wrong() {
    check_places("CEPH ? ? -", &[]);
    check_places("VENDOR ? ? ?", &[]);
    check_places("? eu-1 100 HDD", &[]);
    // Whatever it will be, it will be set.
    check_places("S3 ? - -", &["region: Not available for S3 storage"]);
}

#[test]
fn a_cloud_says_what_it_needs() {
    check_places("- - - -", &["storage_type: Required on Test Cloud"]);
    assert!(mistakes("- - - -", None).is_empty(), "it is open which cloud is meant");
}

#[test]
fn a_cloud_without_volumes_refuses_them_as_a_whole() {
    let mistakes = mistakes("CEPH - - HDD", Some(&CAPABILITIES_OF_PODS_ONLY));
    let [refusal] = mistakes.as_slice() else {
        panic!("{mistakes:?}")
    };
    assert!(
        refusal.starts_with(
            "cloud: Test Cloud has no volumes: The cloud is `test_cloud`, and Test Cloud has no volumes. "
        ),
        "{refusal}"
    );
}
