//! A state of many resources in little time. Terraform writes its whole state after each resource, so an apply of
//! thousands takes minutes; here each block is applied by itself, and their states are put together.

use std::fs;

use serde_json::Value;

use crate::{
    Result,
    subject::{BLOCK, Subject, VALUES_OF_A_POD},
};

const FILE: &str = "terraform.tfstate";

/// Leaves the subject with all its resources and the configuration of all.
pub fn prepare(subject: &Subject, pods: usize) -> Result<()> {
    let file = subject.folder().join(FILE);
    let mut whole: Option<Value> = None;
    for block in 0..pods.div_ceil(BLOCK) {
        subject.write(&subject.part(pods, block))?;
        // A state that does not exist yet.
        if file.exists() {
            fs::remove_file(&file)?;
        }
        // All at once: here the cloud's latency is nothing to measure.
        subject.run(subject.command(&["apply", "-auto-approve", "-parallelism=100"]))?;
        let part: Value = serde_json::from_slice(&fs::read(&file)?)?;
        if subject.is_ours() {
            check_values(&part["resources"][0]["instances"][0]["attributes"])?;
        }
        match &mut whole {
            None => whole = Some(part),
            Some(whole) => append(whole, part)?,
        }
    }
    if let Some(whole) = whole {
        fs::write(&file, serde_json::to_vec(&whole)?)?;
    }
    subject.write(&subject.configuration(pods))
}

/// What is as large as a pod is made by this number.
fn check_values(pod: &Value) -> Result<()> {
    match count(pod) {
        VALUES_OF_A_POD => Ok(()),
        found => Err(format!("a pod has {found} values, not {VALUES_OF_A_POD}").into()),
    }
}

fn count(value: &Value) -> usize {
    match value {
        Value::Array(elements) => elements.iter().map(count).sum(),
        Value::Object(members) => members.values().map(count).sum(),
        _ => 1,
    }
}

fn append(whole: &mut Value, mut part: Value) -> Result<()> {
    let resources = part["resources"].as_array_mut().map(std::mem::take).unwrap_or_default();
    let into = whole["resources"].as_array_mut().ok_or("a state without resources")?;
    into.extend(resources);
    Ok(())
}
