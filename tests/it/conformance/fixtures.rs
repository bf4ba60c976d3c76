//! The bodies that the clouds' documents show, in `tests/fixtures/<cloud>`.

use std::{collections::BTreeSet, fs, path::PathBuf};

use gpupod::clouds;
use serde_json::Value;

use super::things::Thing;

pub fn read(cloud: &str, name: &str) -> Value {
    let path = folder(cloud).join(format!("{name}.json"));
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).expect("a fixture is JSON")
}

pub fn names(cloud: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(folder(cloud)).expect("a folder of fixtures");
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    names
        .filter_map(|name| Some(name.strip_suffix(".json")?.to_owned()))
        .collect()
}

/// The fields of a thing in its cloud's answers, without the id.
pub fn fields(cloud: &str, thing: Thing) -> BTreeSet<String> {
    let mut fields = BTreeSet::new();
    let is_of_thing = |name: &&String| prefixes(thing).iter().any(|prefix| name.starts_with(prefix));
    for name in names(cloud).iter().filter(is_of_thing) {
        let answer = read(cloud, name);
        let shown = answer.get("data").unwrap_or(&answer).as_object();
        let shown = shown.filter(|shown| shown.contains_key("id"));
        fields.extend(shown.into_iter().flatten().map(|(field, _)| field.clone()));
    }
    fields.remove("id");
    assert!(!fields.is_empty(), "{cloud} has no fixture of a {thing:?}");
    fields
}

/// How the fixtures of a thing are named, in the word of one cloud or another.
fn prefixes(thing: Thing) -> &'static [&'static str] {
    match thing {
        Thing::Pod => &["pod-"],
        Thing::Volume => &["volume-", "disk-"],
        Thing::RegistryAuth => &["registry-auth"],
        Thing::SshKey => &["ssh-key-"],
    }
}

fn folder(cloud: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures")
        .join(cloud)
}

#[test]
fn every_cloud_has_a_document_and_a_page_on_its_sources() {
    for description in clouds::ALL {
        let cloud = description.capabilities.name;
        let page = fs::read_to_string(folder(cloud).join("README.md")).expect("a page on the sources");
        assert!(names(cloud).contains("openapi"), "{cloud}");
        for name in names(cloud) {
            assert!(page.contains(&format!("`{name}.json`")), "{name} has no source");
        }
    }
}
