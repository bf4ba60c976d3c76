//! PlanResourceChange: what a change would lead to.

use std::collections::BTreeSet;

use super::{Answer, decode, encode, unless_stopped};
use crate::{
    server::{contract, plan, private::Private, shared::Shared},
    tf::{AnyPlan, Diagnostics, Path, Phase, Provider, Schema},
    wire::{
        diagnostics_to_proto, path_to_proto,
        proto::plan_resource_change::{Request, Response},
    },
};

impl<P: Provider> Shared<P> {
    pub async fn plan_resource_change(&self, request: Request) -> Response {
        self.plan(&request).await.unwrap_or_else(Answer::of)
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

        let filled = plan::fill(schema, &prior, &config, proposed);
        let private = if prior.is_null() {
            Private::default()
        } else {
            Private::from_bytes(&request.prior_private)
        };
        let mut made = AnyPlan {
            replace: Vec::new(),
            planned: filled,
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
        let plan = async {
            entry.handler.plan(&cx, &mut made, &mut diagnostics).await;
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

/// Why the change replaces, each reason once and in a fixed order. Taking over what an import could not read is no
/// change of the thing.
fn reasons(schema: &Schema, made: &AnyPlan, private: &Private) -> BTreeSet<Path> {
    let by_schema = plan::replacements(schema, &made.prior, &made.planned).into_iter();
    let changes = by_schema.filter(|path| !private.is_adoption(path, &made.prior, &made.planned));
    let by_resource = made.replace.iter().filter(|_| !made.prior.is_null()).cloned();
    changes.chain(by_resource).collect()
}

fn check_own_plan(schema: &Schema, made: &AnyPlan, diagnostics: &mut Diagnostics) {
    if cfg!(debug_assertions) && !diagnostics.has_errors() {
        let AnyPlan {
            prior, config, planned, ..
        } = made;
        for violation in contract::plan_violations(schema, prior, config, planned) {
            diagnostics.bug(format!("The plan breaks Terraform's rules: {violation}."));
        }
    }
}
