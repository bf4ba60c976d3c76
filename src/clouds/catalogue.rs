//! A cloud's live catalogue: the machines that it rents out, with what they cost and whether they are free now.

use async_trait::async_trait;
use rust_decimal::Decimal;

use super::Result;

/// Which machines are asked for. What is left open is not filtered by.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct MachineFilter {
    pub regions: Vec<String>,
    pub gpu_types: Vec<String>,
    pub gpu_counts: Vec<u32>,
    pub min_gpu_memory_in_gb: Option<u32>,
    pub min_ram_per_gpu_in_gb: Option<u32>,
    pub min_vcpu_per_gpu: Option<u32>,
    pub container_volume_in_gb: Option<u32>,
    pub system_volume_in_gb: Option<u32>,
    pub cloud_types: Vec<String>,
    pub accelerators: Accelerators,
    pub include_unavailable: bool,
    pub is_spot: Option<bool>,
}

/// Whose accelerators are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Accelerators {
    /// Those that the cloud shows if it is not told.
    #[default]
    CloudsDefault,
    Of(String),
    /// Every vendor's, however many questions that takes.
    All,
}

/// Whose machine it is, on a cloud that resells those of several providers; in the cloud's own words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Offer {
    /// The cloud's id of the offer. Offers in several data centers may have the same.
    pub cloud_id: Option<String>,
    pub provider: Option<String>,
    /// How the GPUs are built in.
    pub socket: Option<String>,
    pub data_center_id: Option<String>,
    pub country: Option<String>,
    /// Whether the machine is in a data center of the provider's own, or with somebody else.
    pub security: Option<String>,
}

/// One machine option: a GPU type in a region.
#[derive(Debug, Clone, PartialEq)]
pub struct Machine {
    pub gpu_type: String,
    pub display_name: Option<String>,
    pub gpu_memory_in_gb: Option<u32>,
    pub region: Option<String>,
    pub cloud_type: Option<String>,
    pub accelerator_vendor: Option<String>,
    pub is_spot: Option<bool>,
    /// The cloud's own word for its availability.
    pub status: Option<String>,
    pub max_gpu_count: Option<u32>,
    pub available_gpu_counts: Vec<u32>,
    pub ram_per_gpu_in_gb: Option<u32>,
    pub vcpu_per_gpu: Option<u32>,
    pub local_disk_per_gpu_in_gb: Option<u32>,
    /// Empty where the machine is the cloud's own.
    pub offer: Offer,
    /// The images that it runs; `None` if any.
    pub images: Option<Vec<String>>,
    pub count_options: Vec<CountOption>,
}

impl Machine {
    /// Whether it is in the region, country or data center of this name.
    pub fn is_in(&self, place: &str) -> bool {
        let places = [&self.region, &self.offer.country, &self.offer.data_center_id];
        places.into_iter().any(|one| one.as_deref() == Some(place))
    }
}

/// The same machine with so many GPUs.
#[derive(Debug, Clone, PartialEq)]
pub struct CountOption {
    pub gpu_count: u32,
    pub is_available: bool,
    pub total_gpu_memory_in_gb: Option<u32>,
    pub total_ram_in_gb: Option<u32>,
    pub total_vcpu: Option<u32>,
    pub total_local_disk_in_gb: Option<u32>,
    /// How many vCPUs can be asked for, and how much RAM in GB, where that is for the user to choose.
    pub vcpus: Option<Limits>,
    pub memory: Option<Limits>,
    pub container_volume: Option<ContainerVolumeLimits>,
    pub system_volume: Option<SystemVolumeLimits>,
    pub price: Option<MachinePrice>,
}

/// The least and the most that can be asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Limits {
    pub least: Option<u32>,
    pub most: Option<u32>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContainerVolumeLimits {
    pub min_in_gb: Option<u32>,
    pub max_in_gb: Option<u32>,
    pub max_in_gb_with_local_system_volume: Option<u32>,
    pub max_in_gb_without_local_system_volume: Option<u32>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SystemVolumeLimits {
    pub is_supported: Option<bool>,
    pub min_in_gb: Option<u32>,
    pub max_in_gb: Option<u32>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MachinePrice {
    pub per_gpu_per_hour: Option<Decimal>,
    pub gpus_per_hour: Option<Decimal>,
    pub container_volume_per_hour: Option<Decimal>,
    pub system_volume_per_hour: Option<Decimal>,
    pub container_volume_per_gb_per_hour: Option<Decimal>,
    pub system_volume_per_gb_per_hour: Option<Decimal>,
    pub total_per_hour: Option<Decimal>,
    pub currency: Option<String>,
}

/// A cloud that publishes what it rents out.
#[async_trait]
pub trait Catalogue: Send + Sync {
    /// All machines that pass the filter, from all pages. The cloud may not know every filter: the caller applies them
    /// again.
    async fn machines(&self, filter: &MachineFilter) -> Result<Vec<Machine>>;
}
