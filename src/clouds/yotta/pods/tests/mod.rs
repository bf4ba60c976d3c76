//! Tests of Yotta's pods: requests, conversion of responses, and calls over a socket.

mod requests;

mod refusals;

mod answers;

mod lists;

mod exchange;

use crate::clouds::{GiB, GpuCount, GpuCounts, GpuRequest, Name, PodSpec};

/// The least that can be asked for.
fn small_spec() -> PodSpec {
    let name = |text: &str| Name::new(text).expect("a name");
    PodSpec {
        gpu: Some(GpuRequest {
            gpu_type: "NVIDIA_RTX_4090_24G".to_owned(),
            count: GpuCount::new(2, GpuCounts::PowersOfTwo).expect("a power of two"),
        }),
        ..PodSpec::new(name("trainer"), name("pytorch/pytorch:2.8"))
    }
}

fn gib(size: u32) -> GiB {
    GiB::new(size).expect("a size")
}
