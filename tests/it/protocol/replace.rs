//! A replacement, with each call as Terraform makes it.

use gpupod::tf::Value;

use super::{
    core::{Core, Instance},
    values::{widget, with},
};

fn named(name: &str) -> Value {
    widget([("name", name.into()), ("token_wo", "s3cret".into())])
}

#[tokio::test]
async fn a_replacement_removes_the_old_thing_and_makes_a_new_one() {
    let core = Core::of_widgets().await;
    let prior = core.create(&named("a")).await;
    let replaced = core.replace(&prior, &named("b")).await.in_silence();
    let names: Vec<_> = core
        .workshop
        .shelf()
        .values()
        .map(|widget| widget.name.known().cloned())
        .collect();
    assert_eq!(names, [Some("b".to_owned())]);
    assert_eq!(replaced.state.get("name"), &Value::from("b"));
}

#[tokio::test]
async fn the_plan_of_the_new_thing_knows_nothing_of_the_old_one() {
    let core = Core::of_widgets().await;
    let prior = core.create(&named("a")).await;
    let update = core.plan(&prior, &named("b")).await;
    let anew = Instance {
        state: Value::Null,
        private: update.private,
    };
    let creation = core.plan(&anew, &named("b")).await;
    creation.said.assert_silence();
    assert_eq!(creation.state.get("id"), &Value::Unknown);
    assert_eq!(creation.replace, [""; 0]);
}

#[tokio::test]
async fn what_an_import_left_open_is_forgotten_with_the_old_thing() {
    let core = Core::of_widgets().await;
    core.create(&named("a")).await;
    let imported = core.import("w-1").await.in_silence();
    let imported = core.read(&imported).await.in_silence();
    assert_ne!(imported.private, "");
    let anew = Instance {
        state: Value::Null,
        private: imported.private.clone(),
    };
    assert_eq!(core.plan(&anew, &named("b")).await.private, "");

    let replaced = core.replace(&imported, &named("b")).await.in_silence();
    assert_eq!(replaced.private, "");

    let finished = with(&named("b"), [("finish", "gloss".into())]);
    assert_eq!(core.plan(&replaced, &finished).await.replace, ["finish"]);
}
