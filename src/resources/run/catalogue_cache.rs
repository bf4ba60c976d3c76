//! The live catalogues of GPUs, read once a run: a plan of a hundred pods asks as often as a plan of one.

use super::advice;
use crate::clouds::{Accelerators, Catalogue, Cloud, Error, Keyed, Machine, MachineFilter, Result, SingleFlight};

/// Catalogues by cloud.
#[derive(Default)]
pub struct CatalogueCache(Keyed<&'static str, OfCloud>);

#[derive(Default)]
struct OfCloud {
    usual_machines: SingleFlight<Result<Vec<Machine>>>,
    all_machines: SingleFlight<Result<Vec<Machine>>>,
}

/// The machines, or why they cannot be read.
pub type Found<'a> = std::result::Result<&'a [Machine], &'a Error>;

impl CatalogueCache {
    /// The machines that a catalogue shows by default, or those of every vendor.
    pub async fn machines<T>(
        &self,
        cloud: &dyn Cloud,
        catalogue: &dyn Catalogue,
        accelerators: Accelerators,
        use_found: impl FnOnce(Found<'_>) -> T,
    ) -> T {
        let of_cloud = self.0.of(cloud.capabilities().name);
        let cache = match accelerators {
            Accelerators::All => &of_cloud.all_machines,
            _ => &of_cloud.usual_machines,
        };
        let filter = MachineFilter {
            accelerators,
            include_unavailable: true,
            ..MachineFilter::default()
        };
        let found = cache.once(advice(catalogue.machines(&filter))).await;
        use_found(found.value.as_ref().map(Vec::as_slice))
    }
}
