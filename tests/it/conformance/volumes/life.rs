//! Lifecycle of a volume, as the client observes it.

use std::collections::BTreeSet;

use gpupod::clouds::{DiskKind, Name, Storage, Volume, VolumeOffer, VolumePhase::*, VolumeSpec};
use serde_json::json;

use super::{where_there_are_volumes, with_every_storage};
use crate::conformance::{bench::Bench, life::check_way, things::volume_spec};

#[tokio::test]
async fn a_volume_comes_to_be_active() {
    with_every_storage(async |bench, _, storage| {
        let id = bench.create_volume(storage).await;
        let seen = bench.volume_phases_until(&id, Some(Active)).await;
        assert!(seen.len() > 1, "nothing is there at once");
        check_way(&seen, &[Some(Creating), Some(Active)]);
    })
    .await;
}

#[tokio::test]
async fn a_volume_is_seen_as_it_was_asked_for() {
    with_every_storage(async |bench, volumes, storage| {
        let spec = volume_spec(storage);
        let made = volumes.create(&spec).await.expect("is made");
        check_echo(&spec, &made);
        check_echo(&spec, &bench.volume(&made.id).await);
    })
    .await;
}

/// A cloud need not repeat what it was asked, except for the name and the kind, by which a lost volume is found.
fn check_echo(asked: &VolumeSpec, seen: &Volume) {
    let (region, disk) = place(&asked.storage);
    assert_eq!(seen.name.as_deref(), Some(asked.name.as_str()));
    assert_eq!(seen.storage_type, asked.storage.storage_type());
    assert!(seen.region.is_none() || seen.region.as_deref() == region, "{seen:?}");
    assert!(seen.disk.is_none() || seen.disk == disk, "{seen:?}");
    assert!(is_where_asked(&asked.storage, seen.offer.as_ref()), "{seen:?}");
}

/// A cloud may tell more of a place than it was asked for.
fn is_where_asked(asked: &Storage, seen: Option<&VolumeOffer>) -> bool {
    let (asked, seen) = match (asked, seen) {
        (_, None) => return true,
        (Storage::Offered { offer, .. }, Some(seen)) => (offer, seen),
        (_, Some(_)) => return false,
    };
    let agree = |asked: &Option<String>, seen: &Option<String>| asked.is_none() || seen.is_none() || asked == seen;
    asked.provider == seen.provider
        && agree(&asked.cloud_id, &seen.cloud_id)
        && agree(&asked.data_center_id, &seen.data_center_id)
        && agree(&asked.country, &seen.country)
        && asked.team_id == seen.team_id
}

fn place(storage: &Storage) -> (Option<&str>, Option<DiskKind>) {
    match storage {
        Storage::S3 | Storage::Offered { .. } => (None, None),
        Storage::R2 { region } => (region.as_deref(), None),
        Storage::Ceph { region, .. } => (Some(region), None),
        Storage::Vendor { region, disk, .. } => (Some(region), Some(*disk)),
    }
}

#[tokio::test]
async fn the_list_shows_volumes_as_they_are_read_one_by_one() {
    where_there_are_volumes(async |bench, _| {
        assert!(bench.listed_volumes().await.is_empty());
        let mut ids = Vec::new();
        for storage in bench.storages() {
            ids.push(bench.active_volume(&storage).await);
            ids.push(bench.create_volume(&storage).await);
        }
        let listed = bench.listed_volumes().await;
        assert_eq!(listed.len(), ids.len());
        for volume in listed {
            assert!(ids.contains(&volume.id));
            let read = bench.volume(&volume.id).await;
            assert_eq!(format!("{volume:?}"), format!("{read:?}"));
        }
    })
    .await;
}

#[tokio::test]
async fn every_page_is_listed() {
    where_there_are_volumes(async |bench, _| {
        for (quirks, count) in [(json!({}), 101), (json!({"short_pages": true}), 7)] {
            check_listed(&Bench::with_quirks(bench.description, &quirks), count).await;
        }
    })
    .await;
}

/// So many volumes of the last kind, and one of each other.
async fn check_listed(bench: &Bench, count: usize) {
    let storages = bench.storages();
    let last = storages.last().into_iter().cycle().take(count - 1);
    let mut ids = BTreeSet::new();
    for storage in storages.iter().chain(last) {
        ids.insert(bench.create_volume(storage).await);
    }
    let listed = bench.listed_volumes().await;
    assert!(listed.iter().map(|volume| &volume.id).eq(&ids), "{count}");
}

#[tokio::test]
async fn a_volume_is_renamed() {
    with_every_storage(async |bench, volumes, storage| {
        let id = bench.active_volume(storage).await;
        let name = Name::new("training-set").expect("a name");
        volumes.rename(&id, &name).await.expect("is renamed");
        let volume = bench.volume(&id).await;
        assert_eq!((volume.name.as_deref(), volume.phase), (Some("training-set"), Active));
    })
    .await;
}

#[tokio::test]
async fn a_deleted_volume_ends() {
    with_every_storage(async |bench, volumes, storage| {
        let id = bench.active_volume(storage).await;
        volumes.delete(&id).await.expect("is told to end");
        check_way(&bench.volume_phases_until(&id, None).await, &[Some(Deleting), None]);
        assert_eq!(bench.simulator.living_volumes(), []);
    })
    .await;
}

#[tokio::test]
async fn a_volume_can_fail_and_be_deleted() {
    with_every_storage(async |bench, volumes, storage| {
        bench.simulator.next_volumes(json!({"fate": "fails"})).expect("a fate");
        let id = bench.create_volume(storage).await;
        let seen = bench.volume_phases_until(&id, Some(Failed)).await;
        check_way(&seen, &[Some(Creating), Some(Failed)]);
        volumes.delete(&id).await.expect("is told to end");
        bench.volume_phases_until(&id, None).await;
    })
    .await;
}

#[tokio::test]
async fn a_volume_that_vanishes_on_its_way_is_gone() {
    with_every_storage(async |bench, _, storage| {
        bench
            .simulator
            .next_volumes(json!({"fate": "vanishes"}))
            .expect("a fate");
        let id = bench.create_volume(storage).await;
        check_way(&bench.volume_phases_until(&id, None).await, &[Some(Creating), None]);
    })
    .await;
}

#[tokio::test]
async fn what_befalls_a_volume_is_seen() {
    with_every_storage(async |bench, _, storage| {
        for (event, phase) in [("fail", Some(Failed)), ("vanish", None)] {
            let id = bench.active_volume(storage).await;
            bench.befall_volume(&id, json!({"event": event}));
            assert_eq!(bench.volume_phase(&id).await, phase, "{event}");
            let listed = bench.listed_volumes().await;
            assert_eq!(listed.iter().any(|volume| volume.id == id), phase.is_some(), "{event}");
        }
    })
    .await;
}
