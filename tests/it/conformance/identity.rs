//! Identity check: a response about another object is unreadable, whatever the call.

use gpupod::clouds::{GiB, Kind, LogQuery, Name, Resize};
use serde_json::{Value, json};

use super::{
    bench::{Bench, kind},
    on_every_cloud,
    things::{Thing, pod_id, registry_auth_id, ssh_key_id, volume_id},
    with_every_thing,
};

/// Fit for every cloud, and nobody's.
const OTHER: &str = "420522713875330099";

/// The next answer is about something else, in the ways that a cloud has to write an id.
fn other_ids() -> [Value; 2] {
    [json!(OTHER), json!(420_522_713_875_330_099_u64)]
}

fn about(id: Value) -> Value {
    json!({"merge_data": {"id": id}})
}

#[tokio::test]
async fn what_is_read_is_what_was_asked_for() {
    with_every_thing(async |bench, thing| {
        let cloud = &*bench.cloud;
        let id = thing.create(cloud).await.expect("is made");
        // Where a thing is only found in a list, an answer about another one lacks it.
        let expected = match thing {
            Thing::SshKey => Kind::NotFound,
            Thing::Pod | Thing::Volume | Thing::RegistryAuth => Kind::Unreadable,
        };
        for other in other_ids() {
            bench.order("GET", 1, &about(other));
            assert_eq!(kind(thing.look(cloud, &id).await), Some(expected), "{thing:?}");
        }
        assert!(thing.look(cloud, &id).await.expect("is read").is_some());
    })
    .await;
}

#[tokio::test]
async fn another_thing_of_the_kind_is_not_the_one_that_was_asked_for() {
    with_every_thing(async |bench, thing| {
        let cloud = &*bench.cloud;
        let (id, other) = (
            thing.create(cloud).await.expect("is made"),
            thing.create(cloud).await.expect("is made"),
        );
        bench.simulator.clear_requests();
        thing.look(cloud, &other).await.expect("is read");
        let path = bench.simulator.requests()[0].path.clone();
        if thing != Thing::SshKey {
            bench.order("GET", 1, &json!({ "answer_of": path }));
            let error = thing.look(cloud, &id).await.expect_err("is another");
            assert_eq!(error.kind, Kind::Unreadable);
            let message = format!("{id:?} was asked for, and the answer is about {other:?}");
            assert_eq!(error.message, message);
        }
    })
    .await;
}

#[tokio::test]
async fn an_order_that_is_answered_about_another_thing_is_not_known_to_be_followed() {
    with_every_thing(async |bench, thing| {
        let cloud = &*bench.cloud;
        for other in other_ids() {
            let id = thing.deletable(bench).await;
            let answer = || answer_about(bench, &other);
            if thing == Thing::Volume {
                let name = Name::new("new").expect("a name");
                let volumes = cloud.volumes().expect("the cloud has volumes");
                answer();
                let renamed = volumes.rename(&volume_id(&id), &name).await;
                assert_eq!(kind(renamed), Some(Kind::Unreadable));
                if grows(bench) {
                    answer();
                    let size = GiB::new(200).expect("a size");
                    let grown = volumes.grow(&volume_id(&id), size).await;
                    assert_eq!(kind(grown), Some(Kind::Unreadable));
                }
            }
            if thing == Thing::SshKey {
                let keys = cloud.ssh_keys().expect("the cloud keeps keys");
                answer();
                let made = keys.make_primary(&ssh_key_id(&id)).await;
                assert_eq!(kind(made), Some(Kind::Unreadable));
            }
            if thing == Thing::RegistryAuth {
                let auths = cloud.registry_auths().expect("the cloud keeps credentials");
                let spec = super::things::registry_auth_spec(bench.description.capabilities);
                answer();
                let changed = auths.update(&registry_auth_id(&id), &spec).await;
                assert_eq!(kind(changed), Some(Kind::Unreadable));
            }
            answer();
            assert_eq!(
                kind(thing.order_end(cloud, &id).await),
                Some(Kind::Unreadable),
                "{thing:?}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn a_pod_that_is_stopped_or_started_is_the_one_that_was_meant() {
    on_every_cloud(async |bench| {
        if bench.can_stop() {
            let id = bench.running().await;
            for other in other_ids() {
                answer_about(bench, &other);
                assert_eq!(kind(bench.cloud.pods().stop(&id).await), Some(Kind::Unreadable));
                answer_about(bench, &other);
                assert_eq!(kind(bench.cloud.pods().start(&id).await), Some(Kind::Unreadable));
            }
        }
    })
    .await;
}

#[tokio::test]
async fn what_a_pod_tells_is_its_own() {
    on_every_cloud(async |bench| {
        let id = bench.running().await;
        let other = json!({"merge_data": {"id": OTHER, "podId": OTHER}});
        if let Some(logs) = bench.cloud.logs() {
            let query = LogQuery {
                kind: None,
                limit: 1,
                keyword: None,
                start: None,
                end: None,
            };
            bench.simulator.quirks(json!({"log_as_object": true})).expect("a quirk");
            bench.order("GET", 1, &other);
            assert_eq!(kind(logs.pod_logs(&id, &query).await), Some(Kind::Unreadable));
        }
        if let Some(runtimes) = bench.cloud.runtimes() {
            bench.order("GET", 1, &other);
            assert_eq!(kind(runtimes.pod_runtime(&id).await), Some(Kind::Unreadable));
        }
        assert!(
            bench
                .cloud
                .pods()
                .get(&pod_id(id.as_str()))
                .await
                .expect("is read")
                .is_some()
        );
    })
    .await;
}

fn grows(bench: &Bench) -> bool {
    let volume = bench.description.capabilities.volume;
    volume.is_some_and(|volume| volume.resize == Resize::GrowsInPlace)
}

/// The next request is answered with an id, in every envelope that there is.
fn answer_about(bench: &Bench, id: &Value) {
    let body = json!({"code": 10000, "message": "success", "data": {"id": id}, "id": id});
    let fault = json!({"path": "*", "action": {"respond": {"status": 200, "body": body}}});
    bench.simulator.order(fault).expect("a fault");
}
