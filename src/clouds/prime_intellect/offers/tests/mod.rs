//! Tests of offers: deserialization, price, selection, the message if none fits, and pagination.

mod rows;

mod amounts;

mod constraints;

mod order;

mod shortages;

mod listing;

use serde_json::{Value, json};

use super::api::Row;
use crate::clouds::{GpuCount, GpuCounts, GpuRequest, Name, PodSpec, tolerant::FromJson};

/// A row with some fields otherwise, given as JSON; null takes one out.
fn row(fields: Value) -> Row {
    let mut row = json!({
        "cloudId": "id", "gpuType": "H100_80GB", "socket": "PCIe", "provider": "datacrunch", "gpuCount": 1,
        "gpuMemory": 80, "region": "united_states", "dataCenter": "US-1", "country": "US", "security": "secure_cloud",
        "stockStatus": "Available", "prices": {"onDemand": 2, "currency": "USD"}, "images": ["ubuntu_22_cuda_12"],
    });
    for (name, value) in fields.as_object().expect("a test's fields") {
        row[name] = value.clone();
    }
    Row::from_json(row).expect("a row")
}

/// The same with another price.
fn at(price: &str, mut fields: Value) -> Row {
    fields["prices"] = json!({"onDemand": price});
    row(fields)
}

fn gpus(count: u32) -> GpuRequest {
    GpuRequest {
        gpu_type: "H100_80GB".to_owned(),
        count: GpuCount::new(count, GpuCounts::Any).expect("a count"),
    }
}

/// Of which nothing is asked but one GPU and an image.
fn open_spec() -> PodSpec {
    let name = |text: &str| Name::new(text).expect("a name");
    PodSpec {
        gpu: Some(gpus(1)),
        ..PodSpec::new(name("trainer"), name("ubuntu_22_cuda_12"))
    }
}
