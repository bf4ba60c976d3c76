//! Answers about volumes in the fields of either document, of one that could be half read, and of none.

use gpupod::clouds::{Volume, VolumePhase};
use serde_json::{Value, json};

use super::with_every_storage;

/// Both generations of documents, and what could be read of the newer.
pub fn generations() -> [Value; 3] {
    [(false, false), (true, false), (false, true)]
        .map(|(older, bare)| json!({"older_volumes": older, "bare_volumes": bare}))
}

/// The freedoms that a volume's answers take, in each generation of documents.
fn every_quirk() -> impl Iterator<Item = Value> {
    let with = |mut generation: Value| {
        [(false, false), (true, false), (false, true)].map(|(as_text, other_case)| {
            generation["numbers_as_text"] = json!(as_text);
            generation["other_case"] = json!(other_case);
            generation.clone()
        })
    };
    generations().into_iter().flat_map(with)
}

#[tokio::test]
async fn a_quirk_changes_nothing_that_is_told() {
    with_every_storage(async |bench, _, storage| {
        let id = bench.active_volume(storage).await;
        let plain = bench.volume(&id).await;
        for quirks in every_quirk() {
            bench.simulator.quirks(quirks.clone()).expect("quirks");
            for seen in [vec![bench.volume(&id).await], bench.listed_volumes().await].concat() {
                check_same(&seen, &plain, &quirks);
            }
        }
    })
    .await;
}

/// Where both say something, it is the same.
fn check_same(seen: &Volume, plain: &Volume, quirks: &Value) {
    let same = [
        seen.id == plain.id,
        seen.phase == plain.phase,
        seen.name == plain.name,
        seen.storage_type == plain.storage_type,
        agree(&seen.region, &plain.region),
        agree(&seen.disk, &plain.disk),
        agree(&seen.mount_count, &plain.mount_count),
        agree(&seen.created_at, &plain.created_at),
        agree(&seen.offer, &plain.offer),
        agree(&seen.price_per_hour, &plain.price_per_hour),
    ];
    assert_eq!(same, [true; 10], "{quirks}: {seen:?} {plain:?}");
}

fn agree<T: PartialEq>(seen: &Option<T>, plain: &Option<T>) -> bool {
    seen.is_none() || seen == plain
}

#[tokio::test]
async fn a_status_that_nobody_knows_is_kept_as_it_is() {
    with_every_storage(async |bench, _, storage| {
        let id = bench.active_volume(storage).await;
        bench.befall_volume(&id, json!({"set": {"status": "MELTING"}}));
        let volume = bench.volume(&id).await;
        assert_eq!(
            (volume.phase, volume.cloud_status.as_str()),
            (VolumePhase::Unknown, "MELTING")
        );
    })
    .await;
}
