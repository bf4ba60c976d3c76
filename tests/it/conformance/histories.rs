//! History of pods that have ended, where the cloud has one.

use gpupod::clouds::{EndedPod, Histories, PodId};
use rust_decimal::Decimal;
use serde_json::json;

use super::{bench::Bench, gone::LATER, things::Thing, where_there_is};

async fn where_there_are_histories(test: impl AsyncFn(&Bench, &dyn Histories)) {
    where_there_is(
        |cloud| cloud.has.histories,
        |cloud| cloud.histories().is_some(),
        async |bench| test(bench, bench.cloud.histories().expect("were there")).await,
    )
    .await;
}

async fn ended(histories: &dyn Histories, limit: u32) -> Vec<EndedPod> {
    histories.ended_pods(limit).await.expect("are listed")
}

async fn ended_ids(histories: &dyn Histories, limit: u32) -> Vec<PodId> {
    ended(histories, limit).await.into_iter().map(|pod| pod.id).collect()
}

#[tokio::test]
async fn what_became_of_a_pod_is_told() {
    where_there_are_histories(async |bench, histories| {
        let spec = bench.least_spec();
        let id = bench.deleted().await;
        let told = ended(histories, 100).await;
        let [pod] = &told[..] else { panic!("{told:?}") };
        assert_eq!((&pod.id, pod.name.as_deref()), (&id, Some("trainer")));
        let gpu = spec.gpu.expect("has GPUs");
        assert_eq!(pod.gpu_type.as_deref(), Some(gpu.gpu_type.as_str()));
        assert_eq!(pod.gpu_count, Some(gpu.count.get()));
        assert!(pod.provider.is_some());
        assert!(pod.created_at.is_some() && pod.created_at < pod.ended_at, "{pod:?}");
        let is_paid = |price: Option<Decimal>| price.is_some_and(|price| price > Decimal::ZERO);
        assert!(is_paid(pod.price_per_hour) && is_paid(pod.total_price), "{pod:?}");
    })
    .await;
}

#[tokio::test]
async fn nothing_but_ended_pods_is_told() {
    where_there_are_histories(async |bench, histories| {
        let (stays, goes) = (bench.running().await, bench.deletable().await);
        for thing in Thing::all(bench.description.capabilities).filter(|thing| *thing != Thing::Pod) {
            thing.deleted(bench).await;
        }
        assert_eq!(ended_ids(histories, 100).await, []);
        bench.cloud.pods().delete(&goes).await.expect("is told to end");
        assert!(bench.phase(&goes).await.is_some());
        assert_eq!(ended_ids(histories, 100).await, [], "it is still ending");
        bench.phases_until(&goes, None).await;
        bench.simulator.advance(LATER);
        assert_eq!(ended_ids(histories, 100).await, [goes]);
        assert!(bench.phase(&stays).await.is_some());
    })
    .await;
}

#[tokio::test]
async fn the_pod_that_ended_last_comes_first() {
    where_there_are_histories(async |bench, histories| {
        let mut ids = Vec::new();
        for _ in 0..4 {
            ids.push(bench.running().await);
        }
        // Neither in the order of their making nor against it.
        for index in [2, 0, 3, 1] {
            bench.delete(&ids[index]).await;
        }
        let all = [1, 3, 0, 2].map(|index| ids[index].clone());
        for is_short in [false, true] {
            let quirk = json!({"short_pages": is_short});
            bench.simulator.quirks(quirk).expect("a quirk");
            for limit in 1..=all.len() + 1 {
                let asked = u32::try_from(limit).expect("is small");
                let expected = &all[..limit.min(all.len())];
                assert_eq!(ended_ids(histories, asked).await, expected, "{limit}");
            }
        }
    })
    .await;
}
