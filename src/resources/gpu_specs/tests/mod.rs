//! Which machines are shown, what they cost and in which order, over clouds in memory that apply no filter.

mod filters;

mod offers;

mod specs;

mod clouds;

use rust_decimal::Decimal;

use super::{
    model::{GpuSpecsModel, OfferModel},
    *,
};
use crate::{
    clouds::{ContainerVolumeLimits, CountOption, MachinePrice, SystemVolumeLimits},
    resources::testing::{TestCloud, context, details},
    tf::{List, Number},
};

/// A configuration with these filters.
macro_rules! filter {
    ($($field:ident: $value:expr),*) => {
        GpuSpecsModel { $($field: $value,)* ..GpuSpecsModel::null() }
    };
}

use filter;

/// A machine in `eu-1` with what most tests do not care about.
fn machine(gpu_type: &str, options: Vec<CountOption>) -> Machine {
    Machine {
        gpu_type: gpu_type.to_owned(),
        display_name: Some(format!("The {gpu_type}")),
        gpu_memory_in_gb: Some(24),
        region: Some("eu-1".to_owned()),
        cloud_type: Some("SECURE".to_owned()),
        accelerator_vendor: Some("NVIDIA".to_owned()),
        is_spot: Some(false),
        status: Some("AVAILABLE".to_owned()),
        max_gpu_count: Some(8),
        available_gpu_counts: vec![1, 2],
        ram_per_gpu_in_gb: Some(64),
        vcpu_per_gpu: Some(16),
        local_disk_per_gpu_in_gb: Some(200),
        offer: crate::clouds::Offer::default(),
        images: None,
        count_options: options,
    }
}

/// So many GPUs at so many cents an hour, free now.
fn option(gpu_count: u32, cents: i64) -> CountOption {
    CountOption {
        gpu_count,
        is_available: true,
        total_gpu_memory_in_gb: Some(24 * gpu_count),
        total_ram_in_gb: Some(64 * gpu_count),
        total_vcpu: Some(16 * gpu_count),
        total_local_disk_in_gb: Some(200 * gpu_count),
        vcpus: None,
        memory: None,
        container_volume: Some(ContainerVolumeLimits {
            min_in_gb: Some(20),
            max_in_gb: Some(500),
            max_in_gb_with_local_system_volume: Some(300),
            max_in_gb_without_local_system_volume: Some(500),
        }),
        system_volume: Some(SystemVolumeLimits {
            is_supported: Some(true),
            min_in_gb: Some(10),
            max_in_gb: Some(200),
        }),
        price: Some(MachinePrice {
            total_per_hour: Some(Decimal::new(cents, 2)),
            ..no_price()
        }),
    }
}

fn no_price() -> MachinePrice {
    MachinePrice {
        per_gpu_per_hour: None,
        gpus_per_hour: None,
        container_volume_per_hour: None,
        system_volume_per_hour: None,
        container_volume_per_gb_per_hour: None,
        system_volume_per_gb_per_hour: None,
        total_per_hour: None,
        currency: Some("USD".to_owned()),
    }
}

fn sold_out(option: CountOption) -> CountOption {
    CountOption {
        is_available: false,
        ..option
    }
}

async fn read(clouds: Vec<TestCloud>, config: GpuSpecsModel) -> GpuSpecsModel {
    let read = GpuSpecsDataSource.read(&context(clouds), config).await;
    read.unwrap_or_else(|errors| panic!("{}", details(errors)))
}

/// An offer in short, such as `north A x1 0.5`.
fn in_short(offer: &OfferModel) -> String {
    let words = [&offer.cloud, &offer.gpu_type].map(|word| word.known().map_or("?", String::as_str));
    let numbers = [&offer.gpu_count, &offer.price_per_hour];
    let [count, price] = numbers.map(|number| number.known().map_or("?".to_owned(), Number::to_string));
    format!("{} {} x{count} {price}", words[0], words[1])
}

fn offers(read: &GpuSpecsModel) -> Vec<String> {
    let offers = read.offers.known().map_or(&[][..], |List(offers)| offers);
    offers.iter().filter_map(Tf::known).map(in_short).collect()
}

fn spec_types(read: &GpuSpecsModel) -> Vec<String> {
    let specs = read.specs.known().map_or(&[][..], |List(specs)| specs);
    let types = specs.iter().filter_map(Tf::known).map(|spec| &spec.gpu_type);
    types.filter_map(|word| word.known().cloned()).collect()
}
