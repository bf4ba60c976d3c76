//! ApplyResourceChange makes a thing: whatever happens, what exists is in the answer.

use gpupod::tf::Value;

use super::{
    core::{Core, Instance},
    toy::Script,
    values::{list, object, widget, with},
};

fn config() -> Value {
    widget([("name", "a".into()), ("token_wo", "s3cret".into())])
}

fn made() -> Value {
    let attributes = [
        ("name", "a".into()),
        ("id", "w-1".into()),
        ("revision", 1.into()),
        ("mode", "on".into()),
        ("zone", "east".into()),
    ];
    widget(attributes)
}

/// Makes a widget by this script.
async fn check(script: Script, state: Value, said: &[&str]) {
    let core = Core::of_widgets().await;
    core.workshop.set_script(script);
    let outcome = core.change(&Instance::none(), &config()).await;
    outcome.said.assert_is(said);
    assert_eq!(outcome.instance.state, state);
}

#[tokio::test]
async fn what_is_made_is_in_the_state() {
    check(Script::Smooth, made(), &[]).await;
}

#[tokio::test]
async fn an_error_after_saving_leaves_what_was_saved() {
    check(Script::FailAfterSaving, made(), &["error: The saw broke"]).await;
}

#[tokio::test]
async fn an_error_before_saving_leaves_nothing() {
    check(
        Script::FailBeforeSaving,
        Value::Null,
        &["error: The workshop is closed"],
    )
    .await;
}

#[tokio::test]
async fn a_panic_after_saving_leaves_what_was_saved() {
    check(
        Script::PanicAfterSaving,
        made(),
        &["error: Internal error of the provider"],
    )
    .await;
}

#[tokio::test]
async fn a_panic_before_saving_leaves_nothing() {
    check(
        Script::PanicBeforeSaving,
        Value::Null,
        &["error: Internal error of the provider"],
    )
    .await;
}

#[tokio::test]
async fn what_is_still_open_when_it_fails_is_null() {
    let core = Core::of_widgets().await;
    core.configure(object([("zone", Value::Unknown)]))
        .await
        .assert_silence();
    core.workshop.set_script(Script::FailAfterSaving);
    let outcome = core.change(&Instance::none(), &config()).await;
    assert_eq!(outcome.instance.state, with(&made(), [("zone", Value::Null)]));
    outcome.said.assert_is(&["error: The saw broke"]);
}

#[tokio::test]
async fn write_only_values_reach_the_handler_and_no_state() {
    let core = Core::of_widgets().await;
    let part = object([("kind", "lid".into()), ("pin_wo", "1234".into())]);
    let created = core.create(&with(&config(), [("parts", list([part]))])).await;
    assert_eq!(*core.workshop.tokens(), ["s3cret"]);
    assert_eq!(created.state.get("token_wo"), &Value::Null);
    let expected = object([
        ("kind", "lid".into()),
        ("size", Value::Null),
        ("finish", "raw".into()),
        ("serial", "s-0".into()),
        ("pin_wo", Value::Null),
    ]);
    assert_eq!(created.state.get("parts"), &list([expected]));
}

#[tokio::test]
async fn what_is_unknown_while_planning_may_be_known_when_applying() {
    let core = Core::of_widgets().await;
    let unknown = with(&config(), [("weight", Value::Unknown)]);
    assert_eq!(
        core.plan(&Instance::none(), &unknown).await.state.get("weight"),
        &Value::Unknown
    );
    let created = core.create(&with(&config(), [("weight", 5.into())])).await;
    assert_eq!(created.state.get("weight"), &Value::from(5));
}
