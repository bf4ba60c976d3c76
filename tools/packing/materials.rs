//! The software bill of materials: the crates that a provider is made of, as CycloneDX in JSON. Macros count: they write
//! parts of it.
//!
//! It has neither a time nor a serial number, so that the same crates make the same bytes.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    process::Command,
};

use serde_json::{Value, json};

use super::{PROVIDER, Result, target::Target};

/// What `cargo metadata` calls a package: unique, and nothing to be shown.
type Id<'a> = &'a str;

/// Asks cargo for the crates on these targets, and draws the bill.
pub fn bill(package: &Path, targets: &[Target]) -> Result<Value> {
    from_metadata(&metadata(package, targets)?)
}

fn metadata(package: &Path, targets: &[Target]) -> Result<Value> {
    let mut cargo = super::cargo();
    cargo
        .args(["metadata", "--format-version", "1", "--locked"])
        .arg("--manifest-path")
        .arg(package.join("Cargo.toml"));
    for target in targets {
        cargo.args(["--filter-platform", target.triple]);
    }
    Ok(serde_json::from_slice(&output_of(cargo)?)?)
}

fn output_of(mut command: Command) -> Result<Vec<u8>> {
    let output = command.output()?;
    match output.status.success() {
        true => Ok(output.stdout),
        false => Err(String::from_utf8_lossy(&output.stderr).into_owned().into()),
    }
}

fn from_metadata(metadata: &Value) -> Result<Value> {
    let packages = by_id(&metadata["packages"], "id");
    let nodes = by_id(&metadata["resolve"]["nodes"], "id");
    let root = packages
        .iter()
        .find(|(_, package)| package["name"] == PROVIDER)
        .map(|(id, _)| *id)
        .ok_or("cargo tells nothing of the provider")?;

    let (mut waiting, mut parts) = (vec![root], BTreeSet::from([root]));
    while let Some(id) = waiting.pop() {
        let further = needs(nodes.get(id).copied()).filter(|id| parts.insert(id));
        waiting.extend(further.collect::<Vec<_>>());
    }

    let reference = |id: &str| packages.get(id).map(|package| reference(package)).unwrap_or_default();
    let mut components = BTreeMap::new();
    let mut dependencies = BTreeMap::new();
    for id in parts {
        let needs: BTreeSet<String> = needs(nodes.get(id).copied()).map(reference).collect();
        dependencies.insert(reference(id), json!({ "ref": reference(id), "dependsOn": needs }));
        if id != root
            && let Some(package) = packages.get(id)
        {
            components.insert(reference(id), component(package, "library"));
        }
    }
    Ok(json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": { "component": component(packages[root], "application") },
        "components": components.into_values().collect::<Vec<_>>(),
        "dependencies": dependencies.into_values().collect::<Vec<_>>(),
    }))
}

fn by_id<'a>(list: &'a Value, key: &str) -> BTreeMap<Id<'a>, &'a Value> {
    let list = list.as_array().map(Vec::as_slice).unwrap_or_default();
    list.iter().filter_map(|one| Some((one[key].as_str()?, one))).collect()
}

/// What becomes a part of the program. What only tests or builds it does not.
fn needs(node: Option<&Value>) -> impl Iterator<Item = Id<'_>> {
    let all = node.and_then(|node| node["deps"].as_array()).map(Vec::as_slice);
    let is_part = |need: &&Value| {
        let kinds = need["dep_kinds"].as_array().map(Vec::as_slice).unwrap_or_default();
        kinds.iter().any(|kind| kind["kind"].is_null())
    };
    all.unwrap_or_default()
        .iter()
        .filter(is_part)
        .filter_map(|need| need["pkg"].as_str())
}

fn reference(package: &Value) -> String {
    let text = |key: &str| package[key].as_str().unwrap_or_default();
    format!("pkg:cargo/{}@{}", text("name"), text("version"))
}

fn component(package: &Value, kind: &str) -> Value {
    let reference = reference(package);
    let mut component = json!({
        "type": kind,
        "bom-ref": reference,
        "name": package["name"],
        "version": package["version"],
        "purl": reference,
    });
    if let Some(licence) = package["license"].as_str() {
        // Before SPDX expressions, crates put a slash between two licences.
        component["licenses"] = json!([{ "expression": licence.replace('/', " OR ") }]);
    }
    component
}
