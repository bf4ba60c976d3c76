//! Pods at Yotta: what is sent, what is made of answers, and both together over a socket.

mod requests;

mod refusals;

mod answers;

mod exchange;

use crate::clouds::{GiB, GpuCount, GpuCounts, GpuRequest, Name, PodSpec};

/// The least that can be asked for.
fn small_spec() -> PodSpec {
    PodSpec {
        name: Name::new("trainer").expect("a name"),
        image: Name::new("pytorch/pytorch:2.8").expect("an image"),
        gpu: Some(GpuRequest {
            gpu_type: "NVIDIA_RTX_4090_24G".to_owned(),
            count: GpuCount::new(2, GpuCounts::PowersOfTwo).expect("a power of two"),
        }),
        regions: Default::default(),
        resource_type: None,
        is_spot: None,
        max_price: None,
        image_registry: None,
        image_visibility: None,
        registry_auth_id: None,
        min_vram_per_gpu: None,
        min_ram_per_gpu: None,
        min_vcpu_per_gpu: None,
        shared_memory: None,
        container_volume: None,
        initialization_command: None,
        environment: Default::default(),
        expose: Vec::new(),
        volumes: Vec::new(),
        callback_url: None,
    }
}

fn gib(size: u32) -> GiB {
    GiB::new(size).expect("a size")
}
