//! Conversion of Yotta's catalogue rows into machines.

use std::num::NonZeroU32;

use super::api::{ContainerVolumeJson, CountOptionJson, MachineJson, PriceJson, SystemVolumeJson};
use crate::clouds::{
    ContainerVolumeLimits, CountOption, Machine, MachinePrice, Offer, SystemVolumeLimits,
    money::price,
    tolerant::{Readable, Tolerant, count, filled},
};

/// `None` for a row that names no GPU type, which nobody could ask for.
pub fn to_machine(json: MachineJson) -> Option<Machine> {
    let counts = entries(json.available_gpu_counts).into_iter();
    let available_gpu_counts: Vec<u32> = counts.map(NonZeroU32::get).collect();
    let to_option = |option| to_count_option(option, &available_gpu_counts);
    Some(Machine {
        gpu_type: filled(json.gpu_type)?,
        display_name: filled(json.display_name),
        gpu_memory_in_gb: count(&json.gpu_memory_in_gb),
        region: filled(json.region),
        cloud_type: filled(json.cloud_type),
        accelerator_vendor: filled(json.accelerator_vendor),
        is_spot: json.is_spot.0,
        status: filled(json.status),
        max_gpu_count: count(&json.max_gpu_count),
        ram_per_gpu_in_gb: json.ram_per_gpu_in_gb.0,
        vcpu_per_gpu: json.vcpu_per_gpu.0,
        local_disk_per_gpu_in_gb: json.local_disk_per_gpu_in_gb.0,
        // Yotta names no owner, and runs any image.
        offer: Offer::default(),
        images: None,
        count_options: entries(json.gpu_count_options)
            .into_iter()
            .filter_map(to_option)
            .collect(),
        available_gpu_counts,
    })
}

/// `None` without a count. Where an option does not say whether it is free, the machine's list of counts does.
fn to_count_option(json: CountOptionJson, available_gpu_counts: &[u32]) -> Option<CountOption> {
    let gpu_count = count(&json.gpu_count)?;
    let is_listed = available_gpu_counts.contains(&gpu_count);
    Some(CountOption {
        gpu_count,
        is_available: json.available.0.unwrap_or(is_listed),
        total_gpu_memory_in_gb: count(&json.total_gpu_memory_in_gb),
        total_ram_in_gb: json.total_ram_in_gb.0,
        total_vcpu: json.total_vcpu.0,
        total_local_disk_in_gb: json.total_local_disk_in_gb.0,
        // They come with the GPUs.
        vcpus: None,
        memory: None,
        container_volume: json.container_volume.0.map(to_container_volume),
        system_volume: json.system_volume.0.map(to_system_volume),
        price: json.price.0.map(to_price),
    })
}

fn to_container_volume(json: ContainerVolumeJson) -> ContainerVolumeLimits {
    ContainerVolumeLimits {
        min_in_gb: json.min_in_gb.0,
        max_in_gb: json.max_in_gb.0,
        max_in_gb_with_local_system_volume: json.max_in_gb_with_local_system_volume.0,
        max_in_gb_without_local_system_volume: json.max_in_gb_without_local_system_volume.0,
    }
}

fn to_system_volume(json: SystemVolumeJson) -> SystemVolumeLimits {
    SystemVolumeLimits {
        is_supported: json.supported.0,
        min_in_gb: json.min_in_gb.0,
        max_in_gb: json.max_in_gb.0,
    }
}

fn to_price(json: PriceJson) -> MachinePrice {
    MachinePrice {
        per_gpu_per_hour: price(&json.price_per_gpu_per_hour),
        gpus_per_hour: price(&json.gpu_price_per_hour),
        container_volume_per_hour: price(&json.container_volume_price_per_hour),
        system_volume_per_hour: price(&json.system_volume_price_per_hour),
        container_volume_per_gb_per_hour: price(&json.container_volume_price_per_gb_per_hour),
        system_volume_per_gb_per_hour: price(&json.system_volume_price_per_gb_per_hour),
        total_per_hour: price(&json.total_price_per_hour),
        currency: filled(json.currency),
    }
}

fn entries<T>(said: Tolerant<Readable<T>>) -> Vec<T> {
    said.0.map(|readable| readable.0).unwrap_or_default()
}
