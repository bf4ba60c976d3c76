//! Plan modification beyond the schema: the cloud that is meant, and which sizes a volume can get.

use super::messages;
use super::{model::VolumeModel, rules};
use crate::{
    clouds::Resize,
    resources::session::{Session, cloud},
    tf::{Context, Diagnostics, Number, Path, Phase, Plan, Tf},
};

pub fn complete(cx: &Context<Session>, plan: &mut Plan<VolumeModel>, diagnostics: &mut Diagnostics) {
    let capabilities = cloud::planned(&cx.session, &plan.config.cloud, &mut plan.planned.cloud, diagnostics);
    if let Some(capabilities) = capabilities {
        rules::check(&plan.config, Some(capabilities), diagnostics);
        if plan.prior.is_none() {
            rules::check_new(&plan.config, capabilities, diagnostics);
        }
        if plan.prior.as_ref().is_none_or(|prior| is_resized(prior, &plan.planned)) {
            rules::size(&plan.config, capabilities, diagnostics);
        }
    }
    // What is replaced makes way for a new one.
    let Some(prior) = plan.prior.as_ref().filter(|_| plan.replace.is_empty()) else {
        return;
    };
    match capabilities.and_then(|one| one.volume).map(|volume| volume.resize) {
        Some(Resize::Replaces) if is_resized(prior, &plan.planned) => {
            plan.replace.push(Path::from("size_in_gb"));
            if cx.phase == Phase::Planning {
                warn_of_loss(prior, &plan.planned, diagnostics);
            }
        }
        Some(Resize::Replaces) => {}
        Some(Resize::GrowsInPlace) | None => size(prior, &plan.planned, diagnostics),
    }
}

/// What was not known of the size is taken over.
fn is_resized(prior: &VolumeModel, planned: &VolumeModel) -> bool {
    !prior.size_in_gb.is_null() && prior.size_in_gb != planned.size_in_gb
}

fn warn_of_loss(prior: &VolumeModel, planned: &VolumeModel, diagnostics: &mut Diagnostics) {
    let told = |size: &Tf<Number>| size.known().map_or(messages::unknown_size(), Number::to_string);
    let id = prior.id.known().cloned().unwrap_or_default();
    let message = messages::data_will_be_lost(&told(&prior.size_in_gb), &told(&planned.size_in_gb), &id);
    diagnostics.add_warning("size_in_gb", message);
}

fn size(prior: &VolumeModel, planned: &VolumeModel, diagnostics: &mut Diagnostics) {
    let (Some(size), Some(wanted)) = (prior.size_in_gb.known(), planned.size_in_gb.known()) else {
        return;
    };
    let is_smaller = wanted.as_u64() < size.as_u64();
    let mounts = prior.mount_count.known().and_then(|count| count.as_u64()).unwrap_or(0);
    if is_smaller {
        diagnostics.add_error("size_in_gb", messages::cannot_shrink(wanted, size));
    } else if wanted != size && mounts > 0 {
        diagnostics.add_warning("size_in_gb", messages::is_mounted(size, wanted));
    }
}

#[cfg(test)]
mod tests;
