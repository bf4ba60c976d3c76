//! The freedoms that the documents leave a cloud: whichever it takes, the same is seen.

use gpupod::clouds::{Description, Observed, Phase, Pod, PodSpec};
use serde_json::{Value, json};

use super::{bench::Bench, echo::differences, on_every_cloud, specs};

const QUIRKS: [&str; 8] = [
    "ids_as_numbers",
    "numbers_as_text",
    "reorder_lists",
    "fill_defaults",
    "system_volume",
    "platform_variables",
    "masked_variables",
    "other_case",
];

/// Each quirk alone, and all together.
fn every_quirk() -> Vec<Value> {
    let alone = QUIRKS.iter().map(|name| json!({*name: true}));
    let together = QUIRKS.iter().map(|name| ((*name).to_owned(), json!(true)));
    alone.chain([Value::Object(together.collect())]).collect()
}

#[tokio::test]
async fn a_quirk_changes_nothing_that_was_asked_for() {
    on_every_cloud(async |bench| {
        let spec = specs::ample(bench.description.capabilities);
        for quirks in every_quirk() {
            let pod = running(bench.description, &quirks, &spec).await;
            assert_eq!(differences(&spec, &pod.observed), Vec::<&str>::new(), "{quirks}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_quirk_changes_nothing_else() {
    on_every_cloud(async |bench| {
        let spec = specs::ample(bench.description.capabilities);
        let plain = running(bench.description, &json!({}), &spec).await;
        for quirks in every_quirk() {
            let pod = running(bench.description, &quirks, &spec).await;
            assert_eq!(told(&pod), told(&plain), "{quirks}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_quirk_changes_no_phase() {
    on_every_cloud(async |bench| {
        let plain = phases(bench.description, &json!({})).await;
        for quirks in every_quirk() {
            assert_eq!(phases(bench.description, &quirks).await, plain, "{quirks}");
        }
    })
    .await;
}

async fn running(description: &'static Description, quirks: &Value, spec: &PodSpec) -> Pod {
    let bench = Bench::with_quirks(description, quirks);
    let pod = bench.cloud.pods().create(spec).await.expect("is made");
    bench.phases_until(&pod.id, Some(Phase::Running)).await;
    bench.pod(&pod.id).await
}

/// What a cloud tells of its own, without what was asked for; as text, since lists of endpoints have no order. Its word
/// for the status may be written in any case.
fn told(pod: &Pod) -> String {
    let mut endpoints = pod.endpoints.clone().unwrap_or_default();
    endpoints.sort_by_key(|endpoint| endpoint.port);
    let pod = Pod {
        observed: Observed::default(),
        endpoints: Some(endpoints),
        cloud_status: pod.cloud_status.to_lowercase(),
        ..pod.clone()
    };
    format!("{pod:#?}")
}

async fn phases(description: &'static Description, quirks: &Value) -> Vec<Option<Phase>> {
    let bench = Bench::with_quirks(description, quirks);
    let id = bench.deletable().await;
    bench.cloud.pods().delete(&id).await.expect("is told to end");
    let mut phases = bench.phases_until(&id, None).await;
    let next = bench.create().await.id;
    phases.extend(bench.phases_until(&next, Some(Phase::Running)).await);
    phases
}
