//! What is asked for besides instances: data sources and functions.

use gpupod::{
    tf::{Model, Type, Value},
    wire::{
        self,
        proto::{self, DynamicValue, call_function, provider_server::Provider as _, read_data_source},
    },
};
use tonic::Request;

use super::{CLIENT, Core, LOOKUP, Said, answer, encode, object};
use crate::protocol::toy::LookupModel;

/// What a data source found.
pub struct Found {
    pub state: Value,
    pub said: Said,
}

impl Core {
    /// Reads the data source.
    pub async fn look_up(&self, id: &str) -> Found {
        self.look_up_in(LOOKUP, id).await
    }

    pub async fn look_up_in(&self, type_name: &str, id: &str) -> Found {
        let schema = LookupModel::schema(0);
        let request = read_data_source::Request {
            type_name: type_name.to_owned(),
            config: Some(encode(&object([("id", id.into())]), &schema)),
            client_capabilities: Some(CLIENT),
            ..Default::default()
        };
        let response = answer(self.server.read_data_source(Request::new(request))).await;
        let state = wire::decode(response.state.as_ref(), schema.value_type());
        Found {
            state: state.expect("the server answers with values of the schema's type"),
            said: Said(response.diagnostics),
        }
    }

    /// Calls a function that takes and gives what is given here.
    pub async fn call(&self, name: &str, arguments: &[Value]) -> Result<Value, proto::FunctionError> {
        self.call_encoded(name, arguments.iter().map(argument).collect()).await
    }

    pub async fn call_encoded(&self, name: &str, arguments: Vec<DynamicValue>) -> Result<Value, proto::FunctionError> {
        let request = call_function::Request {
            name: name.to_owned(),
            arguments,
        };
        let response = answer(self.server.call_function(Request::new(request))).await;
        match response.error {
            Some(error) => Err(error),
            None => Ok(wire::decode(response.result.as_ref(), &Type::String).expect("all functions give strings")),
        }
    }
}

/// An argument, in the type that it is of.
fn argument(value: &Value) -> DynamicValue {
    let value_type = match value {
        Value::Number(_) => Type::Number,
        _ => Type::String,
    };
    wire::encode(value, &value_type).expect("a text or a number")
}
