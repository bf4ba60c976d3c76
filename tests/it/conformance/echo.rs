//! Round trip: a pod is observed as it was specified.

use std::collections::{BTreeMap, BTreeSet};

use gpupod::clouds::{Observed, PodSpec, Workload};

/// What of a specification is seen otherwise. Lists count as sets, and further variables as the platform's.
pub fn differences(asked: &PodSpec, seen: &Observed) -> Vec<&'static str> {
    let (gpu_type, gpu_count) = (asked.gpu.as_ref())
        .map(|gpu| (gpu.gpu_type.clone(), gpu.count.get()))
        .unzip();
    let name = Some(asked.name.as_str().to_owned());
    let image = Some(asked.image.as_str().to_owned());
    let shared_memory = asked.shared_memory.map(|size| size.get());
    let container_volume = asked.container_volume.map(|size| size.get());
    let checks = [
        ("name", agree(&name, &seen.name)),
        ("image", agree(&image, &seen.image)),
        ("GPU type", agree(&gpu_type, &seen.gpu_type)),
        ("GPU count", agree(&gpu_count, &seen.gpu_count)),
        ("resource type", agree(&asked.resource_type, &seen.resource_type)),
        ("spot", agree(&asked.is_spot, &seen.is_spot)),
        ("registry", agree(&asked.image_registry, &seen.image_registry)),
        ("visibility", agree(&asked.image_visibility, &seen.image_visibility)),
        ("shared memory", agree(&shared_memory, &seen.shared_memory)),
        ("container volume", agree(&container_volume, &seen.container_volume)),
        (
            "command",
            agree(&asked.initialization_command, &seen.initialization_command),
        ),
        ("callback", agree(&asked.callback_url, &seen.callback_url)),
        ("environment", has_variables(asked, seen)),
        ("ports", have_same_elements(&asked.expose, seen.expose.as_deref())),
        ("volumes", have_same_elements(&asked.volumes, seen.volumes.as_deref())),
        ("workload", is_same_workload(&asked.workload, seen.workload.as_deref())),
    ];
    checks
        .into_iter()
        .filter(|(_, agree)| !agree)
        .map(|(what, _)| what)
        .collect()
}

/// A cloud need not repeat what it was asked, and may fill in what it was not.
fn agree<T: PartialEq>(asked: &Option<T>, seen: &Option<T>) -> bool {
    asked.is_none() || seen.is_none() || asked == seen
}

fn has_variables(asked: &PodSpec, seen: &Observed) -> bool {
    let Some(seen) = &seen.environment else { return true };
    asked
        .environment
        .0
        .iter()
        .all(|(name, value)| seen.0.get(name) == Some(value))
}

/// Further labels count as the platform's. Where it belongs, a cloud may say unasked.
fn is_same_workload(asked: &Workload, seen: Option<&Workload>) -> bool {
    let Some(seen) = seen else { return true };
    let has_labels = |seen: &BTreeMap<String, String>| {
        let mut asked = asked.labels.iter().flatten();
        asked.all(|(name, value)| seen.get(name) == Some(value))
    };
    agree(&asked.cpu, &seen.cpu)
        && agree(&asked.memory, &seen.memory)
        && agree(&asked.replicas, &seen.replicas)
        && agree(&asked.organization_id, &seen.organization_id)
        && agree(&asked.workspace_id, &seen.workspace_id)
        && seen.labels.as_ref().is_none_or(has_labels)
}

fn have_same_elements<T: Ord>(asked: &[T], seen: Option<&[T]>) -> bool {
    seen.is_none_or(|seen| BTreeSet::from_iter(asked) == BTreeSet::from_iter(seen))
}
