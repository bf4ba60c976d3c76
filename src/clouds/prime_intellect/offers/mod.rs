//! Prime Intellect's offers: listing, prices, and the selection of the one that a pod is created from.
//!
//! Read `api` for a row of the listing, `amount` and `price` for what it comes to, `constraint` for what a pod asks of it,
//! `choice` for the rows that fit, `listings` for the cache that creates share, and `shortage` for the message if none fits.

mod requests;

mod api;

mod amount;

mod price;

mod listings;

mod constraint;

mod choice;

mod shortage;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use tokio::time::Instant;

use super::{
    PrimeIntellect,
    pages::{Paged, Place},
};
use crate::clouds::{GpuRequest, Kind, PodSpec, Result, http::Request};
pub use amount::Amounts;
pub use api::Row;
pub use choice::{Choice, cheapest_first};
pub use listings::{Listings, YOUNG};
pub use shortage::all_taken;

impl PrimeIntellect {
    /// Every row there is.
    pub async fn all_offers(&self) -> Result<Vec<Row>> {
        self.rows(requests::all()).await
    }

    /// The rows with the GPUs of a pod, where its disks are, read no earlier than `since`.
    pub async fn offers(&self, since: Instant, spec: &PodSpec, gpu: &GpuRequest) -> Result<Arc<Vec<Row>>> {
        let read = self.read_offers(spec, gpu);
        self.listings.since(since, spec, gpu, read).await
    }

    async fn read_offers(&self, spec: &PodSpec, gpu: &GpuRequest) -> Result<Vec<Row>> {
        match self.rows(requests::with_gpu(spec, gpu)).await {
            // A type that is no word of the API's is refused, and so is one in other letters. Those ask for no type,
            // and find theirs among all.
            Err(error) if error.kind == Kind::Invalid => {
                let rows = self.rows(requests::with_disks(spec)).await?;
                match rows.iter().any(|row| row.gpu_type.eq_ignore_ascii_case(&gpu.gpu_type)) {
                    true => Ok(rows),
                    false => Err(error),
                }
            }
            result => result,
        }
    }

    /// What cannot be read is nothing that could be bought, and hides none of the others. A row that moved to the next
    /// page while the pages were read is one row.
    async fn rows(&self, listing: Paged<Row, impl Fn(Place) -> Request>) -> Result<Vec<Row>> {
        let mut rows = Vec::new();
        for row in listing.read_all(&self.http).await? {
            if !rows.contains(&row) {
                rows.push(row);
            }
        }
        Ok(rows)
    }
}
