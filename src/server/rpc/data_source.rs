//! ReadDataSource: a lookup of what exists.

use super::{ErrorResponse, decode, encode, unless_stopped};
use crate::{
    server::{normalize_state::normalize_state, shared::Shared},
    tf::{Diagnostics, Provider},
    wire::{
        diagnostics_to_proto,
        proto::read_data_source::{Request, Response},
    },
};

impl<P: Provider> Shared<P> {
    pub(crate) async fn read_data_source(&self, request: Request) -> Response {
        self.look_up(&request)
            .await
            .unwrap_or_else(ErrorResponse::from_diagnostics)
    }

    async fn look_up(&self, request: &Request) -> Result<Response, Diagnostics> {
        let entry = self.catalogue.data_source(&request.type_name)?;
        let config = decode(request.config.as_ref(), &entry.schema)?;
        let cx = self.context()?;
        let found = unless_stopped(&cx.stop, entry.handler.read(&cx, &config)).await;
        let mut diagnostics = cx.warnings()();
        let found = match found {
            Ok(found) => found,
            Err(errors) => {
                diagnostics.extend(errors);
                return Err(diagnostics);
            }
        };
        let mut wrong = Vec::new();
        let found = normalize_state(&entry.schema, found, &config, &mut wrong);
        wrong
            .into_iter()
            .for_each(|wrong| diagnostics.bug(format!("Reading the data source: {wrong}.")));
        Ok(Response {
            state: Some(encode(&found, &entry.schema)?),
            diagnostics: diagnostics_to_proto(diagnostics),
            ..Default::default()
        })
    }
}
