//! A type that the provider does not know: every call refuses it, and none loses its state.

use gpupod::tf::Value;

use super::{
    core::{Core, Instance},
    values::widget,
};

const UNKNOWN: [&str; 1] = ["error: No such resource"];

fn config() -> Value {
    widget([("name", "a".into())])
}

#[tokio::test]
async fn a_type_that_does_not_exist_is_refused() {
    let core = Core::of_strangers().await;
    core.validate(&config()).await.assert_is(&UNKNOWN);
    core.upgrade(1, "{}").await.said.assert_is(&UNKNOWN);
    core.import("w-1").await.said.assert_is(&UNKNOWN);
    core.plan(&Instance::none(), &config()).await.said.assert_is(&UNKNOWN);
}

#[tokio::test]
async fn the_state_of_a_type_that_does_not_exist_is_kept() {
    let core = Core::of_strangers().await;
    let instance = Instance::of(config());
    for outcome in [core.read(&instance).await, core.change(&instance, &config()).await] {
        outcome.said.assert_is(&UNKNOWN);
        assert_eq!(outcome.instance, instance);
    }
}
