//! The guides, each run as it is written: its files, its commands in their order, and what it says that they print.
//!
//! What a guide means is in its text, as for any reader: a block of configuration goes to the file that is named last
//! in the paragraph before it, a block of `shell` is run, a block of `text` has been printed by the commands before
//! it. What readers need not see stands in comments before a block; `script` knows them.

mod script;

mod world;

use std::collections::BTreeSet;

use crate::{files, markdown};
use script::Script;
use world::World;

/// Where the guides are.
const GUIDES: &str = "docs/guides";

fn run(name: &str) {
    let script = Script::read(&files::read(&format!("{GUIDES}/{name}.md")));
    assert!(script.commands() > 2, "{name} has no commands");
    let mut world = World::new();
    script.steps.iter().for_each(|step| world.take(step));
    world.end();
}

/// One test for each guide, and their names.
macro_rules! guides {
    ($($test:ident: $name:literal,)*) => {
        const RUN: &[&str] = &[$($name),*];

        $(#[test]
        fn $test() {
            run($name);
        })*
    };
}

guides! {
    getting_started_on_yotta: "getting-started-yotta",
    getting_started_on_prime_intellect: "getting-started-prime-intellect",
    getting_started_on_cpod: "getting-started-cpod",
    drift_detection: "drift-detection",
    testing_offline: "testing-offline",
    secrets: "secrets",
    spot_and_price_limits: "spot-and-price-limits",
    import: "import",
    an_interrupted_apply: "interrupted-apply",
    migrating_volumes: "migrating-volumes",
    troubleshooting: "troubleshooting",
}

#[test]
fn every_guide_is_run() {
    let paths = files::below(GUIDES);
    let names: BTreeSet<String> = paths
        .iter()
        .map(|path| path.replace(&format!("{GUIDES}/"), "").replace(".md", ""))
        .collect();
    assert_eq!(names, RUN.iter().map(|name| (*name).to_owned()).collect());
}

/// A comment that nobody understands would be a step left out.
#[test]
fn comments_stand_before_blocks() {
    for path in files::below(GUIDES) {
        let page = files::read(&path);
        let understood: usize = markdown::blocks(&page).iter().map(|block| block.comments.len()).sum();
        assert_eq!(page.matches("<!--").count(), understood, "{path}");
    }
}
