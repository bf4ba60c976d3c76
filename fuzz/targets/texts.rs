//! Texts that users write: base URLs, durations, numbers, quantities, SSH commands.
#![no_main]

use std::{net::Ipv6Addr, sync::LazyLock};

use gpupod::{
    clouds::{BaseUrl, ssh},
    resources::Gpupod,
    server::Server,
    tf::{Number, Provider as _, Type, Value, format_duration, parse_duration},
    wire::{
        encode,
        proto::{provider_server::Provider as _, validate_resource_config},
    },
};
use libfuzzer_sys::fuzz_target;
use tokio::runtime::{Builder, Runtime};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tonic::Request;

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Builder::new_current_thread().build().expect("a runtime"));
static SERVER: LazyLock<Server<Gpupod>> =
    LazyLock::new(|| Server::new(Gpupod, CancellationToken::new(), TaskTracker::new()));
static POD: LazyLock<Type> = LazyLock::new(|| {
    let pod = Gpupod.resources().into_iter().find(|resource| resource.name() == "pod");
    pod.expect("the provider has pods").schema().value_type().clone()
});

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    check_base_url(text);
    if let Some(duration) = parse_duration(text) {
        assert_eq!(parse_duration(&format_duration(duration)), Some(duration));
    }
    if let Some(number) = Number::parse(text) {
        assert_eq!(Number::parse(&number.to_string()), Some(number));
    }
    let found = ssh::parse(text);
    assert_eq!(found.command, text);
    assert_ne!(found.port, Some(0));
    check_rules(text);
});

/// A key travels encrypted, or stays on this machine.
fn check_base_url(text: &str) {
    let Ok(base) = BaseUrl::parse(text) else { return };
    let url = base.at("/v2/pods");
    assert!(url.path().ends_with("/v2/pods"), "{url}");
    assert!(url.username().is_empty() && url.password().is_none(), "{url}");
    let host = url.host_str().unwrap_or_default();
    let is_here = host == "localhost" || host.starts_with("127.") || host == format!("[{}]", Ipv6Addr::LOCALHOST);
    assert!(url.scheme() == "https" || (url.scheme() == "http" && is_here), "{url}");
}

/// Every text of a pod is this one: the rules have something to say, and no internal error.
fn check_rules(text: &str) {
    let config = of_text(&POD, text);
    let request = validate_resource_config::Request {
        type_name: "gpupod_pod".to_owned(),
        config: encode(&config, &POD).ok(),
        ..Default::default()
    };
    let answer = RUNTIME.block_on(SERVER.validate_resource_config(Request::new(request)));
    for said in answer.expect("an answer").into_inner().diagnostics {
        assert!(!said.summary.starts_with("Internal"), "{}", said.detail);
    }
}

fn of_text(value_type: &Type, text: &str) -> Value {
    match value_type {
        Type::Bool => Value::Bool(text.len() % 2 == 0),
        Type::Number => Number::parse(text).map_or(Value::Null, Value::Number),
        Type::String | Type::Dynamic => text.into(),
        Type::List(element) => Value::List(vec![of_text(element, text)]),
        Type::Set(element) => Value::set(vec![of_text(element, text)]),
        Type::Map(element) => Value::map([(text.to_owned(), of_text(element, text))]),
        Type::Object(attributes) => {
            Value::map(attributes.iter().map(|(name, inner)| (name.clone(), of_text(inner, text))))
        }
        Type::Tuple(elements) => Value::List(elements.iter().map(|inner| of_text(inner, text)).collect()),
    }
}
