//! Conversion of Yotta's volumes, as both generations of its documents write them.

use crate::clouds::{
    DiskKind, StorageType, Volume, VolumePhase,
    yotta::{
        testing::response,
        volumes::{api, convert},
    },
};

fn volume(data: &str) -> Volume {
    let (id, json) = api::volume(&response(data)).unwrap_or_else(|failure| panic!("{data}: {failure:?}"));
    convert::to_volume(id, json)
}

/// A volume with further fields, given as JSON.
fn with(fields: &str) -> Volume {
    volume(&format!(r#"{{"id":1,{fields}}}"#))
}

#[test]
fn the_guides_volume_is_read() {
    let volume = volume(
        r#"{"id": 420522713875330018, "name": "data", "sizeInGb": 100, "region": "eu-2", "storageType": "VENDOR",
            "status": "active", "vendorVolumeType": "NVMe", "mountCount": 2, "cost": 0.5, "createdAt": 1763600000000}"#,
    );
    assert_eq!(volume.id.as_str(), "420522713875330018");
    assert_eq!(
        (volume.name.as_deref(), volume.region.as_deref()),
        (Some("data"), Some("eu-2"))
    );
    assert_eq!(
        (volume.phase, volume.cloud_status.as_str()),
        (VolumePhase::Active, "active")
    );
    assert_eq!(
        (volume.storage_type, volume.disk),
        (Some(StorageType::Vendor), Some(DiskKind::Nvme))
    );
    assert_eq!((volume.size, volume.used), (Some(100), None));
    assert_eq!(
        (volume.mount_count, volume.created_at),
        (Some(2), Some(1_763_600_000_000))
    );
    assert_eq!(volume.price_per_hour, None);
}

#[test]
fn the_references_volume_is_read() {
    let volume = volume(
        r#"{"id": "420522713875330018", "name": "data", "type": "ceph", "status": "ACTIVE", "sizeBytes": "5368709120",
            "sizeInGb": 5, "cost": "12.50"}"#,
    );
    assert_eq!(volume.id.as_str(), "420522713875330018");
    assert_eq!(
        (volume.phase, volume.cloud_status.as_str()),
        (VolumePhase::Active, "ACTIVE")
    );
    assert_eq!((volume.storage_type, volume.disk), (Some(StorageType::Ceph), None));
    assert_eq!((volume.size, volume.used), (None, Some(5)));
    assert_eq!((volume.mount_count, volume.created_at), (None, None));
    assert_eq!(volume.price_per_hour, None);
}

#[test]
fn a_size_is_not_what_is_used() {
    let check = |fields, size, used| {
        let volume = with(fields);
        assert_eq!((volume.size, volume.used), (size, used), "{fields}");
    };
    check(r#""sizeInGb":"100""#, Some(100), None);
    check(r#""sizeInGb":0"#, None, None);
    check(r#""sizeInGb":100,"storageType":"CEPH""#, Some(100), None);
    // Nobody asked for a size of these.
    check(r#""sizeInGb":7,"storageType":"S3""#, None, None);
    check(r#""sizeInGb":7,"storageType":"r2""#, None, None);
    check(r#""sizeInGb":0,"sizeBytes":"0""#, None, Some(0));
    check(r#""sizeInGb":3,"sizeBytes":4294967295"#, None, Some(3));
    check(r#""sizeBytes":"4294967295""#, None, Some(3));
    check(r#""sizeBytes":"4294967296""#, None, Some(4));
    // Nothing that can be read, but a sign of the generation.
    check(r#""sizeInGb":3,"sizeBytes":null"#, None, Some(3));
    check(r#""sizeBytes":"much""#, None, None);
    check(r#""sizeBytes":"99999999999999999999""#, None, None);
}

#[test]
fn words_are_read_in_any_case() {
    let table = [
        ("creating", VolumePhase::Creating),
        ("Active", VolumePhase::Active),
        ("RESIZING", VolumePhase::Resizing),
        ("deleting", VolumePhase::Deleting),
        ("error", VolumePhase::Failed),
        ("DELETED", VolumePhase::Unknown),
        ("", VolumePhase::Unknown),
    ];
    for (status, phase) in table {
        let volume = with(&format!(r#""status":"{status}""#));
        assert_eq!((volume.phase, volume.cloud_status.as_str()), (phase, status));
    }
    let table = [
        (r#""storageType":"s3""#, Some(StorageType::S3)),
        (r#""storageType":"Ceph""#, Some(StorageType::Ceph)),
        (r#""type":"VENDOR""#, Some(StorageType::Vendor)),
        (r#""type":"R2","storageType":null"#, Some(StorageType::R2)),
        (r#""type":"DATA","storageType":"S3""#, Some(StorageType::S3)),
        (r#""type":"network""#, None),
    ];
    for (fields, storage_type) in table {
        assert_eq!(with(fields).storage_type, storage_type, "{fields}");
    }
    assert_eq!(with(r#""vendorVolumeType":"hdd""#).disk, Some(DiskKind::Hdd));
}

#[test]
fn an_id_is_enough() {
    for data in [r#"{"id":"7"}"#, "7", r#""7""#] {
        let volume = volume(data);
        assert_eq!((volume.id.as_str(), volume.phase), ("7", VolumePhase::Unknown));
        assert!(volume.name.is_none() && volume.size.is_none() && volume.used.is_none());
    }
    for data in [
        "null",
        "true",
        r#""done""#,
        "[]",
        "{}",
        r#"{"id":null}"#,
        r#"{"id":"../x"}"#,
    ] {
        assert!(api::volume(&response(data)).is_err(), "{data}");
    }
}

/// Every field of both schemas, each with every sort of JSON that it should not have.
#[test]
fn a_wrong_type_counts_as_not_said() {
    let fields = [
        "name",
        "status",
        "storageType",
        "type",
        "vendorVolumeType",
        "region",
        "sizeInGb",
        "mountCount",
        "createdAt",
        "cost",
    ];
    for field in fields {
        for value in ["null", "true", "-1.5", "1e999", "{}", "[[]]", "[1]", r#"{"a":1}"#] {
            let volume = with(&format!(r#""{field}":{value}"#));
            let numbers = (volume.size, volume.used, volume.mount_count, volume.created_at);
            assert_eq!(numbers, (None, None, None, None), "{field}: {value}");
            assert!(volume.name.is_none() && volume.region.is_none(), "{field}: {value}");
            assert!(
                volume.storage_type.is_none() && volume.disk.is_none(),
                "{field}: {value}"
            );
            assert_eq!(volume.phase, VolumePhase::Unknown, "{field}: {value}");
        }
    }
}
