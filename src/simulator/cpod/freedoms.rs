//! The freedoms that cPod's documents leave it, where they say nothing.

use serde_json::{Value, json};

use super::validation::Fields;
use crate::simulator::cloud::Quirks;

type Freedom = fn(&mut Fields);

/// Changes a pod's fields as the quirks allow.
pub(super) fn take(fields: &mut Fields, quirks: &Quirks) {
    let freedoms: [(bool, Freedom); 5] = [
        (quirks.fill_defaults, fill_defaults),
        (quirks.platform_variables, add_platform_variable),
        (quirks.masked_variables, mask_variables),
        (quirks.numbers_as_text, write_replicas_as_text),
        (quirks.other_case, change_case),
    ];
    for (_, freedom) in freedoms.into_iter().filter(|(is_taken, _)| *is_taken) {
        freedom(fields);
    }
}

/// One replica is the document's; the rest is ours, since no document gives it.
fn fill_defaults(fields: &mut Fields) {
    fields.entry("labels").or_insert_with(|| json!({}));
    let Some(Value::Object(spec)) = fields.get_mut("spec") else {
        return;
    };
    for (name, default) in [
        ("cpu", json!("500m")),
        ("memory", json!("512Mi")),
        ("replicas", json!(1)),
        ("env", json!({})),
    ] {
        spec.entry(name).or_insert(default);
    }
}

fn add_platform_variable(fields: &mut Fields) {
    let id = fields.get("id").cloned().unwrap_or_default();
    let Some(Value::Object(spec)) = fields.get_mut("spec") else {
        return;
    };
    let variables = spec.entry("env").or_insert_with(|| json!({}));
    variables["CPOD_POD_ID"] = id;
}

fn mask_variables(fields: &mut Fields) {
    let variables = fields.get_mut("spec").and_then(|spec| spec.get_mut("env"));
    for (_, value) in variables.and_then(Value::as_object_mut).into_iter().flatten() {
        *value = json!("********");
    }
}

/// The one number in a pod.
fn write_replicas_as_text(fields: &mut Fields) {
    let replicas = fields.get_mut("spec").and_then(|spec| spec.get_mut("replicas"));
    if let Some(replicas) = replicas {
        *replicas = json!(replicas.to_string());
    }
}

fn change_case(fields: &mut Fields) {
    if let Some(Value::String(status)) = fields.get_mut("status") {
        status.make_ascii_uppercase();
    }
}
