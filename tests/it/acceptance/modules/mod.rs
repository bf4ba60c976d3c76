//! The modules that users start from, each found by its folder: tested by their own tests, used as their READMEs show,
//! and described there as they are.

mod cheapest;

mod readme;

use std::{collections::BTreeSet, fs};

use super::workspace::{Workspace, at_test_pace};
use crate::{files, markdown};

/// Where the modules are, seen from the root.
const MODULES: &str = "examples/modules";
/// In every folder, so that each can be read in the same way.
const FILES: [&str; 5] = ["README.md", "main.tf", "outputs.tf", "variables.tf", "versions.tf"];

/// The folders' names.
fn names() -> BTreeSet<String> {
    let paths = files::below(MODULES);
    paths
        .iter()
        .filter_map(|path| path.strip_prefix(MODULES)?.split('/').nth(1))
        .map(str::to_owned)
        .collect()
}

/// The paths of a module's files, from its folder.
fn files_of(module: &str) -> Vec<String> {
    let folder = format!("{MODULES}/{module}/");
    let paths = files::below(folder.trim_end_matches('/')).into_iter();
    paths.map(|path| path.replace(&folder, "")).collect()
}

fn read(module: &str, file: &str) -> String {
    files::read(&format!("{MODULES}/{module}/{file}"))
}

/// Copies a module into a folder of a test.
pub fn copy(workspace: &Workspace, module: &str, folder: &str) {
    for file in files_of(module) {
        let copied = workspace.file(folder).join(&file);
        fs::create_dir_all(copied.parent().unwrap()).unwrap();
        fs::write(copied, read(module, &file)).unwrap();
    }
}

/// A test's world with the keys of all clouds and nothing in its folder.
fn workspace() -> Workspace {
    let workspace = Workspace::new("").with_all_keys();
    workspace.remove_provider_block();
    fs::remove_file(workspace.file("main.tf")).unwrap();
    workspace
}

/// Holds that something was made and that nothing of it is left.
#[track_caller]
fn nothing_is_left(workspace: Workspace, module: &str) {
    let changes = workspace.changes();
    assert!(changes.contains(&"POST pods".to_owned()), "{module} made no pod");
    assert!(workspace.cloud.living_pods().is_empty(), "{module} left a pod");
    assert!(workspace.cloud.living_volumes().is_empty(), "{module} left a volume");
    workspace.write("");
    workspace.restore_provider_block();
    workspace.finish();
}

#[test]
fn the_readme_leads_to_each_module() {
    let links = markdown::links(&files::read("README.md"));
    for module in names() {
        assert!(
            links.contains(&format!("{MODULES}/{module}")),
            "README.md does not link {module}"
        );
    }
}

#[test]
fn each_module_has_the_same_files_and_tests() {
    assert!(names().len() >= 5, "modules were not found: {:?}", names());
    for module in names() {
        let files = files_of(&module);
        for file in FILES {
            assert!(files.iter().any(|found| found == file), "{module} has no {file}");
        }
        let is_test = |file: &String| file.starts_with("tests/") && file.ends_with(".tftest.hcl");
        assert!(files.iter().any(is_test), "{module} has no tests");
        assert!(
            files.iter().all(|file| FILES.contains(&file.as_str()) || is_test(file)),
            "{module} has files that the others have not: {files:?}"
        );
    }
}

#[test]
fn the_tests_of_each_module_pass_and_leave_nothing() {
    for module in names() {
        let workspace = workspace();
        copy(&workspace, &module, ".");
        let outcome = workspace.run(&["test"]).succeeds();
        assert!(outcome.output.contains(" passed, 0 failed."), "{}", outcome.output);
        for file in files_of(&module).iter().filter(|file| file.ends_with(".tf")) {
            fs::remove_file(workspace.file(file)).unwrap();
        }
        nothing_is_left(workspace, &module);
    }
}

#[test]
fn every_validation_of_a_module_is_tested() {
    for module in names() {
        let tests: String = files_of(&module)
            .iter()
            .filter(|file| file.ends_with(".tftest.hcl"))
            .map(|file| read(&module, file))
            .collect();
        for variable in readme::variables(&module) {
            let is_refused = tests.contains(&format!("expect_failures = [var.{}]", variable.name));
            assert_eq!(
                variable.is_validated, is_refused,
                "{module}: whether {} has a validation, and a test that meets it",
                variable.name
            );
        }
    }
}

#[test]
fn each_module_is_used_as_its_readme_shows() {
    for module in names() {
        let workspace = workspace();
        copy(&workspace, &module, &format!("modules/{module}"));
        let readme = read(&module, "README.md");
        let usage: Vec<String> = markdown::blocks(&readme)
            .into_iter()
            .filter(|block| block.language == "terraform")
            .map(|block| block.text)
            .collect();
        assert_eq!(usage.len(), 1, "{module} shows one way of use");
        let has_clock = readme::variables(&module).iter().any(|variable| variable.name == "now");
        let usage = match has_clock {
            true => with_a_stopped_clock(&usage[0]),
            false => usage[0].clone(),
        };
        workspace.write(at_test_pace(&usage));
        // Whoever uses a module says where the provider comes from, as the module does.
        fs::write(workspace.file("versions.tf"), read(&module, "versions.tf")).unwrap();
        workspace.run(&["get"]).succeeds();
        workspace.apply();
        assert!(!workspace.cloud.living_pods().is_empty(), "{module}");
        workspace.plan().assert_empty();
        workspace.assert_all_match();
        workspace.destroy();
        fs::remove_file(workspace.file("versions.tf")).unwrap();
        nothing_is_left(workspace, &module);
    }
}

/// Applies and plans at the same moment, or they may differ. This is no override file: Terraform takes any argument in a
/// block that has one.
fn with_a_stopped_clock(usage: &str) -> String {
    const SOURCE: &str = "  source = ";
    usage.replace(SOURCE, &format!("  now = \"2026-01-05T10:00:00Z\"\n{SOURCE}"))
}
