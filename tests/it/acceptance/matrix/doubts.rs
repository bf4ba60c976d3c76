//! Answers that are about something else, or about nothing: who is believed once is not believed blindly.

use serde_json::{Value, json};

use super::{
    changes::workspace,
    doubt::{self, Moment, Row, Stranger},
    subject::{self, Subject},
};

/// Nobody has it, on any cloud.
const NOBODY: &str = "420522713875399999";

fn another_id(subject: &Subject, stranger: &Stranger) -> Value {
    match subject.kind {
        "gpupod_ssh_key" => json!({"merge_data": {"id": stranger.id}}),
        _ => json!({"answer_of": stranger.path}),
    }
}

/// In the cloud's own words.
fn not_found(subject: &Subject, _: &Stranger) -> Value {
    json!({"answer_of": subject.path_of(NOBODY)})
}

fn not_listed(subject: &Subject, stranger: &Stranger) -> Value {
    match subject.kind {
        "gpupod_ssh_key" => json!({"replace_body": {"data": [], "total_count": 0}}),
        _ => not_found(subject, stranger),
    }
}

/// As somebody on the way says it.
fn bare_404(_: &Subject, _: &Stranger) -> Value {
    json!({"respond": {"status": 404, "body": "<html></html>"}})
}

fn row(title: &'static str, moment: Moment, lie: doubt::Lie) -> Row {
    Row { title, moment, lie }
}

#[test]
fn what_is_told_of_another_thing_is_not_taken_for_ours() {
    let rows = [
        row("while it is made", Moment::Making, another_id),
        row("while it is waited for", Moment::Waiting, another_id),
        row("in a refresh", Moment::Refresh, another_id),
        row("in a plan", Moment::Plan, another_id),
        row("in a destroy, before the deletion", Moment::Looking, another_id),
        row("in a destroy, after the deletion", Moment::Gone, another_id),
    ];
    doubt::check("Another id", &rows);
}

#[test]
fn what_is_not_found_once_is_not_forgotten() {
    let rows = [
        row("while it is made", Moment::Making, not_found),
        row("while it is made: 404", Moment::Making, bare_404),
        row("while it is waited for", Moment::Waiting, not_found),
        row("while it is waited for: 404", Moment::Waiting, bare_404),
        row("in a refresh", Moment::Refresh, not_listed),
        row("in a refresh: 404", Moment::Refresh, bare_404),
        row("in a plan", Moment::Plan, not_listed),
        row("in a plan: 404", Moment::Plan, bare_404),
        row("in a destroy, before the deletion", Moment::Looking, not_listed),
        row("in a destroy, before the deletion: 404", Moment::Looking, bare_404),
        row("in a destroy, by the deletion", Moment::Deleting, not_found),
        row("in a destroy, by the deletion: 404", Moment::Deleting, bare_404),
        row("in a destroy, after the deletion", Moment::Gone, not_found),
    ];
    doubt::check("Not found once", &rows);
}

#[test]
fn what_is_dropped_because_it_is_gone_is_told() {
    let workspace = workspace();
    workspace.write(subject::ALL.map(|subject| subject.block().to_string()).concat());
    workspace.apply();
    let mut expected = Vec::new();
    for subject in subject::ALL {
        let id = workspace.id(&subject.address());
        let noun = match subject.kind {
            "gpupod_pod" => workspace.cloud.event(&id, json!({"event": "vanish"})).map(|()| "pod"),
            "gpupod_volume" => {
                let vanished = workspace.cloud.volume_event(&id, json!({"event": "vanish"}));
                vanished.map(|()| "volume")
            }
            kind => {
                workspace.ask("DELETE", &subject.path_of(&id), &Value::Null);
                Ok(if kind == "gpupod_ssh_key" {
                    "SSH key"
                } else {
                    "registry credential"
                })
            }
        };
        expected.push(format!("The {} {id} is gone", noun.unwrap()));
    }
    workspace.cloud.clear_requests();
    let plan = workspace.plan();
    let told = plan.told.split_whitespace().collect::<Vec<_>>().join(" ");
    for phrase in &expected {
        assert!(told.contains(phrase), "{phrase}\n{told}");
    }
    assert_eq!(told.matches("It had lived since 20").count(), expected.len(), "{told}");
    assert!(told.contains("with one of another account"), "{told}");
    workspace.apply();
    workspace.destroy();
    workspace.write("");
    workspace.finish();
}
