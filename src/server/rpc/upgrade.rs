//! UpgradeResourceState and MoveResourceState: states that come from elsewhere in time or place.

use super::{ErrorResponse, encode};
use crate::{
    server::shared::Shared,
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
            return Err(Diagnostics::of_error(
                Path::root(),
                "The state's schema version is not known",
                format!(
                    "The state of this `{}` has schema version {}, and this version of the provider has {}. Use the \
                     release of the provider that wrote the state, or a later one.",
                    request.type_name, request.version, entry.schema.version
                ),
            ));
        }
        let state = wire::decode_state(request.raw_state.as_ref(), entry.schema.value_type());
        let state = state.map_err(|error| damaged(&request.type_name, &error))?;
        Ok(upgrade_resource_state::Response {
            upgraded_state: Some(encode(&state, &entry.schema)?),
            ..Default::default()
        })
    }

    /// No state of another type is one of ours.
    pub async fn move_resource_state(&self, request: move_resource_state::Request) -> move_resource_state::Response {
        ErrorResponse::from_diagnostics(Diagnostics::of_error(
            Path::root(),
            "The resource cannot be moved",
            format!(
                "A `{}` of the provider {} cannot become a `{}`. Remove the `moved` block; to take over what exists \
                 already, import it.",
                request.source_type_name, request.source_provider_address, request.target_type_name
            ),
        ))
    }
}

/// What was written by any release reads, so that somebody else has changed it.
fn damaged(type_name: &str, error: &wire::DecodeError) -> Diagnostics {
    let detail = format!(
        "The state of this `{type_name}` cannot be read: {error}. No release of the provider writes that: the state was \
         changed by hand or by another program, or was not written to its end.\n\nRestore a copy of the state, such as \
         `terraform.tfstate.backup` or an earlier version in the backend. Without one, take the resource out with \
         `terraform state rm ADDRESS` and take it over again with `terraform import ADDRESS ID`: nothing is deleted by \
         that."
    );
    Diagnostics::of_error(error.path.clone(), "The state is damaged", detail)
}
