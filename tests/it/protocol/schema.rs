//! GetProviderSchema: what there is, asked of a process that has done nothing else.

use std::collections::BTreeMap;

use gpupod::wire::proto::{
    self, ServerCapabilities,
    get_provider_schema::Response,
    provider_server::Provider as _,
    schema::{Attribute, object},
};
use tonic::{Code, Request};

use super::{
    core::{Core, answer},
    schema_rules,
    toy::Toy,
};

async fn schemas() -> Response {
    let core = Core::unconfigured();
    answer(core.server.get_provider_schema(Request::new(Default::default()))).await
}

fn keys<T>(map: &BTreeMap<String, T>) -> Vec<&str> {
    map.keys().map(String::as_str).collect()
}

async fn widget_attribute(name: &str) -> Attribute {
    let schemas = schemas().await;
    let block = schemas.resource_schemas["toy_widget"].block.clone().unwrap_or_default();
    let mut attributes = block.attributes.into_iter();
    attributes
        .find(|attribute| attribute.name == name)
        .expect("the widget has the attribute")
}

#[tokio::test]
async fn everything_is_there_by_its_full_name() {
    let schemas = schemas().await;
    assert_eq!(
        keys(&schemas.resource_schemas),
        ["toy_puppet", "toy_relic", "toy_widget"]
    );
    assert_eq!(keys(&schemas.data_source_schemas), ["toy_widget"]);
    assert_eq!(keys(&schemas.functions), ["repeat", "shout"]);
    assert_eq!(schemas.diagnostics, []);
}

#[tokio::test]
async fn the_provider_block_has_a_schema() {
    let block = schemas()
        .await
        .provider
        .and_then(|schema| schema.block)
        .unwrap_or_default();
    let names: Vec<&str> = block
        .attributes
        .iter()
        .map(|attribute| attribute.name.as_str())
        .collect();
    assert_eq!(names, ["fallback_zone", "zone"]);
}

#[tokio::test]
async fn the_server_says_what_it_can_do() {
    let expected = ServerCapabilities {
        plan_destroy: true,
        get_provider_schema_optional: true,
        move_resource_state: true,
        generate_resource_config: false,
    };
    assert_eq!(schemas().await.server_capabilities, Some(expected));
}

#[tokio::test]
async fn a_schema_has_its_version() {
    let schemas = schemas().await;
    assert_eq!(schemas.resource_schemas["toy_widget"].version, 1);
    assert_eq!(schemas.resource_schemas["toy_puppet"].version, 0);
}

#[tokio::test]
async fn an_attribute_comes_with_all_that_is_declared_of_it() {
    let token = Attribute {
        name: "token_wo".to_owned(),
        r#type: br#""string""#.as_slice().into(),
        description: "A secret.".to_owned(),
        description_kind: proto::StringKind::Markdown.into(),
        optional: true,
        sensitive: true,
        write_only: true,
        ..Default::default()
    };
    assert_eq!(widget_attribute("token_wo").await, token);
}

#[tokio::test]
async fn a_nested_attribute_comes_with_what_is_in_it() {
    let parts = widget_attribute("parts").await.nested_type.unwrap_or_default();
    let names: Vec<&str> = parts
        .attributes
        .iter()
        .map(|attribute| attribute.name.as_str())
        .collect();
    assert_eq!(names, ["finish", "kind", "pin_wo", "serial", "size"]);
    assert_eq!(parts.nesting(), object::NestingMode::List);
}

#[tokio::test]
async fn the_metadata_name_what_the_schemas_describe() {
    let core = Core::unconfigured();
    let metadata = answer(core.server.get_metadata(Request::new(Default::default()))).await;
    let schemas = schemas().await;
    let resources: Vec<_> = metadata.resources.iter().map(|one| one.type_name.as_str()).collect();
    let data_sources: Vec<_> = metadata.data_sources.iter().map(|one| one.type_name.as_str()).collect();
    let functions: Vec<_> = metadata.functions.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(resources, keys(&schemas.resource_schemas));
    assert_eq!(data_sources, keys(&schemas.data_source_schemas));
    assert_eq!(functions, keys(&schemas.functions));
    assert_eq!(metadata.server_capabilities, schemas.server_capabilities);
}

#[tokio::test]
async fn what_is_not_served_is_unimplemented() {
    let core = Core::unconfigured();
    let reply = core
        .server
        .get_resource_identity_schemas(Request::new(Default::default()))
        .await;
    assert_eq!(reply.map_err(|status| status.code()).err(), Some(Code::Unimplemented));
}

#[tokio::test]
async fn the_schemas_break_none_of_terraforms_rules() {
    let toy = Toy {
        workshop: Default::default(),
    };
    assert_eq!(schema_rules::violations(toy).await, [""; 0]);
}
