//! `data "gpupod_gpu_specs"`: the GPUs that clouds rent out, and what they cost.
//!
//! Read `model` for the attributes, `filter` for what is kept, `offer` for what can be bought and in which order.

pub mod messages;

mod model;

mod filter;

mod offer;

mod observe;

#[cfg(test)]
mod tests;

use async_trait::async_trait;

use crate::{
    clouds::{Capabilities, Machine},
    resources::{common::cloud_feature::CATALOGUE, managed::multi_cloud, session::Session},
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
        multi_cloud::check_clouds_for(&CATALOGUE, &config.clouds, diagnostics);
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
    let named = multi_cloud::names(&config.clouds);
    let clouds = cx.session.clouds(&named)?;
    let publishing = multi_cloud::parts(&clouds, !named.is_empty(), |cloud| {
        let catalogue = CATALOGUE.of("clouds", cloud, cloud.catalogue())?;
        Ok((cloud.capabilities(), catalogue))
    })?;
    let answers = publishing
        .iter()
        .map(|(cloud, catalogue)| (*cloud, catalogue.machines(&wish.machines)));
    multi_cloud::answers(answers, &messages::gpus_cannot_be_read()).await
}
