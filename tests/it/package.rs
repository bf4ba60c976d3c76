//! The package's own files: what they name exists, and the version is one.

use crate::{
    files::{self, root},
    markdown::anchor,
};

#[test]
fn the_commands_of_the_readme_exist() {
    let readme = files::read("README.md");
    for command in [
        "cargo run --example quickstart",
        "cargo test",
        "terraform-provider-gpupod simulator",
    ] {
        assert!(readme.contains(command), "{command}");
    }
    assert!(root().join("examples/quickstart.rs").exists());
}

#[test]
fn paths_in_the_papers_exist() {
    for paper in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md"] {
        let text = files::read(paper);
        let paths: Vec<&str> = text
            .split('`')
            .skip(1)
            .step_by(2)
            .filter(|code| is_path(code))
            .collect();
        for path in &paths {
            assert!(root().join(path).exists(), "{paper} names {path}, which does not exist");
        }
        assert!(paper == "README.md" || paths.len() > 5, "{paper}: no paths were found");
    }
}

#[test]
fn links_in_the_papers_lead_somewhere() {
    for paper in [
        "README.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "SECURITY.md",
        "CHANGELOG.md",
    ] {
        let text = files::read(paper);
        let targets = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        for target in targets.filter(|target| !target.starts_with("https://")) {
            let (file, heading) = target.split_once('#').unwrap_or((target, ""));
            assert!(
                root().join(file).exists(),
                "{paper} links to {target}, which does not exist"
            );
            let has_heading = || {
                files::read(file)
                    .lines()
                    .any(|line| anchor(line).as_deref() == Some(heading))
            };
            assert!(
                heading.is_empty() || has_heading(),
                "{paper} links to {target}, and {file} has no such heading"
            );
        }
    }
}

#[test]
fn every_fuzz_target_is_built_run_and_fed() {
    let (manifest, script) = (files::read("fuzz/Cargo.toml"), files::read(".ci/fuzz"));
    let targets = script.split("targets=(").nth(2).and_then(|rest| rest.split(')').next());
    let mut run: Vec<&str> = targets.expect("the script lists the targets").split(' ').collect();
    run.sort_unstable();
    let paths = files::below("fuzz/targets");
    let name = |path: &String| path.replace("fuzz/targets/", "").replace(".rs", "");
    let targets: Vec<String> = paths.iter().map(name).collect();
    assert_eq!(run, targets);
    for target in targets {
        assert!(
            manifest.contains(&format!("path = \"targets/{target}.rs\"")),
            "{target}"
        );
        assert!(!files::below(&format!("fuzz/seeds/{target}")).is_empty(), "{target}");
    }
}

#[test]
fn the_version_is_in_the_changelog() {
    let heading = format!("## [{}]", env!("CARGO_PKG_VERSION"));
    assert!(files::read("CHANGELOG.md").contains(&heading), "{heading}");
}

#[test]
fn the_registry_is_told_the_protocol() {
    let manifest: serde_json::Value = serde_json::from_str(&files::read("terraform-registry-manifest.json")).unwrap();
    assert_eq!(manifest["metadata"]["protocol_versions"], serde_json::json!(["6.0"]));
}

/// Whether a piece of code in a text is a path of ours, and no command, pattern or placeholder.
fn is_path(code: &str) -> bool {
    let starts = [
        "src/",
        "tests/",
        "docs/",
        "examples/",
        "tools/",
        "proto/",
        ".ci/",
        ".github/",
    ];
    starts.iter().any(|start| code.starts_with(start)) && !code.contains([' ', '<', '*', '\n'])
}
