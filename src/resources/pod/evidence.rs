//! Evidence of ownership: whether a pod looks like one that this create has made.

use super::{
    model::PodModel,
    observe::{self, environment},
};
use crate::{
    clouds::{Capabilities, Mount, Offer, Pod, PodSpec},
    resources::managed::ownership::{Evidence, OF_ANOTHER_TEAM, compared, of_another},
    tf::{Map, Tf},
};

/// Compares a pod with the order. Where marks are echoed, nothing else counts.
pub fn of(planned: &PodModel, spec: &PodSpec, capabilities: &Capabilities, pod: &Pod) -> Evidence {
    if capabilities.echoes_marks {
        return match pod.mark.is_some() && pod.mark == spec.mark {
            true => Evidence::Marked,
            false => Evidence::Other("it does not carry the mark of this order".to_owned()),
        };
    }
    let planned = PodModel {
        // The secret ones come back like the others.
        environment_vars: planned_environment(planned, spec),
        ..planned.clone()
    };
    let refreshed = PodModel {
        // What it is meant to do comes later.
        desired_state: planned.desired_state.clone(),
        ..observe::refresh(planned.clone(), pod)
    };
    match compared(&planned, &refreshed) {
        Evidence::Equal => match unasked(spec, pod) {
            Some(reason) => Evidence::Other(reason),
            None => Evidence::Equal,
        },
        evidence => evidence,
    }
}

fn planned_environment(planned: &PodModel, spec: &PodSpec) -> Tf<Map<String>> {
    match spec.environment.0.is_empty() {
        true => planned.environment_vars.clone(),
        false => Tf::Known(environment(&spec.environment)),
    }
}

/// What a refresh leaves alone and no cloud adds by itself: why it is another pod than the one that was ordered.
fn unasked(spec: &PodSpec, pod: &Pod) -> Option<String> {
    let seen = &pod.observed;
    let is_filled = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.trim().is_empty());
    let has_volumes = |volumes: &Option<Vec<Mount>>| volumes.as_ref().is_some_and(|volumes| !volumes.is_empty());
    let team = seen
        .marketplace
        .as_ref()
        .and_then(|marketplace| marketplace.team_id.as_ref());
    let bought = pod.offer.as_deref();
    if spec.initialization_command.is_none() && is_filled(&seen.initialization_command) {
        return Some(of_another("initialization_command"));
    }
    if spec.callback_url.is_none() && is_filled(&seen.callback_url) {
        return Some(of_another("callback_url"));
    }
    if spec.volumes.is_empty() && has_volumes(&seen.volumes) {
        return Some(of_another("volumes"));
    }
    if is_elsewhere(spec, pod) {
        return Some(of_another("regions"));
    }
    if team.is_some() && team != spec.marketplace.team_id.as_ref() {
        return Some(OF_ANOTHER_TEAM.to_owned());
    }
    let is_another = bought.is_some_and(|bought| is_another(&spec.marketplace.offer, bought));
    is_another.then(|| "it is not of the offer that was asked for".to_owned())
}

fn is_elsewhere(spec: &PodSpec, pod: &Pod) -> bool {
    let is_there = |region: &String| spec.regions.iter().any(|asked| asked.eq_ignore_ascii_case(region));
    !spec.regions.is_empty() && pod.region.as_ref().is_some_and(|region| !is_there(region))
}

/// Whether a machine is of another offer than one of those that were wished for, as far as a pod says.
fn is_another(wished: &Offer, bought: &Offer) -> bool {
    let differs = |wished: &Option<String>, bought: &Option<String>| match (wished, bought) {
        (Some(wished), Some(bought)) => !wished.eq_ignore_ascii_case(bought),
        _ => false,
    };
    differs(&wished.provider, &bought.provider) || differs(&wished.socket, &bought.socket)
}

#[cfg(test)]
mod tests;
