//! From what a cloud says of a pod to the model: what is new, and what is merely said in other words.

mod marketplace;

mod workload;

#[cfg(test)]
mod tests;

use super::{
    model::{EndpointModel, Expose, PodModel, RUNNING, STOPPED, Ssh, VolumeMount},
    rules::{CUSTOM_TEMPLATE, is_https_url},
};
use crate::{
    clouds::{
        Account, Capabilities, Endpoint, EnvironmentVariables, Exposed, GpuCount, ImageVisibility, Mount, Phase, Pod,
        Power, Protocol, ResourceType, SshAccess,
    },
    resources::common::{
        number,
        reported::{echoed, list, said, timestamp},
    },
    tf::{List, Map, Model, Number, Tf},
};

/// The state after a create or an update: what was planned, and the cloud's word for what was left open.
pub fn complete(planned: PodModel, pod: &Pod) -> PodModel {
    let seen = seen(pod, &planned);
    planned.with_unknowns_from(seen)
}

/// The plan with what only the answer to the order tells: a pod that is read later does not say what was bought.
pub fn ordered(planned: PodModel, pod: &Pod) -> PodModel {
    PodModel {
        offer: said(planned.offer, pod.offer.as_deref().map(marketplace::offer).into()),
        region: said(planned.region, pod.region.clone().into()),
        ..planned
    }
}

/// The state after a read: what the cloud says of what was asked for. Another spelling or order is left to the schema.
pub fn refresh(state: PodModel, pod: &Pod) -> PodModel {
    let seen = seen(pod, &state);
    // How much the machine was given is no echo: a cloud may give more than was asked for.
    let container_volume = pod.observed.container_volume.map(Number::from).into();
    PodModel {
        name: echoed(state.name, seen.name),
        image: echoed(state.image, seen.image),
        gpu_type: echoed(state.gpu_type, seen.gpu_type),
        gpu_count: echoed(state.gpu_count, seen.gpu_count),
        resource_type: echoed(state.resource_type, seen.resource_type),
        is_spot: echoed(state.is_spot, seen.is_spot),
        image_registry: echoed(state.image_registry, seen.image_registry),
        image_public_type: echoed(state.image_public_type, seen.image_public_type),
        shm_in_gb: echoed(state.shm_in_gb, seen.shm_in_gb),
        container_volume_in_gb: echoed(state.container_volume_in_gb, container_volume),
        initialization_command: echoed(state.initialization_command, seen.initialization_command),
        environment_vars: variables(state.environment_vars, seen.environment_vars),
        expose: ports(state.expose, seen.expose),
        volumes: mounts(state.volumes, seen.volumes),
        // What no configuration could ask for tells nothing.
        callback_url: echoed(state.callback_url, seen.callback_url.filter(|url| is_https_url(url))),
        prime_intellect: marketplace::refresh(state.prime_intellect, seen.prime_intellect),
        cpod: workload::refresh(state.cpod, seen.cpod),
        desired_state: seen.desired_state,
        status: seen.status,
        cloud_status: seen.cloud_status,
        region: said(state.region, seen.region),
        // A pod that is read tells less of what was bought than the order did.
        offer: said(seen.offer, state.offer),
        gpu_display_name: said(state.gpu_display_name, seen.gpu_display_name),
        // Kept from when the pod was made: the live price moves.
        price_per_hour: said(seen.price_per_hour, state.price_per_hour),
        ssh: seen.ssh,
        ip: seen.ip,
        internal_ip: seen.internal_ip,
        endpoints: seen.endpoints,
        created_at: said(state.created_at, seen.created_at),
        ..state
    }
}

/// Everything that an import found with this account, as far as a configuration could ask for it. Lists and texts that
/// are empty were most likely never asked for.
pub fn imported(state: &PodModel, pod: &Pod, account: &Account, capabilities: &Capabilities) -> PodModel {
    let seen = seen(pod, state);
    let is_count = |count: &Number| {
        let count = number::to_whole(count).map(|count| GpuCount::new(count, capabilities.gpu_counts));
        count.is_some_and(|count| count.is_ok())
    };
    let has_template = seen.image.known().is_some_and(|image| image == CUSTOM_TEMPLATE);
    PodModel {
        gpu_count: seen.gpu_count.filter(is_count),
        expose: seen.expose.filter(|list| !list.0.is_empty()),
        volumes: seen.volumes.filter(|list| !list.0.is_empty()),
        environment_vars: seen.environment_vars.filter(|map| !map.0.is_empty()),
        initialization_command: seen.initialization_command.filter(|text| !text.is_empty()),
        callback_url: seen.callback_url.filter(|url| is_https_url(url)),
        prime_intellect: marketplace::imported(seen.prime_intellect, has_template),
        cpod: workload::imported(seen.cpod, account),
        stop_before_destroy: Tf::Known(true),
        timeouts: Tf::Null,
        ..seen
    }
}

/// All that the cloud says of the pod. What it does not say is null, except for what only we know.
pub(in crate::resources) fn seen(pod: &Pod, known: &PodModel) -> PodModel {
    let observed = pod.observed.clone();
    PodModel {
        cloud: known.cloud.clone(),
        name: observed.name.into(),
        image: observed.image.into(),
        gpu_type: observed.gpu_type.into(),
        gpu_count: observed.gpu_count.map(Number::from).into(),
        regions: Tf::Null,
        resource_type: observed.resource_type.map(|kind| resource_type(kind).to_owned()).into(),
        is_spot: observed.is_spot.into(),
        max_price: Tf::Null,
        image_registry: observed.image_registry.into(),
        image_public_type: observed.image_visibility.map(|kind| visibility(kind).to_owned()).into(),
        container_registry_auth_id: Tf::Null,
        min_single_card_vram_in_gb: Tf::Null,
        min_single_card_ram_in_gb: Tf::Null,
        min_single_card_vcpu: Tf::Null,
        shm_in_gb: observed.shared_memory.map(Number::from).into(),
        container_volume_in_gb: observed.container_volume.or(pod.disk).map(Number::from).into(),
        initialization_command: observed.initialization_command.into(),
        environment_vars: observed.environment.as_ref().map(environment).into(),
        secret_environment_vars_wo: Tf::Null,
        secret_environment_vars_wo_version: Tf::Null,
        expose: observed.expose.map(|ports| list(&ports, expose)).into(),
        volumes: observed.volumes.map(|mounts| list(&mounts, mount)).into(),
        callback_url: observed.callback_url.into(),
        prime_intellect: observed.marketplace.as_deref().map(marketplace::of).into(),
        cpod: observed.workload.as_deref().map(workload::of).into(),
        desired_state: desired_state(pod, &known.desired_state),
        stop_before_destroy: known.stop_before_destroy.clone(),
        timeouts: known.timeouts.clone(),
        id: Tf::Known(pod.id.as_str().to_owned()),
        status: Tf::Known(pod.phase.as_str().to_owned()),
        cloud_status: Tf::Known(pod.cloud_status.clone()),
        region: pod.region.clone().into(),
        offer: pod.offer.as_deref().map(marketplace::offer).into(),
        gpu_display_name: pod.gpu_display_name.clone().into(),
        price_per_hour: pod.price_per_hour.and_then(number::from_decimal).into(),
        ssh: pod.ssh.as_ref().map(ssh).into(),
        ip: pod.ip.clone().into(),
        internal_ip: pod.internal_ip.clone().into(),
        endpoints: pod
            .endpoints
            .as_ref()
            .map(|endpoints| list(&in_order(endpoints, &known.expose), endpoint))
            .into(),
        created_at: pod.created_at.and_then(timestamp).into(),
    }
}

/// Whether the pod is meant to run: at rest its status tells, on its way the cloud's own intention.
///
/// A pod that has failed, or of which nothing certain is known, is meant to be what it was meant to be.
fn desired_state(pod: &Pod, known: &Tf<String>) -> Tf<String> {
    let power = match pod.phase {
        Phase::Running => Some(Power::Running),
        Phase::Stopped | Phase::Stopping => Some(Power::Stopped),
        Phase::Pending | Phase::Provisioning => Some(pod.desired.unwrap_or(Power::Running)),
        Phase::Terminating | Phase::Failed | Phase::Unknown => None,
    };
    match power {
        Some(power) => Tf::Known(power_name(power).to_owned()),
        None if known.is_null() => Tf::Known(RUNNING.to_owned()),
        None => known.clone(),
    }
}

/// A power state as configurations write it.
pub fn power_name(power: Power) -> &'static str {
    match power {
        Power::Running => RUNNING,
        Power::Stopped => STOPPED,
    }
}

/// The variables that were asked for, as the cloud has them: it echoes the secret ones and its own as well.
fn variables(state: Tf<Map<String>>, seen: Tf<Map<String>>) -> Tf<Map<String>> {
    match (state, seen) {
        (Tf::Known(Map(state)), Tf::Known(Map(mut seen))) => {
            let kept = state.into_keys().filter_map(|name| seen.remove_entry(&name));
            Tf::Known(kept.collect())
        }
        (state, _) => state,
    }
}

/// Those of the ports that were asked for which the cloud has. Ports that it adds are left alone, and so is a port of
/// whose protocol it says nothing, or nothing that would be another one.
fn ports(state: Tf<List<Expose>>, seen: Tf<List<Expose>>) -> Tf<List<Expose>> {
    let (Tf::Known(List(asked)), Tf::Known(List(seen))) = (&state, &seen) else {
        return state;
    };
    let found = |asked: &Expose| {
        let seen = seen.iter().filter_map(Tf::known).find(|seen| seen.port == asked.port)?;
        Some(Tf::Known(match is_another(&asked.protocol, &seen.protocol) {
            true => seen.clone(),
            false => asked.clone(),
        }))
    };
    Tf::Known(List(asked.iter().filter_map(Tf::known).filter_map(found).collect()))
}

/// Whether a protocol is certainly not the one that was asked for. A login is TCP; other words tell nothing.
fn is_another(asked: &Tf<String>, seen: &Tf<String>) -> bool {
    let is_http = |protocol: &Tf<String>| match protocol.known()?.to_ascii_uppercase().as_str() {
        "HTTP" => Some(true),
        "TCP" | "SSH" => Some(false),
        _ => None,
    };
    matches!((is_http(asked), is_http(seen)), (Some(asked), Some(seen)) if asked != seen)
}

/// Those of the volumes that were asked for which the cloud has, where it has them. Volumes that it adds are left alone.
fn mounts(state: Tf<List<VolumeMount>>, seen: Tf<List<VolumeMount>>) -> Tf<List<VolumeMount>> {
    let (Tf::Known(List(asked)), Tf::Known(List(seen))) = (&state, &seen) else {
        return state;
    };
    let found = |asked: &VolumeMount| {
        let seen = seen.iter().filter_map(Tf::known).find(|seen| seen.id == asked.id)?;
        Some(Tf::Known(VolumeMount {
            id: asked.id.clone(),
            mount_path: echoed(asked.mount_path.clone(), seen.mount_path.clone()),
        }))
    };
    Tf::Known(List(asked.iter().filter_map(Tf::known).filter_map(found).collect()))
}

/// The endpoints in the order of the ports that were asked for, then by port: the cloud's order says nothing.
pub(in crate::resources) fn in_order(endpoints: &[Endpoint], expose: &Tf<List<Expose>>) -> Vec<Endpoint> {
    let asked: Vec<u64> = expose
        .known()
        .into_iter()
        .flat_map(|List(ports)| ports)
        .filter_map(|expose| expose.known()?.port.known()?.as_u64())
        .collect();
    let place = |endpoint: &Endpoint| {
        let port = u64::from(endpoint.port);
        asked.iter().position(|asked| *asked == port).unwrap_or(asked.len())
    };
    let mut endpoints = endpoints.to_vec();
    endpoints.sort_by_key(|endpoint| (place(endpoint), endpoint.port));
    endpoints
}

pub(super) fn environment(variables: &EnvironmentVariables) -> Map<String> {
    let known = |(name, value): (&String, &crate::clouds::Secret)| (name.clone(), Tf::Known(value.reveal().to_owned()));
    variables.0.iter().map(known).collect()
}

pub(in crate::resources) fn expose(exposed: &Exposed) -> Expose {
    let protocol = exposed.protocol.as_ref().map(|protocol| match protocol {
        Protocol::Http => "HTTP".to_owned(),
        Protocol::Tcp => "TCP".to_owned(),
        Protocol::Ssh => "SSH".to_owned(),
        Protocol::Other(word) => word.clone(),
    });
    Expose {
        port: Tf::Known(Number::from(u32::from(exposed.port.get()))),
        protocol: protocol.into(),
    }
}

pub(in crate::resources) fn mount(mount: &Mount) -> VolumeMount {
    let mount_path = mount.path.as_ref().map(|path| path.as_str().to_owned());
    VolumeMount {
        id: Tf::Known(mount.volume_id.clone()),
        mount_path: mount_path.into(),
    }
}

pub(in crate::resources) fn endpoint(endpoint: &Endpoint) -> EndpointModel {
    EndpointModel {
        port: Tf::Known(Number::from(u32::from(endpoint.port))),
        protocol: endpoint.protocol.clone().into(),
        host: endpoint.host.clone().into(),
        proxy_port: endpoint.proxy_port.map(|port| Number::from(u32::from(port))).into(),
        url: endpoint.url.clone().into(),
    }
}

fn ssh(access: &SshAccess) -> Ssh {
    Ssh {
        command: Tf::Known(access.command.clone()),
        user: access.user.clone().into(),
        host: access.host.clone().into(),
        port: access.port.map(|port| Number::from(u32::from(port))).into(),
    }
}

fn resource_type(kind: ResourceType) -> &'static str {
    match kind {
        ResourceType::Gpu => "GPU",
        ResourceType::Cpu => "CPU",
    }
}

fn visibility(visibility: ImageVisibility) -> &'static str {
    match visibility {
        ImageVisibility::Public => "PUBLIC",
        ImageVisibility::Private => "PRIVATE",
    }
}
