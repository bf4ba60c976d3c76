//! The attributes of `gpupod_pod`: what is in the registry's page, the schema and the typed model is declared here once.

use std::time::Duration;

use crate::{
    clouds::{Mark, PodFeature},
    model,
    resources::{
        common::{image, number, quantity},
        managed::deadline,
    },
    tf::{
        List, Map, Number, Secret, Set, computed, format_duration, normalizers, optional, optional_computed, required,
        validators::{Validator, at_least, duration, length, no_space_around, not_empty, one_of, whole},
    },
};

/// States in which a pod can be wanted.
pub const RUNNING: &str = "running";
pub const STOPPED: &str = "stopped";

/// Two attributes are named for the cloud that they belong to: the options of a marketplace, and those of a workload.
pub const MARKETPLACE: &str = "prime_intellect";
pub const WORKLOAD: &str = "cpod";

model! {
    /// A GPU pod: a container on rented GPUs.
    ///
    /// Creating one waits until it is running. A pod that exists is in the state whatever happens: if it fails while
    /// it starts, or if you interrupt the run, it is kept as tainted and replaced by the next apply.
    pub struct PodModel {
        /// The cloud that the pod runs on. Without it the provider's `cloud` is used, or the only cloud that has a key.
        cloud: String = optional_computed().requires_replace(),

        /// The pod's name.
        name: String = required().requires_replace().normalizer(normalizers::trimmed).validator(length(1, 255))
            .validator(no_space_around()),

        /// The container image, such as `pytorch/pytorch:2.8.0-cuda12.8-cudnn9-runtime`. On Prime Intellect one of the
        /// images that the offer lists, such as `ubuntu_22_cuda_12`, or `custom_template` with
        /// `prime_intellect.custom_template_id`.
        image: String = required().requires_replace().normalizer(image::normal).validator(length(1, 255))
            .validator(no_space_around()),

        /// The cloud's code for the GPU, such as `NVIDIA_RTX_4090_24G` on Yotta and `RTX4090_24GB` on Prime Intellect.
        /// `data "gpupod_gpu_specs"` lists them.
        gpu_type: String = optional().requires_replace().ignoring_case().tag(&PodFeature::GpuType),

        /// How many GPUs; a power of two on Yotta.
        gpu_count: Number = optional().requires_replace().validator(at_least(1)).tag(&PodFeature::GpuCount),

        /// The regions that the pod may be placed in; without it, any. The chosen one is in `region`. On Prime Intellect
        /// the names of countries and data centers are taken too.
        regions: Set<String> = optional().requires_replace()
            .validator(not_empty("Remove it, or name a region.").for_each()).tag(&PodFeature::Regions),

        /// Whether the machine is chosen for its GPUs (`GPU`) or not (`CPU`). The cloud's default is `GPU`.
        resource_type: String = optional_computed().requires_replace().ignoring_case().implied("GPU")
            .validator(one_of(&["GPU", "CPU"])).tag(&PodFeature::ResourceType),

        /// Whether to rent spot capacity, which is cheaper and can be taken away. On Prime Intellect, `true` chooses from
        /// spot offers alone, and without it none of them is chosen.
        is_spot: bool = optional_computed().requires_replace().implied(false).tag(&PodFeature::Spot),

        /// The most that the whole pod may cost an hour, in the cloud's currency. On Yotta only with `is_spot = true`. On
        /// Prime Intellect no dearer offer is chosen.
        max_price: Number = optional().requires_replace().validator(number::price()).tag(&PodFeature::MaxPrice),

        /// The registry that the image comes from; the cloud's default is Docker Hub.
        image_registry: String = optional_computed().requires_replace().ignoring_case()
            .validator(length(0, 255)).tag(&PodFeature::ImageRegistry),

        /// Whether the image is `PUBLIC`, the cloud's default, or `PRIVATE`, which needs `container_registry_auth_id`.
        image_public_type: String = optional_computed().requires_replace().ignoring_case().implied("PUBLIC")
            .validator(one_of(&["PUBLIC", "PRIVATE"])).tag(&PodFeature::ImageVisibility),

        /// The id of the registry credential that a private image is fetched with. The cloud does not tell it, so an
        /// import cannot read it.
        container_registry_auth_id: String = optional().requires_replace().normalizer(normalizers::trimmed)
            .tag(&PodFeature::RegistryAuth),

        /// The least VRAM of each GPU, in GB. The cloud does not tell it, so an import cannot read it.
        min_single_card_vram_in_gb: Number = optional().requires_replace().validator(at_least(1))
            .tag(&PodFeature::MinVram),

        /// The least RAM for each GPU, in GB. The cloud does not tell it, so an import cannot read it.
        min_single_card_ram_in_gb: Number = optional().requires_replace().validator(at_least(1))
            .tag(&PodFeature::MinRam),

        /// The fewest vCPUs for each GPU. The cloud does not tell it, so an import cannot read it.
        min_single_card_vcpu: Number = optional().requires_replace().validator(at_least(1)).tag(&PodFeature::MinVcpu),

        /// Shared memory (`/dev/shm`), in GB.
        shm_in_gb: Number = optional_computed().requires_replace().validator(at_least(1))
            .tag(&PodFeature::SharedMemory),

        /// The container's disk, in GB. What is on it is lost when the pod stops.
        container_volume_in_gb: Number = optional_computed().requires_replace()
            .validator(at_least(1)).tag(&PodFeature::ContainerVolume),

        /// A command that is run when the container starts.
        initialization_command: String = optional().requires_replace().may_hold_secret()
            .tag(&PodFeature::InitializationCommand),

        /// Environment variables. Neither names nor values may be empty. The values are stored in the state; for
        /// secrets there is `secret_environment_vars_wo`. Variables that the cloud adds are left alone.
        environment_vars: Map<String> = optional().requires_replace().may_hold_secret().may_hold_more_after_import()
            .validator(not_empty("Give the variable a name.").for_keys())
            .validator(not_empty("Give the variable a value, or leave it out.").for_each())
            .tag(&PodFeature::Environment),

        /// Environment variables that are sent to the cloud and stored nowhere else: neither in the state nor in a
        /// plan. A name may stand in one of the two maps only. Needs `secret_environment_vars_wo_version`.
        secret_environment_vars_wo: Map<Secret> = optional().write_only().sensitive()
            .validator(not_empty("Give the variable a name.").for_keys())
            .validator(not_empty("Give the variable a value, or leave it out.").for_each())
            .tag(&PodFeature::Environment),

        /// A number of your own that stands for the secrets, because Terraform cannot see whether they have changed:
        /// raise it when they do.
        secret_environment_vars_wo_version: Number = optional().requires_replace(),

        /// The ports that are published. Where they can be reached is in `endpoints`. Ports that the cloud adds are left
        /// alone.
        expose: List<Expose> = optional().requires_replace().ignoring_order().may_hold_more_after_import()
            .tag(&PodFeature::Ports),

        /// Volumes that exist already, and where they are mounted. Volumes that the cloud adds are left alone. On Prime
        /// Intellect the pod is placed where its disks are.
        volumes: List<VolumeMount> = optional().requires_replace().ignoring_order().may_hold_more_after_import()
            .tag(&PodFeature::Volumes),

        /// An `https` URL that the cloud sends a POST to when the pod becomes RUNNING, TERMINATED, FAILED or DEGRADED.
        callback_url: String = optional().requires_replace().normalizer(normalizers::url).may_hold_secret()
            .validator(length(1, 512))
            .tag(&PodFeature::Callback),

        /// What only Prime Intellect takes: which of its offers, and what comes with the machine. What is left open, the
        /// provider chooses: the cheapest offer in stock that fits. What was bought is in `offer`.
        prime_intellect: PrimeIntellectPod = optional().requires_replace().tag(&PodFeature::Marketplace),

        /// What only cPod takes.
        cpod: CpodPod = optional().requires_replace().may_hold_more_after_import().tag(&PodFeature::Workload),

        /// Whether the pod should run or be stopped. A change stops or starts the pod in place, and so does an apply
        /// after it was stopped or started behind Terraform's back. What a pod costs while it is stopped, the cloud
        /// says; its container disk is erased. Pods on Prime Intellect cannot be stopped.
        desired_state: String = optional_computed().default(RUNNING).validator(one_of(&[RUNNING, STOPPED])),

        /// Whether to stop a running pod before it is deleted. With `false` it is deleted at once, which cPod does not
        /// allow. On Prime Intellect it has no effect: there is no stop. Changing it changes nothing at the cloud.
        stop_before_destroy: bool = optional_computed().default(true),

        /// How long to wait. Changing it changes nothing at the cloud.
        timeouts: Timeouts = optional(),

        /// The cloud's id of the pod.
        id: String = computed().use_state_for_unknown(),

        /// What the pod is doing, in words that hold for all clouds: `pending`, `provisioning`, `running`, `stopping`,
        /// `stopped`, `terminating`, `failed` or `unknown`. A pod that has failed is planned for replacement.
        status: String = computed(),

        /// The cloud's own word for `status`.
        cloud_status: String = computed(),

        /// The region that the pod was placed in.
        region: String = computed(),

        /// The GPU's name for people.
        gpu_display_name: String = computed().use_state_for_unknown(),

        /// What the cloud charged an hour for the whole pod when it was made or imported. The live price is in the data
        /// sources.
        price_per_hour: Number = computed().use_state_for_unknown(),

        /// How to reach the pod with SSH, if the cloud offers it.
        ssh: Ssh = computed(),

        /// The offer that was bought, on Prime Intellect. An import knows its provider and socket alone.
        offer: OfferModel = computed().use_state_for_unknown().tag(&PodFeature::Marketplace),

        /// The pod's public address, if it has one of its own.
        ip: String = computed(),

        /// The pod's address inside the cloud.
        internal_ip: String = computed(),

        /// Where the published ports can be reached.
        endpoints: List<EndpointModel> = computed(),

        /// When the pod was made, as RFC 3339.
        created_at: String = computed().use_state_for_unknown(),
    }
}

model! {
    /// A published port.
    pub struct Expose {
        /// The port in the container. Each may stand once.
        port: Number = required().validator(whole(1, 65535)),

        /// What is spoken on the port. A pod that was made elsewhere may have another word here, which an import keeps.
        protocol: String = optional_computed().default("HTTP").ignoring_case()
            .validator(one_of(&["HTTP", "TCP", "SSH"]).when_changed()),
    }
}

model! {
    /// A volume in the pod.
    pub struct VolumeMount {
        /// The volume's id. Each may stand once.
        id: String = required().validator(not_empty("Give the id of a volume.")),

        /// The absolute path that it is mounted at. Each may stand once.
        mount_path: String = optional().normalizer(normalizers::directory).tag(&PodFeature::VolumeMountPath),
    }
}

model! {
    /// What only Prime Intellect takes. Each of the first six narrows the choice of offers; `data "gpupod_gpu_specs"`
    /// shows what there is.
    pub struct PrimeIntellectPod {
        /// The cloud's id of an offer. Offers in several data centers may have the same.
        cloud_id: String = optional().ignoring_case(),

        /// Whose machine it should be, such as `runpod`, `lambdalabs` or `datacrunch`.
        provider: String = optional().ignoring_case(),

        /// How the GPUs should be built in: `PCIe`, or `SXM2` to `SXM6`.
        socket: String = optional().ignoring_case(),

        /// The data center that the machine should be in.
        data_center_id: String = optional().ignoring_case(),

        /// The code of the country that the machine should be in, such as `US`.
        country: String = optional().ignoring_case(),

        /// Whether the machine should be in a provider's own data center (`secure_cloud`) or with somebody else
        /// (`community_cloud`).
        security: String = optional().ignoring_case().validator(one_of(&["secure_cloud", "community_cloud"])),

        /// How many vCPUs, where the offer leaves a choice.
        vcpus: Number = optional().validator(at_least(1)),

        /// How much RAM in GB, where the offer leaves a choice.
        memory_in_gb: Number = optional().validator(at_least(1)),

        /// Whether the machine is restarted by itself; the cloud's default is `false`.
        auto_restart: bool = optional().implied(false),

        /// The template to install. Needed with `image = "custom_template"`, and not taken with any other image.
        custom_template_id: String = optional(),

        /// The id of the SSH key that is let in; without it, the primary key.
        ssh_key_id: String = optional(),

        /// How many hours to pay for in advance. With it, an offer is chosen that demands that; without it, none.
        prepaid_hours: Number = optional().validator(at_least(1)),

        /// The team that owns and pays for the pod; without it, that of the provider block.
        team_id: String = optional(),

        /// Whether the whole team has access.
        shared_with_team: bool = optional().implied(false),

        /// The members of the team that have access.
        team_member_ids: Set<String> = optional().validator(not_empty("Remove it, or name a member.").for_each()),

        /// The password of Jupyter. It is sent to the cloud and stored nowhere else, so that Terraform cannot see whether
        /// it has changed: it is used when the pod is made.
        jupyter_password_wo: Secret = optional().write_only().sensitive(),
    }
}

model! {
    /// What only cPod takes.
    pub struct CpodPod {
        /// How much CPU each copy asks for: `1000m` is one core.
        cpu: String = optional().normalizer(quantity::normal_cpu).validator(quantity::cpu()),

        /// How much memory each copy asks for, such as `2Gi`.
        memory: String = optional().normalizer(quantity::normal_memory).validator(quantity::memory()),

        /// How many copies of the container run.
        replicas: Number = optional_computed().default(1).validator(at_least(1)),

        /// Labels, by which pods can be found. Those that the cloud adds are left alone.
        labels: Map<String> = optional().may_hold_more_after_import()
            .validator(not_empty("Give the label a name.").for_keys())
            .validator(not_ours().for_keys()),

        /// The organization that the pod belongs to; without it, that of the provider block, or else the key's.
        organization_id: String = optional_computed().requires_replace(),

        /// The workspace that the pod belongs to; without it, that of the provider block. One of the two has to name it.
        workspace_id: String = optional_computed().requires_replace(),
    }
}

/// A label of this name would be taken for the provider's own.
fn not_ours() -> Validator {
    Validator::new("Label is reserved", "Use another name.", |name| {
        (name.as_str() == Some(Mark::LABEL)).then(|| "is a name that the provider keeps for itself".to_owned())
    })
    .undocumented()
}

model! {
    /// What was bought, on a cloud that resells the machines of several providers; in the cloud's own words.
    pub struct OfferModel {
        /// The cloud's id of the offer.
        cloud_id: String = computed(),

        /// Whose machine it is.
        provider: String = computed(),

        /// How the GPUs are built in.
        socket: String = computed(),

        /// The data center that the machine is in.
        data_center_id: String = computed(),

        /// The code of the country that the machine is in.
        country: String = computed(),

        /// Whether the machine is in a provider's own data center (`secure_cloud`) or with somebody else
        /// (`community_cloud`).
        security: String = computed(),
    }
}

model! {
    /// How long to wait before giving up, as durations such as `90s`, `20m` or `1h30m`.
    pub struct Timeouts {
        /// For the pod to get ready; the default is `{default}`.
        create: String = optional().normalizer(normalizers::duration).validator(duration(Duration::from_millis(1)))
            .documented_default(format_duration(deadline::DEFAULT)),

        /// For the pod to stop or start; the default is `{default}`.
        update: String = optional().normalizer(normalizers::duration).validator(duration(Duration::from_millis(1)))
            .documented_default(format_duration(deadline::DEFAULT)),

        /// For the pod to stop and to be gone; the default is `{default}`.
        delete: String = optional().normalizer(normalizers::duration).validator(duration(Duration::from_millis(1)))
            .documented_default(format_duration(deadline::DEFAULT)),
    }
}

model! {
    /// How to reach the pod with SSH.
    pub struct Ssh {
        /// The command as the cloud writes it.
        command: String = computed(),

        /// The user to log in as.
        user: String = computed(),

        /// The host to connect to.
        host: String = computed(),

        /// The port to connect to.
        port: Number = computed(),
    }
}

model! {
    /// Where a published port can be reached.
    pub struct EndpointModel {
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
    }
}
