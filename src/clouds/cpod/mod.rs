//! cPod, the management API. Its public pages show pods as its SDKs know them, and hardly anything of HTTP; where pages
//! disagree, the one on pods (`docs/management/pods` at `docs.cyberpod.app`) is followed.
//!
//! Read `api` for the wire format, all of which is inferred, and `pages` for lists, then `pods`: there, `requests` has the
//! requests, `api` the JSON of a pod, `convert` its meaning.

mod api;

mod pages;

mod pods;

#[cfg(test)]
mod testing;

use std::sync::Arc;

use tokio::time::Instant;

use crate::clouds::{
    Account, BaseUrl, Capabilities, Catalogue, Cloud, Description, Extras, GpuCounts, Histories, IdForms, InvalidKey,
    LogSupport, Logs, PodFeature, Pods, RegistryAuths, Runtimes, Secrecy, Secret, Setting, Settings, SshKeys,
    StopSupport, Support, Volumes,
    http::{Http, KeyHeader},
    is_opaque,
};

pub static DESCRIPTION: Description = Description {
    capabilities: &CAPABILITIES,
    doc: "[cPod](https://docs.cyberpod.app), the management API. Its documents show how its SDK is called and leave open\n\
          what goes over the wire: paths, methods and errors are inferred from them.",
    default_base_url: "https://api.cyberpod.app",
    settings: &[
        Setting::api_key(&["CPOD_API_KEY"], "The key. From the environment: `CPOD_API_KEY`."),
        Setting::base_url(
            &["CPOD_BASE_URL"],
            "The address, `https` except on this machine. From the environment: `CPOD_BASE_URL`. The default is\n\
             `{default}`; a trailing `/v1` may be there or not.",
        ),
        Setting {
            name: "organization_id",
            variables: &[],
            secrecy: Secrecy::Public,
            doc: "The organization of pods that name none.",
            if_empty: "Remove it, or name an organization.",
        },
        Setting {
            name: "workspace_id",
            variables: &[],
            secrecy: Secrecy::Public,
            doc: "The workspace of pods that name none.",
            if_empty: "Remove it, or name a workspace.",
        },
    ],
    connect: |settings, base_url, key, account| Ok(Arc::new(Cpod::connect(settings, base_url, key, account)?)),
};

static CAPABILITIES: Capabilities = Capabilities {
    name: "cpod",
    title: "cPod",
    // The page on pods has a UUID, another one `pod_01jm8xk2y3z`.
    ids: IdForms::all("has letters, digits, hyphens and underscores alone", is_opaque),
    pod: pod_support,
    // No page has a GPU, so that there is nothing to count.
    gpu_counts: GpuCounts::Any,
    max_price_is_for_spot: false,
    // The page on pods: delete is permitted only while stopped or failed.
    stop: StopSupport::RequiredBeforeDelete,
    needs_workspace: true,
    // Labels: the page on pods says that they are for filtering, and has them in the pod.
    echoes_marks: true,
    volume: None,
    has: Extras {
        catalogue: false,
        registry_auths: false,
        ssh_keys: false,
        logs: LogSupport::None,
        runtimes: false,
        histories: false,
    },
};

/// The table of a pod's fields on the page on pods: beyond name and image there are variables, and what is in a
/// [`Workload`](crate::clouds::Workload).
fn pod_support(feature: PodFeature) -> Support {
    match feature {
        PodFeature::Environment | PodFeature::Workload => Support::Optional,
        PodFeature::GpuType
        | PodFeature::GpuCount
        | PodFeature::Regions
        | PodFeature::ResourceType
        | PodFeature::Spot
        | PodFeature::MaxPrice
        | PodFeature::ImageRegistry
        | PodFeature::ImageVisibility
        | PodFeature::RegistryAuth
        | PodFeature::MinVram
        | PodFeature::MinRam
        | PodFeature::MinVcpu
        | PodFeature::SharedMemory
        | PodFeature::ContainerVolume
        | PodFeature::InitializationCommand
        | PodFeature::Ports
        | PodFeature::Volumes
        | PodFeature::VolumeMountPath
        | PodFeature::Callback
        | PodFeature::Marketplace => Support::Refused,
    }
}

/// The client of one tenant at cPod.
pub struct Cpod {
    http: Http,
    account: Account,
}

impl Cpod {
    pub fn connect(
        settings: Settings,
        base_url: BaseUrl,
        key: Secret,
        account: Account,
    ) -> std::result::Result<Self, InvalidKey> {
        // The pages on the API's contract and on tools call an API key the Bearer token; others exchange it for one.
        let key = KeyHeader::new("authorization", "Bearer ", key)?;
        // The page of the .NET SDK shows an address that ends in this, the others one without.
        let base_url = base_url.without_end(api::VERSION);
        Ok(Self {
            http: Http::new(&CAPABILITIES, settings, base_url, key),
            account,
        })
    }
}

impl Cloud for Cpod {
    fn capabilities(&self) -> &'static Capabilities {
        &CAPABILITIES
    }

    fn account(&self) -> &Account {
        &self.account
    }

    fn time_at(&self, moment: Instant) -> Option<i64> {
        self.http.time_at(moment)
    }

    fn pods(&self) -> &dyn Pods {
        self
    }

    fn volumes(&self) -> Option<&dyn Volumes> {
        None
    }

    fn catalogue(&self) -> Option<&dyn Catalogue> {
        None
    }

    fn registry_auths(&self) -> Option<&dyn RegistryAuths> {
        None
    }

    fn ssh_keys(&self) -> Option<&dyn SshKeys> {
        None
    }

    fn logs(&self) -> Option<&dyn Logs> {
        None
    }

    fn runtimes(&self) -> Option<&dyn Runtimes> {
        None
    }

    fn histories(&self) -> Option<&dyn Histories> {
        None
    }
}
