//! Answers that are not quite what the documents promise: as long as there is an id, nothing is an error.

use gpupod::clouds::{Kind, Phase};
use serde_json::{Value, json};

use super::{
    bench::{Bench, kind},
    fixtures, on_every_cloud,
};

/// The next `times` reads meet an answer with other fields; `null` takes one out.
fn alter_reads(bench: &Bench, times: u32, fields: &Value) {
    bench.order("GET", times, &json!({ "merge_data": fields }));
}

fn odd_values() -> [Value; 7] {
    [
        Value::Null,
        json!(true),
        json!(-1.5),
        json!("\u{0}"),
        json!([]),
        json!([null, [1], {"a": {}}]),
        json!({"id": {"id": []}}),
    ]
}

#[tokio::test]
async fn an_id_is_exact_as_a_number_and_as_text() {
    on_every_cloud(async |bench| {
        for id in ["420522713875330018", "9223372036854775808", "18446744073709551615"] {
            let number: Value = serde_json::from_str(id).expect("a number");
            for shown in [number, json!(id)] {
                bench.order("POST", 1, &json!({"merge_data": {"id": shown}}));
                assert_eq!(bench.create().await.id.as_str(), id, "{shown}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn an_answer_without_an_id_is_unreadable() {
    on_every_cloud(async |bench| {
        let id = bench.create().await.id;
        for shown in [json!(null), json!(""), json!({}), json!(1.5), json!("../other")] {
            let action = json!({"merge_data": {"id": shown}});
            bench.order("POST", 1, &action);
            let made = bench.cloud.create_pod(&bench.least_spec()).await;
            assert_eq!(kind(made), Some(Kind::Unreadable), "{shown}");
            bench.order("GET", 1, &action);
            assert_eq!(kind(bench.cloud.pod(&id).await), Some(Kind::Unreadable), "{shown}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_status_that_nobody_knows_is_kept_as_it_is() {
    on_every_cloud(async |bench| {
        let id = bench.create().await.id;
        alter_reads(bench, 1, &json!({"status": "MELTING"}));
        let pod = bench.pod(&id).await;
        assert_eq!((pod.phase, pod.cloud_status.as_str()), (Phase::Unknown, "MELTING"));
    })
    .await;
}

#[tokio::test]
async fn a_new_field_is_ignored() {
    on_every_cloud(async |bench| {
        let id = bench.running().await;
        let plain = format!("{:?}", bench.pod(&id).await);
        for value in odd_values() {
            alter_reads(bench, 2, &json!({"somethingNew": value}));
            assert_eq!(format!("{:?}", bench.pod(&id).await), plain, "{value}");
            assert_eq!(bench.listed().await, [id.clone()].into(), "{value}");
        }
    })
    .await;
}

/// A null takes the field out.
#[tokio::test]
async fn a_field_that_is_missing_or_of_a_wrong_kind_is_no_error() {
    on_every_cloud(async |bench| {
        let id = bench.running().await;
        for field in fixtures::pod_fields(bench.description.capabilities.name) {
            for value in odd_values() {
                alter_reads(bench, 2, &json!({&field: value}));
                assert_eq!(bench.pod(&id).await.id, id, "{field}: {value}");
                assert_eq!(bench.listed().await, [id.clone()].into(), "{field}: {value}");
            }
        }
    })
    .await;
}
