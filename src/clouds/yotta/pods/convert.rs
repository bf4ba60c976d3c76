//! Conversion between Yotta's JSON of pods and our types.

use std::num::NonZeroU16;

use rust_decimal::Decimal;

use super::api::{PodJson, PortJson, VariableJson, VolumeJson};
use crate::clouds::{
    Endpoint, EnvironmentVariables, Exposed, ImageVisibility, Mount, MountPath, Observed, Phase, Pod, PodId, Port,
    Power, Protocol, ResourceType, Secret, money, ssh,
    tolerant::{Milliseconds, TextOrNumber, Tolerant, Verbatim, VerbatimOrNumber, count, filled, word},
};

pub fn resource_type_word(kind: ResourceType) -> &'static str {
    match kind {
        ResourceType::Gpu => "GPU",
        ResourceType::Cpu => "CPU",
    }
}

pub fn visibility_word(visibility: ImageVisibility) -> &'static str {
    match visibility {
        ImageVisibility::Public => "PUBLIC",
        ImageVisibility::Private => "PRIVATE",
    }
}

/// In capitals, as the reference has it; the guide writes them small.
pub fn protocol_word(protocol: &Protocol) -> &str {
    match protocol {
        Protocol::Http => "HTTP",
        Protocol::Tcp => "TCP",
        Protocol::Ssh => "SSH",
        Protocol::Other(word) => word,
    }
}

/// Whether the pod has ended for good: Yotta may show it for some time after that.
pub fn is_gone(pod: &PodJson) -> bool {
    word(&pod.status) == "TERMINATED"
}

pub fn to_pod(id: PodId, json: PodJson) -> Pod {
    Pod {
        id,
        phase: phase(&word(&json.status)),
        desired: power(&word(&json.desired_state)),
        price_per_hour: price_per_hour(&json),
        endpoints: json
            .expose
            .0
            .as_ref()
            .map(|ports| ports.iter().filter_map(endpoint).collect()),
        ssh: filled(json.ssh_cmd).as_deref().map(ssh::parse),
        observed: Observed {
            name: json.name.0,
            image: json.image.0,
            gpu_type: json.gpu_type.0,
            gpu_count: count(&json.gpu_count),
            resource_type: resource_type(&word(&json.resource_type)),
            is_spot: json.is_spot.0,
            image_registry: json.image_registry.0,
            image_visibility: visibility(&word(&json.image_public_type)),
            shared_memory: count(&json.shm_in_gb),
            container_volume: count(&json.container_volume_in_gb),
            // Yotta fills in an empty text where nothing was asked for. Both mean the same, but which one a caller
            // wants to see, it knows itself.
            initialization_command: json.initialization_command.0.map(|Verbatim(script)| script),
            environment: json.environment_vars.0.and_then(environment),
            expose: json.expose.0.and_then(|ports| ports.iter().map(exposed).collect()),
            volumes: json.volumes.0.and_then(mounts),
            callback_url: json.callback_url.0,
            marketplace: None,
            workload: None,
        },
        region: filled(json.region),
        gpu_display_name: filled(json.gpu_display_name),
        internal_ip: filled(json.internal_ip),
        created_at: json.created_at.0.map(|Milliseconds(moment)| moment),
        cloud_status: json.status.0.unwrap_or_default(),
        // The reference has no field for it, nor for a public address; the rest is for other clouds.
        reason: None,
        ip: None,
        offer: None,
        disk: None,
        mark: None,
    }
}

fn phase(status: &str) -> Phase {
    match status {
        "PENDING" => Phase::Pending,
        // INITIALIZE is what older answers and Yotta's MCP server have.
        "PREPARING" | "INITIALIZING" | "INITIALIZE" => Phase::Provisioning,
        "RUNNING" => Phase::Running,
        "PAUSING" => Phase::Stopping,
        // STOPPED is the guide's word, PAUSED the reference's.
        "PAUSED" | "STOPPED" => Phase::Stopped,
        // TERMINATED is asked about with `is_gone`; it is left only in the answer to a create, whose id must be kept.
        "TERMINATING" | "TERMINATED" => Phase::Terminating,
        "FAILED" => Phase::Failed,
        _ => Phase::Unknown,
    }
}

fn power(desired_state: &str) -> Option<Power> {
    match desired_state {
        "RUNNING" => Some(Power::Running),
        "PAUSED" => Some(Power::Stopped),
        _ => None,
    }
}

fn resource_type(kind: &str) -> Option<ResourceType> {
    match kind {
        "GPU" => Some(ResourceType::Gpu),
        "CPU" => Some(ResourceType::Cpu),
        _ => None,
    }
}

fn visibility(visibility: &str) -> Option<ImageVisibility> {
    match visibility {
        "PUBLIC" => Some(ImageVisibility::Public),
        "PRIVATE" => Some(ImageVisibility::Private),
        _ => None,
    }
}

/// The reference's enumeration has HTTP and TCP; Yotta's SDK, its MCP server and its console have SSH too. Any other word
/// is kept as it is.
fn protocol(said: &Tolerant<String>) -> Option<Protocol> {
    match word(said).as_str() {
        "" => None,
        "HTTP" => Some(Protocol::Http),
        "TCP" => Some(Protocol::Tcp),
        "SSH" => Some(Protocol::Ssh),
        _ => said.0.as_deref().map(|word| Protocol::Other(word.trim().to_owned())),
    }
}

/// The reference gives a price per GPU and one of the container disk, without a unit. The GPU list adds up the same
/// two, by the hour, to its total price.
fn price_per_hour(pod: &PodJson) -> Option<Decimal> {
    let gpu_count = count(&pod.gpu_count)?;
    let gpus = pod.single_card_price.0?.checked_mul(gpu_count.into())?;
    let total = gpus.checked_add(pod.container_volume_price.0.unwrap_or_default())?;
    Some(money::without_noise(total)).filter(|total| !total.is_sign_negative())
}

fn environment(variables: Vec<VariableJson>) -> Option<EnvironmentVariables> {
    let pair = |variable: VariableJson| {
        let VerbatimOrNumber(value) = variable.value.0?;
        Some((variable.key.0?, Secret::new(value)))
    };
    variables.into_iter().map(pair).collect()
}

fn exposed(json: &PortJson) -> Option<Exposed> {
    Some(Exposed {
        port: Port::new(json.port.0?.get()).ok()?,
        protocol: protocol(&json.protocol),
    })
}

fn endpoint(json: &PortJson) -> Option<Endpoint> {
    Some(Endpoint {
        port: json.port.0?.get(),
        protocol: filled(json.protocol.clone()).map(|protocol| protocol.trim().to_ascii_uppercase()),
        host: filled(json.host.clone()),
        proxy_port: json.proxy_port.0.map(NonZeroU16::get),
        url: filled(json.ingress_url.clone()),
        is_healthy: json.healthy.0,
    })
}

/// Without the volumes that the platform makes for itself, which the reference marks with the mount mode System.
fn mounts(volumes: Vec<VolumeJson>) -> Option<Vec<Mount>> {
    let is_ours = |volume: &VolumeJson| word(&volume.mount_mode) != "SYSTEM";
    volumes.into_iter().filter(is_ours).map(mount).collect()
}

fn mount(json: VolumeJson) -> Option<Mount> {
    let TextOrNumber(volume_id) = json.id.0.filter(|id| !id.0.is_empty())?;
    Some(Mount {
        volume_id,
        path: json.mount_path.0.and_then(|path| MountPath::new(path).ok()),
    })
}
