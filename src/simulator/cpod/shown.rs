//! A pod as the cloud answers it: the table on the page about pods, field by field.

use serde_json::{Value, json};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use super::freedoms;
use super::pod::Pod;
use super::validation::Fields;
use crate::simulator::cloud::Quirks;

/// Of a pod that names none: a key belongs to exactly one tenant.
const ORGANIZATION: &str = "org-simulator";

/// What was left out of the creation and has no default is left out here too.
pub(super) fn pod(pod: &Pod, quirks: &Quirks) -> Value {
    let asked = |name: &str| pod.asked.get(name).filter(|value| !value.is_null()).cloned();
    let mut fields = Fields::new();
    for (name, value) in [
        ("id", Some(json!(pod.id))),
        ("name", asked("name")),
        ("status", Some(json!(pod.status.word()))),
        ("spec", asked("spec").map(spec)),
        ("labels", asked("labels")),
        ("organizationId", asked("organizationId").or(Some(json!(ORGANIZATION)))),
        ("workspaceId", asked("workspaceId")),
        ("createdAt", moment(pod.created_at)),
        ("updatedAt", moment(pod.since)),
    ] {
        fields.extend(value.map(|value| (name.to_owned(), value)));
    }
    freedoms::take(&mut fields, quirks);
    let mut shown = Value::Object(fields);
    merge(&mut shown, &Value::Object(pod.changed.clone()));
    shown
}

/// The fields of a spec that have a place in the document.
fn spec(asked: Value) -> Value {
    let mut shown = Fields::new();
    for name in ["image", "cpu", "memory", "replicas", "env"] {
        let value = asked.get(name).filter(|value| !value.is_null());
        shown.extend(value.map(|value| (name.to_owned(), value.clone())));
    }
    Value::Object(shown)
}

fn moment(milliseconds: u64) -> Option<Value> {
    let moment = OffsetDateTime::from_unix_timestamp_nanos(i128::from(milliseconds) * 1_000_000).ok()?;
    moment.format(&Rfc3339).ok().map(Value::from)
}

/// Puts fields over others, also within objects.
fn merge(target: &mut Value, changes: &Value) {
    match (target, changes) {
        (Value::Object(fields), Value::Object(changes)) => {
            for (name, change) in changes {
                merge(fields.entry(name.clone()).or_insert(Value::Null), change);
            }
        }
        (target, change) => *target = change.clone(),
    }
}
