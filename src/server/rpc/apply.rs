//! ApplyResourceChange: create, update or delete. Whatever happens, what exists is in the answer.

use std::sync::Arc;

use bytes::Bytes;
use tokio_util::task::TaskTracker;

use super::{ErrorResponse, decode, encode};
use crate::{
    server::{
        catalogue::ResourceEntry,
        consistency,
        normalize_state::{normalize_state, unknown_to_null},
        private_state::PrivateState,
        response_spacing::ApplyOutcome,
        shared::Shared,
        task,
    },
    tf::{Change, Context, Diagnostics, Provider, Saved, Schema, Value},
    wire::{
        diagnostics_to_proto,
        proto::apply_resource_change::{Request, Response},
    },
};

/// What is to be done, by what is null.
enum Action {
    Create { planned: Value, config: Value },
    Update(Change<Value>),
    Delete { prior: Value },
}

impl<P: Provider> Shared<P> {
    /// An error before anything was done leaves the state as it was.
    pub(crate) async fn apply_resource_change(self: Arc<Self>, request: Request) -> Response {
        let prior = request.prior_state.clone();
        let private = request.planned_private.clone();
        let (response, answered) = self.apply(request).await.unwrap_or_else(|errors| {
            let unchanged = Response {
                new_state: prior,
                private,
                ..ErrorResponse::from_diagnostics(errors)
            };
            (unchanged, ApplyOutcome::Otherwise)
        });
        self.spacing.leave(answered).await;
        response
    }

    async fn apply(&self, request: Request) -> Result<(Response, ApplyOutcome), Diagnostics> {
        let entry = self.catalogue.resource(&request.type_name)?;
        let schema = &entry.schema;
        let prior = decode(request.prior_state.as_ref(), schema)?;
        let planned = decode(request.planned_state.as_ref(), schema)?;
        let config = decode(request.config.as_ref(), schema)?;
        let private = PrivateState::from_bytes(&request.planned_private);
        let settled = |value: &Value| schema.normalized_input(value).unwrap_or_else(|| value.clone());
        let action = match (prior.is_null(), planned.is_null()) {
            (true, _) => Action::Create {
                planned: settled(&planned),
                config: settled(&config),
            },
            (false, false) => Action::Update(Change {
                prior: settled(&prior),
                planned: settled(&planned),
                config: settled(&config),
            }),
            (false, true) => Action::Delete { prior: settled(&prior) },
        };
        let is_update = matches!(action, Action::Update(_));

        let (state, mut diagnostics) =
            carry_out(&self.tasks, Arc::clone(&entry), self.context()?, action, prior.clone()).await;
        let fallback = if planned.is_null() { &prior } else { &planned };
        let state = checked(schema, &planned, state, fallback, &mut diagnostics);
        let private = match is_update && !diagnostics.has_errors() {
            true => private.after_update(schema, &state).to_bytes().into(),
            false if prior.is_null() => Bytes::new(),
            false => request.planned_private,
        };
        let answered = match prior.is_null() && !state.is_null() && diagnostics.has_errors() {
            true => ApplyOutcome::FailedCreateWithState,
            false => ApplyOutcome::Otherwise,
        };
        let response = Response {
            new_state: Some(encode(&state, schema)?),
            private,
            diagnostics: diagnostics_to_proto(diagnostics),
            ..Default::default()
        };
        Ok((response, answered))
    }
}

/// The state after the action, and what there is to say of it. After an error or a panic the state is what the handler
/// saved last, else what there was before.
async fn carry_out<S: Send + Sync + 'static>(
    tasks: &TaskTracker,
    entry: Arc<ResourceEntry<S>>,
    cx: Context<S>,
    action: Action,
    prior: Value,
) -> (Value, Diagnostics) {
    let saved = Saved::default();
    let removes = matches!(action, Action::Delete { .. });
    let warnings = cx.warnings();
    let handler_saved = saved.clone();
    let outcome = task::run(tasks, async move {
        match action {
            Action::Create { planned, config } => entry.handler.create(&cx, &planned, &config, &handler_saved).await,
            Action::Update(change) => entry.handler.update(&cx, &change, &handler_saved).await,
            Action::Delete { prior } => entry
                .handler
                .delete(&cx, &prior, &handler_saved)
                .await
                .map(|()| Value::Null),
        }
    })
    .await
    .unwrap_or_else(Err);

    let mut diagnostics = warnings();
    match outcome {
        Ok(Value::Null) if !removes => {
            diagnostics.bug("Nothing came back of what was made or changed.");
            (unknown_to_null(saved.last().unwrap_or(prior)), diagnostics)
        }
        Ok(state) => (state, diagnostics),
        Err(errors) => {
            diagnostics.extend(errors);
            (unknown_to_null(saved.last().unwrap_or(prior)), diagnostics)
        }
    }
}

/// The state in a form that Terraform takes and in the words of the plan, with an error for each way in which it was not.
fn checked(schema: &Schema, planned: &Value, state: Value, fallback: &Value, diagnostics: &mut Diagnostics) -> Value {
    let mut wrong = Vec::new();
    let state = schema.preserve_equal(fallback, normalize_state(schema, state, fallback, &mut wrong));
    if cfg!(debug_assertions) && !diagnostics.has_errors() {
        wrong.extend(consistency::apply_inconsistencies(planned, &state));
    }
    wrong
        .into_iter()
        .for_each(|wrong| diagnostics.bug(format!("The state after the change: {wrong}.")));
    state
}
