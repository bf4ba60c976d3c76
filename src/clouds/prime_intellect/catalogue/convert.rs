//! Conversion of Prime Intellect's offers into machines.

use crate::clouds::{
    ContainerVolumeLimits, CountOption, Limits, Machine, MachinePrice,
    prime_intellect::offers::{Amounts, Row},
};

/// Its one type of machine without GPUs.
const WITHOUT_GPU: &str = "CPU_NODE";
/// The maker of every other type in the document (inferred from their names: no field says it).
const VENDOR: &str = "NVIDIA";

pub fn to_machine(row: Row) -> Machine {
    let per_gpu = |amount: Option<u32>| amount.map(|amount| amount / row.gpu_count);
    let is_available = row.is_in_stock();
    Machine {
        display_name: None,
        gpu_memory_in_gb: row.gpu_memory,
        region: row.region.clone(),
        cloud_type: row.security.as_deref().map(cloud_type),
        accelerator_vendor: (row.gpu_type != WITHOUT_GPU).then(|| VENDOR.to_owned()),
        is_spot: Some(row.is_spot),
        status: row.stock.clone(),
        max_gpu_count: Some(row.gpu_count),
        available_gpu_counts: is_available.then_some(row.gpu_count).into_iter().collect(),
        ram_per_gpu_in_gb: per_gpu(row.memory.usual),
        vcpu_per_gpu: per_gpu(row.vcpu.usual),
        local_disk_per_gpu_in_gb: per_gpu(row.disk.usual),
        offer: row.offer(),
        count_options: vec![to_count_option(&row, is_available)],
        images: row.images,
        gpu_type: row.gpu_type,
    }
}

fn to_count_option(row: &Row, is_available: bool) -> CountOption {
    CountOption {
        gpu_count: row.gpu_count,
        is_available,
        total_gpu_memory_in_gb: row.gpu_memory.and_then(|memory| memory.checked_mul(row.gpu_count)),
        total_ram_in_gb: row.memory.usual,
        total_vcpu: row.vcpu.usual,
        total_local_disk_in_gb: row.disk.usual,
        vcpus: row.vcpu.limits(),
        memory: row.memory.limits(),
        container_volume: row.disk.limits().map(to_container_volume),
        system_volume: None,
        price: Some(to_price(row)),
    }
}

fn to_container_volume(disk: Limits) -> ContainerVolumeLimits {
    ContainerVolumeLimits {
        min_in_gb: disk.least,
        max_in_gb: disk.most,
        max_in_gb_with_local_system_volume: None,
        max_in_gb_without_local_system_volume: None,
    }
}

/// Of the machine as it comes, with all that it has.
fn to_price(row: &Row) -> MachinePrice {
    MachinePrice {
        per_gpu_per_hour: None,
        gpus_per_hour: None,
        container_volume_per_hour: None,
        system_volume_per_hour: None,
        container_volume_per_gb_per_hour: None,
        system_volume_per_gb_per_hour: None,
        total_per_hour: row.price(&Amounts::default()),
        currency: row.prices.currency.clone(),
    }
}

/// In the words that all clouds' machines are told by.
fn cloud_type(security: &str) -> String {
    let kind = security.to_ascii_uppercase();
    kind.strip_suffix("_CLOUD").unwrap_or(&kind).to_owned()
}
