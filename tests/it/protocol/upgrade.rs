//! UpgradeResourceState and MoveResourceState: states of other releases and of other types.

use gpupod::{
    tf::Value,
    wire::proto::{RawState, move_resource_state, provider_server::Provider as _, upgrade_resource_state},
};
use tonic::Request;

use super::{
    core::{Core, Said, answer},
    values::{number, object, widget},
};

#[tokio::test]
async fn a_state_of_the_same_version_comes_back() {
    let stored = r#"{"name":"a","id":"w-1","weight":0.1,"labels":{"team":"blue"},"tags":["y","x"],"parts":null}"#;
    let expected = widget([
        ("name", "a".into()),
        ("id", "w-1".into()),
        ("weight", number("0.1")),
        ("labels", object([("team", "blue".into())])),
        ("tags", Value::set(vec!["x".into(), "y".into()])),
    ]);
    let upgraded = Core::unconfigured().upgrade(1, stored).await.in_silence();
    assert_eq!(upgraded.state, expected);
}

#[tokio::test]
async fn what_has_gone_is_dropped_and_what_has_come_is_null() {
    let stored = r#"{"name":"a","color":"red","parts":[{"kind":"lid","maker":"me"}]}"#;
    let part = [("kind", "lid".into()), ("size", Value::Null), ("finish", Value::Null)];
    let expected = widget([("name", "a".into()), ("parts", Value::List(vec![object(part)]))]);
    let upgraded = Core::unconfigured().upgrade(1, stored).await.in_silence();
    assert_eq!(upgraded.state, expected);
}

#[tokio::test]
async fn a_state_of_another_version_is_refused_with_both_versions() {
    for version in [0, 2] {
        let outcome = Core::unconfigured().upgrade(version, r#"{"name":"a"}"#).await;
        outcome
            .said
            .assert_is(&["error: The state's schema version is not known"]);
        let versions = format!("has schema version {version}, and this version of the provider has 1.");
        assert!(
            outcome.said.0[0].detail.contains(&versions),
            "{}",
            outcome.said.0[0].detail
        );
    }
}

#[tokio::test]
async fn a_state_of_an_earlier_version_is_upgraded_in_one_step() {
    let relic = |ages: Value| object([("name", "cup".into()), ("id", "r-1".into()), ("ages", ages)]);
    let ages = Value::List(vec![number("900")]);
    for (version, stored, expected) in [
        (0, r#"{"title":"cup","id":"r-1"}"#, relic(Value::Null)),
        (1, r#"{"name":"cup","id":"r-1","age":900}"#, relic(ages.clone())),
        (1, r#"{"name":"cup","id":"r-1","gone":true}"#, relic(Value::Null)),
        (2, r#"{"name":"cup","id":"r-1","ages":[900]}"#, relic(ages)),
    ] {
        let upgraded = Core::of_relics().upgrade(version, stored).await.in_silence();
        assert_eq!(upgraded.state, expected, "{version}: {stored}");
    }
}

#[tokio::test]
async fn an_upgrade_reads_a_state_by_the_schema_that_it_was_written_with() {
    for (version, stored, expected) in [
        (1, r#"{"name":["cup"]}"#, "error name: The state is damaged"),
        (3, r#"{"name":"cup"}"#, "error: The state's schema version is not known"),
    ] {
        let outcome = Core::of_relics().upgrade(version, stored).await;
        outcome.said.assert_is(&[expected]);
    }
}

#[tokio::test]
async fn a_state_from_before_terraform_0_12_is_refused() {
    let core = Core::unconfigured();
    let request = upgrade_resource_state::Request {
        type_name: "toy_widget".to_owned(),
        version: 1,
        raw_state: Some(RawState {
            flatmap: [("name".to_owned(), "a".to_owned())].into(),
            ..Default::default()
        }),
    };
    let response = answer(core.server.upgrade_resource_state(Request::new(request))).await;
    assert_eq!(response.upgraded_state, None);
    Said(response.diagnostics).assert_is(&["error: The state is damaged"]);
}

#[tokio::test]
async fn a_state_that_was_changed_by_hand_is_called_damaged() {
    let core = Core::unconfigured();
    for (json, found) in [
        (r#"{"name":["a"]}"#, "`name` is an array, not of type string"),
        (r#"{"name":"a""#, "the value ends too early"),
        ("hunter2", "the value is not JSON at line 1, column 1"),
        ("[]", "the value is an array"),
        ("7.50", "the value is a number"),
    ] {
        let request = upgrade_resource_state::Request {
            type_name: "toy_widget".to_owned(),
            version: 1,
            raw_state: Some(RawState {
                json: json.as_bytes().to_vec().into(),
                ..Default::default()
            }),
        };
        let response = answer(core.server.upgrade_resource_state(Request::new(request))).await;
        assert_eq!(response.upgraded_state, None, "{json}");
        let [only] = &response.diagnostics[..] else {
            panic!("{json}: {:?}", response.diagnostics)
        };
        assert_eq!(only.summary, "The state is damaged", "{json}");
        for part in [
            found,
            "terraform.tfstate.backup",
            "terraform state rm ADDRESS",
            "terraform import ADDRESS",
        ] {
            assert!(only.detail.contains(part), "{json}: {}", only.detail);
        }
        assert!(!only.detail.contains("mistake in the provider"), "{}", only.detail);
    }
}

#[tokio::test]
async fn nothing_can_be_moved_here() {
    let request = move_resource_state::Request {
        source_provider_address: "terraform.io/builtin/terraform".to_owned(),
        source_type_name: "terraform_data".to_owned(),
        target_type_name: "toy_widget".to_owned(),
        ..Default::default()
    };
    let core = Core::unconfigured();
    let response = answer(core.server.move_resource_state(Request::new(request))).await;
    assert_eq!(response.target_state, None);
    let said = Said(response.diagnostics);
    said.assert_is(&["error: The resource cannot be moved"]);
    assert!(said.0[0].detail.contains("`terraform_data`"), "{}", said.0[0].detail);
}
