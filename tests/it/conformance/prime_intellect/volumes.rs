//! Prime Intellect's disks: the conversion of each response, and the request of each specification.

use gpupod::clouds::{Kind, Name, Storage, Volume, VolumeOffer, VolumePhase, VolumeSpec, Volumes};

use super::{answering, check_sent, reading};
use crate::conformance::{
    bench::{Bench, kind},
    specs::gib,
    things::{volume_id, volumes_of},
};

const ID: &str = "7c1f0e5b9a3d4826b1e6f2c8d0a49375";
const TEAM_ID: &str = "cmbk2v8ke0005l508y3d6z8rf";
/// 2026-01-01T00:00:00Z.
const CREATED_AT: i64 = 1_767_225_600_000;

fn volumes(bench: &Bench) -> &dyn Volumes {
    volumes_of(&*bench.cloud)
}

fn name(text: &str) -> Name {
    Name::new(text).expect("a name")
}

/// The least that can be known of it.
fn bare() -> Volume {
    Volume {
        id: volume_id(ID),
        name: Some("training-data".to_owned()),
        phase: VolumePhase::Unknown,
        cloud_status: String::new(),
        storage_type: None,
        disk: None,
        region: None,
        offer: Some(VolumeOffer {
            provider: "nebius".to_owned(),
            ..VolumeOffer::default()
        }),
        size: None,
        used: None,
        mount_count: None,
        mounted_by: None,
        price_per_hour: None,
        created_at: None,
    }
}

fn active() -> Volume {
    Volume {
        phase: VolumePhase::Active,
        cloud_status: "ACTIVE".to_owned(),
        offer: Some(place()),
        size: Some(500),
        mount_count: Some(1),
        mounted_by: Some(vec!["4d1f0a7c93b64e258f60c2d95a3e71b8".to_owned()]),
        price_per_hour: Some("0.05".parse().expect("a number")),
        created_at: Some(CREATED_AT),
        ..bare()
    }
}

fn place() -> VolumeOffer {
    VolumeOffer {
        provider: "nebius".to_owned(),
        cloud_id: Some("network-ssd".to_owned()),
        data_center_id: Some("eu-north1".to_owned()),
        country: Some("FI".to_owned()),
        team_id: Some(TEAM_ID.to_owned()),
    }
}

fn created() -> Volume {
    Volume {
        id: volume_id("2f9d6b0c84e1437aa5d3c7f1e6b80952"),
        name: Some("scratch".to_owned()),
        phase: VolumePhase::Creating,
        cloud_status: "PROVISIONING".to_owned(),
        offer: Some(anywhere()),
        size: Some(100),
        mount_count: Some(0),
        mounted_by: Some(Vec::new()),
        price_per_hour: None,
        ..active()
    }
}

fn anywhere() -> VolumeOffer {
    VolumeOffer {
        provider: "runpod".to_owned(),
        ..VolumeOffer::default()
    }
}

async fn check_read(fixture: &str, expected: &Volume) {
    let seen = reading(fixture).volume(&expected.id).await;
    assert_eq!(format!("{seen:#?}"), format!("{expected:#?}"));
}

#[tokio::test]
async fn a_disk_is_read() {
    check_read("disk-active", &active()).await;
    check_read("disk-bare", &bare()).await;
    check_read("disk-created", &created()).await;
    let ended = volume_id("c3a8e2f70d5b4196b4f1d9e0a7268c35");
    assert_eq!(reading("disk-terminated").volume_phase(&ended).await, None);
}

#[tokio::test]
async fn a_page_is_read() {
    let seen = reading("disk-list-page").listed_volumes().await;
    assert_eq!(format!("{seen:#?}"), format!("{:#?}", [created(), active()]));
}

#[tokio::test]
async fn creations_are_written() {
    check_creation("training-data", 500, place(), "disk-create-request").await;
    check_creation("scratch", 100, anywhere(), "disk-create-request-minimal").await;
}

async fn check_creation(text: &str, size: u32, offer: VolumeOffer, fixture: &str) {
    let bench = answering("POST", 200, "disk-created");
    let spec = VolumeSpec {
        name: name(text),
        storage: Storage::Offered { size: gib(size), offer },
    };
    let made = volumes(&bench).create(&spec).await.expect("is made");
    assert_eq!(format!("{made:#?}"), format!("{:#?}", created()));
    check_sent(&bench, "POST /api/v1/disks/", fixture);
}

#[tokio::test]
async fn a_new_name_is_written() {
    let bench = answering("PATCH", 200, "disk-renamed");
    let renamed = volumes(&bench).rename(&volume_id(ID), &name("training-set")).await;
    renamed.expect("is renamed");
    check_sent(&bench, &format!("PATCH /api/v1/disks/{ID}"), "disk-rename-request");
}

#[tokio::test]
async fn a_deletion_is_read() {
    let bench = answering("DELETE", 200, "disk-deleted");
    let deleted = volumes(&bench).delete(&volume_id(ID)).await;
    deleted.expect("is told to end");
}

#[tokio::test]
async fn refusals_are_read() {
    let bench = answering("GET", 404, "error-disk-not-found");
    assert_eq!(bench.volume_phase(&volume_id(ID)).await, None);
    let bench = answering("DELETE", 404, "error-disk-not-found");
    let refusal = volumes(&bench).delete(&volume_id(ID)).await;
    assert_eq!(kind(refusal), Some(Kind::NotFound));
    let bench = answering("DELETE", 409, "error-disk-in-use");
    let refusal = volumes(&bench).delete(&volume_id(ID)).await;
    assert_eq!(kind(refusal), Some(Kind::Conflict));
}
