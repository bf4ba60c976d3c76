//! GetFunctions and CallFunction: functions that configurations can call.

use std::collections::BTreeMap;

use super::ErrorResponse;
use crate::{
    server::{messages, shared::Shared},
    tf::{Diagnostics, Function, FunctionError, Provider, Value},
    wire::{
        self,
        proto::{self, call_function, get_functions},
    },
};

impl<P: Provider> Shared<P> {
    pub(crate) async fn get_functions(&self, _: get_functions::Request) -> get_functions::Response {
        get_functions::Response {
            functions: self.function_declarations(),
            ..Default::default()
        }
    }

    pub(crate) async fn call_function(&self, request: call_function::Request) -> call_function::Response {
        match self.call(&request) {
            Ok(result) => call_function::Response {
                result: Some(result),
                error: None,
            },
            Err(error) => call_function::Response {
                result: None,
                error: Some(error_to_proto(error)),
            },
        }
    }

    pub(crate) fn function_declarations(&self) -> BTreeMap<String, proto::Function> {
        let mut declarations = BTreeMap::new();
        for (name, function) in self.catalogue.functions() {
            declarations.insert((*name).to_owned(), wire::function_to_proto(&function.signature()));
        }
        declarations
    }

    fn call(&self, request: &call_function::Request) -> Result<proto::DynamicValue, FunctionError> {
        let Some(function) = self.catalogue.functions().get(request.name.as_str()) else {
            return Err(failure(messages::unknown_function(&request.name)));
        };
        let signature = function.signature();
        let arguments = arguments(function.as_ref(), &request.arguments)?;
        let result = function.call(&arguments)?;
        wire::encode(&result, &signature.result).map_err(failure)
    }
}

fn arguments(function: &dyn Function, sent: &[proto::DynamicValue]) -> Result<Vec<Value>, FunctionError> {
    let parameters = function.signature().parameters;
    if parameters.len() != sent.len() {
        return Err(failure(messages::wrong_argument_count(parameters.len(), sent.len())));
    }
    let decode =
        |(index, (parameter, value)): (usize, (&crate::tf::Parameter, &proto::DynamicValue))| match wire::decode(
            Some(value),
            &parameter.value_type,
        )
        .map_err(failure)?
        {
            Value::Null | Value::Unknown => Err(FunctionError {
                text: messages::missing_argument(parameter.name),
                argument: Some(index),
            }),
            value => Ok(value),
        };
    parameters.iter().zip(sent).enumerate().map(decode).collect()
}

fn failure(text: impl ToString) -> FunctionError {
    FunctionError {
        text: text.to_string(),
        argument: None,
    }
}

fn error_to_proto(error: FunctionError) -> proto::FunctionError {
    let function_argument = error.argument.and_then(|index| i64::try_from(index).ok());
    proto::FunctionError {
        text: error.text,
        function_argument,
    }
}

impl ErrorResponse for call_function::Response {
    fn from_diagnostics(diagnostics: Diagnostics) -> Self {
        let text: Vec<String> = diagnostics.into_iter().map(|one| one.detail).collect();
        Self {
            result: None,
            error: Some(error_to_proto(failure(text.join("\n")))),
        }
    }
}
