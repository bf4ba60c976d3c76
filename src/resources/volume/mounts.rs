//! Who mounts a volume: a cloud refuses to delete it or let it grow meanwhile.

use crate::{
    clouds::{Cloud, Pod, VolumeId},
    resources::failure,
};

/// The pods that mount a volume, as a sentence.
pub async fn told(cloud: &dyn Cloud, id: &VolumeId) -> String {
    let pods = match cloud.pods().await {
        Ok(pods) => pods,
        Err(error) => return format!("Which pods mount it could not be found out: {}.", failure::told(&error)),
    };
    let names: Vec<String> = pods.iter().filter(|pod| mounts(pod, id)).map(name).collect();
    match names.as_slice() {
        [] => "No pod that the cloud lists mounts it; perhaps something other than a pod does.".to_owned(),
        [one] => format!("The pod {one} mounts it."),
        several => format!("The pods {} mount it.", several.join(", ")),
    }
}

fn mounts(pod: &Pod, id: &VolumeId) -> bool {
    let volumes = pod.observed.volumes.as_deref().unwrap_or_default();
    volumes.iter().any(|mount| mount.volume_id == id.as_str())
}

fn name(pod: &Pod) -> String {
    match &pod.observed.name {
        Some(name) => format!("`{name}` ({})", pod.id),
        None => pod.id.to_string(),
    }
}
