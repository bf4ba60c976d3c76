//! The bodies that the clouds' documents show, in `tests/fixtures/<cloud>`.

use std::{collections::BTreeSet, fs, path::PathBuf};

use gpupod::clouds;
use serde_json::Value;

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

/// The fields of a cloud's answer about a pod, without the id.
pub fn pod_fields(cloud: &str) -> Vec<String> {
    let answer = read(cloud, "pod-running");
    let pod = answer.get("data").unwrap_or(&answer);
    let fields = pod.as_object().expect("a pod is an object").keys();
    fields.filter(|name| *name != "id").cloned().collect()
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
