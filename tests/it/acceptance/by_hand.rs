//! The binary itself, and what Terraform asks of it besides resources.

use super::{plan::Action, pod::Pod, running::Running, tool::Outcome, workspace::Workspace};

fn by_hand(workspace: &Workspace, arguments: &[&str]) -> Outcome {
    workspace.tool.provider(arguments).output().unwrap().into()
}

#[test]
fn started_by_hand_it_explains_itself() {
    let workspace = Workspace::new("");
    by_hand(&workspace, &[]).fails().says(&["Terraform", "plugin"]);
    by_hand(&workspace, &["--nonsense"])
        .fails()
        .says(&["There is no command or option \"--nonsense\"", "Usage:"]);
    by_hand(&workspace, &["--help"])
        .succeeds()
        .says(&["Usage:", "--debug", "simulator"]);
    let version = by_hand(&workspace, &["--version"]).succeeds().output;
    assert_eq!(
        version,
        concat!("terraform-provider-gpupod ", env!("CARGO_PKG_VERSION"), "\n")
    );
    workspace.finish();
}

#[test]
fn one_process_in_debug_mode_serves_plan_after_plan() {
    let mut workspace = Workspace::new(Pod::minimal());
    let mut provider = Running::start(workspace.tool.provider(&["--debug"]));
    let line = provider.line_with("TF_REATTACH_PROVIDERS=");
    let reattach = line
        .trim()
        .strip_prefix("TF_REATTACH_PROVIDERS='")
        .unwrap()
        .strip_suffix('\'')
        .unwrap();
    workspace.tool.set("TF_REATTACH_PROVIDERS", reattach);
    // Only the process that runs already has the key.
    workspace.tool.unset("YOTTA_API_KEY");
    for gpu_count in [1, 2] {
        workspace.write(Pod::minimal().with("gpu_count", gpu_count));
        workspace.plan().only();
        workspace.apply();
        workspace.plan().assert_empty();
    }
    workspace.finish();
    provider.interrupt();
    provider.end().succeeds();
}

#[test]
fn the_schema_can_be_shown() {
    let workspace = Workspace::new("");
    let pod = &workspace.schema()["resource_schemas"]["gpupod_pod"]["block"]["attributes"];
    assert_eq!(pod["name"]["required"], true);
    assert_eq!(pod["id"]["computed"], true);
    assert_eq!(pod["secret_environment_vars_wo"]["write_only"], true);
    assert_eq!(pod["secret_environment_vars_wo"]["sensitive"], true);
    workspace.finish();
}

#[test]
fn a_resource_of_another_type_cannot_become_a_pod() {
    let workspace = Workspace::applied("resource \"terraform_data\" \"old\" {}\n");
    let moved = "moved {\n  from = terraform_data.old\n  to = gpupod_pod.this\n}\n";
    workspace.write(format!("{moved}\n{}", Pod::minimal()));
    workspace.run(&["plan"]).fails().says(&["terraform_data", "gpupod_pod"]);
    workspace.write("");
    workspace.apply();
    workspace.finish();
}

#[test]
fn a_pod_that_is_moved_within_the_configuration_stays() {
    let workspace = Workspace::applied(Pod::minimal());
    let id = workspace.pod_id();
    let moved = "moved {\n  from = gpupod_pod.this\n  to = gpupod_pod.that\n}\n";
    workspace.write(format!("{moved}\n{}", Pod::minimal().labelled("that")));
    workspace.apply();
    assert_eq!(workspace.pod_id(), id);
    workspace.finish();
}

#[test]
fn a_pod_that_is_forgotten_can_be_planned_anew() {
    let workspace = Workspace::applied(Pod::minimal());
    let id = workspace.pod_id();
    workspace.run(&["state", "rm", "gpupod_pod.this"]).succeeds();
    assert_eq!(workspace.plan().only().action, Action::Create);
    workspace.run(&["import", "gpupod_pod.this", &id]).succeeds();
    workspace.finish();
}
