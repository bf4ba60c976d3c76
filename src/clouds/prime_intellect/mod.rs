//! Prime Intellect, which resells the machines of several providers. The facts are from its OpenAPI document ("the
//! document"), its docs and its command line tool, and from what others have seen of it; where these disagree, the spot
//! says what was chosen.
//!
//! Read `api`, `convert` and `pages` for what all responses have in common, `offers` for what can be bought, then `pods`
//! and what else can be had. In a folder, `requests` has what is asked, `api` the JSON of the responses, `convert` what it
//! means.

mod api;

mod pages;

mod offers;

mod pods;

mod catalogue;

mod volumes;

mod ssh_keys;

mod telemetry;

#[cfg(test)]
mod testing;

use std::sync::Arc;

use tokio::time::Instant;

use self::offers::Listings;
use crate::clouds::{
    Account, BaseUrl, Capabilities, Catalogue, Cloud, Description, Error, Extras, GpuCounts, Histories, IdForms,
    InvalidKey, Kind, LogSupport, Logs, PodFeature, Pods, RegistryAuths, Resize, Runtimes, Secrecy, Secret, Setting,
    Settings, SshKeys, StopSupport, Support, VolumeFeature, VolumeSupport, Volumes,
    http::{Http, KeyHeader},
    is_opaque,
};

pub static DESCRIPTION: Description = Description {
    capabilities: &CAPABILITIES,
    doc: "[Prime Intellect](https://www.primeintellect.ai), the compute API.",
    default_base_url: "https://api.primeintellect.ai",
    settings: &[
        Setting::api_key(&["PRIME_API_KEY"], "The key. From the environment: `PRIME_API_KEY`."),
        Setting::base_url(
            // The names and the order of the command line tool.
            &["PRIME_API_BASE_URL", "PRIME_BASE_URL"],
            "The address, `https` except on this machine. From the environment: `PRIME_API_BASE_URL`, then\n\
             `PRIME_BASE_URL`. The default is `{default}`; a trailing `/api/v1` may be there or not.",
        ),
        Setting {
            name: "team_id",
            variables: &["PRIME_TEAM_ID"],
            secrecy: Secrecy::Public,
            doc: "The team that owns and pays for pods and volumes which name none. From the environment: `PRIME_TEAM_ID`.\n\
                  Without it, they are the key's owner's.",
            if_empty: "Remove it, or name a team.",
        },
    ],
    connect: |settings, base_url, key, account| {
        Ok(Arc::new(PrimeIntellect::connect(settings, base_url, key, account)?))
    },
};

static CAPABILITIES: Capabilities = Capabilities {
    name: "prime_intellect",
    title: "Prime Intellect",
    // 32 hexadecimal digits were seen, and no document promises them.
    ids: IdForms::all(
        "has letters, digits, hyphens and underscores alone, and is no word of the API such as `status` or `history`",
        is_id,
    ),
    pod: pod_support,
    gpu_counts: GpuCounts::Any,
    max_price_is_for_spot: false,
    // No document has a call for it, though pods were seen stopped.
    stop: StopSupport::None,
    needs_workspace: false,
    // Of a create the document's answer repeats the name, the offer, the image and what is attached: nothing that is free.
    echoes_marks: false,
    volume: Some(VolumeSupport {
        feature: volume_support,
        // There is no call for it.
        resize: Resize::Replaces,
    }),
    has: Extras {
        catalogue: true,
        registry_auths: false,
        ssh_keys: true,
        logs: LogSupport::LastLines,
        runtimes: false,
        histories: true,
    },
};

/// Path segments of the document where an id of a pod could stand.
const WORDS_OF_PATHS: [&str; 2] = ["status", "history"];

fn is_id(id: &str) -> bool {
    is_opaque(id) && !WORDS_OF_PATHS.iter().any(|word| id.eq_ignore_ascii_case(word))
}

fn pod_support(feature: PodFeature) -> Support {
    match feature {
        PodFeature::GpuType | PodFeature::GpuCount => Support::Required,
        PodFeature::Regions
        | PodFeature::Spot
        | PodFeature::MaxPrice
        | PodFeature::MinVram
        | PodFeature::ContainerVolume
        | PodFeature::Environment
        | PodFeature::Volumes
        | PodFeature::Marketplace => Support::Optional,
        PodFeature::ResourceType
        | PodFeature::ImageRegistry
        | PodFeature::ImageVisibility
        | PodFeature::RegistryAuth
        | PodFeature::MinRam
        | PodFeature::MinVcpu
        | PodFeature::SharedMemory
        | PodFeature::InitializationCommand
        // Which ports there are depends on the offer.
        | PodFeature::Ports
        | PodFeature::VolumeMountPath
        | PodFeature::Callback
        | PodFeature::Workload => Support::Refused,
    }
}

fn volume_support(feature: VolumeFeature) -> Support {
    match feature {
        VolumeFeature::Size | VolumeFeature::Offer => Support::Required,
        VolumeFeature::StorageType | VolumeFeature::Region | VolumeFeature::DiskKind => Support::Refused,
    }
}

/// The client of one account at Prime Intellect.
pub struct PrimeIntellect {
    http: Http,
    account: Account,
    listings: Listings,
}

impl PrimeIntellect {
    pub fn connect(
        settings: Settings,
        base_url: BaseUrl,
        key: Secret,
        account: Account,
    ) -> std::result::Result<Self, InvalidKey> {
        let key = KeyHeader::new("authorization", "Bearer ", key)?;
        // The command line tool takes an address with the start of all paths and cuts it off.
        let base_url = base_url.without_end("/api/v1");
        Ok(Self {
            http: Http::new(&CAPABILITIES, settings, base_url, key),
            account,
            listings: Listings::default(),
        })
    }
}

impl Cloud for PrimeIntellect {
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
        None
    }

    fn ssh_keys(&self) -> Option<&dyn SshKeys> {
        Some(self)
    }

    fn logs(&self) -> Option<&dyn Logs> {
        Some(self)
    }

    fn runtimes(&self) -> Option<&dyn Runtimes> {
        None
    }

    fn histories(&self) -> Option<&dyn Histories> {
        Some(self)
    }
}

/// An error of ours, for what Prime Intellect has no call or no answer for.
fn refusal(kind: Kind, operation: String, message: String) -> Error {
    Error {
        kind,
        cloud: CAPABILITIES.title,
        operation,
        status: None,
        code: None,
        message,
        source: None,
        sent: None,
    }
}
