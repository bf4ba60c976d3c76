//! The files under `proto/` against a table of the facts: nothing may be missing, differ, or be there in excess.

use std::{collections::BTreeSet, fs, path::Path};

use prost_reflect::{
    Cardinality, DescriptorPool, EnumDescriptor, FieldDescriptor, FileDescriptor, Kind, MessageDescriptor,
    MethodDescriptor,
};
use serde_json::{Map, Value};

/// One fact in words, so that a difference can be read.
type Facts = BTreeSet<String>;

#[test]
fn proto_files_say_what_the_table_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let table = fs::read_to_string(root.join("tests/fixtures/wire.json")).unwrap();
    let table: Map<String, Value> = serde_json::from_str(&table).unwrap();
    for (name, file) in &table {
        let compiled = compile(&root.join("proto"), name);
        assert_same(name, &facts_of_file(&compiled), &facts_of_table(file));
    }
}

fn compile(folder: &Path, name: &str) -> FileDescriptor {
    let descriptors = protox::compile([name], [folder]).unwrap();
    let pool = DescriptorPool::from_file_descriptor_set(descriptors).unwrap();
    pool.get_file_by_name(name).unwrap()
}

fn assert_same(name: &str, found: &Facts, expected: &Facts) {
    let missing: Vec<_> = expected.difference(found).collect();
    let in_excess: Vec<_> = found.difference(expected).collect();
    assert!(
        missing.is_empty() && in_excess.is_empty(),
        "{name}: missing {missing:#?}, in excess {in_excess:#?}"
    );
    assert!(!found.is_empty(), "{name}: nothing was compared");
}

fn facts_of_file(file: &FileDescriptor) -> Facts {
    let mut facts = Facts::from([format!("package {}", file.package_name())]);
    facts.extend(file.dependencies().map(|import| format!("import {}", import.name())));
    for service in file.services() {
        facts.extend(service.methods().map(|rpc| fact_of_rpc(service.name(), &rpc)));
    }
    file.enums().for_each(|found| facts.extend(facts_of_enum(&found)));
    file.messages()
        .for_each(|message| facts.extend(facts_of_message(&message)));
    facts
}

fn fact_of_rpc(service: &str, rpc: &MethodDescriptor) -> String {
    let (input, output) = (rpc.input(), rpc.output());
    let request = streamed(rpc.is_client_streaming(), input.full_name());
    let response = streamed(rpc.is_server_streaming(), output.full_name());
    format!("rpc {service}.{}: {request} -> {response}", rpc.name())
}

fn streamed(is_stream: bool, name: &str) -> String {
    if is_stream {
        format!("stream {name}")
    } else {
        name.to_owned()
    }
}

fn facts_of_enum(found: &EnumDescriptor) -> Facts {
    let name = without_package(found.full_name(), found.package_name());
    found
        .values()
        .map(|value| format!("enum {name}: {} = {}", value.name(), value.number()))
        .collect()
}

fn facts_of_message(message: &MessageDescriptor) -> Facts {
    let name = without_package(message.full_name(), message.package_name());
    let mut facts = Facts::from([format!("message {name}")]);
    facts.extend(message.fields().map(|field| fact_of_field(name, &field)));
    message
        .child_enums()
        .for_each(|child| facts.extend(facts_of_enum(&child)));
    // A map is a message of pairs on the wire; the table calls it a map.
    let children = message.child_messages().filter(|child| !child.is_map_entry());
    children.for_each(|child| facts.extend(facts_of_message(&child)));
    facts
}

fn fact_of_field(message: &str, field: &FieldDescriptor) -> String {
    let is_optional = field.field_descriptor_proto().proto3_optional();
    let label = match field.cardinality() {
        _ if field.is_map() => "",
        Cardinality::Repeated => "repeated ",
        _ if is_optional => "optional ",
        _ => "",
    };
    let options = field.field_descriptor_proto().options.as_ref();
    let deprecated = options.is_some_and(|options| options.deprecated());
    // An optional field is a oneof of one on the wire; the table calls it optional.
    let group = field.containing_oneof().filter(|_| !is_optional);
    let group = group.map(|group| group.name().to_owned()).unwrap_or_default();
    let kind = kind_of(field);
    field_in_words(
        message,
        field.name(),
        field.number().into(),
        &format!("{label}{kind}"),
        &group,
        deprecated,
    )
}

fn kind_of(field: &FieldDescriptor) -> String {
    match field.kind() {
        Kind::Message(pair) if field.is_map() => {
            let (key, value) = (pair.map_entry_key_field(), pair.map_entry_value_field());
            format!("map<{}, {}>", kind_of(&key), kind_of(&value))
        }
        Kind::Message(message) => message.full_name().to_owned(),
        Kind::Enum(found) => found.full_name().to_owned(),
        scalar => format!("{scalar:?}"),
    }
}

fn field_in_words(message: &str, name: &str, number: u64, kind: &str, group: &str, deprecated: bool) -> String {
    let deprecated = if deprecated { ", deprecated" } else { "" };
    let group = if group.is_empty() {
        String::new()
    } else {
        format!(", one of {group}")
    };
    format!("field {message}.{name} = {number}: {kind}{group}{deprecated}")
}

fn without_package<'a>(name: &'a str, package: &str) -> &'a str {
    name.strip_prefix(package)
        .and_then(|rest| rest.strip_prefix('.'))
        .unwrap_or(name)
}

fn facts_of_table(file: &Value) -> Facts {
    let mut facts = Facts::from([format!("package {}", text(&file["package"]))]);
    facts.extend(
        list(&file["imports"])
            .iter()
            .map(|import| format!("import {}", text(import))),
    );
    for (service, rpcs) in object(&file["services"]) {
        facts.extend(list(rpcs).iter().map(|rpc| {
            let [name, request, response] = ["rpc", "request", "response"].map(|key| text(&rpc[key]));
            format!("rpc {service}.{name}: {request} -> {response}")
        }));
    }
    for (name, values) in object(&file["enums"]) {
        facts.extend(
            object(values)
                .iter()
                .map(|(value, number)| format!("enum {name}: {value} = {number}")),
        );
    }
    for (name, message) in object(&file["messages"]) {
        facts.insert(format!("message {name}"));
        facts.extend(list(&message["fields"]).iter().map(|field| fact_in_table(name, field)));
    }
    facts
}

fn fact_in_table(message: &str, field: &Value) -> String {
    let number = field["number"].as_u64().unwrap();
    let group = field["oneof"].as_str().unwrap_or_default();
    let deprecated = field["deprecated"].as_bool().unwrap_or_default();
    field_in_words(
        message,
        text(&field["name"]),
        number,
        text(&field["type"]),
        group,
        deprecated,
    )
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

fn object(value: &Value) -> &Map<String, Value> {
    value.as_object().unwrap()
}
