//! Yotta Labs' live catalogue.

mod requests;

mod api;

mod convert;

#[cfg(test)]
mod tests;

use async_trait::async_trait;

use super::{Yotta, pages};
use crate::clouds::{Accelerators, Catalogue, Machine, MachineFilter, Result};
use api::MachineJson;

/// The vendors of the reference. It shows those of one, NVIDIA if none is named.
const VENDORS: [&str; 2] = ["NVIDIA", "AWS"];

#[async_trait]
impl Catalogue for Yotta {
    async fn machines(&self, filter: &MachineFilter) -> Result<Vec<Machine>> {
        match &filter.accelerators {
            Accelerators::CloudsDefault => self.machines_of(filter, None).await,
            Accelerators::Of(vendor) => self.machines_of(filter, Some(vendor)).await,
            Accelerators::All => self.machines_of_all(filter).await,
        }
    }
}

impl Yotta {
    /// A machine that comes as a response to more than one question is one machine.
    async fn machines_of_all(&self, filter: &MachineFilter) -> Result<Vec<Machine>> {
        let mut machines = Vec::new();
        for vendor in VENDORS {
            for machine in self.machines_of(filter, Some(vendor)).await? {
                if !machines.contains(&machine) {
                    machines.push(machine);
                }
            }
        }
        Ok(machines)
    }

    /// What cannot be read is no machine that could be asked for, and hides none of the others.
    async fn machines_of(&self, filter: &MachineFilter, vendor: Option<&str>) -> Result<Vec<Machine>> {
        let rows = pages::read_all::<MachineJson>(&self.http, |page| requests::list(filter, vendor, page)).await?;
        Ok(rows.into_iter().filter_map(convert::to_machine).collect())
    }
}
