//! From what a cloud says of a pod to the model: what is new, and what is merely said in other words.

use super::model::{EndpointModel, Expose, PodModel, RUNNING, STOPPED, Ssh, VolumeMount};
use crate::{
    clouds::{
        Endpoint, EnvironmentVariables, Exposed, ImageVisibility, Mount, Phase, Pod, Power, Protocol, ResourceType,
        SshAccess,
    },
    resources::{
        number,
        told::{echoed, list, said, timestamp},
    },
    tf::{List, Map, Model, Number, Origin, Tf},
};

/// The state after a create or an update: what was planned, and the cloud's word for what was left open.
pub fn complete(planned: PodModel, pod: &Pod) -> PodModel {
    let seen = seen(pod, &planned);
    planned.with_unknowns_from(seen)
}

/// The state after a read: what the cloud says of what was asked for. Another spelling or order is left to the schema.
pub fn refresh(state: PodModel, pod: &Pod, origin: Origin) -> PodModel {
    let seen = seen(pod, &state);
    if origin == Origin::Import {
        return imported(seen);
    }
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
        container_volume_in_gb: echoed(state.container_volume_in_gb, seen.container_volume_in_gb),
        initialization_command: echoed(state.initialization_command, seen.initialization_command),
        environment_vars: variables(state.environment_vars, seen.environment_vars),
        expose: ports(state.expose, seen.expose),
        volumes: echoed(state.volumes, seen.volumes),
        callback_url: echoed(state.callback_url, seen.callback_url),
        desired_state: seen.desired_state,
        status: seen.status,
        cloud_status: seen.cloud_status,
        region: said(state.region, seen.region),
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

/// Everything that an import found. Lists and texts that are empty were most likely never asked for.
fn imported(seen: PodModel) -> PodModel {
    PodModel {
        expose: seen.expose.filter(|list| !list.0.is_empty()),
        volumes: seen.volumes.filter(|list| !list.0.is_empty()),
        environment_vars: seen.environment_vars.filter(|map| !map.0.is_empty()),
        initialization_command: seen.initialization_command.filter(|text| !text.is_empty()),
        callback_url: seen.callback_url.filter(|text| !text.is_empty()),
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
        container_volume_in_gb: observed.container_volume.map(Number::from).into(),
        initialization_command: observed.initialization_command.into(),
        environment_vars: observed.environment.as_ref().map(environment).into(),
        secret_environment_vars_wo: Tf::Null,
        secret_environment_vars_wo_version: Tf::Null,
        expose: observed.expose.map(|ports| list(&ports, expose)).into(),
        volumes: observed.volumes.map(|mounts| list(&mounts, mount)).into(),
        callback_url: observed.callback_url.into(),
        desired_state: desired_state(pod, &known.desired_state),
        stop_before_destroy: known.stop_before_destroy.clone(),
        timeouts: known.timeouts.clone(),
        id: Tf::Known(pod.id.as_str().to_owned()),
        status: Tf::Known(pod.phase.as_str().to_owned()),
        cloud_status: Tf::Known(pod.cloud_status.clone()),
        region: pod.region.clone().into(),
        gpu_display_name: pod.gpu_display_name.clone().into(),
        price_per_hour: pod.price_per_hour.and_then(number::from_decimal).into(),
        ssh: pod.ssh.as_ref().map(ssh).into(),
        ip: pod.ip.clone().into(),
        internal_ip: pod.internal_ip.clone().into(),
        endpoints: pod.endpoints.as_ref().map(|endpoints| list(endpoints, endpoint)).into(),
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
        Some(Power::Running) => Tf::Known(RUNNING.to_owned()),
        Some(Power::Stopped) => Tf::Known(STOPPED.to_owned()),
        None if known.is_null() => Tf::Known(RUNNING.to_owned()),
        None => known.clone(),
    }
}

/// The variables that were asked for, as the cloud has them: it echoes the secret ones and its own as well.
fn variables(state: Tf<Map<String>>, seen: Tf<Map<String>>) -> Tf<Map<String>> {
    match (state, seen) {
        (Tf::Known(Map(state)), Tf::Known(Map(mut seen))) => {
            let kept = state.into_keys().filter_map(|name| seen.remove_entry(&name));
            Tf::Known(Map(kept.collect()))
        }
        (state, _) => state,
    }
}

/// The ports as the cloud has them; a protocol that it does not tell is the one that was asked for.
fn ports(state: Tf<List<Expose>>, seen: Tf<List<Expose>>) -> Tf<List<Expose>> {
    let (Tf::Known(asked), Tf::Known(List(mut seen))) = (&state, seen) else {
        return state;
    };
    for seen in &mut seen {
        let Tf::Known(port) = seen else { continue };
        let asked = asked
            .0
            .iter()
            .filter_map(Tf::known)
            .find(|asked| asked.port == port.port);
        if let Some(asked) = asked.filter(|_| port.protocol.is_null()) {
            port.protocol = asked.protocol.clone();
        }
    }
    Tf::Known(List(seen))
}

fn environment(variables: &EnvironmentVariables) -> Map<String> {
    let known = |(name, value): (&String, &crate::clouds::Secret)| (name.clone(), Tf::Known(value.reveal().to_owned()));
    Map(variables.0.iter().map(known).collect())
}

pub(in crate::resources) fn expose(exposed: &Exposed) -> Expose {
    let protocol = exposed.protocol.map(|protocol| match protocol {
        Protocol::Http => "HTTP".to_owned(),
        Protocol::Tcp => "TCP".to_owned(),
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

fn endpoint(endpoint: &Endpoint) -> EndpointModel {
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

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::*;
    use crate::clouds::{Observed, PodId, Port, Secret};

    fn pod(phase: Phase, observed: Observed) -> Pod {
        Pod {
            id: PodId::new("17").expect("an id"),
            phase,
            cloud_status: "SOMETHING".to_owned(),
            reason: None,
            desired: None,
            observed,
            price_per_hour: None,
            region: None,
            gpu_display_name: None,
            ssh: None,
            ip: None,
            internal_ip: None,
            endpoints: None,
            created_at: None,
        }
    }

    fn text(text: &str) -> Tf<String> {
        Tf::Known(text.to_owned())
    }

    fn variables<const N: usize>(variables: [(&str, &str); N]) -> EnvironmentVariables {
        EnvironmentVariables(
            variables
                .map(|(name, value)| (name.to_owned(), Secret::new(value)))
                .into(),
        )
    }

    fn map<const N: usize>(variables: [(&str, &str); N]) -> Tf<Map<String>> {
        Tf::Known(Map(variables
            .map(|(name, value)| (name.to_owned(), text(value)))
            .into()))
    }

    #[test]
    fn what_was_asked_for_drifts_and_what_was_not_does_not() {
        let state = PodModel {
            image: text("a"),
            shm_in_gb: Tf::Known(Number::from(8_u32)),
            ..PodModel::null()
        };
        let observed = Observed {
            image: Some("b".to_owned()),
            initialization_command: Some(String::new()),
            callback_url: Some("https://example.com".to_owned()),
            ..Observed::default()
        };
        let read = refresh(state, &pod(Phase::Running, observed), Origin::State);
        assert_eq!(read.image, text("b"));
        assert_eq!(
            read.shm_in_gb,
            Tf::Known(Number::from(8_u32)),
            "what the cloud does not say stays"
        );
        assert_eq!((read.initialization_command, read.callback_url), (Tf::Null, Tf::Null));
    }

    #[test]
    fn secret_and_foreign_variables_stay_out_of_the_state() {
        let state = PodModel {
            environment_vars: map([("A", "1"), ("B", "2"), ("C", "3")]),
            ..PodModel::null()
        };
        let echoed = variables([("A", "1"), ("B", "changed"), ("TOKEN", "secret"), ("POD_ID", "17")]);
        let observed = Observed {
            environment: Some(echoed),
            ..Observed::default()
        };
        let read = refresh(state, &pod(Phase::Running, observed), Origin::State);
        assert_eq!(
            read.environment_vars,
            map([("A", "1"), ("B", "changed")]),
            "C is gone, B has drifted"
        );
    }

    #[test]
    fn a_protocol_that_is_not_told_is_no_drift() {
        let expose = |port: u32, protocol: Tf<String>| {
            Tf::Known(Expose {
                port: Tf::Known(port.into()),
                protocol,
            })
        };
        let state = PodModel {
            expose: Tf::Known(List(vec![expose(22, text("TCP")), expose(80, text("HTTP"))])),
            ..PodModel::null()
        };
        let exposed = |port| Exposed {
            port: Port::new(port).expect("a port"),
            protocol: None,
        };
        let observed = Observed {
            expose: Some(vec![exposed(80), exposed(22)]),
            ..Observed::default()
        };
        let read = refresh(state, &pod(Phase::Running, observed), Origin::State);
        assert_eq!(
            read.expose,
            Tf::Known(List(vec![expose(80, text("HTTP")), expose(22, text("TCP"))]))
        );
    }

    #[test]
    fn an_import_takes_over_what_it_finds_and_leaves_empty_lists_out() {
        let observed = Observed {
            image: Some("a".to_owned()),
            environment: Some(variables([("A", "1")])),
            expose: Some(Vec::new()),
            initialization_command: Some(String::new()),
            ..Observed::default()
        };
        let stub = PodModel {
            cloud: text("yotta"),
            id: text("17"),
            ..PodModel::null()
        };
        let read = refresh(stub, &pod(Phase::Stopped, observed), Origin::Import);
        assert_eq!((read.image, read.cloud), (text("a"), text("yotta")));
        assert_eq!(read.environment_vars, map([("A", "1")]));
        assert_eq!((read.expose, read.initialization_command), (Tf::Null, Tf::Null));
        assert_eq!(
            (read.desired_state, read.stop_before_destroy),
            (text("stopped"), Tf::Known(true))
        );
    }

    #[test]
    fn the_desired_state_follows_the_cloud_only_where_that_is_certain() {
        let check = |phase: Phase, desired: Option<Power>, known: &str, expected: &str| {
            let pod = Pod {
                desired,
                ..pod(phase, Observed::default())
            };
            assert_eq!(
                desired_state(&pod, &text(known)),
                text(expected),
                "{phase:?}, {desired:?}, was {known}"
            );
        };
        check(Phase::Running, None, STOPPED, RUNNING);
        check(Phase::Running, Some(Power::Stopped), RUNNING, RUNNING);
        check(Phase::Stopped, Some(Power::Running), RUNNING, STOPPED);
        check(Phase::Stopping, None, RUNNING, STOPPED);
        check(Phase::Provisioning, None, STOPPED, RUNNING);
        check(Phase::Provisioning, Some(Power::Stopped), RUNNING, STOPPED);
        for phase in [Phase::Failed, Phase::Terminating, Phase::Unknown] {
            check(phase, Some(Power::Running), STOPPED, STOPPED);
        }
    }

    #[test]
    fn the_price_is_kept_from_when_the_pod_was_made() {
        let state = PodModel {
            price_per_hour: Tf::Known(Number::from(2_u32)),
            ..PodModel::null()
        };
        let dearer = Pod {
            price_per_hour: Some(Decimal::new(325, 2)),
            ..pod(Phase::Running, Observed::default())
        };
        assert_eq!(
            refresh(state, &dearer, Origin::State).price_per_hour,
            Tf::Known(Number::from(2_u32))
        );
        let unpriced = refresh(PodModel::null(), &dearer, Origin::State);
        assert_eq!(
            unpriced.price_per_hour.known().map(Number::to_string).as_deref(),
            Some("3.25")
        );
    }

    #[test]
    fn a_plan_is_completed_and_never_overruled() {
        let planned = PodModel {
            image: text("as planned"),
            region: Tf::Unknown,
            ..PodModel::null()
        };
        let observed = Observed {
            image: Some("in other words".to_owned()),
            ..Observed::default()
        };
        let made = Pod {
            region: Some("eu-2".to_owned()),
            created_at: Some(1_795_230_281_551),
            ..pod(Phase::Running, observed)
        };
        let state = complete(
            PodModel {
                created_at: Tf::Unknown,
                ..planned
            },
            &made,
        );
        assert_eq!((state.image, state.region), (text("as planned"), text("eu-2")));
        assert_eq!(state.created_at, text("2026-11-21T03:04:41.551Z"));
    }
}
