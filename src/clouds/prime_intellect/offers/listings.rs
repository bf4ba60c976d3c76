//! Cache of offer listings (single flight), shared by the creates of one run: a thousand pods of one kind do not ask a thousand times.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::{sync::Mutex as AsyncMutex, time::Instant};

use super::Row;
use crate::clouds::{GpuRequest, PodSpec, Result};

/// An order may be made from a listing that is older than itself by this. Stock changes by the minute, and an offer
/// that is gone costs one refused order.
pub const YOUNG: Duration = Duration::from_secs(10);

/// The key of a listing: the type and number of GPUs, and the disks.
type Wanted = (String, u32, Vec<String>);
type Place = Arc<AsyncMutex<Option<Listing>>>;

#[derive(Default)]
pub struct Listings(Mutex<BTreeMap<Wanted, Place>>);

struct Listing {
    rows: Arc<Vec<Row>>,
    /// When the first page was asked for.
    began: Instant,
}

impl Listings {
    /// A listing that was read no earlier than `since`. Who finds none reads it, and the others wait for that.
    pub async fn since(
        &self,
        since: Instant,
        spec: &PodSpec,
        gpu: &GpuRequest,
        read: impl Future<Output = Result<Vec<Row>>>,
    ) -> Result<Arc<Vec<Row>>> {
        let place = self.place(spec, gpu);
        let mut place = place.lock().await;
        if let Some(listing) = place.as_ref().filter(|listing| listing.began >= since) {
            return Ok(Arc::clone(&listing.rows));
        }
        let began = Instant::now();
        let rows = Arc::new(read.await?);
        *place = Some(Listing {
            rows: Arc::clone(&rows),
            began,
        });
        Ok(rows)
    }

    fn place(&self, spec: &PodSpec, gpu: &GpuRequest) -> Place {
        let disks = spec.volumes.iter().map(|mount| mount.volume_id.clone());
        let wanted = (gpu.gpu_type.clone(), gpu.count.get(), disks.collect());
        let mut places = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(places.entry(wanted).or_default())
    }
}
