//! Mistakes in a configuration are found before anything is sent, all at once, with what to do.

use serde_json::Value;

use super::{plan::Action, pod::Pod, workspace::Workspace};

/// What is wrong, where the message must point, and what it must advise.
const MISTAKES: [(&str, &str, &str, &str); 19] = [
    ("name", r#""""#, "name", "Use 1 to 255 characters."),
    (
        "image",
        r#"join("", [for _ in range(256) : "x"])"#,
        "image",
        "Use 1 to 255 characters.",
    ),
    ("cloud", r#""nowhere""#, "cloud", "Use `yotta`"),
    ("gpu_count", "3", "gpu_count", "takes 1, 2, 4, 8, 16"),
    ("gpu_count", "0", "gpu_count", "Use a whole number"),
    ("resource_type", r#""TPU""#, "resource_type", "Use `GPU` or `CPU`."),
    (
        "max_price",
        "0.5",
        "max_price",
        "set `is_spot = true`, or remove `max_price`",
    ),
    (
        "is_spot = true\nmax_price",
        "-1",
        "max_price",
        "Use a number above 0 with at most 28 digits.",
    ),
    (
        "image_public_type",
        r#""SECRET""#,
        "image_public_type",
        "Use `PUBLIC` or `PRIVATE`.",
    ),
    ("shm_in_gb", "1.5", "shm_in_gb", "Use a whole number"),
    (
        "environment_vars",
        r#"{ EMPTY = "" }"#,
        "environment_vars",
        "Give the variable a value, or leave it out.",
    ),
    (
        "secret_environment_vars_wo",
        r#"{ A = "b" }"#,
        "secret_environment_vars_wo_version",
        "Give it a number",
    ),
    (
        "environment_vars = { A = \"b\" }\nsecret_environment_vars_wo_version = 1\nsecret_environment_vars_wo",
        r#"{ A = "c" }"#,
        "secret_environment_vars_wo",
        "Keep it in one of the two.",
    ),
    ("expose", "[{ port = 0 }]", "expose", "from 1 to 65535"),
    (
        "expose",
        "[{ port = 80 }, { port = 80 }]",
        "expose",
        "Use each port once.",
    ),
    (
        "volumes",
        r#"[{ id = "7", mount_path = "data" }]"#,
        "volumes",
        "Use an absolute path",
    ),
    (
        "callback_url",
        r#""http://hooks.example""#,
        "callback_url",
        "Use one that starts with `https://`",
    ),
    (
        "desired_state",
        r#""paused""#,
        "desired_state",
        "Use `running` or `stopped`.",
    ),
    ("timeouts", r#"{ create = "soon" }"#, "timeouts", "Use a duration"),
];

/// What only a pod that is to be made must have or may not have: a cloud may tell it so of one that is there.
const MISTAKES_OF_NEW_PODS: [(&str, &str, &str, &str); 5] = [
    ("gpu_type", "null", "gpu_type", "Give it a value."),
    (
        "image_public_type",
        r#""PRIVATE""#,
        "container_registry_auth_id",
        "Give it the id of a registry credential",
    ),
    (
        "expose",
        r#"[{ port = 80, protocol = "UDP" }]"#,
        "expose",
        "Use `HTTP`, `TCP` or `SSH`.",
    ),
    ("volumes", r#"[{ id = "7" }]"#, "volumes", "Give it a value."),
    ("name", r#""trainer\n""#, "name", "Remove the white space"),
];

#[test]
fn all_mistakes_are_told_at_once_with_what_to_do() {
    let workspace = told_at_once(&MISTAKES, &["validate", "-json"]);
    assert!(workspace.cloud.requests().is_empty());
    workspace.write("");
    workspace.finish();
}

#[test]
fn all_mistakes_of_new_pods_are_told_at_once_by_the_plan() {
    let workspace = told_at_once(&MISTAKES_OF_NEW_PODS, &["plan", "-json"]);
    workspace.run(&["validate"]).succeeds();
    workspace.write("");
    workspace.finish();
}

#[track_caller]
fn told_at_once(mistakes: &[(&str, &str, &str, &str)], command: &[&str]) -> Workspace {
    let pods = mistakes.iter().enumerate().map(|(index, (attribute, value, _, _))| {
        let pod = Pod::minimal().with("cloud", r#""yotta""#);
        let pod = pod.labelled(&format!("mistake_{index}"));
        pod.without(attribute).with(attribute, value).to_string()
    });
    let workspace = Workspace::new(pods.collect::<String>());
    let output = workspace.run(command).fails().output;
    // `validate` answers with one object, `plan` with one a line.
    let answers = output
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let of_plan = answers
        .map(|mut line| line["diagnostic"].take())
        .filter(|one| !one.is_null());
    let of_validation = serde_json::from_str::<Value>(&output).unwrap_or_default();
    let of_validation = of_validation["diagnostics"].as_array().cloned().unwrap_or_default();
    let diagnostics: Vec<Value> = of_plan
        .chain(of_validation)
        .filter(|one| one["severity"] == "error")
        .collect();
    for (index, (attribute, value, pointed_at, advice)) in mistakes.iter().enumerate() {
        let address = format!("gpupod_pod.mistake_{index}");
        let is_meant = |diagnostic: &&Value| diagnostic["address"] == address;
        let found: Vec<&Value> = diagnostics.iter().filter(is_meant).collect();
        let is_told = found.iter().any(|diagnostic| {
            let detail = diagnostic["detail"].as_str().unwrap_or_default();
            detail.contains(&format!("`{pointed_at}")) && detail.contains(advice)
        });
        assert!(is_told, "{attribute} = {value}: {found:#?}");
        assert_eq!(found.len(), 1, "one mistake, one message: {found:#?}");
    }
    workspace
}

#[test]
fn all_mistakes_in_one_pod_are_told_at_once() {
    let pod = Pod::minimal()
        .with("cloud", r#""yotta""#)
        .with("name", r#""""#)
        .with("gpu_count", 3)
        .with("max_price", 1)
        .with("expose", "[{ port = 0 }, { port = 70000 }]");
    let workspace = Workspace::new(pod);
    workspace.run(&["validate"]).fails().says(&[
        "`name`",
        "`gpu_count`",
        "`max_price`",
        "`expose[0].port`",
        "`expose[1].port`",
    ]);
    workspace.write("");
    workspace.finish();
}

#[test]
fn what_is_not_known_yet_is_no_mistake() {
    let values = [
        ("cloud", r#""yotta""#),
        ("name", r#""trainer""#),
        ("image", r#""busybox""#),
        ("gpu_type", r#""NVIDIA_RTX_4090_24G""#),
        ("gpu_count", "2"),
        ("regions", r#"["us-east-1"]"#),
        ("is_spot", "true"),
        ("max_price", "0.9"),
        ("image_public_type", r#""PUBLIC""#),
        ("environment_vars", r#"{ A = "b" }"#),
        ("secret_environment_vars_wo", r#"{ C = "d" }"#),
        ("secret_environment_vars_wo_version", "1"),
        ("expose", "[{ port = 80 }]"),
        ("callback_url", r#""https://hooks.example""#),
        ("desired_state", r#""running""#),
        ("stop_before_destroy", "true"),
        ("timeouts", r#"{ create = "5m" }"#),
    ];
    let inputs: String = values
        .iter()
        .map(|(name, value)| format!("    {name} = {value}\n"))
        .collect();
    let source = format!("resource \"terraform_data\" \"source\" {{\n  input = {{\n{inputs}  }}\n}}\n");
    let unknown = |name: &str| match name {
        // The output has no type until it is known.
        "expose" => "[for one in terraform_data.source.output.expose : { port = one.port }]".to_owned(),
        "timeouts" => "{ create = terraform_data.source.output.timeouts.create }".to_owned(),
        name => format!("terraform_data.source.output.{name}"),
    };
    let pod = values
        .iter()
        .fold(Pod::minimal(), |pod, (name, _)| pod.with(name, unknown(name)));
    let workspace = Workspace::new(format!("{source}\n{pod}"));
    workspace.run(&["validate"]).succeeds();
    assert!(
        workspace
            .plan()
            .changes
            .iter()
            .all(|change| change.action == Action::Create)
    );
    workspace.apply();
    workspace.finish();
}

#[test]
fn a_mistake_that_is_known_only_while_applying_makes_no_pod() {
    let source = "resource \"terraform_data\" \"source\" {\n  input = 3\n}\n";
    let pod = Pod::minimal().with("gpu_count", "terraform_data.source.output");
    let workspace = Workspace::new(format!("{source}\n{pod}"));
    workspace.try_apply().fails().says(&["`gpu_count` is 3"]);
    assert!(workspace.has_no_pods());
    workspace.write("");
    workspace.apply();
    workspace.finish();
}
