//! Yotta's JSON of its catalogue: the body of the question, and a row of the response.

use std::num::NonZeroU32;

use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::clouds::{
    MachineFilter,
    body::{filled, list},
    tolerant::{self, FromJson, Readable, Tolerant},
    yotta::pages::PAGE_SIZE,
};

/// `GpuListV2Request` of the reference, with the filters that are set.
pub fn list_body(filter: &MachineFilter, vendor: Option<&str>, page: u32) -> Value {
    filled([
        ("page", Some(json!(page))),
        ("size", Some(json!(PAGE_SIZE))),
        ("regions", list(&filter.regions, |region| json!(region))),
        ("gpuTypes", list(&filter.gpu_types, |gpu_type| json!(gpu_type))),
        ("gpuCounts", list(&filter.gpu_counts, |count| json!(count))),
        ("minGpuMemoryInGb", filter.min_gpu_memory_in_gb.map(Value::from)),
        ("minRamPerGpuInGb", filter.min_ram_per_gpu_in_gb.map(Value::from)),
        ("minVcpuPerGpu", filter.min_vcpu_per_gpu.map(Value::from)),
        ("containerVolumeInGb", filter.container_volume_in_gb.map(Value::from)),
        ("systemVolumeInGb", filter.system_volume_in_gb.map(Value::from)),
        ("cloudTypes", list(&filter.cloud_types, |cloud_type| json!(cloud_type))),
        ("acceleratorVendor", vendor.map(Value::from)),
        ("includeUnavailable", Some(json!(filter.include_unavailable))),
        ("isSpot", filter.is_spot.map(Value::from)),
    ])
}

/// `GpuListV2Item` of the reference.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub struct MachineJson {
    pub gpu_type: Tolerant<String>,
    pub display_name: Tolerant<String>,
    pub gpu_memory_in_gb: Tolerant<NonZeroU32>,
    pub region: Tolerant<String>,
    pub cloud_type: Tolerant<String>,
    pub accelerator_vendor: Tolerant<String>,
    pub is_spot: Tolerant<bool>,
    pub status: Tolerant<String>,
    pub max_gpu_count: Tolerant<NonZeroU32>,
    pub available_gpu_counts: Tolerant<Readable<NonZeroU32>>,
    pub ram_per_gpu_in_gb: Tolerant<u32>,
    pub vcpu_per_gpu: Tolerant<u32>,
    pub local_disk_per_gpu_in_gb: Tolerant<u32>,
    pub gpu_count_options: Tolerant<Readable<CountOptionJson>>,
}

/// `GpuListV2GpuCountOption` of the reference.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub struct CountOptionJson {
    pub gpu_count: Tolerant<NonZeroU32>,
    pub available: Tolerant<bool>,
    pub total_gpu_memory_in_gb: Tolerant<NonZeroU32>,
    pub total_ram_in_gb: Tolerant<u32>,
    pub total_vcpu: Tolerant<u32>,
    pub total_local_disk_in_gb: Tolerant<u32>,
    pub container_volume: Tolerant<ContainerVolumeJson>,
    pub system_volume: Tolerant<SystemVolumeJson>,
    pub price: Tolerant<PriceJson>,
}

/// `GpuListV2ContainerVolume` of the reference.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub struct ContainerVolumeJson {
    pub min_in_gb: Tolerant<u32>,
    pub max_in_gb: Tolerant<u32>,
    pub max_in_gb_with_local_system_volume: Tolerant<u32>,
    pub max_in_gb_without_local_system_volume: Tolerant<u32>,
}

/// `GpuListV2SystemVolume` of the reference.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub struct SystemVolumeJson {
    pub supported: Tolerant<bool>,
    pub min_in_gb: Tolerant<u32>,
    pub max_in_gb: Tolerant<u32>,
}

/// `GpuListV2Price` of the reference, which writes the prices as texts.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub struct PriceJson {
    pub price_per_gpu_per_hour: Tolerant<Decimal>,
    pub gpu_price_per_hour: Tolerant<Decimal>,
    pub container_volume_price_per_hour: Tolerant<Decimal>,
    pub system_volume_price_per_hour: Tolerant<Decimal>,
    pub container_volume_price_per_gb_per_hour: Tolerant<Decimal>,
    pub system_volume_price_per_gb_per_hour: Tolerant<Decimal>,
    pub total_price_per_hour: Tolerant<Decimal>,
    pub currency: Tolerant<String>,
}

impl FromJson for MachineJson {
    fn from_json(value: Value) -> Option<Self> {
        tolerant::object(value)
    }
}

impl FromJson for CountOptionJson {
    fn from_json(value: Value) -> Option<Self> {
        tolerant::object(value)
    }
}

impl FromJson for ContainerVolumeJson {
    fn from_json(value: Value) -> Option<Self> {
        tolerant::object(value)
    }
}

impl FromJson for SystemVolumeJson {
    fn from_json(value: Value) -> Option<Self> {
        tolerant::object(value)
    }
}

impl FromJson for PriceJson {
    fn from_json(value: Value) -> Option<Self> {
        tolerant::object(value)
    }
}
