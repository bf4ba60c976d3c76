//! ImportResourceState, and what it could not tell: it is adopted in place once, and replaces from then on.

use gpupod::tf::{Tf, Value};

use super::{
    core::{Core, Instance},
    toy::{PLATFORM_LABEL, Script, WidgetModel},
    values::{object, widget, with},
};

fn config() -> Value {
    widget([
        ("name", "a".into()),
        ("finish", "gloss".into()),
        ("labels", object([("team", "blue".into())])),
        ("packing", packing("small", 3.into())),
    ])
}

fn packing(size: &str, depth: Value) -> Value {
    object([("color", Value::Null), ("size", size.into()), ("depth", depth)])
}

/// A widget that exists already, imported and read.
async fn imported() -> (Core, Instance) {
    let core = Core::of_widgets().await;
    core.create(&config()).await;
    let stub = core.import("w-1").await.in_silence();
    let instance = core.read(&stub).await.in_silence();
    (core, instance)
}

/// Imported, and its own configuration applied.
async fn adopted() -> (Core, Instance) {
    let (core, imported) = imported().await;
    let adopted = core.change(&imported, &config()).await.in_silence();
    (core, adopted)
}

#[tokio::test]
async fn an_import_needs_no_more_than_an_id() {
    let core = Core::of_widgets().await;
    let stub = core.import("w-1").await.in_silence();
    assert_eq!(stub.state, widget([("id", "w-1".into())]));
}

#[tokio::test]
async fn an_import_that_fails_imports_nothing() {
    let core = Core::of_widgets().await;
    core.workshop.set_script(Script::FailBeforeSaving);
    let outcome = core.import("w-1").await;
    outcome.said.assert_is(&["error: The workshop is closed"]);
    assert_eq!(outcome.instance.state, Value::Null);
}

#[tokio::test]
async fn a_stub_of_nothing_reads_as_gone() {
    let core = Core::of_widgets().await;
    let stub = core.import("w-9").await.in_silence();
    assert_eq!(core.read(&stub).await.in_silence().state, Value::Null);
}

#[tokio::test]
async fn the_read_after_an_import_takes_over_all_that_is_found() {
    let (_, imported) = imported().await;
    assert_eq!(imported.state.get("name"), &Value::from("a"));
    assert_eq!(
        imported.state.get("finish"),
        &Value::Null,
        "the workshop tells it nobody"
    );
    let labels = object([("team", "blue".into()), (PLATFORM_LABEL, "the workshop".into())]);
    assert_eq!(imported.state.get("labels"), &labels);
}

#[tokio::test]
async fn a_read_that_fails_does_not_forget_the_import() {
    let core = Core::of_widgets().await;
    core.create(&config()).await;
    let stub = core.import("w-1").await.in_silence();
    core.workshop.set_script(Script::FailBeforeSaving);
    assert_eq!(core.read(&stub).await.instance, stub);
    core.workshop.set_script(Script::Smooth);
    let read = core.read(&stub).await.in_silence();
    assert_eq!(
        read.state.get("labels").get(PLATFORM_LABEL),
        &Value::from("the workshop")
    );
}

#[tokio::test]
async fn what_an_import_could_not_tell_is_adopted_in_place() {
    let (core, imported) = imported().await;
    let planned = core.plan(&imported, &config()).await;
    planned.said.assert_silence();
    assert_eq!(planned.replace, [""; 0]);
    assert_eq!(planned.state.get("finish"), &Value::from("gloss"));
    assert_eq!(planned.state.get("labels"), &object([("team", "blue".into())]));
}

#[tokio::test]
async fn what_an_import_did_tell_still_replaces() {
    let (core, imported) = imported().await;
    let check = async |change: (&str, Value), expected: &[&str]| {
        let planned = core.plan(&imported, &with(&config(), [change])).await;
        assert_eq!(planned.replace, expected);
    };
    check(("name", "b".into()), &["name"]).await;
    check(("labels", object([("team", "red".into())])), &["labels"]).await;
    check(("labels", object([("owner", "me".into())])), &["labels"]).await;
    check(("labels", Value::Null), &[]).await;
}

#[tokio::test]
async fn what_is_adopted_may_be_a_part_of_an_object() {
    let (core, imported) = imported().await;
    assert_eq!(
        imported.state.get("packing"),
        &packing("small", Value::Null),
        "the depth is told nobody"
    );
    let check = async |packing: Value, expected: &[&str]| {
        let planned = core.plan(&imported, &with(&config(), [("packing", packing)])).await;
        assert_eq!(planned.replace, expected);
    };
    check(packing("small", 3.into()), &[]).await;
    check(packing("large", 3.into()), &["packing.size"]).await;
    check(packing("large", Value::Null), &["packing.size"]).await;
}

#[tokio::test]
async fn after_the_adoption_nothing_is_left_to_do() {
    let (core, adopted) = adopted().await;
    let read = core.read(&adopted).await.in_silence();
    assert_eq!(read, adopted);
    assert_eq!(core.plan(&read, &config()).await.state, read.state);
}

#[tokio::test]
async fn after_the_adoption_such_a_change_replaces() {
    let (core, adopted) = adopted().await;
    let check = async |change: (&str, Value), expected: &[&str]| {
        let planned = core.plan(&adopted, &with(&config(), [change])).await;
        assert_eq!(planned.replace, expected);
    };
    check(("finish", "matt".into()), &["finish"]).await;
    check(("finish", Value::Null), &["finish"]).await;
    check(("packing", packing("small", 4.into())), &["packing.depth"]).await;
    check(("labels", Value::Null), &["labels"]).await;
}

#[tokio::test]
async fn a_map_that_was_emptied_by_the_adoption_is_not_adopted_again() {
    let (core, imported) = imported().await;
    let bare = with(&config(), [("labels", Value::Null)]);
    let adopted = core.change(&imported, &bare).await.in_silence();
    assert_eq!(core.plan(&adopted, &config()).await.replace, ["labels"]);
}

#[tokio::test]
async fn what_the_provider_made_itself_has_nothing_to_adopt() {
    let core = Core::of_widgets().await;
    let created = core.create(&widget([("name", "a".into())])).await;
    let read = core.read(&created).await.in_silence();
    let replace = core.plan(&read, &config()).await.replace;
    assert_eq!(replace, ["finish", "labels", "packing.depth", "packing.size"]);
}

#[tokio::test]
async fn private_data_survive_reads_until_the_adoption() {
    let (core, imported) = imported().await;
    let read = core.read(&imported).await.in_silence();
    assert_eq!(read.private, imported.private);
    assert_eq!(core.plan(&read, &config()).await.replace, [""; 0]);
}

#[tokio::test]
async fn a_second_import_finds_what_others_have_changed() {
    let (core, _) = imported().await;
    let changed = WidgetModel {
        name: Tf::Known("b".to_owned()),
        ..core.workshop.shelf()["w-1"].clone()
    };
    core.workshop.shelf().insert("w-1".to_owned(), changed);
    let stub = core.import("w-1").await.in_silence();
    let read = core.read(&stub).await.in_silence();
    assert_eq!(read.state.get("name"), &Value::from("b"));
}
