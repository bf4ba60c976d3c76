//! UpgradeResourceState and MoveResourceState: states that come from elsewhere in time or place.

use super::{ErrorResponse, encode};
use crate::{
    server::{messages, shared::Shared},
    tf::{Diagnostics, Path, Provider},
    wire::{
        self,
        proto::{move_resource_state, upgrade_resource_state},
    },
};

impl<P: Provider> Shared<P> {
    pub async fn upgrade_resource_state(
        &self,
        request: upgrade_resource_state::Request,
    ) -> upgrade_resource_state::Response {
        self.upgrade(&request).unwrap_or_else(ErrorResponse::from_diagnostics)
    }

    /// Terraform asks for every instance in every plan. A state of an earlier release of the same schema version lacks
    /// what has come since, and may hold what has gone.
    fn upgrade(
        &self,
        request: &upgrade_resource_state::Request,
    ) -> Result<upgrade_resource_state::Response, Diagnostics> {
        let entry = self.catalogue.resource(&request.type_name)?;
        if request.version != entry.schema.version {
            let message = messages::unknown_schema_version(&request.type_name, request.version, entry.schema.version);
            return Err(Diagnostics::from_error(Path::root(), message));
        }
        let state = wire::decode_state(request.raw_state.as_ref(), entry.schema.value_type());
        let state = state.map_err(|error| {
            Diagnostics::from_error(error.path.clone(), messages::damaged_state(&request.type_name, &error))
        })?;
        Ok(upgrade_resource_state::Response {
            upgraded_state: Some(encode(&state, &entry.schema)?),
            ..Default::default()
        })
    }

    /// No state of another type is one of ours.
    pub async fn move_resource_state(&self, request: move_resource_state::Request) -> move_resource_state::Response {
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
