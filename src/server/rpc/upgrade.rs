//! UpgradeResourceState and MoveResourceState: states of earlier schema versions, and of other types.

use super::{ErrorResponse, encode};
use crate::{
    server::{messages, shared::Shared},
    tf::{Diagnostics, Path, Provider, Schema, Value},
    wire::{
        self,
        proto::{move_resource_state, upgrade_resource_state},
    },
};

impl<P: Provider> Shared<P> {
    pub(crate) async fn upgrade_resource_state(
        &self,
        request: upgrade_resource_state::Request,
    ) -> upgrade_resource_state::Response {
        self.upgrade(&request).unwrap_or_else(ErrorResponse::from_diagnostics)
    }

    /// Terraform asks for every instance in every plan. A state of an earlier release of the same schema version lacks
    /// what has come since, and may hold what has gone; one of an earlier version goes through the resource's upgrader.
    fn upgrade(
        &self,
        request: &upgrade_resource_state::Request,
    ) -> Result<upgrade_resource_state::Response, Diagnostics> {
        let entry = self.catalogue.resource(&request.type_name)?;
        let state = if request.version == entry.schema.version {
            decode_state(request, &entry.schema)?
        } else {
            let upgraders = entry.handler.state_upgraders();
            let upgrader = upgraders.iter().find(|one| one.prior.version == request.version);
            let upgrader = upgrader.ok_or_else(|| unknown_version(request, entry.schema.version))?;
            (upgrader.upgrade)(decode_state(request, &upgrader.prior)?)
        };
        Ok(upgrade_resource_state::Response {
            upgraded_state: Some(encode(&state, &entry.schema)?),
            ..Default::default()
        })
    }

    /// No state of another type is one of ours.
    pub(crate) async fn move_resource_state(
        &self,
        request: move_resource_state::Request,
    ) -> move_resource_state::Response {
        ErrorResponse::from_diagnostics(Diagnostics::from_error(
            Path::root(),
            messages::cannot_move(
                &request.source_type_name,
                &request.source_provider_address,
                &request.target_type_name,
            ),
        ))
    }
}

fn decode_state(request: &upgrade_resource_state::Request, schema: &Schema) -> Result<Value, Diagnostics> {
    wire::decode_state(request.raw_state.as_ref(), schema.value_type()).map_err(|error| {
        let message = messages::damaged_state(&request.type_name, &error);
        Diagnostics::from_error(error.path, message)
    })
}

fn unknown_version(request: &upgrade_resource_state::Request, own: i64) -> Diagnostics {
    let message = messages::unknown_schema_version(&request.type_name, request.version, own);
    Diagnostics::from_error(Path::root(), message)
}
