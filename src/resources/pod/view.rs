//! A pod as data sources show it: all that its cloud says of it now, except for secrets. What the resource declares is
//! shown from there.

use super::{
    model::{MARKETPLACE, PodModel, WORKLOAD},
    observe,
};
use crate::{
    clouds::{Capabilities, Pod},
    model,
    resources::common::reported::list,
    tf::{Doc, List, Model, Number, Set, Tf, View, Viewed, computed},
};

/// A pod. What its cloud does not tell is null.
pub type ObservedPod = Viewed<PodView>;

/// The view of a pod's attributes.
#[derive(Debug, Clone, PartialEq)]
pub struct PodView;

impl View for PodView {
    type Source = PodModel;
    type Own = OwnOfPod;

    const DOC: Doc = Doc("A pod. What its cloud does not tell is null.");

    /// Wishes that no cloud repeats, settings of Terraform's alone, and the values of variables, which may be secrets.
    const OMITTED: &'static [&'static str] = &[
        "regions",
        "max_price",
        "container_registry_auth_id",
        "min_single_card_vram_in_gb",
        "min_single_card_ram_in_gb",
        "min_single_card_vcpu",
        "environment_vars",
        "secret_environment_vars_wo",
        "secret_environment_vars_wo_version",
        MARKETPLACE,
        "stop_before_destroy",
        "timeouts",
    ];

    const DOCS: &'static [(&'static str, &'static str)] = &[
        ("cloud", "The cloud that the pod runs on."),
        (
            "status",
            "What the pod is doing, in words that hold for all clouds: `pending`, `provisioning`, `running`, \
         `stopping`, `stopped`, `terminating`, `failed` or `unknown`.",
        ),
        (
            "desired_state",
            "What the cloud is steering the pod towards: `running` or `stopped`.",
        ),
        ("image", "The container image."),
        ("image_registry", "The registry that the image comes from."),
        ("image_public_type", "Whether the image is `PUBLIC` or `PRIVATE`."),
        (
            "resource_type",
            "Whether the machine was chosen for its GPUs (`GPU`) or not (`CPU`).",
        ),
        ("gpu_type", "The cloud's code for the GPU."),
        ("gpu_count", "How many GPUs."),
        ("is_spot", "Whether it is spot capacity, which can be taken away."),
        (
            "price_per_hour",
            "What the whole pod costs an hour now, in the cloud's currency.",
        ),
        ("container_volume_in_gb", "The container's disk, in GB."),
        (
            "initialization_command",
            "The command that is run when the container starts.",
        ),
        ("volumes", "The volumes in the pod."),
        ("callback_url", "The URL that the cloud tells of changes of the pod."),
        ("offer", "What was bought, on Prime Intellect: its provider and socket."),
        (WORKLOAD, "What the pod asks for, on cPod."),
        ("cpod.cpu", "How much CPU each copy asks for."),
        ("cpod.memory", "How much memory each copy asks for."),
        ("cpod.labels", "The labels, those of the cloud's own included."),
        ("cpod.organization_id", "The organization that the pod belongs to."),
        ("cpod.workspace_id", "The workspace that the pod belongs to."),
        ("volumes.id", "The volume's id."),
        ("volumes.mount_path", "The path that it is mounted at."),
    ];
}

model! {
    /// Attributes of a pod that data sources alone show, or show with more in them.
    pub struct OwnOfPod {
        /// Why the pod has failed.
        reason: String = computed(),

        /// The names of the environment variables, those of the cloud's own included. The values are not shown: some are
        /// likely to be secrets, and what a data source shows is stored in the state.
        environment_var_names: Set<String> = computed(),

        /// The ports that are published. Where they can be reached is in `endpoints`.
        expose: List<ExposedPort> = computed(),

        /// Where the published ports can be reached.
        endpoints: List<ObservedEndpoint> = computed(),
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

impl ObservedPod {
    pub fn of(pod: &Pod, capabilities: &Capabilities) -> Self {
        let source = PodModel {
            cloud: Tf::Known(capabilities.name.to_owned()),
            desired_state: pod.desired.map(|power| observe::power_name(power).to_owned()).into(),
            ..observe::seen(pod, &PodModel::null())
        };
        let own = OwnOfPod {
            reason: pod.reason.clone().into(),
            environment_var_names: variable_names(pod).into(),
            expose: exposed_ports(pod).into(),
            endpoints: endpoints(pod).into(),
        };
        Self { source, own }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tf::view_faults;

    #[test]
    fn the_view_shows_no_secret_and_all_of_its_docs() {
        assert_eq!(view_faults::<PodView>(), Vec::<String>::new());
    }
}
