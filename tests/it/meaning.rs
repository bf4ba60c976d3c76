//! Semantic equality over every attribute that a resource declares: another spelling of the same value plans no
//! replacement, is applied without a call, and is settled after that.
//!
//! The spellings come from the declarations. Where one says something special about an attribute, such as the form of its
//! text, [`spellings`] has an example of it, and the test fails for an attribute that has none.

use gpupod::{
    resources::Gpupod,
    server::Server,
    tf::{Attribute, Nesting, Provider, Schema, Shape, Type, Value},
    wire::{
        self,
        proto::{self, DynamicValue, provider_server::Provider as Rpcs},
    },
};
use serde_json::{Value as Json, json};
use tonic::Request;

use crate::{
    protocol::core::proposed,
    tables::{self, typed},
};

/// Two spellings of a value, by the attribute with dots to those within; within a list, of its first element.
fn spellings() -> Vec<(&'static str, &'static str, Json, Json)> {
    let key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJk9yRkVhQk8d3rWm0s2nYxN5o6vQZb1cHfT7uLpEaGd";
    let key_of = |comment: &str| json!(format!("{key}{comment}"));
    vec![
        ("pod", "name", json!("trainer"), json!("trainer\n")),
        (
            "pod",
            "image",
            json!("debian"),
            json!("docker.io/library/debian:latest"),
        ),
        ("pod", "gpu_type", json!("NVIDIA_H100"), json!("nvidia_h100")),
        ("pod", "resource_type", json!("GPU"), json!("gpu")),
        ("pod", "image_registry", json!("ghcr.io"), json!("GHCR.io")),
        ("pod", "image_public_type", json!("PUBLIC"), json!("public")),
        ("pod", "container_registry_auth_id", json!("7"), json!("7\n")),
        (
            "pod",
            "callback_url",
            json!("https://a.example"),
            json!("https://a.example/"),
        ),
        (
            "pod",
            "expose",
            json!([{"port": 1, "protocol": "HTTP"}, {"port": 2, "protocol": "TCP"}]),
            json!([{"port": 2, "protocol": "TCP"}, {"port": 1}]),
        ),
        (
            "pod",
            "expose.protocol",
            json!([{"port": 1, "protocol": "TCP"}]),
            json!([{"port": 1, "protocol": "tcp"}]),
        ),
        (
            "pod",
            "volumes",
            json!([{"id": "1", "mount_path": "/a"}, {"id": "2", "mount_path": "/b"}]),
            json!([{"id": "2", "mount_path": "/b"}, {"id": "1", "mount_path": "/a"}]),
        ),
        (
            "pod",
            "volumes.mount_path",
            json!([{"id": "1", "mount_path": "/a"}]),
            json!([{"id": "1", "mount_path": "/a/"}]),
        ),
        ("pod", "prime_intellect.cloud_id", json!("NC24"), json!("nc24")),
        ("pod", "prime_intellect.provider", json!("runpod"), json!("RunPod")),
        ("pod", "prime_intellect.socket", json!("PCIe"), json!("PCIE")),
        ("pod", "prime_intellect.data_center_id", json!("EU-1"), json!("eu-1")),
        ("pod", "prime_intellect.country", json!("US"), json!("us")),
        (
            "pod",
            "prime_intellect.security",
            json!("secure_cloud"),
            json!("SECURE_CLOUD"),
        ),
        ("pod", "cpod.cpu", json!("1000m"), json!("1")),
        ("pod", "cpod.memory", json!("2Gi"), json!("2048Mi")),
        ("pod", "timeouts.create", json!("90s"), json!("1m30s")),
        ("pod", "timeouts.update", json!("90s"), json!("1m30s")),
        ("pod", "timeouts.delete", json!("90s"), json!("1m30s")),
        ("volume", "name", json!("data"), json!(" data")),
        ("volume", "prime_intellect.provider", json!("runpod"), json!("RunPod")),
        ("volume", "prime_intellect.cloud_id", json!("NC24"), json!("nc24")),
        ("volume", "prime_intellect.data_center_id", json!("EU-1"), json!("eu-1")),
        ("volume", "prime_intellect.country", json!("US"), json!("us")),
        ("volume", "timeouts.create", json!("90s"), json!("1m30s")),
        ("volume", "timeouts.update", json!("90s"), json!("1m30s")),
        ("volume", "timeouts.delete", json!("90s"), json!("1m30s")),
        ("ssh_key", "name", json!("laptop"), json!("laptop ")),
        ("ssh_key", "public_key", key_of(" me@example.com"), key_of("\r\n")),
        ("container_registry_auth", "name", json!("team"), json!("team\n")),
        (
            "container_registry_auth",
            "timeouts.delete",
            json!("90s"),
            json!("1m30s"),
        ),
    ]
}

/// What else a resource of this name has, so that it can be planned.
fn base(resource: &str, cloud: &str) -> Json {
    let computed = json!({"cloud": cloud, "id": "42"});
    let own = match (resource, cloud) {
        ("pod", "cpod") => json!({"name": "a", "image": "b", "cpod": {"workspace_id": "ws"}}),
        // Any other image takes no template.
        ("pod", "prime_intellect") => {
            json!({"name": "a", "image": "custom_template", "gpu_type": "G", "gpu_count": 1})
        }
        ("pod", _) => json!({"name": "a", "image": "b", "gpu_type": "G", "gpu_count": 1}),
        ("volume", "yotta") => json!({"name": "a", "storage_type": "R2"}),
        ("volume", _) => json!({"name": "a", "size_in_gb": 5, "prime_intellect": {"provider": "p"}}),
        ("ssh_key", _) => json!({"name": "a", "public_key": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA"}),
        _ => json!({"name": "team", "username": "u"}),
    };
    merged(computed, own)
}

/// The cloud on which an attribute can be set to something.
fn cloud_of(resource: &str, attribute: &str) -> &'static str {
    match (resource, attribute.split('.').next().unwrap_or_default()) {
        ("ssh_key", _) | (_, "prime_intellect") => "prime_intellect",
        (_, "cpod") => "cpod",
        _ => "yotta",
    }
}

fn merged(mut one: Json, other: Json) -> Json {
    if let (Json::Object(one), Json::Object(other)) = (&mut one, other) {
        one.extend(other);
    }
    one
}

/// Two values of an attribute that mean the same.
type Pair = (String, Json, Json);

/// The spellings that its declaration gives an attribute.
fn declared(resource: &str, attribute: &Attribute) -> Vec<Pair> {
    let spec = &attribute.spec;
    let mut pairs = Vec::new();
    if !spec.mode.is_configurable() {
        return pairs;
    }
    let mut pair = |what: &str, one: Json, other: Json| pairs.push((format!("{}: {what}", attribute.name), one, other));
    let is_optional = spec.mode.is_optional();
    match &attribute.shape {
        Shape::Plain(Type::String) if is_optional => pair("empty", Json::Null, json!("")),
        Shape::Plain(Type::List(_) | Type::Set(_)) | Shape::Nested(Nesting::List | Nesting::Set, _) if is_optional => {
            pair("empty", Json::Null, json!([]));
        }
        Shape::Plain(Type::Map(_)) if is_optional => {
            pair("empty", Json::Null, json!({}));
            pair("an entry of null", Json::Null, json!({"A": null}));
            if !spec.write_only {
                pair(
                    "an entry of null beside others",
                    json!({"A": "1"}),
                    json!({"A": "1", "B": null}),
                );
                pair("line ends", json!({"A": "x\ny"}), json!({"A": "x\r\ny\r\n"}));
                pair(
                    "JSON",
                    json!({"A": "{\"x\":1,\"y\":[]}"}),
                    json!({"A": "{ \"y\": [], \"x\": 1.0 }"}),
                );
            }
        }
        Shape::Nested(Nesting::Single, nested)
            if is_optional && nested.iter().all(|one| !one.spec.mode.is_required()) =>
        {
            pair("empty", Json::Null, json!({}));
            let blank = nested.iter().map(|one| (one.name.to_owned(), blank(one)));
            pair("nothing but defaults", Json::Null, Json::Object(blank.collect()));
        }
        _ => {}
    }
    let is_free = spec.validators.is_empty() && spec.normalizer.is_none() && attribute.name != "cloud";
    if matches!(attribute.shape, Shape::Plain(Type::String)) && is_free && !spec.write_only {
        pair("line ends", json!("x\ny"), json!("x\r\ny\r\n"));
    }
    if let Some(default) = spec.default.as_ref().or(spec.implied.as_ref()) {
        pair("what goes without saying", Json::Null, plain(default));
    }
    let own = spellings()
        .into_iter()
        .filter(|(of, name, ..)| *of == resource && *name == attribute.name);
    pairs.extend(own.map(|(_, name, one, other)| (name.to_owned(), one, other)));
    pairs
}

/// A value of an attribute within an object that says nothing.
fn blank(attribute: &Attribute) -> Json {
    match (&attribute.spec.default, &attribute.spec.implied, &attribute.shape) {
        (Some(value), _, _) | (_, Some(value), _) => plain(value),
        (_, _, Shape::Plain(Type::String)) => json!(""),
        (_, _, Shape::Plain(Type::Map(_))) => json!({"A": null}),
        (_, _, Shape::Plain(Type::List(_) | Type::Set(_))) => json!([]),
        _ => Json::Null,
    }
}

fn plain(value: &Value) -> Json {
    match value {
        Value::Bool(truth) => json!(truth),
        Value::Number(number) => serde_json::from_str(&number.to_string()).expect("a number"),
        Value::String(text) => json!(text),
        _ => Json::Null,
    }
}

fn encode(value: &Value, schema: &Schema) -> DynamicValue {
    wire::encode(value, schema.value_type()).expect("of the schema's type")
}

/// One resource, whose state is changed to a configuration.
struct Subject<'a> {
    server: &'a Server<Gpupod>,
    type_name: String,
    schema: &'a Schema,
}

impl Subject<'_> {
    /// The planned state.
    async fn plan(&self, what: &str, prior: &Value, config: &Value) -> DynamicValue {
        let request = proto::plan_resource_change::Request {
            type_name: self.type_name.clone(),
            prior_state: Some(encode(prior, self.schema)),
            proposed_new_state: Some(encode(
                &proposed::new_state(&self.schema.attributes, prior, config),
                self.schema,
            )),
            config: Some(encode(config, self.schema)),
            ..Default::default()
        };
        let planned = self.server.plan_resource_change(Request::new(request)).await;
        let planned = planned.expect("an answer").into_inner();
        assert!(planned.diagnostics.is_empty(), "{what}: {:?}", planned.diagnostics);
        assert!(
            planned.requires_replace.is_empty(),
            "{what}: {:?}",
            planned.requires_replace
        );
        planned.planned_state.expect("a plan")
    }

    async fn apply(&self, what: &str, prior: &Value, planned: DynamicValue, config: &Value) -> Value {
        let request = proto::apply_resource_change::Request {
            type_name: self.type_name.clone(),
            prior_state: Some(encode(prior, self.schema)),
            planned_state: Some(planned),
            config: Some(encode(config, self.schema)),
            ..Default::default()
        };
        let applied = self.server.apply_resource_change(Request::new(request)).await;
        let applied = applied.expect("an answer").into_inner();
        assert!(applied.diagnostics.is_empty(), "{what}: {:?}", applied.diagnostics);
        wire::decode(applied.new_state.as_ref(), self.schema.value_type()).expect("a state")
    }
}

#[tokio::test]
async fn another_spelling_replaces_nothing_and_is_settled_at_once() {
    let server = tables::provider().await;
    for resource in Gpupod.resources() {
        let (name, schema) = (resource.name(), resource.schema());
        let subject = Subject {
            server: &server,
            type_name: format!("gpupod_{name}"),
            schema: &schema,
        };
        for attribute in &schema.attributes {
            let mut pairs = declared(name, attribute);
            for nested in attribute.nested() {
                let is_single = matches!(attribute.shape, Shape::Nested(Nesting::Single, _));
                let of_nested = declared(name, nested)
                    .into_iter()
                    .filter(|_| is_single && attribute.spec.mode.is_configurable());
                let within = |value: Json| merged(needed(name, attribute), json!({ nested.name: value }));
                pairs.extend(of_nested.map(|(what, one, other)| (what, within(one), within(other))));
                let path = format!("{}.{}", attribute.name, nested.name);
                let own = spellings()
                    .into_iter()
                    .filter(|(of, name_of, ..)| *of == name && *name_of == path);
                pairs.extend(own.map(|(_, path, one, other)| match is_single {
                    true => (path.to_owned(), within(one), within(other)),
                    false => (path.to_owned(), one, other),
                }));
            }
            for (what, one, other) in pairs {
                for (before, after) in [(&one, &other), (&other, &one)] {
                    check(&subject, name, attribute, &what, before, after).await;
                }
            }
        }
    }
}

/// What an object must have.
fn needed(resource: &str, attribute: &Attribute) -> Json {
    match (resource, attribute.name) {
        ("volume", "prime_intellect") => json!({"provider": "p"}),
        _ => json!({}),
    }
}

async fn check(subject: &Subject<'_>, name: &str, attribute: &Attribute, what: &str, before: &Json, after: &Json) {
    let cloud = cloud_of(name, attribute.name);
    let what = format!("{name}.{what}: {before} becomes {after}");
    let value_type = subject.schema.value_type();
    // A state always tells the cloud.
    let of = |value: &Json| merged(base(name, cloud), json!({ attribute.name: value }));
    let prior = match attribute.name {
        "cloud" => base(name, cloud),
        _ => without_write_only(of(before), attribute),
    };
    let prior = typed(&prior, value_type);
    let mut config = of(after);
    config["id"] = Json::Null;
    let config = typed(&config, value_type);
    let planned = subject.plan(&what, &prior, &config).await;
    let state = subject.apply(&what, &prior, planned, &config).await;
    let again = subject.plan(&what, &state, &config).await;
    let again = wire::decode(Some(&again), value_type).expect("a plan");
    assert_eq!(again, state, "{what}: the second plan is empty");
}

fn without_write_only(mut object: Json, attribute: &Attribute) -> Json {
    if attribute.spec.write_only {
        object[attribute.name] = Json::Null;
    }
    for nested in attribute.nested().iter().filter(|one| one.spec.write_only) {
        if object[attribute.name].is_object() {
            object[attribute.name][nested.name] = Json::Null;
        }
    }
    object
}

#[test]
fn each_special_form_has_an_example() {
    for resource in Gpupod.resources() {
        let schema = resource.schema();
        let outer = schema.attributes.iter().map(|one| (one.name.to_owned(), one));
        let inner = schema.attributes.iter().flat_map(|one| {
            let nested = one.nested().iter().filter(|_| one.spec.mode.is_configurable());
            nested.map(move |nested| (format!("{}.{}", one.name, nested.name), nested))
        });
        for (path, attribute) in outer.chain(inner) {
            let spec = &attribute.spec;
            let is_special = spec.normalizer.is_some() || spec.ignores_case || spec.ignores_order;
            let has_example = spellings()
                .iter()
                .any(|(of, name, ..)| *of == resource.name() && *name == path);
            assert!(!is_special || has_example, "{}.{path} has no example", resource.name());
        }
    }
}
