//! Yotta's volumes: the conversion of each response, and the request of each specification.

use gpupod::clouds::{DiskKind, Kind, Name, Storage, StorageType, Volume, VolumePhase, VolumeSpec, Volumes};
use serde_json::json;

use super::{answering, check_sent};
use crate::conformance::{
    bench::{Bench, kind},
    fixtures,
    specs::gib,
    things::{volume_id, volumes_of},
};

const ID: &str = "420522713875327001";
/// 2026-01-01T00:00:00Z.
const CREATED_AT: i64 = 1_767_225_600_000;

fn volumes(bench: &Bench) -> &dyn Volumes {
    volumes_of(&*bench.cloud)
}

fn name(text: &str) -> Name {
    Name::new(text).expect("a name")
}

async fn check_read(fixture: &str, expected: &Volume) {
    let bench = answering(fixture);
    let seen = bench.volume(&volume_id(ID)).await;
    assert_eq!(format!("{seen:#?}"), format!("{expected:#?}"));
}

fn newer() -> Volume {
    Volume {
        mount_count: Some(1),
        region: Some("us-east-3".to_owned()),
        created_at: Some(CREATED_AT),
        ..bare()
    }
}

fn bare() -> Volume {
    Volume {
        id: volume_id(ID),
        name: Some("training-data".to_owned()),
        phase: VolumePhase::Active,
        cloud_status: "active".to_owned(),
        storage_type: Some(StorageType::Ceph),
        disk: None,
        region: None,
        offer: None,
        size: None,
        used: Some(5),
        mount_count: None,
        mounted_by: None,
        price_per_hour: None,
        created_at: None,
    }
}

fn scratch() -> Volume {
    Volume {
        id: volume_id("420522713875331100"),
        name: Some("scratch".to_owned()),
        phase: VolumePhase::Creating,
        cloud_status: "creating".to_owned(),
        storage_type: Some(StorageType::Vendor),
        disk: Some(DiskKind::Nvme),
        region: Some("us-east-1".to_owned()),
        used: Some(0),
        mount_count: Some(0),
        ..newer()
    }
}

fn archive() -> Volume {
    Volume {
        id: volume_id("420522713875335199"),
        name: Some("archive".to_owned()),
        phase: VolumePhase::Deleting,
        cloud_status: "deleting".to_owned(),
        storage_type: Some(StorageType::S3),
        disk: None,
        region: None,
        ..scratch()
    }
}

#[tokio::test]
async fn the_references_volume_is_read() {
    check_read("volume-newer", &newer()).await;
    check_read("volume-bare", &bare()).await;
}

#[tokio::test]
async fn the_guides_volume_is_read() {
    let older = Volume {
        size: Some(100),
        used: None,
        ..newer()
    };
    check_read("volume-older", &older).await;
}

/// One question for each kind of storage; whichever is answered with all of them, each is there once.
#[tokio::test]
async fn a_page_is_read() {
    let bench = answering("volume-list-page");
    let body = fixtures::read("yotta", "volume-list-page");
    bench.order("GET", 3, &json!({"respond": {"status": 200, "body": body}}));
    let seen = bench.listed_volumes().await;
    assert_eq!(format!("{seen:#?}"), format!("{:#?}", [newer(), scratch(), archive()]));
}

#[tokio::test]
async fn creations_are_written() {
    let (region, size) = ("us-east-3".to_owned(), gib(100));
    check_creation(
        "training-data",
        Storage::Ceph { region, size },
        "volume-create-request-ceph",
    )
    .await;
    let (region, size, disk) = ("us-east-1".to_owned(), gib(50), DiskKind::Nvme);
    check_creation(
        "scratch",
        Storage::Vendor { region, size, disk },
        "volume-create-request-vendor",
    )
    .await;
    check_creation("archive", Storage::S3, "volume-create-request-s3").await;
    check_creation("mirror", Storage::R2 { region: None }, "volume-create-request-r2").await;
}

async fn check_creation(text: &str, storage: Storage, fixture: &str) {
    let bench = answering("volume-newer");
    let spec = VolumeSpec {
        name: name(text),
        storage,
    };
    let made = volumes(&bench).create(&spec).await.expect("is made");
    assert_eq!(made.id, volume_id(ID));
    check_sent(&bench, "POST /v2/volumes", fixture);
}

#[tokio::test]
async fn changes_are_written() {
    let bench = answering("volume-newer");
    let renamed = volumes(&bench).rename(&volume_id(ID), &name("training-set")).await;
    renamed.expect("is renamed");
    check_sent(
        &bench,
        "POST /v2/volumes/420522713875327001/name",
        "volume-rename-request",
    );
    let bench = answering("volume-resized");
    let grown = volumes(&bench).grow(&volume_id(ID), gib(200)).await;
    grown.expect("is told to grow");
    check_sent(
        &bench,
        "POST /v2/volumes/420522713875327001/resize",
        "volume-resize-request",
    );
}

#[tokio::test]
async fn a_deletion_is_read() {
    let bench = answering("volume-deleted");
    let deleted = volumes(&bench).delete(&volume_id(ID)).await;
    deleted.expect("is told to end");
}

#[tokio::test]
async fn refusals_are_read() {
    assert_eq!(
        answering("error-volume-not-found").volume_phase(&volume_id(ID)).await,
        None
    );
    let bench = answering("error-volume-not-found");
    let refusal = volumes(&bench).delete(&volume_id(ID)).await;
    assert_eq!(kind(refusal), Some(Kind::NotFound));
    let bench = answering("error-volume-mounted");
    let refusal = volumes(&bench).delete(&volume_id(ID)).await;
    assert_eq!(kind(refusal), Some(Kind::WrongState));
    let bench = answering("error-volume-invalid");
    let refusal = volumes(&bench).grow(&volume_id(ID), gib(50)).await;
    let refusal = refusal.expect_err("cannot shrink");
    let expected = (Kind::Invalid, "sizeInGb: must be more than 100");
    assert_eq!((refusal.kind, refusal.message.as_str()), expected);
}
