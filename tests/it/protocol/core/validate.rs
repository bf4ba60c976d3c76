//! The checks that need no session.

use gpupod::{
    tf::{Model, Value},
    wire::proto::{
        ClientCapabilities, provider_server::Provider as _, validate_data_resource_config, validate_provider_config,
        validate_resource_config,
    },
};
use tonic::Request;

use super::{CLIENT, Core, LOOKUP, Said, answer, encode};
use crate::protocol::toy::{LookupModel, ToyModel};

impl Core {
    pub async fn validate(&self, config: &Value) -> Said {
        self.validate_with(config, Some(CLIENT)).await
    }

    /// As a Terraform before 1.8 asks, which does not say what it can do.
    pub async fn validate_as_of_old(&self, config: &Value) -> Said {
        self.validate_with(config, None).await
    }

    async fn validate_with(&self, config: &Value, client_capabilities: Option<ClientCapabilities>) -> Said {
        let request = validate_resource_config::Request {
            type_name: self.type_name.to_owned(),
            config: Some(self.encode(config)),
            client_capabilities,
        };
        let response = answer(self.server.validate_resource_config(Request::new(request))).await;
        Said(response.diagnostics)
    }

    pub async fn validate_provider(&self, config: &Value) -> Said {
        let request = validate_provider_config::Request {
            config: Some(encode(config, &ToyModel::schema(0))),
        };
        let response = answer(self.server.validate_provider_config(Request::new(request))).await;
        Said(response.diagnostics)
    }

    /// Checks the data source's configuration.
    pub async fn validate_lookup(&self, id: &str) -> Said {
        let request = validate_data_resource_config::Request {
            type_name: LOOKUP.to_owned(),
            config: Some(encode(&super::object([("id", id.into())]), &LookupModel::schema(0))),
        };
        let response = answer(self.server.validate_data_resource_config(Request::new(request))).await;
        Said(response.diagnostics)
    }
}
