//! Terraform core's side of the protocol, for one instance of one type: each call with what core would send.

mod proposed;

mod said;

mod validate;

mod side;

mod walk;

use std::{future::Future, sync::Arc};

use bytes::Bytes;
use gpupod::{
    server::Server,
    tf::{Model, Schema, Value},
    wire::{
        self,
        proto::{self, DynamicValue, provider_server::Provider as _},
    },
};
use tokio_util::sync::CancellationToken;
use tonic::{Request, Response, Status};

pub use self::said::{Said, place};
use super::{
    toy::{PuppetModel, Toy, ToyModel, WidgetModel, Workshop},
    values::object,
};

/// Terraform, with one running provider, about to manage one type.
#[derive(Clone)]
pub struct Core {
    pub server: Arc<Server<Toy>>,
    pub workshop: Arc<Workshop>,
    /// Cancelled when nobody can receive an answer any more.
    pub abandoned: CancellationToken,
    type_name: &'static str,
    schema: Arc<Schema>,
}

/// What Terraform keeps of an instance.
#[derive(Debug, Clone, PartialEq)]
pub struct Instance {
    pub state: Value,
    pub private: Bytes,
}

/// A plan, and what it was made from.
#[derive(Debug, Clone, PartialEq)]
pub struct Planned {
    pub prior: Instance,
    pub config: Value,
    pub state: Value,
    pub private: Bytes,
    pub replace: Vec<String>,
    pub said: Said,
}

/// What a call made of an instance, and what it said.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    pub instance: Instance,
    pub said: Said,
}

impl Core {
    /// Manages widgets with a provider that is configured to make them in the east.
    pub async fn of_widgets() -> Self {
        Self::new("toy_widget", WidgetModel::schema(1)).in_the_east().await
    }

    pub async fn of_puppets() -> Self {
        Self::new("toy_puppet", PuppetModel::schema(0)).in_the_east().await
    }

    /// Manages widgets with a provider that nobody has configured.
    pub fn unconfigured() -> Self {
        Self::new("toy_widget", WidgetModel::schema(1))
    }

    fn new(type_name: &'static str, schema: Schema) -> Self {
        let workshop = Arc::new(Workshop::default());
        let abandoned = CancellationToken::new();
        let toy = Toy {
            workshop: Arc::clone(&workshop),
        };
        Self {
            server: Arc::new(Server::new(toy, abandoned.clone())),
            workshop,
            abandoned,
            type_name,
            schema: Arc::new(schema),
        }
    }

    async fn in_the_east(self) -> Self {
        self.configure(object([("zone", "east".into())])).await.assert_silence();
        self
    }

    pub async fn configure(&self, config: Value) -> Said {
        let request = proto::configure_provider::Request {
            terraform_version: "1.11.4".to_owned(),
            config: Some(encode(&config, &ToyModel::schema(0))),
            ..Default::default()
        };
        let response = answer(self.server.configure_provider(Request::new(request))).await;
        Said(response.diagnostics)
    }

    pub async fn plan(&self, prior: &Instance, config: &Value) -> Planned {
        let request = self.plan_request(prior, config);
        let response = answer(self.server.plan_resource_change(Request::new(request))).await;
        Planned {
            prior: prior.clone(),
            config: config.clone(),
            state: self.decode(response.planned_state.as_ref()),
            private: response.planned_private,
            replace: response.requires_replace.iter().map(place).collect(),
            said: Said(response.diagnostics),
        }
    }

    pub fn plan_request(&self, prior: &Instance, config: &Value) -> proto::plan_resource_change::Request {
        let proposed = proposed::new_state(&self.schema.attributes, &prior.state, config);
        proto::plan_resource_change::Request {
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
        let request = proto::apply_resource_change::Request {
            type_name: self.type_name.to_owned(),
            prior_state: Some(self.encode(&planned.prior.state)),
            planned_state: Some(self.encode(&planned.state)),
            config: Some(self.encode(&planned.config)),
            planned_private: planned.private.clone(),
            ..Default::default()
        };
        let response = answer(self.server.apply_resource_change(Request::new(request))).await;
        self.outcome(response.new_state.as_ref(), response.private, response.diagnostics)
    }

    pub async fn read(&self, instance: &Instance) -> Outcome {
        let request = proto::read_resource::Request {
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
        let request = proto::import_resource_state::Request {
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
        let request = proto::upgrade_resource_state::Request {
            type_name: self.type_name.to_owned(),
            version,
            raw_state: Some(proto::RawState {
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

    pub fn encode(&self, value: &Value) -> DynamicValue {
        encode(value, &self.schema)
    }

    fn decode(&self, value: Option<&DynamicValue>) -> Value {
        wire::decode(value, self.schema.value_type()).expect("the server answers with values of the schema's type")
    }

    fn outcome(&self, state: Option<&DynamicValue>, private: Bytes, diagnostics: Vec<proto::Diagnostic>) -> Outcome {
        Outcome {
            instance: Instance {
                state: self.decode(state),
                private,
            },
            said: Said(diagnostics),
        }
    }
}

impl Instance {
    /// Nothing yet.
    pub fn none() -> Self {
        Self::of(Value::Null)
    }

    pub fn of(state: Value) -> Self {
        Self {
            state,
            private: Bytes::new(),
        }
    }
}

impl Outcome {
    /// The instance, after a call that had nothing to say.
    #[track_caller]
    pub fn in_silence(self) -> Instance {
        self.said.assert_silence();
        self.instance
    }
}

/// The toy provider's data source.
const LOOKUP: &str = "toy_widget";

/// What Terraform 1.11 says that it can do.
pub const CLIENT: proto::ClientCapabilities = proto::ClientCapabilities {
    deferral_allowed: false,
    write_only_attributes_allowed: true,
    store_planned_private: false,
    computed_blocks_allowed: false,
};

/// The answer to a call: a status is for transports that fail, never for a provider.
pub async fn answer<A>(reply: impl Future<Output = Result<Response<A>, Status>>) -> A {
    reply.await.expect("a provider's errors are diagnostics").into_inner()
}

pub fn encode(value: &Value, schema: &Schema) -> DynamicValue {
    wire::encode(value, schema.value_type()).expect("the test's values are of the schema's type")
}
