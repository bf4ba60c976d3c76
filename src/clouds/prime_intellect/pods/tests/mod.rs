//! Pods at Prime Intellect: what is sent, what is made of answers, and both together over a socket.

mod exchange;

use crate::clouds::{GpuCount, GpuCounts, GpuRequest, Name, PodSpec};

/// The least that can be asked for.
fn small_spec() -> PodSpec {
    let name = |text: &str| Name::new(text).expect("a name");
    PodSpec {
        gpu: Some(GpuRequest {
            gpu_type: "H100_80GB".to_owned(),
            count: GpuCount::new(1, GpuCounts::Any).expect("a count"),
        }),
        ..PodSpec::new(name("trainer"), name("ubuntu_22_cuda_12"))
    }
}
