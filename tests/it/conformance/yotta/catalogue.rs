//! Yotta's catalogue: the conversion of rows, and its request.

use gpupod::clouds::{
    Accelerators, ContainerVolumeLimits, CountOption, Machine, MachineFilter, MachinePrice, SystemVolumeLimits,
};
use rust_decimal::Decimal;

use super::{answering, check_sent};

fn machine() -> Machine {
    Machine {
        gpu_type: "NVIDIA_RTX_5090_32G".to_owned(),
        display_name: Some("NVIDIA RTX 5090".to_owned()),
        gpu_memory_in_gb: Some(32),
        region: Some("us-east-3".to_owned()),
        cloud_type: Some("SECURE".to_owned()),
        accelerator_vendor: Some("NVIDIA".to_owned()),
        is_spot: Some(false),
        status: Some("AVAILABLE".to_owned()),
        max_gpu_count: Some(2),
        available_gpu_counts: vec![1],
        ram_per_gpu_in_gb: Some(92),
        vcpu_per_gpu: Some(16),
        local_disk_per_gpu_in_gb: Some(250),
        offer: gpupod::clouds::Offer::default(),
        images: None,
        count_options: vec![option(1, true, ("0.65", "0.652")), option(2, false, ("1.30", "1.302"))],
    }
}

/// `prices` are those of the GPUs and of everything.
fn option(gpu_count: u32, is_available: bool, prices: (&str, &str)) -> CountOption {
    CountOption {
        gpu_count,
        is_available,
        total_gpu_memory_in_gb: Some(32 * gpu_count),
        total_ram_in_gb: Some(92 * gpu_count),
        total_vcpu: Some(16 * gpu_count),
        total_local_disk_in_gb: Some(250 * gpu_count),
        vcpus: None,
        memory: None,
        container_volume: Some(ContainerVolumeLimits {
            min_in_gb: Some(20),
            max_in_gb: Some(250 * gpu_count),
            max_in_gb_with_local_system_volume: Some(125 * gpu_count),
            max_in_gb_without_local_system_volume: Some(250 * gpu_count),
        }),
        system_volume: Some(SystemVolumeLimits {
            is_supported: Some(true),
            min_in_gb: Some(20),
            max_in_gb: Some(125 * gpu_count),
        }),
        price: Some(price(prices)),
    }
}

fn price((gpus, total): (&str, &str)) -> MachinePrice {
    MachinePrice {
        per_gpu_per_hour: decimal("0.65"),
        gpus_per_hour: decimal(gpus),
        container_volume_per_hour: decimal("0.002"),
        system_volume_per_hour: decimal("0"),
        container_volume_per_gb_per_hour: decimal("0.0001"),
        system_volume_per_gb_per_hour: decimal("0.0002"),
        total_per_hour: decimal(total),
        currency: Some("USD".to_owned()),
    }
}

fn decimal(text: &str) -> Option<Decimal> {
    Some(text.parse().expect("a number"))
}

#[tokio::test]
async fn a_page_is_read() {
    let bench = answering("gpu-list-page");
    let catalogue = bench.cloud.catalogue().expect("is published");
    let machines = catalogue.machines(&MachineFilter::default()).await;
    assert_eq!(machines.expect("are listed"), [machine()]);
    check_sent(&bench, "POST /v2/gpu/list", "gpu-list-request-minimal");
}

#[tokio::test]
async fn every_filter_is_written() {
    let bench = answering("gpu-list-page");
    let filter = MachineFilter {
        regions: ["us-east-3", "us-west-1"].map(str::to_owned).into(),
        gpu_types: vec!["NVIDIA_RTX_5090_32G".to_owned()],
        gpu_counts: vec![1, 2],
        min_gpu_memory_in_gb: Some(24),
        min_ram_per_gpu_in_gb: Some(64),
        min_vcpu_per_gpu: Some(8),
        container_volume_in_gb: Some(100),
        system_volume_in_gb: Some(50),
        cloud_types: vec!["SECURE".to_owned()],
        accelerators: Accelerators::Of("NVIDIA".to_owned()),
        include_unavailable: true,
        is_spot: Some(false),
    };
    let catalogue = bench.cloud.catalogue().expect("is published");
    catalogue.machines(&filter).await.expect("are listed");
    check_sent(&bench, "POST /v2/gpu/list", "gpu-list-request");
}
