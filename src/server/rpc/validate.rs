//! ValidateProviderConfig, ValidateResourceConfig and ValidateDataResourceConfig: attribute validators and config validators, offline.

use super::{ErrorResponse, decode};
use crate::{
    server::{
        shared::Shared,
        validate::{Strictness, validate},
    },
    tf::{Diagnostics, Model, Provider, Schema, Value},
    wire::proto::{self, validate_data_resource_config, validate_provider_config, validate_resource_config},
};

impl<P: Provider> Shared<P> {
    pub(crate) async fn validate_provider_config(
        &self,
        request: validate_provider_config::Request,
    ) -> validate_provider_config::Response {
        let schema = self.catalogue.config();
        let rules = |config: &Value, diagnostics: &mut Diagnostics| match P::Config::from_object(config) {
            Ok(config) => self.catalogue.provider.validate(&config, diagnostics),
            Err(mismatch) => diagnostics.bug(mismatch),
        };
        // Terraform sends no capabilities here, and a provider block has no write-only attributes.
        ErrorResponse::from_diagnostics(check(schema, request.config.as_ref(), Strictness::default(), rules))
    }

    /// An empty text of a resource is as good as none.
    pub(crate) async fn validate_resource_config(
        &self,
        request: validate_resource_config::Request,
    ) -> validate_resource_config::Response {
        let takes_write_only = request
            .client_capabilities
            .is_some_and(|client| client.write_only_attributes_allowed);
        ErrorResponse::from_diagnostics(match self.catalogue.resource(&request.type_name) {
            Ok(entry) => {
                let strictness = Strictness {
                    takes_write_only,
                    takes_empty_for_null: true,
                };
                check(
                    &entry.schema,
                    request.config.as_ref(),
                    strictness,
                    |config, diagnostics| {
                        let settled = entry.schema.normalized_input(config);
                        entry.handler.validate(settled.as_ref().unwrap_or(config), diagnostics);
                    },
                )
            }
            Err(unknown) => unknown,
        })
    }

    pub(crate) async fn validate_data_resource_config(
        &self,
        request: validate_data_resource_config::Request,
    ) -> validate_data_resource_config::Response {
        ErrorResponse::from_diagnostics(match self.catalogue.data_source(&request.type_name) {
            Ok(entry) => check(
                &entry.schema,
                request.config.as_ref(),
                Strictness::default(),
                |config, diagnostics| {
                    entry.handler.validate(config, diagnostics);
                },
            ),
            Err(unknown) => unknown,
        })
    }
}

/// All mistakes of a configuration: those that the schema forbids, then those between attributes.
fn check(
    schema: &Schema,
    config: Option<&proto::DynamicValue>,
    strictness: Strictness,
    rules: impl FnOnce(&Value, &mut Diagnostics),
) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    match decode(config, schema) {
        Ok(config) => {
            validate(schema, &config, strictness, &mut diagnostics);
            rules(&config, &mut diagnostics);
        }
        Err(undecodable) => diagnostics.extend(undecodable),
    }
    diagnostics
}
