//! The states that each release wrote, kept under `tests/fixtures/states/`: every later release has to read them.

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use gpupod::{
    clouds::ALL,
    resources::Gpupod,
    server::Server,
    tf::{Attribute, Provider, Schema, Value as State},
    wire::{
        self,
        proto::{RawState, provider_server::Provider as _, upgrade_resource_state},
    },
};
use serde_json::{Value, json};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tonic::Request;

use crate::files;

pub const FOLDER: &str = "tests/fixtures/states";
/// The configurations that a release's states are made from, once.
pub const CONFIGURATIONS: &str = "tests/fixtures/states/configurations";
pub const RELEASE: &str = env!("CARGO_PKG_VERSION");
/// The password in all configurations.
const SECRET: &str = "kept-out-of-the-state";

/// What a release left: a configuration that was applied, the state after it, and the clouds as they were then.
pub struct Fixture {
    /// Its folder.
    pub path: String,
    pub cloud: String,
}

impl Fixture {
    pub fn read(&self, file: &str) -> String {
        files::read(&format!("{}/{file}", self.path))
    }

    fn resources(&self) -> Vec<Resource> {
        let state: Value = serde_json::from_str(&self.read("state.json")).expect("a state is JSON");
        let resources = state["resources"].as_array().expect("a state has resources").iter();
        resources.map(|resource| Resource::of(&self.cloud, resource)).collect()
    }
}

/// The releases that left something, and the folders of what they left.
pub fn fixtures() -> Vec<Fixture> {
    let states = files::below(FOLDER).into_iter();
    let folders = states.filter_map(|path| path.strip_suffix("/state.json").map(str::to_owned));
    folders
        .map(|path| {
            let (_, name) = path.rsplit_once('/').expect("a folder in a folder");
            let (cloud, _) = name.split_once('-').expect("a cloud's name and how much of it");
            Fixture {
                cloud: cloud.to_owned(),
                path,
            }
        })
        .collect()
}

/// One resource of a state.
struct Resource {
    cloud: String,
    type_name: String,
    version: i64,
    attributes: Value,
}

impl Resource {
    fn of(cloud: &str, resource: &Value) -> Self {
        let instance = &resource["instances"][0];
        Self {
            cloud: cloud.to_owned(),
            type_name: resource["type"].as_str().expect("a type").to_owned(),
            version: instance["schema_version"].as_i64().expect("a version"),
            attributes: instance["attributes"].clone(),
        }
    }

    fn schema(&self) -> Schema {
        schemas()
            .remove(&self.type_name)
            .expect("a resource is never taken away")
    }

    /// What the provider makes of the state, with these attributes.
    async fn upgraded(&self, attributes: &Value) -> State {
        let server = Server::new(Gpupod, CancellationToken::new(), TaskTracker::new());
        let raw_state = RawState {
            json: Bytes::from(attributes.to_string()),
            ..Default::default()
        };
        let request = upgrade_resource_state::Request {
            type_name: self.type_name.clone(),
            version: self.version,
            raw_state: Some(raw_state),
        };
        let answer = server.upgrade_resource_state(Request::new(request)).await;
        let answer = answer.expect("an answer").into_inner();
        assert!(answer.diagnostics.is_empty(), "{:?}", answer.diagnostics);
        let state = wire::decode(answer.upgraded_state.as_ref(), self.schema().value_type());
        state.expect("a value of the schema's type")
    }
}

fn resources() -> Vec<Resource> {
    fixtures().iter().flat_map(Fixture::resources).collect()
}

fn schemas() -> BTreeMap<String, Schema> {
    let resources = Gpupod.resources().into_iter();
    resources
        .map(|one| (format!("gpupod_{}", one.name()), one.schema()))
        .collect()
}

/// The value as JSON, as Terraform writes it into a state: sets are compared in any order.
fn to_json(value: &State) -> Value {
    match value {
        State::Null => Value::Null,
        State::Bool(truth) => json!(truth),
        State::Number(number) => serde_json::from_str(&number.to_string()).expect("a number"),
        State::String(text) => json!(text),
        State::List(elements) | State::Set(elements) => elements.iter().map(to_json).collect(),
        State::Map(elements) => elements
            .iter()
            .map(|(name, one)| (name.clone(), to_json(one)))
            .collect(),
        State::Unknown | State::Dynamic(_) => panic!("{value:?} is in no state"),
    }
}

/// JSON in which the order of lists means nothing, since sets are lists there.
fn unordered(value: &Value) -> String {
    match value {
        Value::Array(elements) => {
            let elements: BTreeSet<String> = elements.iter().map(unordered).collect();
            format!("{elements:?}")
        }
        Value::Object(members) => {
            let members: BTreeMap<&String, String> = members.iter().map(|(name, one)| (name, unordered(one))).collect();
            format!("{members:?}")
        }
        // Later releases may have written the same number otherwise.
        Value::Number(number) => gpupod::tf::Number::parse(&number.to_string())
            .expect("a number")
            .to_string(),
        other => other.to_string(),
    }
}

#[tokio::test]
async fn a_state_of_any_release_is_read_as_it_was_written() {
    for resource in resources() {
        let upgraded = to_json(&resource.upgraded(&resource.attributes).await);
        for (name, written) in resource.attributes.as_object().expect("an object") {
            assert_eq!(
                unordered(&upgraded[name]),
                unordered(written),
                "{}.{name}",
                resource.type_name
            );
        }
    }
}

#[tokio::test]
async fn what_has_come_since_is_null_and_what_has_gone_is_dropped() {
    for resource in resources() {
        let names: Vec<&String> = resource.attributes.as_object().expect("an object").keys().collect();
        for name in names {
            let mut attributes = resource.attributes.clone();
            attributes.as_object_mut().expect("an object").remove(name);
            attributes["of_a_later_release"] = json!({"any": ["thing"]});
            let upgraded = to_json(&resource.upgraded(&attributes).await);
            assert_eq!(upgraded[name], Value::Null, "{}.{name}", resource.type_name);
            assert_eq!(upgraded.get("of_a_later_release"), None, "{}", resource.type_name);
        }
    }
}

#[test]
fn this_release_has_a_state_of_every_resource_on_every_cloud_that_has_it() {
    let ours = format!("{FOLDER}/{RELEASE}/");
    let ours: Vec<Fixture> = fixtures()
        .into_iter()
        .filter(|one| one.path.starts_with(&ours))
        .collect();
    assert!(
        !ours.is_empty(),
        "no states of {RELEASE}: `UPDATE=1 cargo test states` writes them"
    );
    let kept = |part: &str| -> BTreeSet<(String, String)> {
        let fixtures = ours.iter().filter(|fixture| fixture.path.ends_with(part));
        let resources = fixtures.flat_map(Fixture::resources);
        resources.map(|one| (one.cloud, one.type_name)).collect()
    };
    let mut wanted = BTreeSet::new();
    for cloud in ALL {
        let has = cloud.capabilities;
        let on_it = [
            ("gpupod_pod", true),
            ("gpupod_volume", has.volume.is_some()),
            ("gpupod_container_registry_auth", has.has.registry_auths),
            ("gpupod_ssh_key", has.has.ssh_keys),
        ];
        assert_eq!(schemas().len(), on_it.len(), "a resource is missing in this test");
        let on_it = on_it.into_iter().filter(|(_, is_there)| *is_there);
        wanted.extend(on_it.map(|(name, _)| (has.name.to_owned(), name.to_owned())));
    }
    assert_eq!(kept("-full"), wanted);
    assert_eq!(kept("-least"), wanted);
}

#[test]
fn every_attribute_of_this_release_is_in_one_of_its_states() {
    let ours = format!("{FOLDER}/{RELEASE}/");
    let ours = fixtures().into_iter().filter(|one| one.path.starts_with(&ours));
    let resources: Vec<Resource> = ours.flat_map(|one| one.resources()).collect();
    let mut missing = Vec::new();
    for (type_name, schema) in schemas() {
        let of_type = resources.iter().filter(|one| one.type_name == type_name);
        let states: Vec<&Value> = of_type.map(|one| &one.attributes).collect();
        collect_missing(&type_name, &schema.attributes, &states, &mut missing);
    }
    assert_eq!(missing, [""; 0]);
}

fn collect_missing(place: &str, attributes: &[Attribute], states: &[&Value], missing: &mut Vec<String>) {
    for attribute in attributes.iter().filter(|attribute| !attribute.spec.write_only) {
        let place = format!("{place}.{}", attribute.name);
        let values = states.iter().map(|state| &state[attribute.name]);
        let values: Vec<&Value> = values
            .flat_map(|value| {
                value
                    .as_array()
                    .map_or(vec![value], |elements| elements.iter().collect())
            })
            .filter(|value| !value.is_null())
            .collect();
        match values.is_empty() {
            true => missing.push(place),
            false => collect_missing(&place, attribute.nested(), &values, missing),
        }
    }
}

#[test]
fn no_state_holds_a_secret() {
    for fixture in fixtures() {
        assert!(
            fixture.read("main.tf").contains(SECRET) || !fixture.path.ends_with("-full"),
            "{}",
            fixture.path
        );
        assert!(!fixture.read("state.json").contains(SECRET), "{}", fixture.path);
    }
}
