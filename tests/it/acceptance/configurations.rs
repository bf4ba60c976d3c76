//! Every configuration in this repository, wherever it stands: formatted as Terraform formats, and valid.

use std::{collections::BTreeMap, fs, path::Path};

use super::{clouds, modules, workspace::Workspace};
use crate::{files, markdown};

/// Papers and folders that hold configurations.
const PAPERS: [&str; 3] = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"];
const FOLDERS: [&str; 4] = ["docs", "examples", "src", "tests"];
const ENDINGS: [&str; 3] = [".tf", ".tfvars", ".tftest.hcl"];
const REQUIREMENT: &str = "terraform {\n  required_providers {\n    gpupod = { source = \"gpupod/gpupod\" }\n  }\n}\n";
/// The pages whose blocks make up no one configuration, and the test that puts each of them together.
const RUN_ELSEWHERE: [&str; 2] = ["docs/guides/", "examples/modules/"];

/// Files of a configuration, by their paths from its folder.
type Configuration = BTreeMap<String, String>;

#[test]
fn every_configuration_is_formatted() {
    let workspace = Workspace::new("");
    let pieces = pieces();
    assert!(pieces.len() > 80, "only {} were found", pieces.len());
    for (path, text) in &pieces {
        write(&workspace, Path::new("all"), path, text);
    }
    let check = workspace.run(&["fmt", "-check", "-diff", "-recursive", "all"]);
    assert_eq!(
        check.code,
        Some(0),
        "not formatted:\n{}\n{}",
        check.output,
        check.errors
    );
    fs::remove_dir_all(workspace.file("all")).unwrap();
    workspace.finish();
}

#[test]
fn every_configuration_is_valid() {
    let configurations = configurations();
    assert!(configurations.len() > 25, "only {} were found", configurations.len());
    let workspace = Workspace::new("");
    workspace.remove_provider_block();
    for (number, (name, configuration)) in configurations.iter().enumerate() {
        let folder = format!("configuration-{number}");
        for (file, text) in configuration {
            write(&workspace, Path::new(&folder), file, text);
        }
        if !configuration.values().any(|text| text.contains("required_providers")) {
            write(&workspace, Path::new(&folder), "requirement.tf", REQUIREMENT);
        }
        // What a configuration reads from its user's folder.
        write(&workspace, Path::new(".ssh"), "id_ed25519.pub", clouds::PUBLIC_KEY);
        if configuration.values().any(|text| text.contains("\"./modules/pod\"")) {
            modules::copy(&workspace, "pod", &format!("{folder}/modules/pod"));
            workspace.run(&[&format!("-chdir={folder}"), "get"]).succeeds();
        }
        let validated = workspace.run(&[&format!("-chdir={folder}"), "validate"]);
        assert_eq!(
            validated.code,
            Some(0),
            "{name}:\n{}\n{}",
            validated.output,
            validated.errors
        );
    }
    workspace.restore_provider_block();
    workspace.finish();
}

/// Each file and each block of a page, under a path that says where it stands.
fn pieces() -> BTreeMap<String, String> {
    let mut pieces = BTreeMap::new();
    for path in paths() {
        let text = files::read(&path);
        if is_configuration(&path) {
            pieces.insert(path, text);
        } else {
            for (number, block) in blocks(&text).into_iter().enumerate() {
                pieces.insert(format!("{path}-{number}.tf"), block);
            }
        }
    }
    pieces
}

/// What can be validated by itself: the files of a folder, or the blocks of a page. The same is taken once.
fn configurations() -> BTreeMap<String, Configuration> {
    let mut found: BTreeMap<String, Configuration> = BTreeMap::new();
    for path in paths() {
        if RUN_ELSEWHERE.iter().any(|folder| path.starts_with(folder)) {
            continue;
        }
        let text = files::read(&path);
        let (folder, file) = path.rsplit_once('/').unwrap_or(("", &path));
        if !is_configuration(&path) {
            let blocks = blocks(&text).into_iter().enumerate();
            let page: Configuration = blocks.map(|(n, block)| (format!("{n}.tf"), block)).collect();
            if !page.is_empty() {
                found.insert(path, page);
            }
        } else if folder.ends_with("/configurations") {
            found.insert(path.clone(), [(file.to_owned(), text)].into());
        } else {
            let configuration = found.entry(folder.to_owned()).or_default();
            configuration.insert(file.to_owned(), text);
        }
    }
    found
}

fn paths() -> impl Iterator<Item = String> {
    let papers = PAPERS.into_iter().map(str::to_owned);
    let files = FOLDERS.into_iter().flat_map(files::below);
    papers.chain(files.filter(|path| is_configuration(path) || path.ends_with(".md")))
}

fn is_configuration(path: &str) -> bool {
    ENDINGS.iter().any(|ending| path.ends_with(ending))
}

fn blocks(page: &str) -> Vec<String> {
    let blocks = markdown::blocks(page).into_iter();
    let terraform = blocks.filter(|block| ["terraform", "hcl"].contains(&block.language.as_str()));
    let texts = terraform.map(|block| block.text);
    // Settings of the command line look like a configuration and are none.
    texts.filter(|text| !text.contains("provider_installation")).collect()
}

fn write(workspace: &Workspace, folder: &Path, file: &str, text: &str) {
    let path = workspace.file("").join(folder).join(file);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}
