//! Volumes that exist are found by id, by name, and by filters.

use super::*;
use crate::{
    clouds::{StorageType, VolumePhase},
    resources::{
        managed::lookup::Lookup,
        testing::{self, texts},
        volume::{
            data_source::VolumeDataSource,
            data_source_list::{VolumesDataSource, VolumesModel},
            view::ObservedVolume,
        },
    },
    tf::{DataSource as _, List},
};

fn with_volumes() -> TestCloud {
    let cloud = TestCloud::new();
    let volumes = [
        Volume {
            storage_type: Some(StorageType::Ceph),
            region: Some("eu-1".to_owned()),
            ..testing::volume("3", "models")
        },
        Volume {
            storage_type: Some(StorageType::S3),
            phase: VolumePhase::Failed,
            ..testing::volume("2", "data")
        },
        testing::volume("1", "data"),
    ];
    let by_id = volumes.map(|volume| (volume.id.to_string(), volume));
    cloud.world().volumes.extend(by_id);
    cloud
}

fn question(id: Tf<String>, name: Tf<String>) -> Lookup<ObservedVolume> {
    let mut question = ObservedVolume::null();
    (question.source.id, question.source.name) = (id, name);
    Lookup(question)
}

/// The id of the volume that is found, or why none is.
async fn found(cloud: &TestCloud, question: Lookup<ObservedVolume>) -> String {
    match VolumeDataSource.read(&cloud.context(), question).await {
        Ok(Lookup(volume)) => volume.id.known().cloned().unwrap_or_default(),
        Err(errors) => messages(&errors).join("\n"),
    }
}

#[tokio::test]
async fn a_volume_is_found_by_its_id_or_by_a_name_that_is_its_alone() {
    let cloud = with_volumes();
    assert_eq!(found(&cloud, question(text("3"), Tf::Null)).await, "3");
    assert_eq!(found(&cloud, question(Tf::Null, text("models"))).await, "3");
    assert_eq!(
        found(&cloud, question(Tf::Null, text("data"))).await,
        "name: Several volumes have the name: `name` is \"data\", and Test Cloud has 2 volumes of that name. Use `id` \
         instead, with `1` or `2`."
    );
    assert_eq!(
        found(&cloud, question(text("9"), Tf::Null)).await,
        "id: There is no such volume: `id` is \"9\", and Test Cloud has no such volume: it is gone, or belongs to \
         another cloud or key. Use the id of a volume of `test_cloud` that exists; `data \"gpupod_volumes\"` lists them."
    );
}

#[tokio::test]
async fn a_cloud_without_volumes_is_told() {
    let cloud = TestCloud::of_pods_only();
    let refusal = found(&cloud, question(text("3"), Tf::Null)).await;
    assert!(refusal.starts_with("cloud: Test Cloud has no volumes"), "{refusal}");
    let refusal = super::refusal(VolumesDataSource.read(&cloud.context(), VolumesModel::null()).await);
    assert!(refusal.starts_with("clouds: Test Cloud has no volumes"), "{refusal}");
}

async fn check(config: VolumesModel, expected: &str) {
    let read = VolumesDataSource.read(&with_volumes().context(), config).await;
    let volumes = read.expect("it can be read").volumes;
    let ids: Vec<String> = volumes
        .known()
        .map_or(&[][..], |List(volumes)| volumes)
        .iter()
        .filter_map(|volume| volume.known()?.id.known().cloned())
        .collect();
    assert_eq!(ids.join(" "), expected);
}

#[tokio::test]
async fn each_filter_has_to_be_met_and_the_order_is_fixed() {
    check(VolumesModel::null(), "1 2 3").await;
    let regions = VolumesModel {
        regions: texts(&["EU-1"]),
        ..VolumesModel::null()
    };
    check(regions, "3").await;
    let statuses = VolumesModel {
        statuses: texts(&["active"]),
        ..VolumesModel::null()
    };
    check(statuses.clone(), "1 3").await;
    let active_data = VolumesModel {
        name_prefix: text("da"),
        ..statuses
    };
    check(active_data, "1").await;
    let storage_types = VolumesModel {
        storage_types: texts(&["S3", "CEPH"]),
        ..VolumesModel::null()
    };
    check(storage_types, "2 3").await;
}

#[test]
fn every_status_can_be_asked_for() {
    use VolumePhase::*;
    let statuses = [Creating, Active, Resizing, Deleting, Failed, Unknown].map(VolumePhase::as_str);
    assert_eq!(statuses.as_slice(), crate::resources::volume::model::STATUSES);
}
