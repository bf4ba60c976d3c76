//! The RPCs as a client asks for them, by a path and in bytes: each path of the protocol leads to its own RPC or to
//! none, and what is wrong with a request is said as gRPC says it.

use std::path::Path;

use bytes::{BufMut, Bytes};
use gpupod::{
    server::{self, Server},
    tf::{AnyDataSource, AnyResource, Diagnostics, Function, Model, Provider},
    wire::proto::{
        self, DynamicValue, RawState, call_function, configure_provider, import_resource_state,
        provider_client::ProviderClient,
        provider_server::{Provider as _, SERVICE_NAME},
        read_resource, upgrade_resource_state, validate_provider_config,
    },
};
use http_body_util::{BodyExt, Full};
use prost::Message;
use tokio::sync::watch;
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tonic::{
    Code, Request, Status,
    body::Body,
    codegen::{
        Service,
        http::{self, HeaderMap},
    },
    service::Routes,
};

use super::{
    core::{answer, encode},
    toy::{Toy, ToyModel},
    values::object,
};

fn toy() -> Toy {
    Toy {
        workshop: Default::default(),
    }
}

fn routes(provider: impl Provider) -> Routes {
    server::routes(provider, watch::channel(CancellationToken::new()).1, TaskTracker::new())
}

/// What a provider that nobody has asked anything yet answers to these bytes.
async fn ask(path: &str, message: &[u8]) -> Result<Bytes, Status> {
    let mut framed = vec![0];
    framed.put_u32(u32::try_from(message.len()).unwrap());
    framed.put_slice(message);
    let request = http::Request::post(path)
        .header("content-type", "application/grpc")
        .body(Body::new(Full::from(framed)))
        .unwrap();
    let response = routes(toy()).call(request).await.unwrap();
    assert_eq!(response.headers()["content-type"], "application/grpc");
    succeeded(response.headers())?;
    let body = response.into_body().collect().await.unwrap();
    succeeded(body.trailers().unwrap())?;
    Ok(body.to_bytes().slice(5..))
}

fn succeeded(headers: &HeaderMap) -> Result<(), Status> {
    match Status::from_header_map(headers) {
        Some(status) if status.code() != Code::Ok => Err(status),
        _ => Ok(()),
    }
}

fn rpcs_of_the_protocol() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("proto");
    let descriptors = protox::compile(["tfplugin6.proto"], [folder]).unwrap();
    let services = descriptors.file.into_iter().flat_map(|file| file.service);
    let rpcs = services.flat_map(|service| service.method);
    rpcs.map(|rpc| rpc.name().to_owned()).collect()
}

/// The name of an RPC as Rust has it.
fn function_of(rpc: &str) -> String {
    let mut name = String::new();
    for letter in rpc.chars() {
        if letter.is_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.push(letter.to_ascii_lowercase());
    }
    name
}

fn path_of(rpc: &str) -> String {
    format!("/{SERVICE_NAME}/{rpc}")
}

/// For each RPC that is served, a request that no other answers alike.
macro_rules! requests {
    ($($rpc:ident: $request:expr),* $(,)?) => {
        const SERVED: &[&str] = &[$(stringify!($rpc)),*];

        #[tokio::test]
        async fn each_path_leads_to_its_own_rpc() {
            let in_process = Server::new(toy(), CancellationToken::new(), TaskTracker::new());
            $(
                let bytes = $request.encode_to_vec();
                let request = proto::$rpc::Request::decode(bytes.as_slice()).unwrap();
                let expected = answer(in_process.$rpc(Request::new(request))).await.encode_to_vec();
                let mut answers_alike = Vec::new();
                for rpc in rpcs_of_the_protocol() {
                    if ask(&path_of(&rpc), &bytes).await.is_ok_and(|answer| answer == expected) {
                        answers_alike.push(function_of(&rpc));
                    }
                }
                assert_eq!(answers_alike, [stringify!($rpc)]);
            )*
        }
    };
}

requests! {
    get_metadata: (),
    get_provider_schema: (),
    validate_provider_config: validate_provider_config::Request { config: zones("east", "east") },
    validate_resource_config: (),
    validate_data_resource_config: (),
    configure_provider: configure_provider::Request { config: zones("closed", "east"), ..Default::default() },
    upgrade_resource_state: upgrade_resource_state::Request {
        version: 1,
        raw_state: Some(RawState { json: "{}".into(), ..Default::default() }),
        ..Default::default()
    },
    read_resource: read_resource::Request { private: "kept".into(), ..Default::default() },
    plan_resource_change: (),
    apply_resource_change: (),
    import_resource_state: import_resource_state::Request { id: "w-1".to_owned(), ..Default::default() },
    move_resource_state: (),
    read_data_source: (),
    get_functions: (),
    call_function: (),
    // It has no fields, and so it alone does not mind this one.
    stop_provider: 1_u32,
}

fn zones(first: &str, second: &str) -> Option<DynamicValue> {
    let config = object([("zone", first.into()), ("fallback_zone", second.into())]);
    Some(encode(&config, &ToyModel::schema(0)))
}

#[tokio::test]
async fn what_is_not_served_is_unimplemented() {
    let rpcs = rpcs_of_the_protocol();
    let is_left_out = |rpc: &&String| !SERVED.contains(&function_of(rpc).as_str());
    let left_out: Vec<String> = rpcs.iter().filter(is_left_out).map(|rpc| path_of(rpc)).collect();
    assert_eq!(left_out.len(), rpcs.len() - SERVED.len());
    let unknown = [
        "/tfplugin6.Provider/getMetadata",
        "/tfplugin6.Provider/",
        "/tfplugin5.Provider/GetMetadata",
    ];
    for path in left_out.iter().map(String::as_str).chain(unknown) {
        let status = ask(path, &[]).await.unwrap_err();
        assert_eq!(status.code(), Code::Unimplemented, "{path}");
    }
}

#[tokio::test]
async fn bytes_that_are_no_message_are_an_internal_error() {
    for (bytes, cause) in [
        (&[0x0a, 0x05, b'a'][..], "Request.type_name: buffer underflow"),
        (
            &[0x08, 0x01],
            "Request.type_name: invalid wire type: Varint (expected LengthDelimited)",
        ),
        (
            &[0x0a, 0x01, 0xff],
            "Request.type_name: invalid string value: data is not UTF-8 encoded",
        ),
    ] {
        let status = ask("/tfplugin6.Provider/ReadResource", bytes).await.unwrap_err();
        let expected = format!("failed to decode Protobuf message: {cause}");
        assert_eq!((status.code(), status.message()), (Code::Internal, expected.as_str()));
    }
}

/// gRPC's own limit is 4 MiB.
#[tokio::test]
async fn large_messages_pass_both_ways() {
    let mut client = ProviderClient::new(routes(toy())).max_decoding_message_size(usize::MAX);
    let sent = json(&"a".repeat(6 << 20));
    let request = call_function::Request {
        name: "shout".to_owned(),
        arguments: vec![sent],
    };
    let result = answer(client.call_function(request)).await.result.unwrap();
    assert!(result.msgpack.ends_with(&[b'A'; 6 << 20]));
}

fn json(text: &str) -> DynamicValue {
    DynamicValue {
        json: format!("{text:?}").into(),
        ..DynamicValue::default()
    }
}

/// Panics at whatever it is asked.
struct Fragile;

impl Provider for Fragile {
    type Config = ToyModel;
    type Session = ();

    const NAME: &'static str = "fragile";

    fn validate(&self, _: &ToyModel, _: &mut Diagnostics) {
        panic!("the gasket broke")
    }

    fn configure(&self, _: ToyModel, _: &str, _: &mut Diagnostics) -> Option<()> {
        panic!("the valve is stuck")
    }

    fn resources(&self) -> Vec<Box<dyn AnyResource<()>>> {
        Vec::new()
    }

    fn data_sources(&self) -> Vec<Box<dyn AnyDataSource<()>>> {
        Vec::new()
    }

    fn functions(&self) -> Vec<Box<dyn Function>> {
        panic!("the fuse blew")
    }
}

#[tokio::test]
async fn a_panic_is_an_answer_of_the_rpcs_own_type() {
    let mut client = ProviderClient::new(routes(Fragile));
    let config = zones("east", "west");
    let request = validate_provider_config::Request { config: config.clone() };
    let validated = answer(client.validate_provider_config(request)).await;
    assert!(validated.diagnostics[0].detail.contains("the gasket broke"));
    let request = configure_provider::Request {
        config,
        ..Default::default()
    };
    let configured = answer(client.configure_provider(request)).await;
    assert!(configured.diagnostics[0].detail.contains("the valve is stuck"));
    let called = answer(client.call_function(call_function::Request::default())).await;
    assert!(called.error.unwrap().text.contains("the fuse blew"));
}
