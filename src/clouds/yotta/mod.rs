//! Yotta Labs, API v2. The facts are from its reference and its guide, which disagree in places; where one was chosen,
//! the spot says so.
//!
//! Read `api`, `codes` and `pages` for what all responses have in common, then `pods`. Every folder has `requests` for
//! what is asked, `api` for the JSON of the responses, `convert` for what it means.

mod api;

mod codes;

mod pages;

mod pods;

mod volumes;

mod catalogue;

mod registry_auths;

mod telemetry;

#[cfg(test)]
mod testing;

use std::sync::Arc;

use tokio::time::Instant;

use crate::clouds::{
    Account, BaseUrl, Capabilities, Catalogue, Cloud, Description, Extras, GpuCounts, Histories, IdForms, InvalidKey,
    LogSupport, Logs, PodFeature, Pods, RegistryAuths, Resize, Runtimes, Secret, Setting, Settings, SshKeys,
    StopSupport, Support, VolumeFeature, VolumeSupport, Volumes,
    http::{Http, KeyHeader},
};

pub static DESCRIPTION: Description = Description {
    capabilities: &CAPABILITIES,
    doc: "[Yotta Labs](https://www.yottalabs.ai), API v2.",
    default_base_url: "https://api.yottalabs.ai",
    // A key belongs to one organization, and Yotta knows nothing below that.
    settings: &[
        Setting::api_key(&["YOTTA_API_KEY"], "The key. From the environment: `YOTTA_API_KEY`."),
        Setting::base_url(
            &["YOTTA_BASE_URL"],
            "The address, `https` except on this machine. From the environment: `YOTTA_BASE_URL`. The default is\n\
             `{default}`.",
        ),
    ],
    connect: |settings, base_url, key, _| Ok(Arc::new(Yotta::connect(settings, base_url, key)?)),
};

static CAPABILITIES: Capabilities = Capabilities {
    name: "yotta",
    title: "Yotta Labs",
    // The reference: int64, shown as a number or as a text.
    ids: IdForms::all("has digits alone, such as `420522713875330018`", is_number),
    pod: pod_support,
    gpu_counts: GpuCounts::PowersOfTwo,
    // The reference: maxPrice only together with isSpot.
    max_price_is_for_spot: true,
    stop: StopSupport::Optional,
    needs_workspace: false,
    // What the reference's answer repeats of a create, its user would find in the pod: variables, ports, a command.
    echoes_marks: false,
    volume: Some(VolumeSupport {
        feature: volume_support,
        resize: Resize::GrowsInPlace,
    }),
    has: Extras {
        catalogue: true,
        registry_auths: true,
        ssh_keys: false,
        logs: LogSupport::Filtered,
        runtimes: true,
        histories: false,
    },
};

fn is_number(id: &str) -> bool {
    id.bytes().all(|byte| byte.is_ascii_digit()) && id.parse::<u64>().is_ok()
}

fn pod_support(feature: PodFeature) -> Support {
    match feature {
        // The reference requires a mount path wherever it takes a volume.
        PodFeature::GpuType | PodFeature::GpuCount | PodFeature::VolumeMountPath => Support::Required,
        PodFeature::Regions
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
        | PodFeature::Environment
        | PodFeature::Ports
        | PodFeature::Volumes
        | PodFeature::Callback => Support::Optional,
        PodFeature::Marketplace | PodFeature::Workload => Support::Refused,
    }
}

fn volume_support(feature: VolumeFeature) -> Support {
    match feature {
        VolumeFeature::StorageType => Support::Required,
        // The guide: it depends on the storage type.
        VolumeFeature::Region | VolumeFeature::Size | VolumeFeature::DiskKind => Support::Optional,
        VolumeFeature::Offer => Support::Refused,
    }
}

/// The client of one organization at Yotta Labs.
pub struct Yotta {
    http: Http,
    account: Account,
}

impl Yotta {
    pub fn connect(settings: Settings, base_url: BaseUrl, key: Secret) -> std::result::Result<Self, InvalidKey> {
        // The guide's header; the reference declares no security at all.
        let key = KeyHeader::new("x-api-key", "", key)?;
        Ok(Self {
            http: Http::new(&CAPABILITIES, settings, base_url, key),
            account: Account::default(),
        })
    }
}

impl Cloud for Yotta {
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
        Some(self)
    }

    fn catalogue(&self) -> Option<&dyn Catalogue> {
        Some(self)
    }

    fn registry_auths(&self) -> Option<&dyn RegistryAuths> {
        Some(self)
    }

    fn ssh_keys(&self) -> Option<&dyn SshKeys> {
        None
    }

    fn logs(&self) -> Option<&dyn Logs> {
        Some(self)
    }

    fn runtimes(&self) -> Option<&dyn Runtimes> {
        Some(self)
    }

    fn histories(&self) -> Option<&dyn Histories> {
        None
    }
}
