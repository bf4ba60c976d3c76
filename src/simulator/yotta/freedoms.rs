//! The freedoms that Yotta's documents leave it, where they contradict each other or say nothing. Of the two forms of
//! an id, text is the usual one: clients whose numbers are doubles would lose digits of the other.

use serde_json::{Map, Value, json};

use crate::simulator::cloud::Quirks;

/// Declared as numbers, shown as text in examples.
const NUMBERS_AS_TEXT: [&str; 12] = [
    "id",
    "orgId",
    "applicantId",
    "imageId",
    "createdAt",
    "updatedAt",
    "runningMillis",
    "runningSeconds",
    "singleCardPrice",
    "containerVolumePrice",
    "persistentVolumePrice",
    "cost",
];
const IDS: [&str; 4] = ["id", "orgId", "applicantId", "imageId"];
const LISTS: [&str; 3] = ["environmentVars", "expose", "volumes"];

type Freedom = fn(&mut Map<String, Value>);

/// Changes a pod's or a credential's fields as the quirks allow.
pub(super) fn take(fields: &mut Map<String, Value>, quirks: &Quirks) {
    let freedoms: [(bool, Freedom); 7] = [
        (quirks.fill_defaults, fill_defaults),
        (quirks.system_volume, add_system_volume),
        (quirks.platform_variables, add_platform_variable),
        (quirks.reorder_lists, reorder_lists),
        (quirks.other_case, change_case),
        (!quirks.ids_as_numbers, write_ids_as_text),
        (quirks.numbers_as_text, write_numbers_as_text),
    ];
    for (_, freedom) in freedoms.into_iter().filter(|(is_taken, _)| *is_taken) {
        freedom(fields);
    }
}

/// Changes a volume's fields as the quirks allow.
pub(super) fn take_for_volume(fields: &mut Map<String, Value>, quirks: &Quirks) {
    if quirks.other_case {
        change_volume_case(fields);
    }
    if !quirks.ids_as_numbers {
        write_ids_as_text(fields);
    }
    if quirks.numbers_as_text {
        write_numbers_as_text(fields);
    }
}

/// The first three are the guide's, the sizes are ours: no document gives them.
fn fill_defaults(fields: &mut Map<String, Value>) {
    let defaults = [
        ("imageRegistry", json!("docker.io")),
        ("imagePublicType", json!("PUBLIC")),
        ("resourceType", json!("GPU")),
        ("shmInGb", json!(8)),
        ("containerVolumeInGb", json!(20)),
        ("isSpot", json!(false)),
    ];
    for (name, default) in defaults {
        if let Some(field @ Value::Null) = fields.get_mut(name) {
            *field = default;
        }
    }
}

fn add_system_volume(fields: &mut Map<String, Value>) {
    add(
        fields,
        "volumes",
        json!({"id": "420522713875000001", "mountPath": "/home", "mountMode": "System"}),
    );
}

fn add_platform_variable(fields: &mut Map<String, Value>) {
    let id = fields.get("id").map(Value::to_string).unwrap_or_default();
    add(fields, "environmentVars", json!({"key": "YOTTA_POD_ID", "value": id}));
}

fn add(fields: &mut Map<String, Value>, list: &str, element: Value) {
    if let Some(Value::Array(elements)) = fields.get_mut(list) {
        elements.push(element);
    }
}

fn reorder_lists(fields: &mut Map<String, Value>) {
    for list in LISTS {
        if let Some(Value::Array(elements)) = fields.get_mut(list) {
            elements.reverse();
        }
    }
}

/// Older documents have INITIALIZE and lower-case protocols.
fn change_case(fields: &mut Map<String, Value>) {
    if let Some(status) = fields.get_mut("status").filter(|status| *status == "INITIALIZING") {
        *status = json!("INITIALIZE");
    }
    let Some(Value::Array(ports)) = fields.get_mut("expose") else {
        return;
    };
    for port in ports {
        if let Some(protocol) = port["protocol"].as_str().map(str::to_lowercase) {
            port["protocol"] = json!(protocol);
        }
    }
}

/// The guide's status is in lower case and its kind in upper; of the reference's words none was seen.
fn change_volume_case(fields: &mut Map<String, Value>) {
    for (name, field) in fields.iter_mut() {
        match (name.as_str(), field) {
            ("status", Value::String(word)) => word.make_ascii_uppercase(),
            ("type" | "storageType", Value::String(word)) => word.make_ascii_lowercase(),
            _ => {}
        }
    }
}

fn write_ids_as_text(fields: &mut Map<String, Value>) {
    write_as_text(fields, &IDS);
}

fn write_numbers_as_text(fields: &mut Map<String, Value>) {
    write_as_text(fields, &NUMBERS_AS_TEXT);
}

fn write_as_text(fields: &mut Map<String, Value>, names: &[&str]) {
    for name in names {
        if let Some(field @ Value::Number(_)) = fields.get_mut(*name) {
            *field = json!(field.to_string());
        }
    }
}
