//! From a cloud's machine to the entry that is shown of it.

use rust_decimal::Decimal;

use super::model::{ContainerVolumeModel, CountOptionModel, PriceModel, SpecModel, SystemVolumeModel};
use crate::{
    clouds::{Capabilities, ContainerVolumeLimits, CountOption, Machine, MachinePrice, SystemVolumeLimits},
    resources::common::{number::from_decimal, reported::list},
    tf::{List, Model, Number, Tf, Value},
};

/// All machines, by cloud, GPU type and region; after that in an order that does not depend on the cloud's.
pub fn specs(machines: &[(&'static Capabilities, Machine)]) -> List<SpecModel> {
    let rank = |cloud: &Capabilities, machine: &Machine| (cloud.name, machine.gpu_type.clone(), machine.region.clone());
    let mut specs: Vec<((_, Value), SpecModel)> = machines
        .iter()
        .map(|(cloud, machine)| (rank(cloud, machine), spec(cloud, machine)))
        .map(|(rank, spec)| ((rank, spec.to_object()), spec))
        .collect();
    specs.sort_by(|(a, _), (b, _)| a.cmp(b));
    List(specs.into_iter().map(|(_, spec)| Tf::Known(spec)).collect())
}

fn spec(cloud: &Capabilities, machine: &Machine) -> SpecModel {
    SpecModel {
        cloud: Tf::Known(cloud.name.to_owned()),
        gpu_type: Tf::Known(machine.gpu_type.clone()),
        display_name: machine.display_name.clone().into(),
        gpu_memory_in_gb: number(machine.gpu_memory_in_gb),
        region: machine.region.clone().into(),
        cloud_type: machine.cloud_type.clone().into(),
        accelerator_vendor: machine.accelerator_vendor.clone().into(),
        is_spot: machine.is_spot.into(),
        status: machine.status.clone().into(),
        max_gpu_count: number(machine.max_gpu_count),
        available_gpu_counts: Tf::Known(list(&machine.available_gpu_counts, |count| Number::from(*count))),
        ram_per_gpu_in_gb: number(machine.ram_per_gpu_in_gb),
        vcpu_per_gpu: number(machine.vcpu_per_gpu),
        local_disk_per_gpu_in_gb: number(machine.local_disk_per_gpu_in_gb),
        gpu_count_options: Tf::Known(list(&machine.count_options, count_option)),
    }
}

fn count_option(option: &CountOption) -> CountOptionModel {
    CountOptionModel {
        gpu_count: Tf::Known(Number::from(option.gpu_count)),
        available: Tf::Known(option.is_available),
        total_gpu_memory_in_gb: number(option.total_gpu_memory_in_gb),
        total_ram_in_gb: number(option.total_ram_in_gb),
        total_vcpu: number(option.total_vcpu),
        total_local_disk_in_gb: number(option.total_local_disk_in_gb),
        container_volume: option.container_volume.as_ref().map(container_volume).into(),
        system_volume: option.system_volume.as_ref().map(system_volume).into(),
        price: option.price.as_ref().map(price).into(),
    }
}

fn container_volume(limits: &ContainerVolumeLimits) -> ContainerVolumeModel {
    ContainerVolumeModel {
        min_in_gb: number(limits.min_in_gb),
        max_in_gb: number(limits.max_in_gb),
        max_in_gb_with_local_system_volume: number(limits.max_in_gb_with_local_system_volume),
        max_in_gb_without_local_system_volume: number(limits.max_in_gb_without_local_system_volume),
    }
}

fn system_volume(limits: &SystemVolumeLimits) -> SystemVolumeModel {
    SystemVolumeModel {
        supported: limits.is_supported.into(),
        min_in_gb: number(limits.min_in_gb),
        max_in_gb: number(limits.max_in_gb),
    }
}

fn price(price: &MachinePrice) -> PriceModel {
    PriceModel {
        price_per_gpu_per_hour: money(price.per_gpu_per_hour),
        gpu_price_per_hour: money(price.gpus_per_hour),
        container_volume_price_per_hour: money(price.container_volume_per_hour),
        system_volume_price_per_hour: money(price.system_volume_per_hour),
        container_volume_price_per_gb_per_hour: money(price.container_volume_per_gb_per_hour),
        system_volume_price_per_gb_per_hour: money(price.system_volume_per_gb_per_hour),
        total_price_per_hour: money(price.total_per_hour),
        currency: price.currency.clone().into(),
    }
}

fn number(told: Option<u32>) -> Tf<Number> {
    told.map(Number::from).into()
}

fn money(told: Option<Decimal>) -> Tf<Number> {
    told.and_then(from_decimal).into()
}
