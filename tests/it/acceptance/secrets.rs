//! Secrets reach the cloud and nothing else.

use gpupod::simulator::{API_KEY, CPOD_API_KEY, PRIME_INTELLECT_API_KEY};
use serde_json::json;

use super::{
    block::Block,
    clouds::{ALL, CPOD, OfCloud, PRIME_INTELLECT, PUBLIC_KEY, YOTTA, in_a_workspace},
    credential::{CREDENTIAL, credential},
    plan::Action,
    pod::{POD, Pod, SECRET},
    volume::{VOLUME, ceph},
    workspace::Workspace,
};

fn with_secret() -> Pod {
    Pod::minimal()
        .with("secret_environment_vars_wo", format!("{{ TOKEN = {SECRET:?} }}"))
        .with("secret_environment_vars_wo_version", 1)
}

/// Every secret of every resource on every cloud. As a user should hand it over: what stands in the configuration is in
/// the plan's copy of the configuration.
fn with_secrets_of_a_variable() -> String {
    let variable = "variable \"token\" {\n  type = string\n  ephemeral = true\n}";
    let secret = |pod: Block| {
        pod.with("secret_environment_vars_wo", "{ TOKEN = var.token }")
            .with("secret_environment_vars_wo_version", 1)
    };
    let pod = secret(YOTTA.named_pod("this"))
        .with("image_public_type", r#""PRIVATE""#)
        .with("container_registry_auth_id", format!("{CREDENTIAL}.id"));
    let resold =
        secret(PRIME_INTELLECT.named_pod("resold")).with("prime_intellect", "{ jupyter_password_wo = var.token }");
    let workload = secret(CPOD.named_pod("workload"));
    let credential = credential()
        .with("cloud", r#""yotta""#)
        .with("password_wo", "var.token");
    let volume = ceph().with("cloud", r#""yotta""#);
    let key = Block::resource("gpupod_ssh_key")
        .with("cloud", r#""prime_intellect""#)
        .with("name", r#""laptop""#)
        .with("public_key", format!("{PUBLIC_KEY:?}"));
    format!("{variable}\n{pod}\n{resold}\n{workload}\n{credential}\n{volume}\n{key}")
}

/// A test's world with the keys of all clouds.
fn with_all_keys(configuration: String) -> Workspace {
    let workspace = Workspace::new(configuration).with_keys_of(&ALL.map(OfCloud::name));
    in_a_workspace(&workspace);
    workspace
}

/// Every data source, asking about [`with_secrets_of_a_variable`].
fn every_data_source() -> String {
    let by_id = [
        ("gpupod_pod", "id", POD),
        ("gpupod_pod_logs", "pod_id", POD),
        ("gpupod_pod_runtime", "pod_id", POD),
        ("gpupod_volume", "id", VOLUME),
        ("gpupod_container_registry_auth", "id", CREDENTIAL),
    ];
    let of_yotta = by_id.map(|(of, attribute, address)| {
        let asked = Block::data(of).with(attribute, format!("{address}.id"));
        asked.with("cloud", r#""yotta""#)
    });
    let resold = [
        ("gpupod_pod", "id", "gpupod_pod.resold.id"),
        ("gpupod_pod_logs", "pod_id", "gpupod_pod.resold.id"),
        ("gpupod_pod_history", "name", r#""trainer""#),
        ("gpupod_ssh_key", "name", "gpupod_ssh_key.this.name"),
    ];
    let resold = resold.map(|(of, attribute, value)| {
        let asked = Block::data(of).labelled("resold").with(attribute, value);
        asked.with("cloud", r#""prime_intellect""#)
    });
    let lists = ["gpupod_gpu_specs", "gpupod_pods", "gpupod_volumes"].map(Block::data);
    of_yotta
        .iter()
        .chain(&resold)
        .chain(&lists)
        .map(ToString::to_string)
        .collect()
}

#[track_caller]
fn assert_free_of_secrets(text: &str) {
    assert!(!text.contains(SECRET), "the secret is in:\n{text}");
    for key in [API_KEY, PRIME_INTELLECT_API_KEY, CPOD_API_KEY] {
        assert!(!text.contains(key), "a key is in:\n{text}");
    }
}

/// Runs these with everything logged, and holds that neither they nor the state tell a secret.
#[track_caller]
fn run_without_telling(workspace: &mut Workspace, commands: &[&[&str]]) {
    workspace.tool.set("TF_VAR_token", SECRET);
    workspace.tool.set("TF_LOG", "TRACE");
    for command in commands {
        let outcome = workspace.run(command).succeeds();
        for text in [&outcome.output, &outcome.errors, &workspace.state()] {
            assert_free_of_secrets(text);
        }
    }
}

#[test]
fn secrets_are_in_the_orders_and_nowhere_else() {
    let mut workspace = with_all_keys(with_secrets_of_a_variable());
    run_without_telling(
        &mut workspace,
        &[
            &["plan", "-out=plan.bin"],
            &["show", "-json", "plan.bin"],
            &["apply", "plan.bin"],
            &["plan", "-json"],
        ],
    );
    let ordered = |path: &str| workspace.sent("POST", path).remove(0);
    let variables = json!([{"key": "TOKEN", "value": SECRET}]);
    assert_eq!(ordered("/v2/pods")["environmentVars"], variables);
    let resold = ordered("/api/v1/pods/");
    assert_eq!(resold["pod"]["envVars"], variables);
    assert_eq!(resold["pod"]["jupyterPassword"], SECRET);
    assert_eq!(ordered("/v1/pods")["spec"]["env"], json!({"TOKEN": SECRET}));
    assert_eq!(ordered("/v2/container-registry-auths")["password"], SECRET);
    workspace.finish();
}

#[test]
fn no_data_source_tells_a_secret() {
    let mut workspace = with_all_keys(with_secrets_of_a_variable() + &every_data_source());
    run_without_telling(
        &mut workspace,
        &[
            &["apply", "-auto-approve"],
            &["plan", "-json", "-out=plan.bin"],
            &["show", "-json", "plan.bin"],
            &["show", "-json"],
            &["apply", "-auto-approve", "-refresh-only"],
        ],
    );
    workspace.finish();
}

#[test]
fn every_data_source_is_asked_about_secrets() {
    let workspace = Workspace::new("");
    let asked = every_data_source();
    for (name, _) in workspace.schema()["data_source_schemas"].as_object().unwrap() {
        assert!(asked.contains(&format!("{name:?}")), "{name} is not asked");
    }
    workspace.finish();
}

#[test]
fn a_password_that_changes_is_sent_and_told_nowhere() {
    let with_version = |version: u8| {
        let credential = credential()
            .with("password_wo", "var.token")
            .with("password_wo_version", version);
        format!("variable \"token\" {{\n  type = string\n  ephemeral = true\n}}\n{credential}")
    };
    let mut workspace = Workspace::new(with_version(1));
    run_without_telling(&mut workspace, &[&["apply", "-auto-approve"]]);
    workspace.write(with_version(2));
    run_without_telling(&mut workspace, &[&["apply", "-auto-approve"], &["show", "-json"]]);
    let changes = workspace.sent("PATCH", "/v2/container-registry-auths");
    assert_eq!(changes, [json!({"password": SECRET})]);
    workspace.finish();
}

#[test]
fn a_refusal_that_repeats_the_password_does_not_show_it() {
    let with_version = |version: u8| {
        let secret = format!("{SECRET:?}");
        credential()
            .with("password_wo", secret)
            .with("password_wo_version", version)
    };
    let body = json!({"code": 10001, "message": format!("bad password {SECRET} for key {API_KEY}")});
    let workspace = Workspace::new(with_version(1));
    for (version, method) in [(1, "POST"), (2, "PATCH")] {
        workspace.write(with_version(version));
        workspace.fault(
            method,
            "/v2/container-registry-auths*",
            1,
            json!({"respond": {"status": 200, "body": body}}),
        );
        let told = workspace.try_apply().fails().says(&["bad password ***"]).told();
        assert_free_of_secrets(&told);
        workspace.apply();
    }
    workspace.finish();
}

#[test]
fn a_refusal_that_repeats_the_secrets_does_not_show_them() {
    let workspace = Workspace::new(with_secret());
    let message = format!("bad variable {SECRET} for key {API_KEY}");
    workspace.next_create(json!({"respond": {"status": 200, "body": {"code": 10001, "message": message}}}));
    let told = workspace.try_apply().fails().says(&["bad variable ***"]).told();
    assert_free_of_secrets(&told);
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
