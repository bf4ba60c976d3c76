//! The rules as tables: `tests/tables/*.md` say which attributes lead to which message, and the provider must agree.
//!
//! Each file is named for what it configures, and behind a dot for what is special about it. It starts with a
//! configuration that is right. A row changes some of its
//! attributes and says what a user reads. `UPDATE=1` writes the messages anew: read the difference as a user would.

mod table;

use std::{env, fs, path::Path};

use gpupod::{
    resources::Gpupod,
    server::Server,
    tf::{Model, Provider, Schema, Type, Value},
    wire::{
        self,
        proto::{self, provider_server::Provider as Rpcs},
    },
};
use serde_json::{Value as Json, json};
use table::Table;
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tonic::Request;

/// Stands for a value that is known only after apply.
const UNKNOWN: &str = "(known after apply)";

#[tokio::test]
async fn every_row_says_what_a_user_reads() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tables");
    let mut wrong = Vec::new();
    for file in fs::read_dir(&folder).expect("tests/tables is there") {
        let path = file.expect("a file").path();
        let name = path
            .file_stem()
            .and_then(|name| name.to_str())
            .expect("a name")
            .to_owned();
        let table = Table::read(&fs::read_to_string(&path).expect("a text"));
        let judged = judge_all(configured(&name), &table).await;
        match env::var_os("UPDATE").is_some() {
            true => fs::write(&path, judged.written()).expect("tests/tables can be written"),
            false => wrong.extend(
                table
                    .differences(&judged)
                    .into_iter()
                    .map(|row| format!("{name}: {row}")),
            ),
        }
    }
    assert!(
        wrong.is_empty(),
        "UPDATE=1 writes the tables anew.\n{}",
        wrong.join("\n")
    );
}

/// What a file of this name configures.
fn configured(name: &str) -> &str {
    name.split('.').next().unwrap_or(name)
}

#[test]
fn every_resource_has_a_table() {
    for resource in Gpupod.resources() {
        let path = format!("tests/tables/gpupod_{}.md", resource.name());
        assert!(
            Path::new(env!("CARGO_MANIFEST_DIR")).join(&path).is_file(),
            "{path} is missing"
        );
    }
}

#[test]
fn the_tables_hold_at_least_forty_mistakes() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tables");
    let files = fs::read_dir(folder)
        .expect("tests/tables is there")
        .map(|file| file.expect("a file").path());
    let tables = files.map(|path| Table::read(&fs::read_to_string(path).expect("a text")));
    let mistakes: usize = tables
        .map(|table| table.rows.iter().filter(|row| !row.messages.is_empty()).count())
        .sum();
    assert!(mistakes >= 40, "{mistakes}");
}

/// The same table with the messages that the provider has.
async fn judge_all(name: &str, table: &Table) -> Table {
    let server = provider().await;
    let schema = schema_of(name);
    let mut judged = table.clone();
    for row in &mut judged.rows {
        let config = typed(&table.with(&row.changes), schema.value_type());
        let config = wire::encode(&config, schema.value_type()).expect("the row fits the schema");
        row.messages = judge(&server, name, config).await;
    }
    judged
}

/// A provider with the keys of all clouds, where nobody answers: whatever calls a cloud fails.
pub async fn provider() -> Server<Gpupod> {
    let server = Server::new(Gpupod, CancellationToken::new(), TaskTracker::new());
    let schema = <Gpupod as Provider>::Config::schema(0);
    let nobody = json!({"api_key": "k", "base_url": "http://127.0.0.1:9"});
    let mut in_a_workspace = nobody.clone();
    in_a_workspace["workspace_id"] = json!("ws");
    let config = json!({
        "yotta": nobody, "prime_intellect": nobody, "cpod": in_a_workspace, "max_retries": 0, "plan_checks": "off",
    });
    let config = wire::encode(&typed(&config, schema.value_type()), schema.value_type());
    let request = proto::configure_provider::Request {
        config: Some(config.expect("of the schema's type")),
        ..Default::default()
    };
    let answer = server
        .configure_provider(Request::new(request))
        .await
        .expect("an answer");
    assert!(answer.into_inner().diagnostics.is_empty());
    server
}

fn schema_of(name: &str) -> Schema {
    let resources = Gpupod.resources();
    let mut named = resources
        .iter()
        .filter(|resource| format!("gpupod_{}", resource.name()) == name);
    match named.next() {
        Some(resource) => resource.schema(),
        None if name == "provider" => <Gpupod as Provider>::Config::schema(0),
        None => panic!("there is no resource {name}"),
    }
}

/// What `terraform validate` says and, of a resource, what the plan of a new one adds: each message with its place.
async fn judge(server: &Server<Gpupod>, name: &str, config: proto::DynamicValue) -> Vec<String> {
    let diagnostics = match name {
        "provider" => {
            let request = proto::validate_provider_config::Request { config: Some(config) };
            let response = server.validate_provider_config(Request::new(request)).await;
            response.expect("an answer").into_inner().diagnostics
        }
        type_name => {
            let request = proto::validate_resource_config::Request {
                type_name: type_name.to_owned(),
                config: Some(config.clone()),
                client_capabilities: Some(proto::ClientCapabilities {
                    write_only_attributes_allowed: true,
                    ..Default::default()
                }),
            };
            let response = server.validate_resource_config(Request::new(request)).await;
            let mut diagnostics = response.expect("an answer").into_inner().diagnostics;
            let request = proto::plan_resource_change::Request {
                type_name: type_name.to_owned(),
                proposed_new_state: Some(config.clone()),
                config: Some(config),
                ..Default::default()
            };
            let response = server.plan_resource_change(Request::new(request)).await;
            for further in response.expect("an answer").into_inner().diagnostics {
                let is_told = |told: &proto::Diagnostic| told.detail == further.detail;
                if !diagnostics.iter().any(is_told) {
                    diagnostics.push(further);
                }
            }
            diagnostics
        }
    };
    diagnostics
        .into_iter()
        .map(|one| format!("**{}** {}", one.summary, one.detail))
        .collect()
}

/// A value of a type, from JSON in which [`UNKNOWN`] stands for what is not known yet.
pub fn typed(json: &Json, value_type: &Type) -> Value {
    let each = |elements: &[Json], element: &Type| elements.iter().map(|one| typed(one, element)).collect();
    match (json, value_type) {
        (Json::Null, _) => Value::Null,
        (Json::String(text), _) if text == UNKNOWN => Value::Unknown,
        (Json::Bool(truth), Type::Bool) => Value::Bool(*truth),
        (Json::Number(number), Type::Number) => {
            Value::Number(gpupod::tf::Number::parse(&number.to_string()).expect("a number"))
        }
        (Json::String(text), Type::String) => Value::string(text.as_str()),
        (Json::Array(elements), Type::List(element)) => Value::List(each(elements, element)),
        (Json::Array(elements), Type::Set(element)) => Value::set(each(elements, element)),
        (Json::Object(elements), Type::Map(element)) => {
            Value::map(elements.iter().map(|(key, value)| (key.clone(), typed(value, element))))
        }
        (Json::Object(attributes), Type::Object(types)) => {
            if let Some(stray) = attributes.keys().find(|name| !types.contains_key(name.as_str())) {
                panic!("there is no attribute {stray}");
            }
            let value = |name: &str, one: &Type| typed(attributes.get(name).unwrap_or(&Json::Null), one);
            Value::map(types.iter().map(|(name, one)| (name.clone(), value(name, one))))
        }
        (json, value_type) => panic!("{json} is no {value_type}"),
    }
}
