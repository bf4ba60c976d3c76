//! PlanResourceChange: defaults, unknowns, replacement, and the plan that a resource makes of them.

use std::collections::BTreeSet;

use super::{ErrorResponse, decode, encode, unless_stopped};
use crate::{
    server::{
        catalogue::ResourceEntry, consistency, plan, private_state::PrivateState, shared::Shared,
        validate::validate_changes,
    },
    tf::{AnyPlan, Context, Diagnostics, Path, Phase, Provider, Schema, Value},
    wire::{
        diagnostics_to_proto, path_to_proto,
        proto::plan_resource_change::{Request, Response},
    },
};

impl<P: Provider> Shared<P> {
    pub(crate) async fn plan_resource_change(&self, request: Request) -> Response {
        self.plan(&request)
            .await
            .unwrap_or_else(ErrorResponse::from_diagnostics)
    }

    async fn plan(&self, request: &Request) -> Result<Response, Diagnostics> {
        let entry = self.catalogue.resource(&request.type_name)?;
        let schema = &entry.schema;
        let prior = decode(request.prior_state.as_ref(), schema)?;
        let config = decode(request.config.as_ref(), schema)?;
        // Mostly nothing is to change.
        let proposed = match request.proposed_new_state == request.prior_state {
            true => prior.clone(),
            false => decode(request.proposed_new_state.as_ref(), schema)?,
        };
        if proposed.is_null() {
            return Ok(Response {
                planned_state: request.proposed_new_state.clone(),
                planned_private: request.prior_private.clone(),
                ..Default::default()
            });
        }

        let private = if prior.is_null() {
            PrivateState::default()
        } else {
            PrivateState::from_bytes(&request.prior_private)
        };
        let planned = plan::fill(schema, &prior, &config, proposed, private.comparison());
        let mut made = AnyPlan {
            replace: Vec::new(),
            planned,
            prior,
            config,
        };
        made.replace = reasons(schema, &made, &private).into_iter().collect();

        let mut cx = self.context()?;
        cx.phase = match request
            .client_capabilities
            .is_some_and(|client| client.deferral_allowed)
        {
            true => Phase::Applying,
            false => Phase::Planning,
        };
        let mut diagnostics = Diagnostics::new();
        validate_changes(
            schema,
            &made.prior,
            &made.config,
            private.comparison(),
            &mut diagnostics,
        );
        let plan = async {
            complete(&entry, &cx, &mut made, &mut diagnostics).await;
            Ok(())
        };
        unless_stopped(&cx.stop, plan).await?;
        diagnostics.extend(cx.warnings()());
        check_own_plan(schema, &made, &mut diagnostics);

        let planned_state = match made.planned == made.prior {
            true => request.prior_state.clone(),
            false => Some(encode(&made.planned, schema)?),
        };
        Ok(Response {
            planned_state,
            requires_replace: reasons(schema, &made, &private).iter().map(path_to_proto).collect(),
            planned_private: private.to_bytes().into(),
            diagnostics: diagnostics_to_proto(diagnostics),
            ..Default::default()
        })
    }
}

/// Lets the handler complete the plan. It gets all values settled, and the plan is put back into its own words.
async fn complete<S: Send + Sync + 'static>(
    entry: &ResourceEntry<S>,
    cx: &Context<S>,
    made: &mut AnyPlan,
    diagnostics: &mut Diagnostics,
) {
    let schema = &entry.schema;
    let settled = |value: &Value| schema.normalized_input(value);
    let [prior, config, planned] = [&made.prior, &made.config, &made.planned].map(settled);
    if prior.is_none() && config.is_none() && planned.is_none() {
        return entry.handler.plan(cx, made, diagnostics).await;
    }
    let mut handed = AnyPlan {
        prior: prior.unwrap_or_else(|| made.prior.clone()),
        config: config.unwrap_or_else(|| made.config.clone()),
        planned: planned.unwrap_or_else(|| made.planned.clone()),
        replace: std::mem::take(&mut made.replace),
    };
    entry.handler.plan(cx, &mut handed, diagnostics).await;
    made.planned = schema.preserve_equal(&made.planned, handed.planned);
    made.replace = handed.replace;
}

/// Why the change replaces, each reason once and in a fixed order. Taking over what an import could not read is no
/// change of the thing.
fn reasons(schema: &Schema, made: &AnyPlan, private: &PrivateState) -> BTreeSet<Path> {
    let AnyPlan {
        prior, config, planned, ..
    } = made;
    let by_schema = plan::replacements(schema, prior, config, planned, private.comparison()).into_iter();
    let changes = by_schema.filter(|path| !private.is_adoption(schema, path, prior, planned));
    let by_resource = made.replace.iter().filter(|_| !made.prior.is_null()).cloned();
    changes.chain(by_resource).collect()
}

fn check_own_plan(schema: &Schema, made: &AnyPlan, diagnostics: &mut Diagnostics) {
    if cfg!(debug_assertions) && !diagnostics.has_errors() {
        let AnyPlan {
            prior, config, planned, ..
        } = made;
        for inconsistency in consistency::plan_inconsistencies(schema, prior, config, planned) {
            diagnostics.bug(format!("The plan breaks Terraform's rules: {inconsistency}."));
        }
    }
}
