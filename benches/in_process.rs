//! What the provider does for each pod, without Terraform or a cloud: the calls of a no-op plan on a pod with all
//! attributes, the values and schemas that travel, and the reading of a cloud's list, which includes one connection.
//!
//! `cargo bench --bench in_process`.

#![allow(
    clippy::expect_used,
    reason = "a benchmark that cannot go on has nothing better to do"
)]

use std::{
    hint::black_box,
    io::{self, BufRead, BufReader, Write},
    net::TcpListener,
    thread,
};

use bytes::Bytes;
use criterion::{Criterion, criterion_group, criterion_main};
use gpupod::{
    clouds::{self, Account, ConnectSettings, Secret, Settings},
    resources::Gpupod,
    server::Server,
    tf::{Attribute, Model, Object, Provider, Schema, Value},
    wire::{
        self,
        proto::{
            self, DynamicValue, RawState, configure_provider, get_provider_schema, plan_resource_change,
            provider_server::Provider as _, upgrade_resource_state, validate_resource_config,
        },
    },
};
use tokio::runtime::{self, Runtime};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tonic::{Request, Response, Status};

const POD: &str = "gpupod_pod";
/// A pod with all that Yotta has, as this release's Terraform wrote it.
const STATE: &str = include_str!("../tests/fixtures/states/0.1.0/yotta-full/state.json");
const CLIENT: proto::ClientCapabilities = proto::ClientCapabilities {
    deferral_allowed: false,
    write_only_attributes_allowed: true,
    store_planned_private: false,
    computed_blocks_allowed: false,
};

fn calls(criterion: &mut Criterion) {
    let runtime = runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let mut group = criterion.benchmark_group("call");
    group.bench_function("GetProviderSchema, the first", |bencher| {
        bencher.iter(|| {
            let request = Request::new(get_provider_schema::Request {});
            answer(&runtime, new_server().get_provider_schema(request))
        });
    });
    let pod = Pod::new(&runtime);
    // Read once, so that the requests are not measured with what makes them.
    let from_state = upgrade();
    group.bench_function("UpgradeResourceState", |bencher| {
        bencher.iter(|| {
            answer(
                &runtime,
                pod.server.upgrade_resource_state(Request::new(from_state.clone())),
            )
        });
    });
    group.bench_function("ValidateResourceConfig", |bencher| {
        bencher.iter(|| {
            let request = validate_resource_config::Request {
                type_name: POD.to_owned(),
                config: Some(pod.config.clone()),
                client_capabilities: Some(CLIENT),
            };
            let answer = answer(&runtime, pod.server.validate_resource_config(Request::new(request)));
            assert!(answer.diagnostics.is_empty(), "{:?}", answer.diagnostics);
        });
    });
    group.bench_function("PlanResourceChange, no change", |bencher| {
        bencher.iter(|| {
            let request = plan_resource_change::Request {
                type_name: POD.to_owned(),
                prior_state: Some(pod.state.clone()),
                proposed_new_state: Some(pod.state.clone()),
                config: Some(pod.config.clone()),
                client_capabilities: Some(CLIENT),
                ..Default::default()
            };
            let answer = answer(&runtime, pod.server.plan_resource_change(Request::new(request)));
            assert!(answer.diagnostics.is_empty(), "{:?}", answer.diagnostics);
            assert_eq!(answer.planned_state.as_ref(), Some(&pod.state));
        });
    });
    group.finish();
}

fn values(criterion: &mut Criterion) {
    let schema = pod_schema();
    let runtime = runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let encoded = Pod::new(&runtime).state;
    let value = wire::decode(Some(&encoded), schema.value_type()).expect("a value of the schema's type");
    let mut group = criterion.benchmark_group("value");
    group.bench_function("decode a pod", |bencher| {
        bencher.iter(|| wire::decode(black_box(Some(&encoded)), schema.value_type()));
    });
    group.bench_function("encode a pod", |bencher| {
        bencher.iter(|| wire::encode(black_box(&value), schema.value_type()));
    });
    group.finish();
}

/// Each cloud's pod as its documents show it, as often as a page may hold it and yet be the last.
fn lists(criterion: &mut Criterion) {
    const PODS: usize = 99;
    let runtime = runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let yotta: serde_json::Value =
        serde_json::from_str(include_str!("../tests/fixtures/yotta/pod-running.json")).expect("a body");
    let others = [
        include_str!("../tests/fixtures/prime_intellect/pod-running.json"),
        include_str!("../tests/fixtures/cpod/pod-running.json"),
    ];
    let [prime, cpod] = others.map(|body| serde_json::from_str(body).expect("a body"));
    let mut group = criterion.benchmark_group("a list of 99 pods");
    for (cloud, pod) in [
        ("yotta", yotta["data"].clone()),
        ("prime_intellect", prime),
        ("cpod", cpod),
    ] {
        let pods = (0..PODS).map(|id| {
            let mut pod = pod.clone();
            pod["id"] = id.to_string().into();
            pod
        });
        let pods = serde_json::Value::Array(pods.collect());
        let settings = ConnectSettings {
            http: Settings::default(),
            base_url: Some(serve(format!(r#"{{"code":10000,"data":{pods},"total_count":{PODS}}}"#))),
            key: Secret::new("none"),
            account: Account::default(),
        };
        let connected = clouds::connect(cloud, settings).expect("a good address");
        group.bench_function(cloud, |bencher| {
            bencher.iter(|| {
                let pods = runtime.block_on(connected.pods().list()).expect("a list");
                assert_eq!(pods.len(), PODS);
                pods
            });
        });
    }
    group.finish();
}

/// The address of a server that gives every request this answer.
fn serve(body: String) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length";
    let answer = format!("{head}: {}\r\n\r\n{body}", body.len());
    thread::spawn(move || -> io::Result<()> {
        for connection in listener.incoming() {
            let mut connection = BufReader::new(connection?);
            let mut line = String::new();
            // A request without a body ends with an empty line, and the connection with none.
            while connection.read_line(&mut line)? > 0 {
                if line == "\r\n" {
                    connection.get_mut().write_all(answer.as_bytes())?;
                }
                line.clear();
            }
        }
        Ok(())
    });
    format!("http://{address}")
}

/// A configured provider, with a pod in its state.
struct Pod {
    server: Server<Gpupod>,
    state: DynamicValue,
    config: DynamicValue,
}

impl Pod {
    fn new(runtime: &Runtime) -> Self {
        let server = new_server();
        let config = provider_config();
        let request = configure_provider::Request {
            terraform_version: "1.11.4".to_owned(),
            config: Some(config),
            client_capabilities: Some(CLIENT),
        };
        let configured = answer(runtime, server.configure_provider(Request::new(request)));
        assert!(configured.diagnostics.is_empty(), "{:?}", configured.diagnostics);
        let upgraded = answer(runtime, server.upgrade_resource_state(Request::new(upgrade())));
        let state = upgraded.upgraded_state.expect("a state");
        let schema = pod_schema();
        let value = wire::decode(Some(&state), schema.value_type()).expect("a value of the schema's type");
        let config = without_computed(&value, &schema.attributes);
        let config = wire::encode(&config, schema.value_type()).expect("a value of the schema's type");
        Self { server, state, config }
    }
}

fn new_server() -> Server<Gpupod> {
    Server::new(Gpupod, CancellationToken::new(), TaskTracker::new())
}

fn answer<A>(runtime: &Runtime, call: impl Future<Output = Result<Response<A>, Status>>) -> A {
    runtime.block_on(call).expect("an answer").into_inner()
}

/// Nothing is sent, so that any key does.
fn provider_config() -> DynamicValue {
    let schema = <Gpupod as Provider>::Config::schema(0);
    let nulls = schema.attributes.iter().map(|one| (one.name.into(), Value::Null));
    let mut config: Object = nulls.collect();
    config.insert("cloud".into(), "yotta".into());
    let yotta = schema.attribute("yotta").expect("a block of the cloud");
    let block = yotta.nested().iter().map(|one| match one.name {
        "api_key" => (one.name, "none".into()),
        name => (name, Value::Null),
    });
    config.insert("yotta".into(), Value::map(block));
    wire::encode(&Value::Map(config), schema.value_type()).expect("a value of the schema's type")
}

fn pod_schema() -> Schema {
    let resources = Gpupod.resources().into_iter();
    let mut pods = resources.filter(|one| one.name() == "pod");
    pods.next().expect("a resource for pods").schema()
}

/// The pod's attributes as Terraform sends them out of its state.
fn upgrade() -> upgrade_resource_state::Request {
    let state: serde_json::Value = serde_json::from_str(STATE).expect("a state is JSON");
    let resources = state["resources"].as_array().expect("a state has resources");
    let pod = resources.iter().find(|one| one["type"] == POD);
    let instance = &pod.expect("a state with a pod")["instances"][0];
    let raw_state = RawState {
        json: Bytes::from(instance["attributes"].to_string()),
        ..Default::default()
    };
    upgrade_resource_state::Request {
        type_name: POD.to_owned(),
        version: instance["schema_version"].as_i64().expect("a version"),
        raw_state: Some(raw_state),
    }
}

/// The configuration of which the state would come.
fn without_computed(value: &Value, attributes: &[Attribute]) -> Value {
    let Value::Map(object) = value else {
        return value.clone();
    };
    let kept = attributes.iter().map(|attribute| {
        let value = match (attribute.spec.mode.is_configurable(), object.get(attribute.name)) {
            (true, Some(Value::List(elements))) if !attribute.nested().is_empty() => {
                let elements = elements.iter().map(|one| without_computed(one, attribute.nested()));
                Value::List(elements.collect())
            }
            (true, Some(value)) if !attribute.nested().is_empty() => without_computed(value, attribute.nested()),
            (true, Some(value)) => value.clone(),
            _ => Value::Null,
        };
        (attribute.name, value)
    });
    Value::map(kept)
}

criterion_group!(benches, calls, values, lists);
criterion_main!(benches);
