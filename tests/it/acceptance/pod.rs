//! The configuration of a pod, attribute by attribute.

use super::block::Block;

/// Where [`Pod`] stands unless it is given another label.
pub const POD: &str = "gpupod_pod.this";
/// What nobody but the cloud may see.
pub const SECRET: &str = "canary-in-the-coal-mine";

/// A `gpupod_pod` block.
pub type Pod = Block;

impl Pod {
    /// No more than what must be.
    pub fn minimal() -> Self {
        Self::resource("gpupod_pod")
            .with("name", r#""trainer""#)
            .with("image", r#""pytorch/pytorch:2.8.0""#)
            .with("gpu_type", r#""NVIDIA_RTX_4090_24G""#)
            .with("gpu_count", 1)
    }

    /// Everything that Yotta takes, with a private image and its credential.
    pub fn maximal(registry_auth_id: &str) -> Self {
        Self::minimal()
            .with("cloud", r#""yotta""#)
            .with("gpu_count", 2)
            .with("regions", r#"["us-east-1", "eu-2"]"#)
            .with("resource_type", r#""GPU""#)
            .with("is_spot", true)
            .with("max_price", "0.7")
            .with("image_registry", r#""ghcr.io""#)
            .with("image_public_type", r#""PRIVATE""#)
            .with("container_registry_auth_id", format!("{registry_auth_id:?}"))
            .with("min_single_card_vram_in_gb", 24)
            .with("min_single_card_ram_in_gb", 32)
            .with("min_single_card_vcpu", 8)
            .with("shm_in_gb", 16)
            .with("container_volume_in_gb", 40)
            .with("initialization_command", r#""nvidia-smi""#)
            .with("environment_vars", r#"{ EPOCHS = "3", MODE = "train" }"#)
            .with("secret_environment_vars_wo", format!("{{ TOKEN = {SECRET:?} }}"))
            .with("secret_environment_vars_wo_version", 1)
            .with("expose", r#"[{ port = 8080 }, { port = 22, protocol = "TCP" }]"#)
            .with("callback_url", r#""https://hooks.example/pods""#)
            .with("desired_state", r#""running""#)
            .with("stop_before_destroy", true)
            .with("timeouts", r#"{ create = "5m", update = "5m", delete = "5m" }"#)
    }
}
