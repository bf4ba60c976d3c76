//! Answers that Terraform would not take, and with which the thing would be lost: they are mended and owned up to.

use gpupod::tf::Value;

use super::{
    core::{Core, Instance, Planned, Said},
    values::{object, with},
};

fn puppet<const N: usize>(changes: [(&str, Value); N]) -> Value {
    let sound = [
        ("name", "a".into()),
        ("id", "p-1".into()),
        ("size", 3.into()),
        ("token_wo", Value::Null),
    ];
    with(&object(sound), changes)
}

/// A plan that leaves open what is computed.
async fn planned(core: &Core, prior: Value) -> Planned {
    let planned = core.plan(&Instance::of(prior), &object([("name", "a".into())])).await;
    planned.said.assert_silence();
    Planned {
        state: puppet([("id", Value::Unknown), ("size", Value::Unknown)]),
        ..planned
    }
}

/// Has a puppet made that answers so.
async fn create(answer: Value) -> (Value, Said) {
    apply(Value::Null, answer).await
}

/// Has a puppet changed that answers so.
async fn update(answer: Value) -> (Value, Said) {
    apply(puppet([("size", 2.into())]), answer).await
}

async fn apply(prior: Value, answer: Value) -> (Value, Said) {
    let core = Core::of_puppets().await;
    let planned = planned(&core, prior).await;
    core.workshop.set_puppet_answer(answer);
    let outcome = core.apply(&planned).await;
    (outcome.instance.state, outcome.said)
}

async fn read(answer: Value) -> (Value, Said) {
    let core = Core::of_puppets().await;
    core.workshop.set_puppet_answer(answer);
    let outcome = core.read(&Instance::of(puppet([]))).await;
    (outcome.instance.state, outcome.said)
}

/// What becomes of an answer to a create and to an update.
async fn check_apply(answer: Value, expected: Value, wrong: &[&str]) {
    for (state, said) in [create(answer.clone()).await, update(answer).await] {
        assert_eq!(state, expected);
        said.assert_owns_up_to(wrong);
    }
}

#[tokio::test]
async fn an_answer_that_fits_is_saved_as_it_is() {
    check_apply(puppet([]), puppet([]), &[]).await;
}

#[tokio::test]
async fn a_value_of_another_type_gives_way_to_the_planned_one() {
    let wrong = ["The state after the change: `name` is not of type string."];
    check_apply(puppet([("name", 5.into())]), puppet([]), &wrong).await;
}

#[tokio::test]
async fn a_value_of_another_type_that_was_not_planned_is_null() {
    let wrong = ["The state after the change: `size` is not of type number."];
    let expected = puppet([("size", Value::Null)]);
    check_apply(puppet([("size", "big".into())]), expected, &wrong).await;
}

#[tokio::test]
async fn an_attribute_too_many_is_dropped() {
    let wrong = ["The state after the change: there is no attribute `color`."];
    check_apply(puppet([("color", "red".into())]), puppet([]), &wrong).await;
}

#[tokio::test]
async fn an_attribute_too_few_is_null() {
    let answer = object([("name", "a".into()), ("id", "p-1".into())]);
    check_apply(answer, puppet([("size", Value::Null)]), &[]).await;
}

#[tokio::test]
async fn what_is_unknown_after_apply_is_null() {
    let wrong = ["The state after the change: `size` is not known after apply."];
    let expected = puppet([("size", Value::Null)]);
    check_apply(puppet([("size", Value::Unknown)]), expected, &wrong).await;
}

#[tokio::test]
async fn what_is_write_only_is_taken_out() {
    check_apply(puppet([("token_wo", "s3cret".into())]), puppet([]), &[]).await;
}

#[cfg(debug_assertions)] // A released provider leaves this check to Terraform.
#[tokio::test]
async fn a_value_other_than_planned_is_saved_and_owned_up_to() {
    let wrong = ["The state after the change: `name` was planned otherwise."];
    let answer = puppet([("name", "A".into())]);
    check_apply(answer.clone(), answer, &wrong).await;
}

#[tokio::test]
async fn an_answer_that_is_no_object_gives_way_to_the_plan() {
    let wrong = ["The state after the change: the state is not an object."];
    let expected = puppet([("id", Value::Null), ("size", Value::Null)]);
    check_apply("p-1".into(), expected, &wrong).await;
}

#[tokio::test]
async fn several_mistakes_are_all_owned_up_to_and_the_id_is_saved() {
    let answer = puppet([("name", 5.into()), ("size", Value::Unknown), ("color", "red".into())]);
    let wrong = [
        "The state after the change: `name` is not of type string.",
        "The state after the change: `size` is not known after apply.",
        "The state after the change: there is no attribute `color`.",
    ];
    check_apply(answer, puppet([("size", Value::Null)]), &wrong).await;
}

#[tokio::test]
async fn reading_mends_the_same_ways() {
    let check = async |answer: Value, expected: Value, wrong: &[&str]| {
        let (state, said) = read(answer).await;
        assert_eq!(state, expected);
        said.assert_owns_up_to(wrong);
    };
    let drift = puppet([("size", 4.into())]);
    check(drift.clone(), drift, &[]).await;
    check(puppet([("token_wo", "s3cret".into())]), puppet([]), &[]).await;
    let unknown = ["Reading the resource: `size` is not known after apply."];
    check(
        puppet([("size", Value::Unknown)]),
        puppet([("size", Value::Null)]),
        &unknown,
    )
    .await;
    let mistyped = ["Reading the resource: `size` is not of type number."];
    check(puppet([("size", "big".into())]), puppet([]), &mistyped).await;
}

#[tokio::test]
async fn an_imported_stub_is_mended_in_silence() {
    let core = Core::of_puppets().await;
    core.workshop
        .set_puppet_answer(puppet([("size", "big".into()), ("token_wo", "s3cret".into())]));
    let imported = core.import("p-1").await.in_silence();
    assert_eq!(imported.state, puppet([("size", Value::Null)]));
}
