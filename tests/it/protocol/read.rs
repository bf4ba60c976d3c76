//! ReadResource: drift is reported, and only what is certainly gone leaves the state.

use gpupod::tf::{Number, Tf, Value};

use super::{
    core::{Core, Instance},
    toy::Script,
    values::{widget, with},
};

async fn existing() -> (Core, Instance) {
    let core = Core::of_widgets().await;
    let config = widget([
        ("name", "a".into()),
        ("finish", "gloss".into()),
        ("token_wo", "s3cret".into()),
    ]);
    let mut instance = core.create(&config).await;
    instance.private = br#"{"adoptable":["labels"]}"#.as_slice().into();
    (core, instance)
}

#[tokio::test]
async fn what_has_not_changed_reads_as_it_was() {
    let (core, instance) = existing().await;
    assert_eq!(core.read(&instance).await.in_silence(), instance);
}

#[tokio::test]
async fn drift_is_reported() {
    let (core, instance) = existing().await;
    if let Some(widget) = core.workshop.shelf().get_mut("w-1") {
        widget.weight = Tf::Known(Number::from(7_i64));
    }
    let read = core.read(&instance).await.in_silence();
    assert_eq!(read.state, with(&instance.state, [("weight", 7.into())]));
    assert_eq!(read.private, instance.private);
}

#[tokio::test]
async fn what_is_gone_is_null_and_planned_anew() {
    let (core, instance) = existing().await;
    core.workshop.shelf().clear();
    let read = core.read(&instance).await.in_silence();
    assert_eq!(read.state, Value::Null);
    let planned = core.plan(&read, &widget([("name", "a".into())])).await;
    assert_eq!(planned.state.get("id"), &Value::Unknown);
}

#[tokio::test]
async fn an_error_leaves_everything_as_it_was() {
    let (core, instance) = existing().await;
    core.workshop.set_script(Script::FailBeforeSaving);
    let read = core.read(&instance).await;
    read.said.assert_is(&["error: The workshop is closed"]);
    assert_eq!(read.instance, instance);
}

#[tokio::test]
async fn a_panic_leaves_everything_as_it_was() {
    let (core, instance) = existing().await;
    core.workshop.set_script(Script::PanicBeforeSaving);
    let read = core.read(&instance).await;
    read.said.assert_is(&["error: Internal error of the provider"]);
    assert_eq!(read.instance, instance);
}
