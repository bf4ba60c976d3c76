//! Drift of a volume, and what an import takes over.

use super::*;
use crate::{
    clouds::{DiskKind, StorageType},
    resources::testing::{self, text},
};

fn state() -> VolumeModel {
    VolumeModel {
        name: text("data"),
        storage_type: text("CEPH"),
        size_in_gb: Tf::Known(100_u32.into()),
        mount_count: Tf::Known(1_u32.into()),
        used_in_gb: Tf::Known(5_u32.into()),
        ..VolumeModel::null()
    }
}

#[test]
fn a_name_and_a_told_size_drift() {
    let renamed = Volume {
        size: Some(200),
        ..testing::volume("7", "other")
    };
    let read = refresh(state(), &renamed, Origin::State);
    assert_eq!((read.name, read.size_in_gb), (text("other"), Tf::Known(200_u32.into())));
}

#[test]
fn the_used_space_is_never_taken_for_the_size() {
    let used = Volume {
        used: Some(7),
        ..testing::volume("7", "data")
    };
    let read = refresh(state(), &used, Origin::State);
    assert_eq!(
        (read.size_in_gb, read.used_in_gb),
        (Tf::Known(100_u32.into()), Tf::Known(7_u32.into()))
    );
}

#[test]
fn what_the_cloud_does_not_say_stays() {
    let read = refresh(state(), &testing::volume("7", "data"), Origin::State);
    assert_eq!(read.storage_type, text("CEPH"));
    assert_eq!(read.mount_count, Tf::Known(1_u32.into()));
}

#[test]
fn what_was_not_asked_for_is_left_alone() {
    let placed = Volume {
        region: Some("eu-1".to_owned()),
        ..testing::volume("7", "data")
    };
    assert_eq!(refresh(state(), &placed, Origin::State).region, Tf::Null);
}

#[test]
fn an_import_takes_over_what_it_finds() {
    let found = Volume {
        storage_type: Some(StorageType::Vendor),
        disk: Some(DiskKind::Nvme),
        region: Some("eu-1".to_owned()),
        created_at: Some(1_795_230_281_551),
        ..testing::volume("7", "data")
    };
    let stub = VolumeModel {
        cloud: text("test_cloud"),
        id: text("7"),
        ..VolumeModel::null()
    };
    let expected = VolumeModel {
        name: text("data"),
        storage_type: text("VENDOR"),
        vendor_volume_type: text("NVMe"),
        region: text("eu-1"),
        status: text("active"),
        created_at: text("2026-11-21T03:04:41.551Z"),
        ..stub.clone()
    };
    assert_eq!(refresh(stub, &found, Origin::Import), expected);
}
