//! What can be bought at Prime Intellect now, row by row.

mod requests;

mod api;

use super::PrimeIntellect;
use crate::clouds::{PodSpec, Result, lenient::FromJson};
pub use api::Row;

impl PrimeIntellect {
    /// The rows that a pod of this kind could be made from.
    pub async fn offers(&self, spec: &PodSpec) -> Result<Vec<Row>> {
        let rows = requests::listing(spec).read_all(&self.http).await?;
        let rows = rows.into_iter().filter_map(Row::from_json);
        Ok(rows.filter(|row| fits(spec, row)).collect())
    }
}

fn fits(spec: &PodSpec, row: &Row) -> bool {
    let fits_gpu = |gpu: &crate::clouds::GpuRequest| {
        row.gpu_type.eq_ignore_ascii_case(&gpu.gpu_type) && row.gpu_count == gpu.count.get()
    };
    spec.gpu.as_ref().is_some_and(fits_gpu)
}
