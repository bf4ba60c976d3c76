//! The filters: what a cloud is asked for, and which of its answers are kept.
//!
//! A cloud need not know every filter, so all of them are applied here as well.

use rust_decimal::Decimal;

use super::{model::GpuSpecsModel, offer};
use crate::{
    clouds::{Accelerators, ContainerVolumeLimits, CountOption, Machine, MachineFilter, SystemVolumeLimits},
    resources::{
        common::number::{to_decimal, to_whole},
        managed::multi_cloud::{lets_pass, names},
    },
    tf::{Number, Set, Tf},
};

/// What is asked for. The price is not a cloud's business.
pub struct Wish {
    pub machines: MachineFilter,
    pub max_price: Option<Decimal>,
}

impl Wish {
    pub fn of(config: &GpuSpecsModel) -> Self {
        let machines = MachineFilter {
            regions: names(&config.regions),
            gpu_types: names(&config.gpu_types),
            gpu_counts: counts(&config.gpu_counts),
            min_gpu_memory_in_gb: whole(&config.min_gpu_memory_in_gb),
            min_ram_per_gpu_in_gb: whole(&config.min_ram_per_gpu_in_gb),
            min_vcpu_per_gpu: whole(&config.min_vcpu_per_gpu),
            container_volume_in_gb: whole(&config.container_volume_in_gb),
            system_volume_in_gb: whole(&config.system_volume_in_gb),
            cloud_types: names(&config.cloud_types),
            accelerators: match config.accelerator_vendor.known() {
                Some(vendor) => Accelerators::Of(vendor.clone()),
                None => Accelerators::CloudsDefault,
            },
            include_unavailable: config.include_unavailable == Tf::Known(true),
            is_spot: config.is_spot.known().copied(),
        };
        Self {
            machines,
            max_price: config.max_price_per_hour.known().and_then(to_decimal),
        }
    }

    /// The machine with those of its counts that pass, the smallest first; `None` if nothing is left of it.
    pub fn narrow(&self, mut machine: Machine) -> Option<Machine> {
        if !self.takes(&machine) {
            return None;
        }
        // A machine that is sold out may be listed with no counts at all.
        let is_bare = machine.count_options.is_empty() && self.machines.include_unavailable && !self.asks_of_options();
        machine.count_options.retain(|option| self.takes_option(option));
        machine.count_options.sort_by_key(|option| option.gpu_count);
        (is_bare || !machine.count_options.is_empty()).then_some(machine)
    }

    fn takes(&self, machine: &Machine) -> bool {
        let filter = &self.machines;
        is_in_any(&filter.regions, machine)
            && lets_pass(&filter.gpu_types, Some(&machine.gpu_type))
            && lets_pass(&filter.cloud_types, machine.cloud_type.as_deref())
            && is_of(&filter.accelerators, machine.accelerator_vendor.as_deref())
            && is_at_least(filter.min_gpu_memory_in_gb, machine.gpu_memory_in_gb)
            && is_at_least(filter.min_ram_per_gpu_in_gb, machine.ram_per_gpu_in_gb)
            && is_at_least(filter.min_vcpu_per_gpu, machine.vcpu_per_gpu)
            && filter
                .is_spot
                .is_none_or(|wanted| machine.is_spot.unwrap_or(false) == wanted)
    }

    /// Whether there is a filter on anything but the machine as such and its availability.
    fn asks_of_options(&self) -> bool {
        let filter = &self.machines;
        !filter.gpu_counts.is_empty()
            || filter.container_volume_in_gb.is_some()
            || filter.system_volume_in_gb.is_some()
            || self.max_price.is_some()
    }

    fn takes_option(&self, option: &CountOption) -> bool {
        let filter = &self.machines;
        (filter.gpu_counts.is_empty() || filter.gpu_counts.contains(&option.gpu_count))
            && (filter.include_unavailable || option.is_available)
            && filter
                .container_volume_in_gb
                .is_none_or(|size| self.fits_container_volume(option.container_volume.as_ref(), size))
            && filter
                .system_volume_in_gb
                .is_none_or(|size| fits_system_volume(option.system_volume.as_ref(), size))
            && self
                .max_price
                .is_none_or(|most| offer::price(option).is_some_and(|price| price <= most))
    }

    /// The largest size depends on whether there is to be a system volume as well.
    fn fits_container_volume(&self, limits: Option<&ContainerVolumeLimits>, size: u32) -> bool {
        limits.is_some_and(|limits| {
            let most = match self.machines.system_volume_in_gb {
                Some(_) => limits.max_in_gb_with_local_system_volume,
                None => limits.max_in_gb_without_local_system_volume,
            };
            is_within(size, limits.min_in_gb, most.or(limits.max_in_gb))
        })
    }
}

/// A region, and where the cloud tells them a country or a data center; in any case.
fn is_in_any(regions: &[String], machine: &Machine) -> bool {
    let places = [&machine.region, &machine.offer.country, &machine.offer.data_center_id];
    regions.is_empty()
        || places
            .into_iter()
            .any(|place| place.is_some() && lets_pass(regions, place.as_deref()))
}

fn fits_system_volume(limits: Option<&SystemVolumeLimits>, size: u32) -> bool {
    limits
        .is_some_and(|limits| limits.is_supported != Some(false) && is_within(size, limits.min_in_gb, limits.max_in_gb))
}

fn is_within(size: u32, least: Option<u32>, most: Option<u32>) -> bool {
    least.is_none_or(|least| least <= size) && most.is_none_or(|most| size <= most)
}

fn is_at_least(least: Option<u32>, told: Option<u32>) -> bool {
    least.is_none_or(|least| told.is_some_and(|told| told >= least))
}

fn is_of(accelerators: &Accelerators, vendor: Option<&str>) -> bool {
    match accelerators {
        Accelerators::CloudsDefault | Accelerators::All => true,
        Accelerators::Of(wanted) => vendor.is_some_and(|vendor| vendor.eq_ignore_ascii_case(wanted)),
    }
}

fn counts(set: &Tf<Set<Number>>) -> Vec<u32> {
    let elements = set.known().into_iter().flat_map(|Set(elements)| elements);
    elements.filter_map(whole).collect()
}

/// The schema's rules have refused everything else.
fn whole(number: &Tf<Number>) -> Option<u32> {
    number.known().and_then(to_whole)
}
