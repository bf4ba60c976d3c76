//! Secrets reach the cloud and nothing else.

use gpupod::simulator::API_KEY;
use serde_json::json;

use super::{
    plan::Action,
    pod::{Pod, SECRET},
    tool::Outcome,
    workspace::Workspace,
};

fn with_secret() -> Pod {
    Pod::minimal()
        .with("secret_environment_vars_wo", format!("{{ TOKEN = {SECRET:?} }}"))
        .with("secret_environment_vars_wo_version", 1)
}

/// As a user should hand it over: what stands in the configuration is in the plan's copy of the configuration.
fn with_secret_of_a_variable() -> String {
    let variable = "variable \"token\" {\n  type = string\n  ephemeral = true\n}";
    let pod = with_secret().with("secret_environment_vars_wo", "{ TOKEN = var.token }");
    format!("{variable}\n{pod}")
}

#[test]
fn a_secret_is_in_the_order_and_nowhere_else() {
    let mut workspace = Workspace::new(with_secret_of_a_variable());
    workspace.tool.set("TF_VAR_token", SECRET);
    workspace.tool.set("TF_LOG", "TRACE");
    let outcomes = [
        workspace.run(&["plan", "-out=plan.bin"]),
        workspace.run(&["show", "-json", "plan.bin"]),
        workspace.run(&["apply", "plan.bin"]),
        workspace.run(&["plan", "-json"]),
    ];
    assert_eq!(
        workspace.order_body()["environmentVars"],
        json!([{"key": "TOKEN", "value": SECRET}])
    );
    let texts = outcomes
        .into_iter()
        .map(Outcome::succeeds)
        .flat_map(|outcome| [outcome.output, outcome.errors]);
    for text in texts.chain([workspace.state()]) {
        assert!(!text.contains(SECRET), "the secret is in:\n{text}");
        assert!(!text.contains(API_KEY), "the key is in:\n{text}");
    }
    workspace.finish();
}

#[test]
fn a_refusal_that_repeats_the_secrets_does_not_show_them() {
    let workspace = Workspace::new(with_secret());
    let message = format!("bad variable {SECRET} for key {API_KEY}");
    workspace.next_create(json!({"respond": {"status": 200, "body": {"code": 10001, "message": message}}}));
    let told = workspace.try_apply().fails().says(&["bad variable ***"]).told();
    assert!(!told.contains(SECRET) && !told.contains(API_KEY), "{told}");
    workspace.apply();
    workspace.finish();
}

#[test]
fn only_another_version_makes_another_secret_known() {
    let workspace = Workspace::applied(with_secret());
    workspace.write(with_secret().with("secret_environment_vars_wo", r#"{ TOKEN = "another" }"#));
    workspace.plan().assert_empty();
    workspace.write(with_secret().with("secret_environment_vars_wo_version", 2));
    let plan = workspace.plan();
    assert_eq!(plan.only().action, Action::Replace);
    assert_eq!(plan.only().replaced_for, ["secret_environment_vars_wo_version"]);
    workspace.apply();
    workspace.finish();
}
