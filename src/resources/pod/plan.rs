//! What the schema cannot tell about a plan: the cloud that is meant, and what a change leaves as it is.

use super::{model::PodModel, rules};
use crate::{
    clouds::Phase,
    resources::{cloud, session::Session},
    tf::{Context, Diagnostics, Path, Plan, Tf},
};

pub fn complete(cx: &Context<Session>, plan: &mut Plan<PodModel>, diagnostics: &mut Diagnostics) {
    let capabilities = cloud::planned(&cx.session, &plan.config.cloud, &mut plan.planned.cloud, diagnostics);
    if capabilities.is_some() {
        rules::check(&plan.config, capabilities, diagnostics);
    }
    if let Some(prior) = &plan.prior {
        match is_failed(prior) {
            true => replace_failed(&mut plan.planned, &mut plan.replace),
            false if plan.planned.desired_state == prior.desired_state => keep_observations(prior, &mut plan.planned),
            false => {}
        }
    }
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
