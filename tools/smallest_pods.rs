//! The smallest pod of each cloud, in Terraform's language: all that tests and tools have to be told of a new cloud.

/// A pod besides its name.
pub struct SmallestPod {
    pub cloud: &'static str,
    pub attributes: &'static [(&'static str, &'static str)],
    /// What the provider block needs for it besides the key.
    pub settings: &'static str,
}

pub const YOTTA: SmallestPod = SmallestPod {
    cloud: "yotta",
    attributes: &[
        ("image", r#""pytorch/pytorch:2.8.0""#),
        ("gpu_type", r#""NVIDIA_RTX_4090_24G""#),
        ("gpu_count", "1"),
    ],
    settings: "",
};

pub const PRIME_INTELLECT: SmallestPod = SmallestPod {
    cloud: "prime_intellect",
    attributes: &[
        ("image", r#""ubuntu_22_cuda_12""#),
        ("gpu_type", r#""RTX4090_24GB""#),
        ("gpu_count", "1"),
    ],
    settings: "",
};

pub const CPOD: SmallestPod = SmallestPod {
    cloud: "cpod",
    attributes: &[("image", r#""docker.io/library/python:3.13""#)],
    settings: r#"cpod = { workspace_id = "ws-research" }"#,
};

/// In the order of the clouds.
pub const ALL: [&SmallestPod; 3] = [&YOTTA, &PRIME_INTELLECT, &CPOD];
