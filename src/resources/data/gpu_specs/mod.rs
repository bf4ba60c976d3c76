//! `data "gpupod_gpu_specs"`: the GPUs that clouds rent out, and what they cost.
//!
//! Read `model` for the attributes, `filter` for what is kept, `offer` for what can be bought and in which order.

mod model;

mod filter;

mod offer;

mod observe;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use async_trait::async_trait;

use super::asked;
use crate::{
    clouds::{Capabilities, Catalogue, Cloud, Machine},
    resources::session::Session,
    tf::{Context, DataSource, Diagnostics, Tf},
};
use filter::Wish;
use model::GpuSpecsModel;

/// The data source `gpupod_gpu_specs`.
#[derive(Debug)]
pub struct GpuSpecsDataSource;

#[async_trait]
impl DataSource for GpuSpecsDataSource {
    type Session = Session;
    type Model = GpuSpecsModel;

    const NAME: &'static str = "gpu_specs";

    fn validate(&self, config: &GpuSpecsModel, diagnostics: &mut Diagnostics) {
        asked::CATALOGUE.check_clouds(&config.clouds, diagnostics);
    }

    async fn read(&self, cx: &Context<Session>, config: GpuSpecsModel) -> Result<GpuSpecsModel, Diagnostics> {
        let wish = Wish::of(&config);
        let machines = machines(cx, &config, &wish).await?;
        let narrowed = machines.into_iter();
        let narrowed = narrowed.filter_map(|(cloud, machine)| Some((cloud, wish.narrow(machine)?)));
        let machines: Vec<(&Capabilities, Machine)> = narrowed.collect();
        let offers = offer::all(&machines);
        Ok(GpuSpecsModel {
            specs: Tf::Known(observe::specs(&machines)),
            cheapest: offer::cheapest(&offers).into(),
            offers: Tf::Known(offers),
            ..config
        })
    }
}

/// What all clouds answer that are meant.
async fn machines(
    cx: &Context<Session>,
    config: &GpuSpecsModel,
    wish: &Wish,
) -> Result<Vec<(&'static Capabilities, Machine)>, Diagnostics> {
    let named = asked::names(&config.clouds);
    let clouds = cx.session.clouds(&named)?;
    let publishing = publishing(&clouds, !named.is_empty())?;
    let answers = publishing
        .iter()
        .map(|(cloud, catalogue)| (*cloud, catalogue.machines(&wish.machines)));
    asked::answers(answers, "The GPUs cannot be read").await
}

/// A cloud that publishes nothing is refused if it was named, and else left out, unless there is no other.
fn publishing(
    clouds: &[Arc<dyn Cloud>],
    are_named: bool,
) -> Result<Vec<(&'static Capabilities, &dyn Catalogue)>, Diagnostics> {
    let mut found = Vec::new();
    let mut refusals = Diagnostics::new();
    for cloud in clouds {
        match cloud.catalogue() {
            Some(catalogue) => found.push((cloud.capabilities(), catalogue)),
            None => refusals.extend(asked::CATALOGUE.refusal("clouds", cloud.capabilities())),
        }
    }
    let is_refused = !refusals.is_empty() && (are_named || found.is_empty());
    if is_refused { Err(refusals) } else { Ok(found) }
}
