//! The calls that lead an instance through its life, each with what core would send.

use bytes::Bytes;
use gpupod::{
    tf::{Model, Value},
    wire::proto::{
        RawState, apply_resource_change, configure_provider, import_resource_state, plan_resource_change,
        provider_server::Provider as _, read_resource, upgrade_resource_state,
    },
};
use tonic::Request;

use super::{CLIENT, Core, Instance, Outcome, Planned, Said, answer, encode, place, proposed};
use crate::protocol::toy::ToyModel;

impl Core {
    pub async fn configure(&self, config: Value) -> Said {
        self.configure_as("1.11.4", config).await
    }

    /// As Terraform of another version.
    pub async fn configure_as(&self, version: &str, config: Value) -> Said {
        let request = configure_provider::Request {
            terraform_version: version.to_owned(),
            config: Some(encode(&config, &ToyModel::schema(0))),
            ..Default::default()
        };
        let response = answer(self.server.configure_provider(Request::new(request))).await;
        Said(response.diagnostics)
    }

    pub async fn plan(&self, prior: &Instance, config: &Value) -> Planned {
        let request = self.plan_request(prior, config);
        let response = answer(self.server.plan_resource_change(Request::new(request))).await;
        assert_eq!(response.deferred, None, "nothing is deferred unasked");
        assert!(!response.legacy_type_system);
        Planned {
            prior: prior.clone(),
            config: config.clone(),
            state: self.decode(response.planned_state.as_ref()),
            private: response.planned_private,
            replace: response.requires_replace.iter().map(place).collect(),
            said: Said(response.diagnostics),
        }
    }

    pub fn plan_request(&self, prior: &Instance, config: &Value) -> plan_resource_change::Request {
        let proposed = proposed::new_state(&self.schema.attributes, &prior.state, config);
        plan_resource_change::Request {
            type_name: self.type_name.to_owned(),
            prior_state: Some(self.encode(&prior.state)),
            proposed_new_state: Some(self.encode(&proposed)),
            config: Some(self.encode(config)),
            prior_private: prior.private.clone(),
            client_capabilities: Some(CLIENT),
            ..Default::default()
        }
    }

    pub async fn apply(&self, planned: &Planned) -> Outcome {
        let request = apply_resource_change::Request {
            type_name: self.type_name.to_owned(),
            prior_state: Some(self.encode(&planned.prior.state)),
            planned_state: Some(self.encode(&planned.state)),
            config: Some(self.encode(&planned.config)),
            planned_private: planned.private.clone(),
            ..Default::default()
        };
        let response = answer(self.server.apply_resource_change(Request::new(request))).await;
        assert!(!response.legacy_type_system);
        self.outcome(response.new_state.as_ref(), response.private, response.diagnostics)
    }

    pub async fn read(&self, instance: &Instance) -> Outcome {
        let request = read_resource::Request {
            type_name: self.type_name.to_owned(),
            current_state: Some(self.encode(&instance.state)),
            private: instance.private.clone(),
            client_capabilities: Some(CLIENT),
            ..Default::default()
        };
        let response = answer(self.server.read_resource(Request::new(request))).await;
        self.outcome(response.new_state.as_ref(), response.private, response.diagnostics)
    }

    pub async fn import(&self, id: &str) -> Outcome {
        let request = import_resource_state::Request {
            type_name: self.type_name.to_owned(),
            id: id.to_owned(),
            client_capabilities: Some(CLIENT),
            ..Default::default()
        };
        let mut response = answer(self.server.import_resource_state(Request::new(request))).await;
        let imported = response.imported_resources.pop().unwrap_or_default();
        assert!(response.imported_resources.is_empty(), "one id is one resource");
        self.outcome(imported.state.as_ref(), imported.private, response.diagnostics)
    }

    pub async fn upgrade(&self, version: i64, stored: &str) -> Outcome {
        let request = upgrade_resource_state::Request {
            type_name: self.type_name.to_owned(),
            version,
            raw_state: Some(RawState {
                json: Bytes::copy_from_slice(stored.as_bytes()),
                ..Default::default()
            }),
        };
        let response = answer(self.server.upgrade_resource_state(Request::new(request))).await;
        self.outcome(response.upgraded_state.as_ref(), Bytes::new(), response.diagnostics)
    }

    pub async fn stop(&self) {
        let response = answer(self.server.stop_provider(Request::new(Default::default()))).await;
        assert_eq!(response.error, "");
    }
}
