//! ConfigureProvider: what needs a session, what does not, and how one replaces another.

use gpupod::tf::Value;

use super::{
    core::{Core, Instance},
    values::{object, widget},
};

const NOT_CONFIGURED: [&str; 1] = ["error: The provider is not configured"];

fn config() -> Value {
    widget([("name", "a".into())])
}

fn zone(name: &str) -> Value {
    object([("zone", name.into())])
}

#[tokio::test]
async fn without_a_session_what_touches_the_outside_is_refused() {
    let core = Core::unconfigured();
    let instance = Instance::of(widget([("name", "a".into()), ("id", "w-1".into())]));
    core.plan(&Instance::none(), &config())
        .await
        .said
        .assert_is(&NOT_CONFIGURED);
    core.import("w-1").await.said.assert_is(&NOT_CONFIGURED);
    core.look_up("w-1").await.said.assert_is(&NOT_CONFIGURED);

    let read = core.read(&instance).await;
    read.said.assert_is(&NOT_CONFIGURED);
    assert_eq!(read.instance, instance);
    let removal = core.destroy(&instance).await;
    removal.said.assert_is(&NOT_CONFIGURED);
    assert_eq!(removal.instance, instance);
}

#[tokio::test]
async fn without_a_session_checks_upgrades_and_functions_work() {
    let core = Core::unconfigured();
    core.validate(&config()).await.assert_silence();
    core.validate_lookup("w-1").await.assert_silence();
    core.upgrade(1, "{}").await.in_silence();
    assert_eq!(core.call("shout", &["a".into()]).await, Ok("A".into()));
}

#[tokio::test]
async fn a_whole_life_needs_no_schema_to_have_been_asked_for() {
    let core = Core::of_widgets().await;
    let created = core.create(&config()).await;
    let read = core.read(&created).await.in_silence();
    assert_eq!(read, created);
    core.destroy(&read).await.in_silence();
    assert!(core.workshop.shelf().is_empty());
}

#[tokio::test]
async fn a_second_configuration_replaces_the_first() {
    let core = Core::of_widgets().await;
    core.configure(zone("west")).await.assert_silence();
    assert_eq!(core.create(&config()).await.state.get("zone"), &Value::from("west"));
}

#[tokio::test]
async fn a_configuration_that_fails_leaves_no_session_behind() {
    let core = Core::of_widgets().await;
    core.configure(zone("closed"))
        .await
        .assert_is(&["error zone: Zone is closed"]);
    core.plan(&Instance::none(), &config())
        .await
        .said
        .assert_is(&NOT_CONFIGURED);
}

#[tokio::test]
async fn while_planning_the_provider_block_may_be_unknown() {
    let core = Core::unconfigured();
    core.configure(object([("zone", Value::Unknown)]))
        .await
        .assert_silence();
    let planned = core.plan(&Instance::none(), &config()).await;
    planned.said.assert_silence();
    assert_eq!(planned.state.get("zone"), &Value::Unknown);
}
