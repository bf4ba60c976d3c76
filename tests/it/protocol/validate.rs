//! ValidateProviderConfig, ValidateResourceConfig and ValidateDataResourceConfig: what Terraform leaves to a provider.

use gpupod::tf::Value;

use super::{
    core::Core,
    values::{list, number, object, widget, with},
};

/// Checks a widget that has a name and these attributes.
async fn check<const N: usize>(attributes: [(&str, Value); N], expected: &[&str]) {
    let config = with(&widget([("name", "a".into())]), attributes);
    Core::unconfigured().validate(&config).await.assert_is(expected);
}

fn part<const N: usize>(attributes: [(&str, Value); N]) -> Value {
    with(&object([("kind", "lid".into())]), attributes)
}

#[tokio::test]
async fn a_sound_configuration_is_left_alone() {
    check(
        [("mode", "off".into()), ("parts", list([part([("size", 9.into())])]))],
        &[],
    )
    .await;
}

#[tokio::test]
async fn a_required_value_may_not_be_null() {
    check([("name", Value::Null)], &["error name: Missing value"]).await;
    let parts = list([part([]), part([("kind", Value::Null)])]);
    check([("parts", parts)], &["error parts[1].kind: Missing value"]).await;
}

#[tokio::test]
async fn what_only_the_provider_sets_may_not_be_configured() {
    check([("id", "w-1".into())], &["error id: Attribute is read-only"]).await;
    let parts = list([part([("serial", "s-0".into())])]);
    check([("parts", parts)], &["error parts[0].serial: Attribute is read-only"]).await;
}

#[tokio::test]
async fn rules_of_single_attributes_are_checked_at_every_depth() {
    check(
        [("mode", "idle".into())],
        &["error mode: Not one of the allowed values"],
    )
    .await;
    let parts = list([part([("size", 10.into())])]);
    check([("parts", parts)], &["error parts[0].size: Number out of range"]).await;
    let labels = object([("team", "".into())]);
    check([("labels", labels)], &["error labels[\"team\"]: Text is empty"]).await;
}

#[tokio::test]
async fn rules_between_attributes_are_checked() {
    check([("note", "a".into())], &["error note: Note says nothing"]).await;
}

#[tokio::test]
async fn all_mistakes_are_reported_at_once() {
    let mistakes = [
        ("note", "a".into()),
        ("id", "w-1".into()),
        ("mode", "idle".into()),
        (
            "parts",
            list([part([("size", 0.into())]), part([("size", number("1.5"))])]),
        ),
    ];
    let expected = [
        "error id: Attribute is read-only",
        "error mode: Not one of the allowed values",
        "error parts[0].size: Number out of range",
        "error parts[1].size: Number out of range",
        "error note: Note says nothing",
    ];
    check(mistakes, &expected).await;
}

#[tokio::test]
async fn what_is_not_known_yet_is_never_wrong() {
    let attributes = [
        "name", "note", "id", "revision", "mode", "labels", "tags", "parts", "packing", "token_wo",
    ];
    for attribute in attributes {
        check([(attribute, Value::Unknown)], &[]).await;
    }
    let unknown_part = ["kind", "size", "finish", "serial", "pin_wo"].map(|name| (name, Value::Unknown));
    check([("parts", list([Value::Unknown, part(unknown_part)]))], &[]).await;
}

#[tokio::test]
async fn write_only_values_need_a_terraform_that_knows_them() {
    let secrets = [
        ("parts", list([part([("pin_wo", "1234".into())])])),
        ("token_wo", "s3cret".into()),
    ];
    check(secrets.clone(), &[]).await;

    let config = with(&widget([("name", "a".into())]), secrets);
    let said = Core::unconfigured().validate_as_of_old(&config).await;
    said.assert_is(&[
        "error parts[0].pin_wo: Write-only attribute cannot be used",
        "error token_wo: Write-only attribute cannot be used",
    ]);
}

#[tokio::test]
async fn the_provider_block_is_checked() {
    let check = async |zone: Value, fallback: Value, expected: &[&str]| {
        let config = object([("zone", zone), ("fallback_zone", fallback)]);
        Core::unconfigured()
            .validate_provider(&config)
            .await
            .assert_is(expected);
    };
    check("east".into(), "west".into(), &[]).await;
    check(Value::Null, Value::Null, &[]).await;
    check(Value::Unknown, Value::Unknown, &[]).await;
    check(
        "north".into(),
        Value::Null,
        &["error zone: Not one of the allowed values"],
    )
    .await;
    check(
        "east".into(),
        "east".into(),
        &["error fallback_zone: Zones are the same"],
    )
    .await;
}

#[tokio::test]
async fn data_sources_are_checked() {
    let core = Core::unconfigured();
    core.validate_lookup("w-1").await.assert_silence();
    core.validate_lookup("").await.assert_is(&["error id: Id is empty"]);
}
