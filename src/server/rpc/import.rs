//! ImportResourceState: a state with an id alone. Terraform reads it next, which fills it in.

use super::{ErrorResponse, encode, unless_stopped};
use crate::{
    server::{normalize_state::normalize_state, private_state::PrivateState, shared::Shared},
    tf::{Diagnostics, Provider, Value},
    wire::{
        diagnostics_to_proto,
        proto::import_resource_state::{ImportedResource, Request, Response},
    },
};

impl<P: Provider> Shared<P> {
    pub(crate) async fn import_resource_state(&self, request: Request) -> Response {
        self.import(request)
            .await
            .unwrap_or_else(ErrorResponse::from_diagnostics)
    }

    async fn import(&self, request: Request) -> Result<Response, Diagnostics> {
        let entry = self.catalogue.resource(&request.type_name)?;
        let cx = self.context()?;
        let stub = unless_stopped(&cx.stop, entry.handler.import(&cx, &request.id)).await;
        let mut diagnostics = cx.warnings()();
        let stub = match stub {
            Ok(stub) => normalize_state(&entry.schema, stub, &Value::Null, &mut Vec::new()),
            Err(errors) => {
                diagnostics.extend(errors);
                return Err(diagnostics);
            }
        };
        let imported = ImportedResource {
            type_name: request.type_name,
            state: Some(encode(&stub, &entry.schema)?),
            private: PrivateState {
                is_import: true,
                ..PrivateState::default()
            }
            .to_bytes()
            .into(),
            ..Default::default()
        };
        Ok(Response {
            imported_resources: vec![imported],
            diagnostics: diagnostics_to_proto(diagnostics),
            ..Default::default()
        })
    }
}
