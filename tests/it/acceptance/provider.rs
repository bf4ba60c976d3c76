//! The provider block and its environment: which cloud, which key.

use super::{
    pod::{POD, Pod},
    workspace::Workspace,
};

const QUICKLY: &str = "poll_interval = \"50ms\"";

#[test]
fn without_a_key_the_plan_names_the_variable() {
    let workspace = Workspace::new(Pod::minimal()).with_keys_of(&[]);
    workspace
        .run(&["plan"])
        .fails()
        .says(&["no cloud has a key", "Set `YOTTA_API_KEY`"]);
    workspace.write(Pod::minimal().with("cloud", r#""yotta""#));
    workspace
        .run(&["plan"])
        .fails()
        .says(&["`yotta` has no key", "Set YOTTA_API_KEY in the environment"]);
    workspace.write("");
    workspace.finish();
}

#[test]
fn a_wrong_key_is_told_with_what_to_do() {
    let workspace = Workspace::new(Pod::minimal());
    workspace.provider("yotta = { api_key = \"wrong-key\" }\nmax_retries = 0");
    let told = workspace
        .try_apply()
        .fails()
        .says(&["HTTP 401", "Check that it is whole, current"])
        .told();
    assert!(!told.contains("wrong-key"), "{told}");
    workspace.write("");
    workspace.finish();
}

#[test]
fn the_cloud_can_be_chosen_in_the_environment() {
    let mut workspace = Workspace::new(Pod::minimal());
    workspace.tool.set("GPUPOD_CLOUD", "yotta");
    workspace.apply();
    assert_eq!(workspace.pod()["cloud"], "yotta");
    workspace.tool.set("GPUPOD_CLOUD", "nowhere");
    workspace
        .run(&["plan"])
        .fails()
        .says(&["GPUPOD_CLOUD of the environment is \"nowhere\". Use `yotta`"]);
    workspace.tool.unset("GPUPOD_CLOUD");
    workspace.finish();
}

#[test]
fn with_the_keys_of_several_clouds_one_is_named() {
    let mut workspace = Workspace::new(Pod::minimal()).with_keys_of(&["yotta", "prime_intellect"]);
    workspace.tool.set("GPUPOD_CLOUD", "yotta");
    workspace.apply();
    assert_eq!(workspace.cloud.living_pods()[0].cloud, "yotta");
    workspace.finish();
}

#[test]
fn the_block_wins_over_the_environment() {
    let mut workspace = Workspace::new(Pod::minimal());
    workspace.provider(&format!(
        "{QUICKLY}\ncloud = \"yotta\"\nyotta = {{\n  api_key = {:?}\n  base_url = {:?}\n}}",
        gpupod::simulator::API_KEY,
        workspace.cloud.url()
    ));
    workspace.tool.set("GPUPOD_CLOUD", "nowhere");
    workspace.tool.set("YOTTA_API_KEY", "wrong-key");
    workspace.tool.set("YOTTA_BASE_URL", "http://127.0.0.1:9");
    workspace.apply();
    workspace.finish();
}

#[test]
fn mistakes_in_the_block_are_told_at_once() {
    let workspace = Workspace::new(Pod::minimal());
    workspace.provider(
        r#"
        cloud           = "nowhere"
        yotta           = { base_url = "http://clouds.example" }
        request_timeout = "soon"
        max_retries     = 11
        poll_interval   = "1ms"
        plan_checks     = "never"
        "#,
    );
    workspace.run(&["validate"]).fails().says(&[
        "`cloud` is \"nowhere\". Use `yotta`",
        "`yotta.base_url` cannot be used.",
        "`request_timeout` is \"soon\"",
        "`max_retries` is 11. Use a whole number from 0 to 10.",
        "`poll_interval` is \"1ms\". Use a duration of at least `50ms`",
        "`plan_checks` is \"never\". Use `error`, `warn` or `off`.",
    ]);
    workspace.provider(QUICKLY);
    workspace.write("");
    workspace.finish();
}

#[test]
fn settings_that_are_not_known_yet_are_no_mistake() {
    let mut workspace = Workspace::new("");
    workspace.provider(&format!("{QUICKLY}\nyotta = {{ api_key = terraform_data.key.output }}"));
    workspace.tool.unset("YOTTA_API_KEY");
    let key = format!(
        "resource \"terraform_data\" \"key\" {{\n  input = {:?}\n}}\n",
        gpupod::simulator::API_KEY
    );
    workspace.write(format!("{key}\n{}", Pod::minimal()));
    workspace.apply();
    workspace.finish();
}

#[test]
fn the_cloud_knows_who_asks() {
    let workspace = Workspace::applied(Pod::minimal());
    let requests = workspace.cloud.requests();
    let expected = concat!("terraform-provider-gpupod/", env!("CARGO_PKG_VERSION"), " (Terraform ");
    assert!(
        requests
            .iter()
            .all(|request| request.headers["user-agent"].starts_with(expected))
    );
    workspace.finish();
}

#[test]
fn whoever_runs_terraform_can_add_to_the_name() {
    let mut workspace = Workspace::new(Pod::minimal());
    workspace.tool.set("TF_APPEND_USER_AGENT", "pipeline/7\u{7f}");
    workspace.apply();
    let requests = workspace.cloud.requests();
    let is_told = |agent: &String| agent.starts_with("terraform-provider-gpupod/") && agent.ends_with(") pipeline/7");
    assert!(!requests.is_empty() && requests.iter().all(|request| is_told(&request.headers["user-agent"])));
    workspace.finish();
}

#[test]
fn settings_that_are_not_known_yet_leave_what_exists_as_it_is() {
    let workspace = Workspace::applied(Pod::minimal());
    let key = format!(
        "resource \"terraform_data\" \"key\" {{\ninput = {:?}\n}}\n",
        gpupod::simulator::API_KEY
    );
    workspace.write(format!("{key}{}", Pod::minimal()));
    workspace.provider("poll_interval = \"50ms\"\nyotta = { api_key = terraform_data.key.output }");
    workspace.cloud.clear_requests();
    assert!(workspace.plan().change(POD).is_none(), "the pod stays as it is");
    assert!(
        workspace.cloud.requests().is_empty(),
        "and nobody is asked without the key"
    );
    workspace.apply();
    workspace.finish();
}
