//! What the schema cannot tell about a plan: the cloud that is meant, and which sizes a volume can get.

use super::{model::VolumeModel, rules};
use crate::{
    clouds::Resize,
    resources::{cloud, session::Session},
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
    let told = |size: &Tf<Number>| {
        size.known()
            .map_or("a size that is not known yet".to_owned(), Number::to_string)
    };
    let detail = format!(
        "`size_in_gb` changes from {} to {}, and a volume of this cloud keeps its size: the volume {} is replaced, \
         and what is on it is lost. Copy what is to be kept first, or leave the size as it is.",
        told(&prior.size_in_gb),
        told(&planned.size_in_gb),
        prior.id.known().cloned().unwrap_or_default()
    );
    diagnostics.warning("size_in_gb", "The data will be lost", detail);
}

fn size(prior: &VolumeModel, planned: &VolumeModel, diagnostics: &mut Diagnostics) {
    let (Some(size), Some(wanted)) = (prior.size_in_gb.known(), planned.size_in_gb.known()) else {
        return;
    };
    let is_smaller = wanted.as_u64() < size.as_u64();
    let mounts = prior.mount_count.known().and_then(|count| count.as_u64()).unwrap_or(0);
    if is_smaller {
        let detail = format!(
            "`size_in_gb` is {wanted}, and the volume has {size}. A smaller volume would lose data: use at least {size}, \
             or make another volume and copy what is to be kept."
        );
        diagnostics.error("size_in_gb", "Volume cannot become smaller", detail);
    } else if wanted != size && mounts > 0 {
        let detail = format!(
            "`size_in_gb` changes from {size} to {wanted}, and the volume was mounted when it was last looked at. It can \
             grow only while no pod mounts it: take it out of `volumes` of its pods first, or the apply fails."
        );
        diagnostics.warning("size_in_gb", "Volume is mounted", detail);
    }
}

#[cfg(test)]
mod tests;
