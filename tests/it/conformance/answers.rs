//! Answers that are not quite what the documents promise: as long as there is an id, nothing is an error.

use gpupod::clouds::{Kind, Phase};
use serde_json::{Value, json};

use super::{
    bench::{Bench, kind},
    fixtures, on_every_cloud,
    things::{Thing, volume_id},
    with_every_thing,
};

/// How a thing is read, one by one and in the list, if its cloud shows other fields.
pub async fn read_with(bench: &Bench, thing: Thing, id: &str, fields: &Value) -> String {
    match thing {
        Thing::Volume => bench.befall_volume(&volume_id(id), json!({ "set": fields })),
        Thing::Pod | Thing::RegistryAuth | Thing::SshKey => bench.order("GET", 2, &json!({ "merge_data": fields })),
    }
    let read = thing.read(&*bench.cloud, id).await.expect("is read");
    let listed = thing.list(&*bench.cloud).await.expect("are listed");
    assert!(listed.keys().eq([id]), "{thing:?}: {fields}");
    read.expect("is there")
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
    with_every_thing(async |bench, thing| {
        for id in ["420522713875330018", "9223372036854775808", "18446744073709551615"] {
            let number: Value = serde_json::from_str(id).expect("a number");
            for shown in [number, json!(id)] {
                bench.order("POST", 1, &json!({"merge_data": {"id": shown}}));
                let made = thing.create(&*bench.cloud).await;
                assert_eq!(made.expect("is made"), id, "{shown}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn an_answer_without_an_id_is_unreadable() {
    with_every_thing(async |bench, thing| {
        let cloud = &*bench.cloud;
        let id = thing.create(cloud).await.expect("is made");
        for shown in [json!(null), json!(""), json!({}), json!(1.5), json!("../other")] {
            let action = json!({"merge_data": {"id": shown}});
            bench.order("POST", 1, &action);
            assert_eq!(kind(thing.create(cloud).await), Some(Kind::Unreadable), "{shown}");
            bench.order("GET", 1, &action);
            assert_eq!(kind(thing.read(cloud, &id).await), Some(Kind::Unreadable), "{shown}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_status_that_nobody_knows_is_kept_as_it_is() {
    on_every_cloud(async |bench| {
        let id = bench.create().await.id;
        bench.order("GET", 1, &json!({"merge_data": {"status": "MELTING"}}));
        let pod = bench.pod(&id).await;
        assert_eq!((pod.phase, pod.cloud_status.as_str()), (Phase::Unknown, "MELTING"));
    })
    .await;
}

#[tokio::test]
async fn a_new_field_is_ignored() {
    with_every_thing(async |bench, thing| {
        let id = thing.deletable(bench).await;
        let plain = read_with(bench, thing, &id, &json!({})).await;
        for value in odd_values() {
            let seen = read_with(bench, thing, &id, &json!({"somethingNew": value})).await;
            assert_eq!(seen, plain, "{value}");
        }
    })
    .await;
}

/// A null takes the field out.
#[tokio::test]
async fn a_field_that_is_missing_or_of_a_wrong_kind_is_no_error() {
    with_every_thing(async |bench, thing| {
        let id = thing.deletable(bench).await;
        for field in fixtures::fields(bench.description.capabilities.name, thing) {
            for value in odd_values() {
                read_with(bench, thing, &id, &json!({&field: value})).await;
            }
        }
    })
    .await;
}
