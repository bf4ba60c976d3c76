//! Terraform core's side of the protocol, for one instance of one type: each call with what core would send.

mod said;

mod instance;

mod calls;

mod validate;

mod side;

mod walk;

pub mod proposed;

use std::{future::Future, sync::Arc};

use bytes::Bytes;
use gpupod::{
    server::Server,
    tf::{Model, Schema, Value},
    wire::{
        self,
        proto::{self, DynamicValue},
    },
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tonic::{Response, Status};

pub use self::{
    instance::{Instance, Outcome, Planned},
    said::{Said, place},
};
use super::{
    toy::{PuppetModel, RelicModel, Toy, WidgetModel, Workshop},
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

impl Core {
    /// Manages widgets with a provider that is configured to make them in the east.
    pub async fn of_widgets() -> Self {
        Self::new("toy_widget", WidgetModel::schema(1)).in_the_east().await
    }

    pub async fn of_puppets() -> Self {
        Self::new("toy_puppet", PuppetModel::schema(0)).in_the_east().await
    }

    /// Manages what the provider does not know.
    pub async fn of_strangers() -> Self {
        Self::new("toy_stranger", WidgetModel::schema(1)).in_the_east().await
    }

    /// Manages widgets with a provider that nobody has configured.
    pub fn unconfigured() -> Self {
        Self::new("toy_widget", WidgetModel::schema(1))
    }

    /// Manages relics, which are at schema version 2.
    pub fn of_relics() -> Self {
        Self::new("toy_relic", RelicModel::schema(2))
    }

    fn new(type_name: &'static str, schema: Schema) -> Self {
        let workshop = Arc::new(Workshop::default());
        let abandoned = CancellationToken::new();
        let toy = Toy {
            workshop: Arc::clone(&workshop),
        };
        Self {
            server: Arc::new(Server::new(toy, abandoned.clone(), TaskTracker::new())),
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
