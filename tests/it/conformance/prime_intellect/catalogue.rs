//! Prime Intellect's catalogue: the conversion of rows.

use gpupod::clouds::{ContainerVolumeLimits, CountOption, Limits, Machine, MachineFilter, MachinePrice, Offer};

use super::{asked, reading};

async fn machines(include_unavailable: bool) -> Vec<Machine> {
    let bench = reading("availability-page");
    let catalogue = bench.cloud.catalogue().expect("is published");
    let filter = MachineFilter {
        include_unavailable,
        ..MachineFilter::default()
    };
    let machines = catalogue.machines(&filter).await.expect("are listed");
    assert_eq!(asked(&bench), ["GET /api/v1/availability/gpus?page=1&page_size=100"]);
    machines
}

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn fixed(amount: u32) -> Option<Limits> {
    Some(Limits {
        least: Some(amount),
        most: Some(amount),
    })
}

fn on_demand() -> Machine {
    Machine {
        gpu_type: "H100_80GB".to_owned(),
        display_name: None,
        gpu_memory_in_gb: Some(80),
        region: text("eu_north"),
        cloud_type: text("SECURE"),
        accelerator_vendor: text("NVIDIA"),
        is_spot: Some(false),
        status: text("High"),
        max_gpu_count: Some(1),
        available_gpu_counts: vec![1],
        ram_per_gpu_in_gb: Some(120),
        vcpu_per_gpu: Some(30),
        local_disk_per_gpu_in_gb: Some(200),
        offer: Offer {
            cloud_id: text("1H100.80S.30V"),
            provider: text("datacrunch"),
            socket: text("SXM5"),
            data_center_id: text("FIN-01"),
            country: text("FI"),
            security: text("secure_cloud"),
        },
        images: Some(
            ["ubuntu_22_cuda_12", "cuda_12_4_pytorch_2_5", "custom_template"]
                .map(str::to_owned)
                .into(),
        ),
        count_options: vec![option()],
    }
}

fn option() -> CountOption {
    CountOption {
        gpu_count: 1,
        is_available: true,
        total_gpu_memory_in_gb: Some(80),
        total_ram_in_gb: Some(120),
        total_vcpu: Some(30),
        total_local_disk_in_gb: Some(200),
        vcpus: fixed(30),
        memory: fixed(120),
        container_volume: Some(ContainerVolumeLimits {
            min_in_gb: Some(100),
            max_in_gb: Some(2000),
            max_in_gb_with_local_system_volume: None,
            max_in_gb_without_local_system_volume: None,
        }),
        system_volume: None,
        price: Some(MachinePrice {
            per_gpu_per_hour: None,
            gpus_per_hour: None,
            container_volume_per_hour: None,
            system_volume_per_hour: None,
            container_volume_per_gb_per_hour: None,
            system_volume_per_gb_per_hour: None,
            total_per_hour: Some("2.65".parse().expect("a number")),
            currency: text("USD"),
        }),
    }
}

#[tokio::test]
async fn a_row_is_a_machine() {
    let machines = machines(true).await;
    let found = machines.iter().find(|machine| machine.offer == on_demand().offer);
    assert_eq!(found, Some(&on_demand()));
}

#[tokio::test]
async fn what_is_not_sold_by_the_hour_is_left_out() {
    let told = async |include_unavailable| {
        let machines = machines(include_unavailable).await.into_iter();
        let line = |machine: Machine| {
            let price = machine.count_options[0]
                .price
                .as_ref()
                .and_then(|price| price.total_per_hour);
            let vendor = machine.accelerator_vendor.unwrap_or_default();
            let place = machine.offer.data_center_id.unwrap_or_default();
            let kind = machine.cloud_type.unwrap_or_default();
            format!(
                "{place} {} {kind} {:?} {vendor}",
                price.unwrap_or_default(),
                machine.is_spot
            )
        };
        machines.map(line).collect::<Vec<_>>()
    };
    let free = [
        "US-KS-2 2.99 SECURE Some(false) NVIDIA",
        "FIN-01 2.65 SECURE Some(false) NVIDIA",
        "FIN-01 1.15 SECURE Some(true) NVIDIA",
        " 2.2 COMMUNITY Some(false) NVIDIA",
        "FIN-01 0.05 SECURE Some(false) ",
    ];
    assert_eq!(told(false).await, free);
    let all = [&free[..1], &["US-MO-1 2.99 SECURE Some(false) NVIDIA"], &free[1..]].concat();
    assert_eq!(told(true).await, all);
}
