//! The layers of ARCHITECTURE.md, held: what each module names, and what it must not.

pub mod source;

mod new_cloud;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use source::Source;

use crate::files;

/// What each layer may name besides itself. `main` and `lib` may name all.
const LAYERS: [(&str, &[&str]); 9] = [
    ("untrusted", &[]),
    ("plugin", &["untrusted"]),
    ("tf", &[]),
    ("wire", &["tf", "untrusted"]),
    ("server", &["wire", "tf", "plugin::panic_message"]),
    ("clouds", &["untrusted"]),
    ("resources", &["tf", "clouds"]),
    ("simulator", &["untrusted"]),
    ("docs", &["resources", "tf", "clouds"]),
];

/// The floors of `resources`: each may name those above it in this list. What is not listed here is a noun.
const FLOORS: [&str; 4] = ["common", "run", "session", "managed"];

/// Stand beside the floors and may name all of them: the list of all nouns, and the cloud in memory of the tests.
const ABOVE_ALL: [&str; 2] = ["registry.rs", "testing"];

/// Who may name what is not ours. A crate that is not listed is free.
const CRATES: [(&str, &[&str]); 10] = [
    ("prost", &["src/wire/", "src/plugin/proto.rs"]),
    ("prost_types", &["src/wire/", "src/plugin/proto.rs"]),
    (
        "tonic",
        &[
            "src/wire/proto.rs",
            "src/plugin/",
            "src/server/service.rs",
            "src/server/grpc.rs",
        ],
    ),
    ("rmp", &["src/wire/"]),
    ("rustls", &["src/plugin/", "src/clouds/http/"]),
    ("hyper", &["src/simulator/", "src/clouds/http/proxy.rs"]),
    ("reqwest", &["src/clouds/"]),
    (
        "serde",
        &[
            "src/clouds/",
            "src/simulator/",
            "src/server/private_state.rs",
            "src/untrusted/",
            "src/wire/",
        ],
    ),
    ("litemap", &["src/tf/sorted.rs"]),
    (
        "serde_json",
        &[
            "src/clouds/",
            "src/simulator/",
            "src/server/private_state.rs",
            "src/tf/semantic/json.rs",
            "src/untrusted/",
            "src/wire/",
            "src/plugin/",
        ],
    ),
];

/// Layers that would serve any provider.
const GENERAL: [&str; 4] = ["tf", "wire", "plugin", "server"];

pub struct File {
    pub path: String,
    pub text: String,
    source: Source,
}

#[test]
fn layers_name_only_those_they_may() {
    let mut broken = Vec::new();
    for file in files() {
        let Some((_, allowed)) = LAYERS.iter().find(|(layer, _)| file.layer() == *layer) else {
            assert!(
                matches!(file.layer(), "main.rs" | "lib.rs"),
                "{} is in no layer",
                file.path
            );
            continue;
        };
        for path in file.source.paths.iter().filter_map(|path| path.strip_prefix("crate::")) {
            if !is_allowed(path, file.layer(), allowed) {
                broken.push(format!("{} names crate::{path}", file.path));
            }
        }
    }
    assert_eq!(broken, Vec::<String>::new());
}

#[test]
fn every_layer_is_there() {
    let found: BTreeSet<String> = files().iter().map(|file| file.layer().to_owned()).collect();
    for (layer, _) in LAYERS {
        assert!(found.contains(layer), "{layer}");
    }
}

#[test]
fn a_floor_names_only_those_above_it() {
    let mut broken = Vec::new();
    for (file, part) in parts_of_resources() {
        let floor = FLOORS.iter().position(|floor| *floor == part);
        for named in parts_named_by(file) {
            let is_allowed = match (floor, FLOORS.iter().position(|floor| *floor == named)) {
                (Some(own), Some(other)) => other <= own,
                (Some(_), None) => false,
                (None, _) => true,
            };
            if !is_allowed {
                broken.push(format!("{} names {named}", file.path));
            }
        }
        let is_about_terraform = |path: &String| path.starts_with("crate::tf::");
        if part == "run" && file.source.paths.iter().any(is_about_terraform) {
            broken.push(format!("{} knows Terraform", file.path));
        }
    }
    assert_eq!(broken, Vec::<String>::new());
}

/// Follows names from folder to folder. Nouns may name each other, but not in a circle.
#[test]
fn no_folders_of_resources_name_each_other_in_a_circle() {
    let mut names: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (file, part) in parts_of_resources().filter(|(_, part)| !ABOVE_ALL.contains(&part.as_str())) {
        let others: Vec<String> = parts_named_by(file).filter(|named| *named != part).collect();
        names.entry(part).or_default().extend(others);
    }
    assert!(names.len() > FLOORS.len(), "the folders were not found: {names:?}");
    while let Some(end) = names
        .iter()
        .find(|(_, named)| named.is_empty())
        .map(|(part, _)| part.clone())
    {
        names.remove(&end);
        names.values_mut().for_each(|named| {
            named.remove(&end);
        });
    }
    assert!(names.is_empty(), "in a circle: {names:?}");
}

/// The files of `resources`, each with its folder, or its own name if it is in none.
fn parts_of_resources() -> impl Iterator<Item = (&'static File, String)> {
    files().iter().filter_map(|file| {
        let below = file.path.strip_prefix("src/resources/")?;
        let part = below.split('/').next()?.to_owned();
        (part != "mod.rs").then_some((file, part))
    })
}

fn parts_named_by(file: &File) -> impl Iterator<Item = String> {
    let part = |path: &String| Some(path.strip_prefix("crate::resources::")?.split("::").next()?.to_owned());
    // What stands at the root of all is the session's.
    let is_folder = |part: &String| part.starts_with(|c: char| c.is_ascii_lowercase());
    file.source.paths.iter().filter_map(part).filter(is_folder)
}

#[test]
fn nobody_names_a_cloud_but_itself() {
    for file in files() {
        let is_own = |cloud: &String| file.path.starts_with(&format!("src/clouds/{cloud}/"));
        for cloud in clouds().filter(|cloud| !is_own(cloud)) {
            let prefix = format!("crate::clouds::{cloud}::");
            let named = file.source.paths.iter().find(|path| path.starts_with(&prefix));
            assert_eq!(named, None, "{}", file.path);
        }
    }
}

/// A cloud's own name in a resource would mean that a capability is missing.
#[test]
fn resources_decide_nothing_by_a_clouds_name() {
    for file in files().iter().filter(|file| file.layer() == "resources") {
        // Pods and volumes have attributes that are named for one.
        if ["src/resources/pod/model.rs", "src/resources/volume/model.rs"].contains(&file.path.as_str()) {
            continue;
        }
        let named = clouds().find(|cloud| code(&file.text).contains(&format!("\"{cloud}\"")));
        assert_eq!(named, None, "{}", file.path);
    }
}

#[test]
fn no_path_climbs_out_of_its_folder() {
    for file in files() {
        let climbs = |path: &&String| {
            let is_top = file.path.ends_with("/mod.rs") && file.path.matches('/').count() == 2;
            path.starts_with("super::super") || (is_top && path.starts_with("super::"))
        };
        let found = file.source.paths.iter().find(climbs);
        assert_eq!(found, None, "{}: write it from `crate::`", file.path);
    }
}

#[test]
fn only_some_name_what_is_not_ours() {
    let mut broken = Vec::new();
    for file in files() {
        for (name, places) in CRATES {
            let is_place = places.iter().any(|place| file.path.starts_with(place));
            if !is_place && file.source.words.iter().any(|word| word == name) {
                broken.push(format!("{} names {name}", file.path));
            }
        }
    }
    assert_eq!(broken, Vec::<String>::new());
}

#[test]
fn general_layers_know_nothing_of_pods() {
    for file in files().iter().filter(|file| GENERAL.contains(&file.layer())) {
        for (number, line) in code(&file.text).lines().enumerate() {
            let mut words = line.split(|c: char| !c.is_alphabetic()).map(str::to_lowercase);
            let found = words.find(|word| is_about_pods(word));
            assert_eq!(found, None, "{}:{}: {line}", file.path, number + 1);
        }
    }
}

#[test]
fn every_file_says_what_it_is_for() {
    for file in files() {
        assert!(
            file.text.starts_with("//! "),
            "{} does not open with a sentence",
            file.path
        );
    }
}

impl File {
    /// All identifiers outside tests; a macro's call ends with `!`.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.source.words.iter().map(String::as_str)
    }

    fn layer(&self) -> &str {
        let below = self.path.trim_start_matches("src/");
        below.split('/').next().unwrap_or_default()
    }
}

/// All files under `src/` but those that are for tests alone.
pub fn files() -> &'static [File] {
    static FILES: LazyLock<Vec<File>> = LazyLock::new(read_files);
    &FILES
}

fn read_files() -> Vec<File> {
    let all: Vec<File> = files::below("src")
        .into_iter()
        .filter(|path| path.ends_with(".rs"))
        .map(|path| {
            let text = files::read(&path);
            let source = source::read(&text);
            File { path, text, source }
        })
        .collect();
    let for_tests: Vec<String> = all.iter().flat_map(test_modules).collect();
    let is_for_tests = |path: &str| for_tests.iter().any(|start| path.starts_with(start));
    let files: Vec<File> = all.into_iter().filter(|file| !is_for_tests(&file.path)).collect();
    assert!(files.len() > 50, "the files were not found");
    files
}

/// How the paths of this file's test modules start: a file of the module's name, or a folder.
fn test_modules(file: &File) -> Vec<String> {
    let folder = match file.path.rsplit_once('/') {
        Some((folder, "mod.rs" | "lib.rs" | "main.rs")) => folder.to_owned(),
        _ => file.path.trim_end_matches(".rs").to_owned(),
    };
    let starts = |name: &String| [format!("{folder}/{name}.rs"), format!("{folder}/{name}/")];
    file.source.test_modules.iter().flat_map(starts).collect()
}

/// The text before the tests at the end of a file.
fn code(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default()
}

fn is_allowed(path: &str, layer: &str, allowed: &[&str]) -> bool {
    let is_of = |name: &str| path == name || path.starts_with(&format!("{name}::"));
    // The macros stand at the root because all macros do; they are `tf`'s.
    is_of(layer)
        || allowed.iter().any(|name| is_of(name))
        || (["model", "messages"].contains(&path) && layer != "clouds")
}

fn is_about_pods(word: &str) -> bool {
    ["pod", "gpu", "cloud", "yotta"]
        .iter()
        .any(|stem| word == *stem || word.strip_suffix('s') == Some(stem))
}

fn clouds() -> impl Iterator<Item = String> {
    gpupod::clouds::ALL
        .iter()
        .map(|cloud| cloud.capabilities.name.to_owned())
}
