//! One file for each RPC or pair of RPCs, named as in the protocol.

mod schema;

mod validate;

mod configure;

mod upgrade;

mod read;

mod plan;

mod apply;

mod import;

mod data_source;

mod function;

mod stop;

use std::future::Future;

use tokio_util::sync::CancellationToken;

use crate::{
    server::messages,
    tf::{Diagnostics, Path, Schema, Value},
    wire::{self, proto},
};

/// An answer that can say what went wrong.
pub(super) trait ErrorResponse: Send + 'static {
    /// The answer to a call that came to nothing.
    fn from_diagnostics(diagnostics: Diagnostics) -> Self;
}

macro_rules! answers {
    ($($module:ident),* $(,)?) => {
        $(impl ErrorResponse for proto::$module::Response {
            #[allow(clippy::needless_update, reason = "some of the answers are diagnostics and nothing else")]
            fn from_diagnostics(diagnostics: Diagnostics) -> Self {
                let mut answer = Self::default();
                answer.diagnostics = wire::diagnostics_to_proto(diagnostics);
                answer
            }
        })*
    };
}

answers! {
    get_metadata,
    get_provider_schema,
    validate_provider_config,
    validate_resource_config,
    validate_data_resource_config,
    configure_provider,
    upgrade_resource_state,
    read_resource,
    plan_resource_change,
    apply_resource_change,
    import_resource_state,
    move_resource_state,
    read_data_source,
    get_functions,
}

/// Asks for something, unless the user wants to stop: what only asks can be left at any time, and a service that hangs
/// would keep Terraform from ending.
async fn unless_stopped<T>(
    stop: &CancellationToken,
    ask: impl Future<Output = Result<T, Diagnostics>>,
) -> Result<T, Diagnostics> {
    tokio::select! {
        biased;
        answer = ask => answer,
        () = stop.cancelled() => {
            Err(Diagnostics::from_error(Path::root(), messages::interrupted()))
        }
    }
}

/// Values are decoded by the schema that Terraform got from us, so one that does not fit is a mistake, not the user's.
fn decode(value: Option<&proto::DynamicValue>, schema: &Schema) -> Result<Value, Diagnostics> {
    wire::decode(value, schema.value_type()).map_err(Diagnostics::of_bug)
}

fn encode(value: &Value, schema: &Schema) -> Result<proto::DynamicValue, Diagnostics> {
    wire::encode(value, schema.value_type()).map_err(Diagnostics::of_bug)
}
