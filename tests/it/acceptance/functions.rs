//! The functions that the provider defines.

use serde_json::{Value, json};

use super::workspace::Workspace;

fn output(call: &str) -> String {
    format!("output \"this\" {{\n  value = provider::gpupod::{call}\n}}\n")
}

#[track_caller]
fn gives(call: &str, expected: Value) {
    let workspace = Workspace::applied(output(call));
    assert_eq!(workspace.output("this"), expected, "{call}");
    assert!(workspace.cloud.requests().is_empty());
    workspace.finish();
}

#[track_caller]
fn is_refused(call: &str, says: &[&str]) {
    let workspace = Workspace::new(output(call));
    workspace
        .run(&["plan"])
        .fails()
        .says(&["Invalid function argument"])
        .says(says);
    workspace.write("");
    workspace.finish();
}

#[test]
fn an_ssh_command_is_taken_apart() {
    let parts = |user: Value, host: &str, port: u16| json!({"user": user, "host": host, "port": port});
    gives(
        r#"parse_ssh_command("ssh root@h -p 10022")"#,
        parts(json!("root"), "h", 10022),
    );
    gives(r#"parse_ssh_command("root@h -p 22")"#, parts(json!("root"), "h", 22));
    gives(
        r#"parse_ssh_command("ssh -p 22 root@h")"#,
        parts(json!("root"), "h", 22),
    );
    gives(r#"parse_ssh_command("ssh h")"#, parts(Value::Null, "h", 22));
}

#[test]
fn a_month_has_730_hours() {
    gives("monthly_cost(0.1)", json!(73));
    gives("monthly_cost(0.35)", json!(255.5));
    gives("monthly_cost(0)", json!(0));
}

#[test]
fn wrong_arguments_are_told_with_what_to_do() {
    is_refused(
        r#"parse_ssh_command("ssh -p 22")"#,
        &["names no host", "Give one such as"],
    );
    is_refused(
        r#"parse_ssh_command("ssh root@h -p 0")"#,
        &["Use a number from 1 to 65535"],
    );
    is_refused("parse_ssh_command(null)", &["argument must not be null"]);
    is_refused(
        "monthly_cost(-1)",
        &["`price_per_hour` is -1. Use a number of at least 0"],
    );
    is_refused(r#"monthly_cost("much")"#, &["a number is required"]);
}
