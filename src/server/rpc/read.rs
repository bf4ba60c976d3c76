//! ReadResource: refresh. Semantically equal values stay as the state has them.

use std::sync::Arc;

use super::{ErrorResponse, decode, encode, unless_stopped};
use crate::{
    server::{
        normalize_state::normalize_state, private_state::PrivateState, read_validation::without_invalid,
        shared::Shared, task,
    },
    tf::{Diagnostics, Origin, Provider, Schema, Value},
    wire::{
        diagnostics_to_proto,
        proto::read_resource::{Request, Response},
    },
};

impl<P: Provider> Shared<P> {
    /// After any error or panic the state stays as it was: only a thing that is certainly gone leaves it.
    pub(crate) async fn read_resource(self: Arc<Self>, request: Request) -> Response {
        let unchanged = request.clone();
        let tasks = self.tasks.clone();
        let read = task::run(&tasks, async move { self.read(request).await }).await;
        match read.unwrap_or_else(Err) {
            Ok(response) => response,
            Err(errors) => Response {
                new_state: unchanged.current_state,
                private: unchanged.private,
                ..ErrorResponse::from_diagnostics(errors)
            },
        }
    }

    async fn read(&self, request: Request) -> Result<Response, Diagnostics> {
        let entry = self.catalogue.resource(&request.type_name)?;
        let state = decode(request.current_state.as_ref(), &entry.schema)?;
        let private = PrivateState::from_bytes(&request.private);
        let origin = if private.is_import {
            Origin::Import
        } else {
            Origin::State
        };

        let cx = self.context()?;
        let settled = entry.schema.normalized_input(&state);
        let found = unless_stopped(
            &cx.stop,
            entry.handler.read(&cx, settled.as_ref().unwrap_or(&state), origin),
        )
        .await;
        let mut diagnostics = cx.warnings()();
        let found = match found {
            Ok(found) => checked(&entry.schema, found, &state, origin, &mut diagnostics),
            Err(errors) => {
                diagnostics.extend(errors);
                return Err(diagnostics);
            }
        };
        let private = match origin {
            Origin::Import => PrivateState::after_import(&entry.schema, &found),
            Origin::State => private,
        };
        // Mostly nothing has changed.
        let new_state = match found == state {
            true => request.current_state,
            false => Some(encode(&found, &entry.schema)?),
        };
        Ok(Response {
            new_state,
            private: private.to_bytes().into(),
            diagnostics: diagnostics_to_proto(diagnostics),
            ..Default::default()
        })
    }
}

fn checked(schema: &Schema, found: Value, state: &Value, origin: Origin, diagnostics: &mut Diagnostics) -> Value {
    let mut wrong = Vec::new();
    let found = normalize_state(schema, found, state, &mut wrong);
    let found = match origin {
        Origin::Import => {
            let found = without_invalid(schema, &Value::Null, found);
            schema.normalized_input(&found).unwrap_or(found)
        }
        Origin::State => schema.preserve_equal_on_read(state, without_invalid(schema, state, found)),
    };
    wrong
        .into_iter()
        .for_each(|wrong| diagnostics.bug(format!("Reading the resource: {wrong}.")));
    found
}
