//! PlanResourceChange: defaults, what is known only after apply, reasons to replace, and what a resource adds.

use gpupod::tf::Value;

use super::{
    core::{Core, Instance, Planned},
    values::{list, object, widget, with},
};

fn named() -> Value {
    widget([("name", "a".into())])
}

/// Plans a change of a widget that was made with a name alone.
async fn plan_change<const N: usize>(changes: [(&str, Value); N]) -> (Instance, Planned) {
    let core = Core::of_widgets().await;
    let prior = core.create(&named()).await;
    let planned = core.plan(&prior, &with(&named(), changes)).await;
    planned.said.assert_silence();
    (prior, planned)
}

#[tokio::test]
async fn a_new_thing_has_its_defaults_and_is_unknown_where_only_making_it_tells() {
    let core = Core::of_widgets().await;
    let config = with(&named(), [("parts", list([object([("kind", "lid".into())])]))]);
    let planned = core.plan(&Instance::none(), &config).await;
    planned.said.assert_silence();
    let part = object([
        ("kind", "lid".into()),
        ("size", Value::Null),
        ("finish", "raw".into()),
        ("serial", Value::Unknown),
        ("pin_wo", Value::Null),
    ]);
    let expected = widget([
        ("name", "a".into()),
        ("id", Value::Unknown),
        ("revision", Value::Unknown),
        ("mode", "on".into()),
        ("zone", "east".into()),
        ("parts", list([part])),
    ]);
    assert_eq!(planned.state, expected);
    assert_eq!(planned.replace, [""; 0]);
}

#[tokio::test]
async fn the_same_configuration_plans_nothing() {
    let (prior, planned) = plan_change([]).await;
    assert_eq!(planned.state, prior.state);
    assert_eq!(planned.replace, [""; 0]);
}

#[tokio::test]
async fn a_change_leaves_open_only_what_it_may_change() {
    let (prior, planned) = plan_change([("note", "new".into())]).await;
    let expected = with(&prior.state, [("note", "new".into()), ("revision", Value::Unknown)]);
    assert_eq!(planned.state, expected);
    assert_eq!(planned.replace, [""; 0]);
}

#[tokio::test]
async fn what_is_unknown_in_the_configuration_stays_unknown() {
    let (_, planned) = plan_change([("mode", Value::Unknown), ("weight", Value::Unknown)]).await;
    assert_eq!(planned.state.get("mode"), &Value::Unknown);
    assert_eq!(planned.state.get("weight"), &Value::Unknown);
}

#[tokio::test]
async fn a_default_comes_back_and_an_unasked_choice_stays() {
    let core = Core::of_widgets().await;
    let config = with(&named(), [("mode", "off".into()), ("zone", "west".into())]);
    let prior = core.create(&config).await;
    let planned = core.plan(&prior, &named()).await;
    assert_eq!(planned.state.get("mode"), &Value::from("on"));
    assert_eq!(planned.state.get("zone"), &Value::from("west"));
}

#[tokio::test]
async fn write_only_values_are_in_no_plan() {
    let part = object([("kind", "lid".into()), ("pin_wo", "1234".into())]);
    let (_, planned) = plan_change([("token_wo", "s3cret".into()), ("parts", list([part]))]).await;
    assert_eq!(planned.state.get("token_wo"), &Value::Null);
    let parts = planned.state.get("parts").elements().unwrap_or_default();
    assert_eq!(parts[0].get("pin_wo"), &Value::Null);
    assert_eq!(parts[0].get("kind"), &Value::from("lid"));
}

#[tokio::test]
async fn a_write_only_value_alone_changes_nothing() {
    let (prior, planned) = plan_change([("token_wo", "s3cret".into())]).await;
    assert_eq!(planned.state, prior.state);
}

#[tokio::test]
async fn each_reason_to_replace_has_its_path() {
    let check = async |attribute: &str, value: Value, expected: &[&str]| {
        let (_, planned) = plan_change([(attribute, value)]).await;
        assert_eq!(planned.replace, expected, "{attribute}");
    };
    check("name", "b".into(), &["name"]).await;
    check("name", Value::Unknown, &["name"]).await;
    check("zone", "west".into(), &["zone"]).await;
    check("finish", "gloss".into(), &["finish"]).await;
    check("packing", object([("depth", 3.into())]), &["packing.depth"]).await;
    check("packing", object([("color", "red".into())]), &[]).await;
    check("mode", "off".into(), &[]).await;
    check("note", "rebuild".into(), &["note"]).await;
}

#[tokio::test]
async fn reasons_to_replace_come_once_and_in_order() {
    let changes = [
        ("zone", "west".into()),
        ("note", "rebuild".into()),
        ("name", "b".into()),
    ];
    let (_, planned) = plan_change(changes).await;
    assert_eq!(planned.replace, ["name", "note", "zone"]);
}

#[tokio::test]
async fn a_new_thing_replaces_nothing() {
    let core = Core::of_widgets().await;
    let config = with(&named(), [("note", "rebuild".into()), ("zone", "west".into())]);
    assert_eq!(core.plan(&Instance::none(), &config).await.replace, [""; 0]);
}

#[tokio::test]
async fn a_removal_plans_nothing_and_keeps_what_is_private() {
    let core = Core::of_widgets().await;
    let mut prior = core.create(&named()).await;
    prior.private = br#"{"adoptable":["finish"]}"#.as_slice().into();
    let planned = core.plan(&prior, &Value::Null).await;
    planned.said.assert_silence();
    assert_eq!(planned.state, Value::Null);
    assert_eq!(planned.private, prior.private);
}

#[tokio::test]
async fn the_same_plan_comes_out_twice() {
    let core = Core::of_widgets().await;
    let prior = core.create(&named()).await;
    let config = with(
        &named(),
        [("name", "b".into()), ("zone", Value::Unknown), ("note", "doubt".into())],
    );
    assert_eq!(core.plan(&prior, &config).await, core.plan(&prior, &config).await);
}

#[tokio::test]
async fn a_resource_can_veto_a_plan() {
    let core = Core::of_widgets().await;
    let planned = core
        .plan(&Instance::none(), &with(&named(), [("note", "veto".into())]))
        .await;
    planned.said.assert_is(&["error note: Vetoed"]);
}

#[tokio::test]
async fn warnings_arrive_with_a_plan_that_stands() {
    let core = Core::of_widgets().await;
    let planned = core
        .plan(&Instance::none(), &with(&named(), [("note", "doubt".into())]))
        .await;
    planned
        .said
        .assert_is(&["warning note: Doubtful", "warning name: Doubtful as well"]);
    assert_eq!(planned.state.get("name"), &Value::from("a"));
}

#[cfg(debug_assertions)] // A released provider leaves this check to Terraform.
#[tokio::test]
async fn a_plan_that_breaks_terraforms_rules_is_found_here() {
    let core = Core::of_puppets().await;
    core.workshop.set_puppet_answer(object([("name", "another".into())]));
    let planned = core.plan(&Instance::none(), &object([("name", "a".into())])).await;
    planned.said.assert_owns_up_to(&[
        "The plan breaks Terraform's rules: `name` is planned neither as configured nor as it was.",
    ]);
}
