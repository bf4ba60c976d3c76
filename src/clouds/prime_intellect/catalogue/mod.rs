//! Prime Intellect's live catalogue: every offer is a machine with one count of GPUs.

mod convert;

#[cfg(test)]
mod tests;

use async_trait::async_trait;

use super::PrimeIntellect;
use crate::clouds::{Catalogue, Machine, MachineFilter, Result};

#[async_trait]
impl Catalogue for PrimeIntellect {
    /// Whatever is asked for, all offers are read: a type that is no word of the API's would be refused, and the caller
    /// filters anyway. What has to be paid for in advance cannot be bought by the hour and is left out.
    async fn machines(&self, filter: &MachineFilter) -> Result<Vec<Machine>> {
        let rows = self.all_offers().await?.into_iter();
        let rows = rows.filter(|row| row.prepaid_time.is_none());
        let rows = rows.filter(|row| filter.include_unavailable || row.is_in_stock());
        Ok(rows.map(convert::to_machine).collect())
    }
}
