//! ApplyResourceChange changes or removes a thing: after an error the state holds what is true.

use gpupod::tf::Value;

use super::{
    core::{Core, Instance, Outcome},
    toy::Script,
    values::{widget, with},
};

const FAILED: [&str; 1] = ["error: The saw broke"];
const REFUSED: [&str; 1] = ["error: The workshop is closed"];
const PANICKED: [&str; 1] = ["error: Internal error of the provider"];

/// A widget that was made without trouble.
async fn existing() -> (Core, Instance) {
    let core = Core::of_widgets().await;
    let instance = core.create(&widget([("name", "a".into())])).await;
    (core, instance)
}

/// Changes a widget's note and mode by this script.
async fn update(script: Script) -> (Instance, Outcome) {
    let (core, prior) = existing().await;
    core.workshop.set_script(script);
    let config = widget([
        ("name", "a".into()),
        ("note", "new".into()),
        ("mode", "off".into()),
        ("token_wo", "s3cret".into()),
    ]);
    let outcome = core.change(&prior, &config).await;
    (prior, outcome)
}

/// Removes a widget by this script.
async fn delete(script: Script) -> (Instance, Outcome) {
    let (core, prior) = existing().await;
    core.workshop.set_script(script);
    let outcome = core.destroy(&prior).await;
    (prior, outcome)
}

#[tokio::test]
async fn a_change_is_in_the_state() {
    let (prior, outcome) = update(Script::Smooth).await;
    let changes = [("note", "new".into()), ("mode", "off".into()), ("revision", 2.into())];
    assert_eq!(outcome.in_silence().state, with(&prior.state, changes));
}

#[tokio::test]
async fn a_change_that_fails_half_way_leaves_what_was_saved() {
    for (script, said) in [(Script::FailAfterSaving, FAILED), (Script::PanicAfterSaving, PANICKED)] {
        let (prior, outcome) = update(script).await;
        outcome.said.assert_is(&said);
        assert_eq!(outcome.instance.state, with(&prior.state, [("note", "new".into())]));
    }
}

#[tokio::test]
async fn a_change_that_fails_at_once_leaves_what_was() {
    for (script, said) in [
        (Script::FailBeforeSaving, REFUSED),
        (Script::PanicBeforeSaving, PANICKED),
    ] {
        let (prior, outcome) = update(script).await;
        outcome.said.assert_is(&said);
        assert_eq!(outcome.instance, prior);
    }
}

#[tokio::test]
async fn a_change_that_fails_keeps_what_is_private() {
    let (core, mut prior) = existing().await;
    prior.private = br#"{"adoptable":["finish"]}"#.as_slice().into();
    core.workshop.set_script(Script::FailAfterSaving);
    let outcome = core
        .change(&prior, &widget([("name", "a".into()), ("note", "new".into())]))
        .await;
    assert_eq!(outcome.instance.private, prior.private);
}

#[tokio::test]
async fn what_is_removed_is_null() {
    let (_, outcome) = delete(Script::Smooth).await;
    assert_eq!(outcome.in_silence().state, Value::Null);
}

#[tokio::test]
async fn what_could_not_be_removed_stays() {
    let scripts = [
        (Script::FailBeforeSaving, REFUSED),
        (Script::FailAfterSaving, FAILED),
        (Script::PanicBeforeSaving, PANICKED),
    ];
    for (script, said) in scripts {
        let (prior, outcome) = delete(script).await;
        outcome.said.assert_is(&said);
        assert_eq!(outcome.instance, prior);
    }
}
