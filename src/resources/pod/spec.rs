//! From the model to a [`PodSpec`]: at apply everything is known, and the rules have been checked.

use super::model::{Expose, PodModel, VolumeMount};
use crate::{
    clouds::{
        Capabilities, EnvironmentVariables, Exposed, GiB, GpuCount, GpuRequest, ImageVisibility, Invalid, Mark,
        MarketplaceOptions, Mount, MountPath, Name, Offer, PodSpec, Port, Price, Protocol, ResourceType, Secret,
        Workload,
    },
    resources::common::number,
    tf::{Diagnostics, List, Map, Number, Set, Tf},
};

/// What to ask the cloud for. The secrets are in the configuration alone.
pub fn to_spec(planned: &PodModel, config: &PodModel, capabilities: &Capabilities) -> Result<PodSpec, Diagnostics> {
    build(planned, config, capabilities)
        .map_err(|invalid| Diagnostics::of_bug(format!("The pod was not refused when it was planned: {invalid}.")))
}

fn build(planned: &PodModel, config: &PodModel, capabilities: &Capabilities) -> Result<PodSpec, Invalid> {
    Ok(PodSpec {
        name: Name::new(text(&planned.name).unwrap_or_default())?,
        image: Name::new(text(&planned.image).unwrap_or_default())?,
        gpu: gpu(planned, capabilities)?,
        regions: texts(&planned.regions),
        resource_type: text(&planned.resource_type).map(|word| match word.as_str() {
            "CPU" => ResourceType::Cpu,
            _ => ResourceType::Gpu,
        }),
        is_spot: planned.is_spot.known().copied(),
        max_price: planned.max_price.known().map(price).transpose()?,
        image_registry: text(&planned.image_registry),
        image_visibility: text(&planned.image_public_type).map(|word| match word.as_str() {
            "PRIVATE" => ImageVisibility::Private,
            _ => ImageVisibility::Public,
        }),
        registry_auth_id: text(&planned.container_registry_auth_id),
        min_vram_per_gpu: size(&planned.min_single_card_vram_in_gb)?,
        min_ram_per_gpu: size(&planned.min_single_card_ram_in_gb)?,
        min_vcpu_per_gpu: whole(&planned.min_single_card_vcpu)?,
        shared_memory: size(&planned.shm_in_gb)?,
        container_volume: size(&planned.container_volume_in_gb)?,
        initialization_command: text(&planned.initialization_command),
        environment: environment(planned, config),
        expose: each(&planned.expose, exposed)?,
        volumes: each(&planned.volumes, mount)?,
        callback_url: text(&planned.callback_url),
        marketplace: marketplace(planned, config)?,
        workload: workload(planned)?,
        mark: capabilities.echoes_marks.then(Mark::random),
    })
}

fn gpu(planned: &PodModel, capabilities: &Capabilities) -> Result<Option<GpuRequest>, Invalid> {
    let count = whole(&planned.gpu_count)?;
    match (text(&planned.gpu_type), count) {
        (Some(gpu_type), Some(count)) => Ok(Some(GpuRequest {
            gpu_type,
            count: GpuCount::new(count, capabilities.gpu_counts)?,
        })),
        _ => Ok(None),
    }
}

fn environment(planned: &PodModel, config: &PodModel) -> EnvironmentVariables {
    let plain = planned
        .environment_vars
        .known()
        .into_iter()
        .flat_map(|Map(variables)| variables);
    let secret = config
        .secret_environment_vars_wo
        .known()
        .into_iter()
        .flat_map(|Map(variables)| variables);
    let plain = plain.filter_map(|(name, value)| Some((name.clone(), Secret::new(value.known()?.as_str()))));
    let secret = secret.filter_map(|(name, value)| Some((name.clone(), Secret::new(value.known()?.reveal()))));
    plain.chain(secret).collect()
}

/// The password is in the configuration alone: where nothing else is asked for, nothing of it is planned.
fn marketplace(planned: &PodModel, config: &PodModel) -> Result<MarketplaceOptions, Invalid> {
    let password = config.prime_intellect.known();
    let password = password.and_then(|configured| configured.jupyter_password_wo.known());
    let jupyter_password = password.map(|password| Secret::new(password.reveal()));
    let Some(wish) = planned.prime_intellect.known() else {
        return Ok(MarketplaceOptions {
            jupyter_password,
            ..MarketplaceOptions::default()
        });
    };
    Ok(MarketplaceOptions {
        offer: Offer {
            cloud_id: text(&wish.cloud_id),
            provider: text(&wish.provider),
            socket: text(&wish.socket),
            data_center_id: text(&wish.data_center_id),
            country: text(&wish.country),
            security: text(&wish.security),
        },
        vcpus: whole(&wish.vcpus)?,
        memory: size(&wish.memory_in_gb)?,
        auto_restart: wish.auto_restart.known().copied(),
        template_id: text(&wish.custom_template_id),
        ssh_key_id: text(&wish.ssh_key_id),
        prepaid_hours: whole(&wish.prepaid_hours)?,
        team_id: text(&wish.team_id),
        is_shared_with_team: wish.shared_with_team.known().copied(),
        team_member_ids: texts(&wish.team_member_ids),
        jupyter_password,
    })
}

fn workload(planned: &PodModel) -> Result<Workload, Invalid> {
    let Some(wish) = planned.cpod.known() else {
        return Ok(Workload::default());
    };
    let labels = wish.labels.known().map(|Map(labels)| {
        let known = |(name, value): (&String, &Tf<String>)| Some((name.clone(), value.known()?.clone()));
        labels.iter().filter_map(known).collect()
    });
    Ok(Workload {
        cpu: text(&wish.cpu),
        memory: text(&wish.memory),
        replicas: whole(&wish.replicas)?,
        labels,
        organization_id: text(&wish.organization_id),
        workspace_id: text(&wish.workspace_id),
    })
}

fn exposed(expose: &Expose) -> Result<Exposed, Invalid> {
    let port = whole(&expose.port)?
        .and_then(|port| u16::try_from(port).ok())
        .unwrap_or_default();
    let protocol = text(&expose.protocol).map(|word| match word.to_ascii_uppercase().as_str() {
        "HTTP" => Protocol::Http,
        "TCP" => Protocol::Tcp,
        "SSH" => Protocol::Ssh,
        _ => Protocol::Other(word),
    });
    Ok(Exposed {
        port: Port::new(port)?,
        protocol,
    })
}

fn mount(mount: &VolumeMount) -> Result<Mount, Invalid> {
    let path = text(&mount.mount_path).map(MountPath::new).transpose()?;
    Ok(Mount {
        volume_id: text(&mount.id).unwrap_or_default(),
        path,
    })
}

fn texts(set: &Tf<Set<String>>) -> std::collections::BTreeSet<String> {
    let elements = set.known().into_iter().flat_map(|Set(elements)| elements);
    elements.filter_map(|element| element.known().cloned()).collect()
}

fn each<T, U>(list: &Tf<List<T>>, convert: impl Fn(&T) -> Result<U, Invalid>) -> Result<Vec<U>, Invalid> {
    list.known()
        .into_iter()
        .flat_map(|List(elements)| elements)
        .filter_map(Tf::known)
        .map(convert)
        .collect()
}

fn text(value: &Tf<String>) -> Option<String> {
    value.known().cloned()
}

fn size(value: &Tf<Number>) -> Result<Option<GiB>, Invalid> {
    whole(value)?.map(GiB::new).transpose()
}

fn whole(value: &Tf<Number>) -> Result<Option<u32>, Invalid> {
    let convert = |number| number::to_whole(number).ok_or(Invalid("a number is not whole, or out of range"));
    value.known().map(convert).transpose()
}

fn price(number: &Number) -> Result<Price, Invalid> {
    Price::new(number::to_decimal(number).ok_or(Invalid("a price has too many digits"))?)
}
