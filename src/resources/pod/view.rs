//! A pod as data sources show it: all that its cloud says of it now, except for secrets.

use crate::{
    clouds::{Capabilities, Pod, Power},
    model,
    resources::{
        common::reported::list,
        pod::{
            model::{OfferModel, PodModel, RUNNING, STOPPED, Ssh},
            observe,
        },
    },
    tf::{List, Map, Model, Number, Set, Tf, computed},
};

model! {
    /// A pod. What its cloud does not tell is null.
    pub struct ObservedPod {
        /// The cloud that the pod runs on.
        cloud: String = computed(),

        /// The cloud's id of the pod.
        id: String = computed(),

        /// The pod's name.
        name: String = computed(),

        /// What the pod is doing, in words that hold for all clouds: `pending`, `provisioning`, `running`, `stopping`,
        /// `stopped`, `terminating`, `failed` or `unknown`.
        status: String = computed(),

        /// The cloud's own word for `status`.
        cloud_status: String = computed(),

        /// Why the pod has failed.
        reason: String = computed(),

        /// What the cloud is steering the pod towards: `running` or `stopped`.
        desired_state: String = computed(),

        /// The container image.
        image: String = computed(),

        /// The registry that the image comes from.
        image_registry: String = computed(),

        /// Whether the image is `PUBLIC` or `PRIVATE`.
        image_public_type: String = computed(),

        /// The region that the pod was placed in.
        region: String = computed(),

        /// Whether the machine was chosen for its GPUs (`GPU`) or not (`CPU`).
        resource_type: String = computed(),

        /// The cloud's code for the GPU.
        gpu_type: String = computed(),

        /// The GPU's name for people.
        gpu_display_name: String = computed(),

        /// How many GPUs.
        gpu_count: Number = computed(),

        /// Whether it is spot capacity, which can be taken away.
        is_spot: bool = computed(),

        /// What the whole pod costs an hour now, in the cloud's currency.
        price_per_hour: Number = computed(),

        /// Shared memory (`/dev/shm`), in GB.
        shm_in_gb: Number = computed(),

        /// The container's disk, in GB.
        container_volume_in_gb: Number = computed(),

        /// The command that is run when the container starts.
        initialization_command: String = computed(),

        /// The names of the environment variables, those of the cloud's own included. The values are not shown: some are
        /// likely to be secrets, and what a data source shows is stored in the state.
        environment_var_names: Set<String> = computed(),

        /// The ports that are published. Where they can be reached is in `endpoints`.
        expose: List<ExposedPort> = computed(),

        /// The volumes in the pod.
        volumes: List<MountedVolume> = computed(),

        /// The URL that the cloud tells of changes of the pod.
        callback_url: String = computed(),

        /// What was bought, on Prime Intellect: its provider and socket.
        offer: OfferModel = computed(),

        /// What the pod asks for, on cPod.
        cpod: ObservedWorkload = computed(),

        /// How to reach the pod with SSH, if the cloud offers it.
        ssh: Ssh = computed(),

        /// The pod's public address, if it has one of its own.
        ip: String = computed(),

        /// The pod's address inside the cloud.
        internal_ip: String = computed(),

        /// Where the published ports can be reached.
        endpoints: List<ObservedEndpoint> = computed(),

        /// When the pod was made, as RFC 3339.
        created_at: String = computed(),
    }
}

model! {
    /// What a pod asks for, on cPod.
    pub struct ObservedWorkload {
        /// How much CPU each copy asks for.
        cpu: String = computed(),

        /// How much memory each copy asks for.
        memory: String = computed(),

        /// How many copies of the container run.
        replicas: Number = computed(),

        /// The labels, those of the cloud's own included.
        labels: Map<String> = computed(),

        /// The organization that the pod belongs to.
        organization_id: String = computed(),

        /// The workspace that the pod belongs to.
        workspace_id: String = computed(),
    }
}

model! {
    /// A published port.
    pub struct ExposedPort {
        /// The port in the container.
        port: Number = computed(),

        /// `HTTP`, `TCP` or `SSH`, or another word of the cloud's.
        protocol: String = computed(),

        /// Whether something answers on the port, where the cloud looks.
        healthy: bool = computed(),
    }
}

model! {
    /// Where a published port can be reached.
    pub struct ObservedEndpoint {
        /// The port in the container.
        port: Number = computed(),

        /// The protocol.
        protocol: String = computed(),

        /// The public host.
        host: String = computed(),

        /// The public port.
        proxy_port: Number = computed(),

        /// The public URL, if there is one.
        url: String = computed(),

        /// Whether something answers there, where the cloud looks.
        healthy: bool = computed(),
    }
}

model! {
    /// A volume in a pod.
    pub struct MountedVolume {
        /// The volume's id.
        id: String = computed(),

        /// The path that it is mounted at.
        mount_path: String = computed(),
    }
}

impl ObservedPod {
    pub fn of(pod: &Pod, capabilities: &Capabilities) -> Self {
        let seen = observe::seen(pod, &PodModel::null());
        Self {
            cloud: Tf::Known(capabilities.name.to_owned()),
            id: seen.id,
            name: seen.name,
            status: seen.status,
            cloud_status: seen.cloud_status,
            reason: pod.reason.clone().into(),
            desired_state: pod.desired.map(|power| in_words(power).to_owned()).into(),
            image: seen.image,
            image_registry: seen.image_registry,
            image_public_type: seen.image_public_type,
            region: seen.region,
            resource_type: seen.resource_type,
            gpu_type: seen.gpu_type,
            gpu_display_name: seen.gpu_display_name,
            gpu_count: seen.gpu_count,
            is_spot: seen.is_spot,
            price_per_hour: seen.price_per_hour,
            shm_in_gb: seen.shm_in_gb,
            container_volume_in_gb: seen.container_volume_in_gb,
            initialization_command: seen.initialization_command,
            environment_var_names: variable_names(pod).into(),
            expose: exposed_ports(pod).into(),
            volumes: mounted_volumes(pod).into(),
            callback_url: seen.callback_url,
            offer: seen.offer,
            cpod: seen.cpod.map(|workload| ObservedWorkload {
                cpu: workload.cpu,
                memory: workload.memory,
                replicas: workload.replicas,
                labels: workload.labels,
                organization_id: workload.organization_id,
                workspace_id: workload.workspace_id,
            }),
            ssh: seen.ssh,
            ip: seen.ip,
            internal_ip: seen.internal_ip,
            endpoints: endpoints(pod).into(),
            created_at: seen.created_at,
        }
    }
}

fn in_words(power: Power) -> &'static str {
    match power {
        Power::Running => RUNNING,
        Power::Stopped => STOPPED,
    }
}

fn variable_names(pod: &Pod) -> Option<Set<String>> {
    let variables = pod.observed.environment.as_ref()?;
    Some(Set(variables.0.keys().cloned().map(Tf::Known).collect()))
}

fn exposed_ports(pod: &Pod) -> Option<List<ExposedPort>> {
    let ports = pod.observed.expose.as_ref()?;
    Some(list(ports, |port| {
        let seen = observe::expose(port);
        ExposedPort {
            port: seen.port,
            protocol: seen.protocol,
            healthy: health(pod, port.port.get()),
        }
    }))
}

fn health(pod: &Pod, port: u16) -> Tf<bool> {
    let endpoints = pod.endpoints.as_deref().unwrap_or_default();
    let endpoint = endpoints.iter().find(|endpoint| endpoint.port == port);
    endpoint.and_then(|endpoint| endpoint.is_healthy).into()
}

fn endpoints(pod: &Pod) -> Option<List<ObservedEndpoint>> {
    let endpoints = observe::in_order(pod.endpoints.as_ref()?, &Tf::Null);
    Some(list(&endpoints, |endpoint| {
        let seen = observe::endpoint(endpoint);
        ObservedEndpoint {
            port: seen.port,
            protocol: seen.protocol,
            host: seen.host,
            proxy_port: seen.proxy_port,
            url: seen.url,
            healthy: endpoint.is_healthy.into(),
        }
    }))
}

fn mounted_volumes(pod: &Pod) -> Option<List<MountedVolume>> {
    let mounts = pod.observed.volumes.as_ref()?;
    Some(list(mounts, |mount| {
        let seen = observe::mount(mount);
        MountedVolume {
            id: seen.id,
            mount_path: seen.mount_path,
        }
    }))
}
