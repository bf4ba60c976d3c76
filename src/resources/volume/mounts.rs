//! Who mounts a volume: a cloud refuses to delete it or let it grow meanwhile.

use super::messages;
use std::collections::BTreeMap;

use async_trait::async_trait;

use crate::{
    clouds::{Pod, VolumeId, Volumes},
    resources::{common::cloud_error, managed::delete_when_unused::Users},
};

/// What mounts a volume.
pub struct Mounts<'v> {
    pub volumes: &'v dyn Volumes,
    pub id: &'v VolumeId,
}

#[async_trait]
impl Users for Mounts<'_> {
    async fn are_there(&self) -> Option<bool> {
        let volume = self.volumes.get(self.id).await.ok().flatten()?;
        volume.mount_count.map(|count| count > 0)
    }

    async fn told(&self) -> String {
        told(self.volumes, self.id).await
    }
}

/// The pods that mount a volume, as a sentence: those that say so themselves, and those that the volume tells.
pub async fn told(volumes: &dyn Volumes, id: &VolumeId) -> String {
    let volume = volumes.get(id).await.ok().flatten();
    let told = volume.and_then(|volume| volume.mounted_by).unwrap_or_default();
    let mut names: BTreeMap<String, String> = told.into_iter().map(|id| (id.clone(), id)).collect();
    match volumes.pods().list().await {
        Ok(pods) => {
            let users = pods
                .iter()
                .filter(|pod| mounts(pod, id) || names.contains_key(pod.id.as_str()));
            let users: Vec<(String, String)> = users.map(|pod| (pod.id.to_string(), name(pod))).collect();
            names.extend(users);
        }
        Err(error) if names.is_empty() => {
            return messages::mounts_unknown(&cloud_error::describe(&error));
        }
        Err(_) => {}
    }
    let names: Vec<String> = names.into_values().collect();
    match names.as_slice() {
        [] => messages::no_mount(),
        [one] => messages::one_mount(one),
        several => messages::mounts(&several.join(", ")),
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
