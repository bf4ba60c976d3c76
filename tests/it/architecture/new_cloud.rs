//! The places that a new cloud touches, as CONTRIBUTING.md lists them: no other code names a cloud.

use std::collections::BTreeSet;

use gpupod::clouds;
use proc_macro2::{TokenStream, TokenTree};

use crate::files;

/// What each cloud has for itself, `{cloud}` being its name.
const OWN: [&str; 4] = [
    "src/clouds/{cloud}/",
    "src/simulator/{cloud}/",
    "tests/fixtures/{cloud}/",
    "tests/it/conformance/{cloud}/",
];

/// Lists of all clouds: a new one is added to each.
const LISTS: [&str; 9] = [
    "src/clouds/mod.rs",
    "src/simulator/mod.rs",
    "src/simulator/cloud.rs",
    "tests/it/conformance/mod.rs",
    "tests/it/conformance/words.rs",
    "tests/it/acceptance/clouds/mod.rs",
    "tests/it/acceptance/matrix/subject.rs",
    "tests/it/tables/mod.rs",
    "tools/smallest_pods.rs",
];

/// Files and folders that name a cloud for what is particular to it, or as an example of any: a new one leaves them alone.
const PARTICULAR: [&str; 17] = [
    // Attributes that are named for the cloud that they belong to; that nothing is decided by a name, another test holds.
    "src/resources/",
    // Tests beside the code that need some cloud's name.
    "src/clouds/http/",
    "src/simulator/tests/",
    // Scenes that are played at one cloud.
    "tests/it/acceptance/",
    "tests/it/protocol/storm/",
    "tests/it/architecture.rs",
    "tests/it/meaning.rs",
    "tests/it/pages.rs",
    // Where the clouds' documents differ.
    "tests/it/conformance/document.rs",
    "tests/it/conformance/hostile.rs",
    "tests/it/conformance/simulated.rs",
    // Samples.
    "benches/commands/subject.rs",
    "benches/in_process.rs",
    "examples/quickstart.rs",
    "fuzz/targets/answers.rs",
    "tools/load.rs",
    "tools/soak/rounds.rs",
];

#[test]
fn code_names_a_cloud_only_where_it_may() {
    let own: Vec<String> = names()
        .flat_map(|cloud| OWN.map(|path| path.replace("{cloud}", cloud)))
        .collect();
    let may = |path: &str| {
        let allowed = own.iter().map(String::as_str).chain(LISTS).chain(PARTICULAR);
        allowed
            .into_iter()
            .any(|one| path == one || (one.ends_with('/') && path.starts_with(one)))
    };
    let sources = [
        "src",
        "tests/it",
        "tools",
        "fuzz/src",
        "fuzz/targets",
        "benches",
        "examples",
    ];
    for path in sources.iter().flat_map(|folder| files::below(folder)) {
        if path.ends_with(".rs") && path != "tests/it/architecture/new_cloud.rs" && !may(&path) {
            assert_eq!(named(&path), BTreeSet::new(), "{path}: see the head of this test");
        }
    }
}

#[test]
fn every_list_names_all_clouds_and_stands_in_contributing() {
    let guide = files::read("CONTRIBUTING.md");
    let (_, guide) = guide.split_once("## To add a cloud").expect("the section");
    let guide = guide.split("\n## ").next().unwrap_or_default();
    for path in LISTS {
        assert_eq!(named(path), names().collect(), "{path}");
        assert!(guide.contains(&format!("`{path}`")), "{path}");
    }
    for path in OWN {
        assert!(
            guide.contains(&format!("`{}`", path.replace("{cloud}", "yotta"))),
            "{path}"
        );
    }
    for path in PARTICULAR {
        assert!(files::root().join(path).exists(), "{path}");
    }
}

fn names() -> impl Iterator<Item = &'static str> {
    clouds::ALL.iter().map(|description| description.capabilities.name)
}

/// The clouds that a file's code names, in whichever case. Comments do not count.
fn named(path: &str) -> BTreeSet<&'static str> {
    let mut words = String::new();
    collect(files::read(path).parse().expect("Rust"), &mut words);
    let words = words.to_ascii_lowercase();
    let is_named = |cloud: &&str| words.contains(*cloud) || words.contains(&cloud.replace('_', ""));
    names().filter(is_named).collect()
}

/// All words and literals but the text of doc comments, which are attributes here.
fn collect(tokens: TokenStream, words: &mut String) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                let is_doc = matches!(group.stream().into_iter().next(), Some(TokenTree::Ident(word)) if word == "doc");
                if !is_doc {
                    collect(group.stream(), words);
                }
            }
            TokenTree::Punct(_) => {}
            other => {
                words.push_str(&other.to_string());
                words.push('\n');
            }
        }
    }
}
