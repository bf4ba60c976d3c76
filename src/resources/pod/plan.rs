//! Plan modification beyond the schema: the cloud that is meant, what a change leaves as it is, and what is worth a
//! word before money is spent.

use super::messages;
use super::{
    catalogue,
    model::{PodModel, WORKLOAD},
    rules,
};
use crate::{
    clouds::{Capabilities, Phase, PodId},
    resources::{
        common::attribute_support,
        managed::leftovers,
        session::{PlanChecks, Session, cloud},
    },
    tf::{self, Context, Diagnostics, Path, Plan, Tf},
};

pub async fn complete(cx: &Context<Session>, plan: &mut Plan<PodModel>, diagnostics: &mut Diagnostics) {
    let capabilities = cloud::planned(&cx.session, &plan.config.cloud, &mut plan.planned.cloud, diagnostics);
    if let Some(capabilities) = capabilities {
        rules::check(&plan.config, Some(capabilities), diagnostics);
        if plan.prior.is_none() {
            rules::check_new(&plan.config, capabilities, diagnostics);
        }
        workspace(cx, capabilities, &plan.config, diagnostics);
        if plan.prior.as_ref() != Some(&plan.planned) {
            let planned = plan.planned.clone();
            plan.planned = attribute_support::without_refused(planned, capabilities, |one, feature| (one.pod)(feature));
        }
    }
    match &plan.prior {
        None if diagnostics.has_errors() => {}
        None => {
            if let Some(capabilities) = capabilities {
                check_new(cx, capabilities.name, &plan.config, diagnostics).await;
            }
        }
        Some(prior) => {
            leftovers::note(cx, prior);
            if is_failed(prior) {
                replace_failed(&mut plan.planned, &mut plan.replace);
            } else if plan.planned.desired_state == prior.desired_state {
                keep_observations(prior, &mut plan.planned);
            }
            warn_of_replacement(cx, prior, &plan.replace, diagnostics);
        }
    }
}

/// A pod without a workspace is refused where there are any, and only the provider block may know one.
fn workspace(cx: &Context<Session>, capabilities: &Capabilities, config: &PodModel, diagnostics: &mut Diagnostics) {
    let is_named = match &config.cpod {
        Tf::Known(wish) => !wish.workspace_id.is_null(),
        wish => wish.is_unknown(),
    };
    let Ok(Some(cloud)) = cx.session.cloud_if_known(capabilities.name) else {
        return;
    };
    if capabilities.needs_workspace && !is_named && cloud.account().workspace_id.is_none() {
        let Capabilities { name, title, .. } = capabilities;
        let path = Path::from(WORKLOAD).attribute("workspace_id");
        let message = messages::no_workspace(&path, name, title);
        diagnostics.add_error(path, message);
    }
}

/// Asks the cloud about a pod that is to be made, unless `plan_checks` is off. Where the cloud is not known yet, planning
/// goes on without it; that it cannot be used has been said when it was chosen.
async fn check_new(cx: &Context<Session>, cloud: &str, config: &PodModel, diagnostics: &mut Diagnostics) {
    let Ok(Some(cloud)) = cx.session.cloud_if_known(cloud) else {
        return;
    };
    if cx.session.plan_checks == PlanChecks::Off {
        return;
    }
    let cloud = cloud.as_ref();
    let mut of_leftovers = Diagnostics::new();
    // At once: neither waits for what the other is told.
    tokio::join!(
        catalogue::check(cx, cloud, config, diagnostics),
        leftovers::find(cx, cloud.pods(), &config.name, &mut of_leftovers),
    );
    diagnostics.extend(of_leftovers);
}

fn is_failed(prior: &PodModel) -> bool {
    prior
        .status
        .known()
        .is_some_and(|status| status == Phase::Failed.as_str())
}

/// A pod that has failed does nothing but cost: Terraform replaces where a planned value differs from the prior one.
fn replace_failed(planned: &mut PodModel, replace: &mut Vec<Path>) {
    planned.status = Tf::Unknown;
    replace.push(Path::from("status"));
}

/// An update that neither stops nor starts the pod makes no call, so nothing that was observed changes.
fn keep_observations(prior: &PodModel, planned: &mut PodModel) {
    planned.status = prior.status.clone();
    planned.cloud_status = prior.cloud_status.clone();
    planned.region = prior.region.clone();
    planned.ssh = prior.ssh.clone();
    planned.ip = prior.ip.clone();
    planned.internal_ip = prior.internal_ip.clone();
    planned.endpoints = prior.endpoints.clone();
}

fn warn_of_replacement(cx: &Context<Session>, prior: &PodModel, replace: &[Path], diagnostics: &mut Diagnostics) {
    let is_running = prior
        .status
        .known()
        .is_some_and(|status| status == Phase::Running.as_str());
    let Some(reason) = replace
        .first()
        .filter(|_| is_running && cx.phase == tf::Phase::Planning)
    else {
        return;
    };
    let id = prior.id.known().cloned().unwrap_or_default();
    let live = PodId::new(id.as_str()).ok().and_then(|id| cx.session.run.price_of(&id));
    let price = live
        .map(|price| price.to_string())
        .or_else(|| prior.price_per_hour.known().map(ToString::to_string));
    let cost = price.map_or_else(String::new, |price| messages::costs(&price));
    let reasons: Vec<String> = replace.iter().map(|path| format!("`{path}`")).collect();
    let name = prior.name.known().cloned().unwrap_or_default();
    let message = messages::running_pod_replaced(&id, &name, &cost, &reasons.join(", "));
    diagnostics.add_warning(reason.clone(), message);
}

#[cfg(test)]
mod tests;

#[cfg(test)]
mod patience;
