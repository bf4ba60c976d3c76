//! GetProviderSchema and GetMetadata: schemas, functions and server capabilities.

use std::collections::BTreeMap;

use crate::{
    server::shared::Shared,
    tf::{Provider, Schema},
    wire::{self, proto},
};

use proto::{get_metadata, get_provider_schema};

/// A removal is planned like any change; the schema is asked for once a command; a state can be asked to move to a
/// resource, if only to be refused with a reason.
const CAPABILITIES: proto::ServerCapabilities = proto::ServerCapabilities {
    plan_destroy: true,
    get_provider_schema_optional: true,
    move_resource_state: true,
    generate_resource_config: false,
};

impl<P: Provider> Shared<P> {
    pub(crate) async fn get_provider_schema(&self, _: get_provider_schema::Request) -> get_provider_schema::Response {
        let resources = self.catalogue.resources().iter();
        let data_sources = self.catalogue.data_sources().iter();
        get_provider_schema::Response {
            provider: Some(wire::schema_to_proto(self.catalogue.config())),
            resource_schemas: schemas(resources.map(|(name, entry)| (name, &entry.schema))),
            data_source_schemas: schemas(data_sources.map(|(name, entry)| (name, &entry.schema))),
            functions: self.function_declarations(),
            server_capabilities: Some(CAPABILITIES),
            ..Default::default()
        }
    }

    pub(crate) async fn get_metadata(&self, _: get_metadata::Request) -> get_metadata::Response {
        let resources = self.catalogue.resources().keys();
        let data_sources = self.catalogue.data_sources().keys();
        let functions = self.catalogue.functions().keys();
        get_metadata::Response {
            server_capabilities: Some(CAPABILITIES),
            resources: resources
                .map(|name| get_metadata::ResourceMetadata {
                    type_name: name.clone(),
                })
                .collect(),
            data_sources: data_sources
                .map(|name| get_metadata::DataSourceMetadata {
                    type_name: name.clone(),
                })
                .collect(),
            functions: functions
                .map(|name| get_metadata::FunctionMetadata {
                    name: (*name).to_owned(),
                })
                .collect(),
            ..Default::default()
        }
    }
}

fn schemas<'a>(named: impl Iterator<Item = (&'a String, &'a Schema)>) -> BTreeMap<String, proto::Schema> {
    let mut schemas = BTreeMap::new();
    for (name, schema) in named {
        schemas.insert(name.clone(), wire::schema_to_proto(schema));
    }
    schemas
}
