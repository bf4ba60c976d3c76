//! Values of every size and in every format that Terraform sends come through a plan and an apply unchanged.

use bytes::Bytes;
use gpupod::{
    tf::Value,
    wire::proto::{DynamicValue, plan_resource_change::Request, provider_server::Provider as _},
};

use super::{
    core::{Core, Instance, Said, answer},
    values::{list, number, widget, with},
};

/// Makes a widget with this value, and reads it.
async fn check(attribute: &str, value: Value) {
    let core = Core::of_widgets().await;
    let config = widget([("name", "a".into()), (attribute, value.clone())]);
    let planned = core.plan(&Instance::none(), &config).await;
    assert!(*planned.state.get(attribute) == value, "planned");
    let created = core.create(&config).await;
    assert!(*created.state.get(attribute) == value, "applied");
    let read = core.read(&created).await.in_silence();
    assert!(*read.state.get(attribute) == value, "read");
}

fn config() -> Value {
    widget([
        ("name", "a".into()),
        ("weight", number("0.1")),
        ("tags", Value::set(vec!["x".into(), "y".into()])),
    ])
}

/// The same configuration as Terraform writes it in JSON.
const CONFIG_AS_JSON: &str = r#"{
    "name": "a", "note": null, "id": null, "revision": null, "mode": null, "zone": null, "weight": 0.1,
    "finish": null, "labels": null, "tags": ["y", "x"], "parts": null, "packing": null, "token_wo": null
}"#;

/// Asks for the plan of a new widget with a request that says the same in another way.
async fn check_plan(rewrite: impl FnOnce(&Core, &mut Request)) {
    let core = Core::of_widgets().await;
    let mut request = core.plan_request(&Instance::none(), &config());
    rewrite(&core, &mut request);
    let response = answer(core.server.plan_resource_change(tonic::Request::new(request))).await;
    assert_eq!(response.diagnostics, []);
    let usual = core.plan(&Instance::none(), &config()).await;
    assert_eq!(response.planned_state, Some(core.encode(&usual.state)));
}

#[tokio::test]
async fn numbers_of_every_size_stay_what_they_are() {
    for text in [
        "0.1",
        "18446744073709551616",
        "1e400",
        "-1e-400",
        "0",
        "9223372036854775807",
        "2.5",
    ] {
        check("weight", number(text)).await;
    }
}

#[tokio::test]
async fn long_texts_stay_whole() {
    check("note", Value::string("x".repeat(6_000_000))).await;
}

#[tokio::test]
async fn empty_is_not_null() {
    check("note", "".into()).await;
    check("tags", Value::set(Vec::new())).await;
    check("labels", Value::Map(Default::default())).await;
    check("parts", list([])).await;
}

#[tokio::test]
async fn texts_that_look_the_same_are_the_same() {
    check("note", "caf\u{e9} \u{1f980}".into()).await;
    let decomposed = Value::String("e\u{301}".to_owned());
    let core = Core::of_widgets().await;
    let created = core.create(&widget([("name", "a".into()), ("note", decomposed)])).await;
    assert_eq!(created.state.get("note"), &Value::from("\u{e9}"));
}

#[tokio::test]
async fn values_may_come_in_json() {
    let json = || DynamicValue {
        json: Bytes::from_static(CONFIG_AS_JSON.as_bytes()),
        ..Default::default()
    };
    check_plan(|_, request| {
        request.config = Some(json());
        request.proposed_new_state = Some(json());
    })
    .await;
}

#[tokio::test]
async fn a_value_without_any_bytes_is_null() {
    check_plan(|_, request| request.prior_state = Some(DynamicValue::default())).await;
    check_plan(|_, request| request.prior_state = None).await;
}

#[tokio::test]
async fn a_set_may_come_in_any_order_and_with_duplicates() {
    let shuffled = Value::Set(vec!["y".into(), "x".into(), "y".into()]);
    check_plan(|core, request| {
        request.config = Some(core.encode(&with(&config(), [("tags", shuffled.clone())])));
        request.proposed_new_state = request.config.clone();
    })
    .await;
}

#[tokio::test]
async fn a_value_that_does_not_fit_its_schema_is_an_error_with_its_place() {
    let core = Core::of_widgets().await;
    let mut request = core.plan_request(&Instance::none(), &config());
    request.config = Some(DynamicValue {
        json: Bytes::from(CONFIG_AS_JSON.replace("0.1", "true")),
        ..Default::default()
    });
    let response = answer(core.server.plan_resource_change(tonic::Request::new(request))).await;
    Said(response.diagnostics).assert_owns_up_to(&["`weight` is a bool, not of type number"]);
}
