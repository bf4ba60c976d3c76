//! What the schema cannot tell about a plan: the cloud that is meant, and which sizes a volume can get.

use super::{model::VolumeModel, rules};
use crate::{
    resources::{cloud, session::Session},
    tf::{Attribute, Context, Diagnostics, Model, OnChange, Plan},
};

pub fn complete(cx: &Context<Session>, plan: &mut Plan<VolumeModel>, diagnostics: &mut Diagnostics) {
    let capabilities = cloud::planned(&cx.session, &plan.config.cloud, &mut plan.planned.cloud, diagnostics);
    if capabilities.is_some() {
        rules::check(&plan.config, capabilities, diagnostics);
    }
    if let Some(prior) = plan.prior.as_ref().filter(|prior| !is_replaced(prior, &plan.planned)) {
        size(prior, &plan.planned, diagnostics);
    }
}

/// Whether the volume makes way for a new one. What was not known of it is taken over and replaces nothing.
fn is_replaced(prior: &VolumeModel, planned: &VolumeModel) -> bool {
    let (prior, planned) = (prior.to_object(), planned.to_object());
    let differs = |attribute: &Attribute| {
        let prior = prior.get(attribute.name);
        !prior.is_null() && prior != planned.get(attribute.name)
    };
    let attributes = VolumeModel::attributes();
    let mut replacing = attributes
        .iter()
        .filter(|attribute| attribute.facts.on_change == OnChange::Replaces);
    replacing.any(differs)
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
             grow only while no pod mounts it: the apply fails if one still does."
        );
        diagnostics.warning("size_in_gb", "Volume is mounted", detail);
    }
}

#[cfg(test)]
mod tests;
