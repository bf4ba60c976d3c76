//! Cache of offer listings (single flight), shared by the creates of one run: a thousand pods of one kind do not ask a thousand times.

use std::{sync::Arc, time::Duration};

use tokio::time::Instant;

use super::Row;
use crate::clouds::{Fetched, GpuRequest, Keyed, PodSpec, Result, SingleFlight};

/// An order may be made from a listing that is older than itself by this. Stock changes by the minute, and an offer
/// that is gone costs one refused order.
pub const YOUNG: Duration = Duration::from_secs(10);

/// The key of a listing: the type and number of GPUs, and the disks.
type Wanted = (String, u32, Vec<String>);

#[derive(Default)]
pub struct Listings(Keyed<Wanted, SingleFlight<Result<Arc<Vec<Row>>>>>);

impl Listings {
    /// A listing whose first page was asked for no earlier than `since`. One that failed is shared with nobody.
    pub async fn since(
        &self,
        since: Instant,
        spec: &PodSpec,
        gpu: &GpuRequest,
        read: impl Future<Output = Result<Vec<Row>>>,
    ) -> Result<Arc<Vec<Row>>> {
        let is_good = |listing: &Fetched<Result<_>>| listing.began >= since && listing.value.is_ok();
        let listing = self.0.of(wanted(spec, gpu));
        let listing = listing.get(is_good, async { read.await.map(Arc::new) }).await;
        listing.value.clone()
    }
}

fn wanted(spec: &PodSpec, gpu: &GpuRequest) -> Wanted {
    let disks = spec.volumes.iter().map(|mount| mount.volume_id.clone());
    (gpu.gpu_type.clone(), gpu.count.get(), disks.collect())
}
