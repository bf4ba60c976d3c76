//! The configuration of a pod, attribute by attribute.

use std::{collections::BTreeMap, fmt};

/// Where [`Pod`] stands unless it is given another label.
pub const POD: &str = "gpupod_pod.this";
/// What nobody but the cloud may see.
pub const SECRET: &str = "canary-in-the-coal-mine";

/// A `gpupod_pod` block. Values are expressions of Terraform's language.
#[derive(Clone)]
pub struct Pod {
    label: String,
    attributes: BTreeMap<String, String>,
}

impl Pod {
    /// No more than what must be.
    pub fn minimal() -> Self {
        let pod = Self {
            label: "this".to_owned(),
            attributes: BTreeMap::new(),
        };
        pod.with("name", r#""trainer""#)
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

    /// Under another label, so that several stand side by side.
    pub fn labelled(&self, label: &str) -> Self {
        Self {
            label: label.to_owned(),
            ..self.clone()
        }
    }

    pub fn with(mut self, attribute: &str, expression: impl ToString) -> Self {
        self.attributes.insert(attribute.to_owned(), expression.to_string());
        self
    }

    pub fn without(mut self, attribute: &str) -> Self {
        self.attributes.remove(attribute);
        self
    }
}

impl fmt::Display for Pod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "resource \"gpupod_pod\" {:?} {{", self.label)?;
        for (attribute, expression) in &self.attributes {
            writeln!(f, "  {attribute} = {expression}")?;
        }
        writeln!(f, "}}")
    }
}
