//! ReadDataSource: what is found comes with the configuration; what is not found is an error.

use gpupod::tf::{Tf, Value};

use super::{
    core::Core,
    toy::WidgetModel,
    values::{object, widget},
};

const SLOW: &str = "warning id: The workshop is slow today";

#[tokio::test]
async fn what_is_found_comes_with_the_configuration() {
    let core = Core::of_widgets().await;
    core.create(&widget([("name", "a".into())])).await;
    let found = core.look_up("w-1").await;
    found.said.assert_is(&[SLOW]);
    assert_eq!(found.state, object([("id", "w-1".into()), ("name", "a".into())]));
}

#[tokio::test]
async fn what_is_not_found_is_an_error_and_no_state() {
    let found = Core::of_widgets().await.look_up("w-9").await;
    found.said.assert_is(&[SLOW, "error id: No such widget"]);
    assert_eq!(found.state, Value::Null);
}

#[tokio::test]
async fn a_type_that_does_not_exist_is_refused() {
    let found = Core::of_widgets().await.look_up_in("toy_puppet", "w-1").await;
    found.said.assert_is(&["error: No such data source"]);
    assert!(
        found.said.0[0].detail.contains("`toy_puppet`"),
        "{}",
        found.said.0[0].detail
    );
}

#[tokio::test]
async fn what_is_found_and_unknown_is_null_and_owned_up_to() {
    let core = Core::of_widgets().await;
    let nameless = WidgetModel {
        name: Tf::Unknown,
        ..WidgetModel::stub("w-1")
    };
    core.workshop.shelf().insert("w-1".to_owned(), nameless);
    let found = core.look_up("w-1").await;
    found.said.assert_is(&[SLOW, "error: Internal error of the provider"]);
    assert_eq!(found.state, object([("id", "w-1".into()), ("name", Value::Null)]));
}
