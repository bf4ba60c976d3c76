//! Yotta Labs, API v2. The facts are from its reference and its guide, which disagree in places; where one was chosen,
//! the spot says so.
//!
//! Read `requests` for what is asked, `api` for the JSON of the answers, `convert` for what it means.

mod requests;

mod api;

mod convert;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use async_trait::async_trait;

use crate::clouds::{
    BaseUrl, Capabilities, Catalogue, Cloud, Description, Extras, GpuCounts, InvalidKey, Kind, Logs, Pod, PodFeature,
    PodId, PodSpec, RegistryAuths, Result, Runtimes, Secret, Settings, StopSupport, Support, Volumes,
    http::{Http, KeyHeader},
};

pub static DESCRIPTION: Description = Description {
    capabilities: &CAPABILITIES,
    default_base_url: "https://api.yottalabs.ai",
    key_variable: "YOTTA_API_KEY",
    base_url_variables: &["YOTTA_BASE_URL"],
    connect: |settings, base_url, key| Ok(Arc::new(Yotta::connect(settings, base_url, key)?)),
};

static CAPABILITIES: Capabilities = Capabilities {
    name: "yotta",
    title: "Yotta Labs",
    pod: support,
    gpu_counts: GpuCounts::PowersOfTwo,
    // The reference: maxPrice only together with isSpot.
    max_price_is_for_spot: true,
    stop: StopSupport::Optional,
    volume: None,
    has: Extras {
        catalogue: false,
        registry_auths: false,
        logs: false,
        runtimes: false,
    },
};

fn support(feature: PodFeature) -> Support {
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
    }
}

/// The pods of one organization at Yotta Labs.
pub struct Yotta {
    http: Http,
}

impl Yotta {
    pub fn connect(settings: Settings, base_url: BaseUrl, key: Secret) -> std::result::Result<Self, InvalidKey> {
        // The guide's header; the reference declares no security at all.
        let key = KeyHeader::new("x-api-key", "", key)?;
        Ok(Self {
            http: Http::new(&CAPABILITIES, settings, base_url, key),
        })
    }
}

#[async_trait]
impl Cloud for Yotta {
    fn capabilities(&self) -> &'static Capabilities {
        &CAPABILITIES
    }

    async fn create_pod(&self, spec: &PodSpec) -> Result<Pod> {
        let (id, pod) = self.http.send(&requests::create(spec), api::pod).await?;
        Ok(convert::to_pod(id, pod))
    }

    async fn pod(&self, id: &PodId) -> Result<Option<Pod>> {
        match self.http.send(&requests::get(id), api::pod).await {
            Ok((_, pod)) if convert::is_gone(&pod) => Ok(None),
            Ok((id, pod)) => Ok(Some(convert::to_pod(id, pod))),
            // Yotta says with a code that it knows no such pod. Without one, somebody on the way may have answered, and
            // the list has to confirm it.
            Err(error) if error.kind == Kind::NotFound && error.code.is_some() => Ok(None),
            Err(error) if error.kind == Kind::NotFound => Ok(self.pods().await?.into_iter().find(|pod| pod.id == *id)),
            Err(error) => Err(error),
        }
    }

    async fn pods(&self) -> Result<Vec<Pod>> {
        let pods = self.http.send(&requests::list(), api::pods).await?;
        let pods = pods.into_iter().filter(|(_, pod)| !convert::is_gone(pod));
        Ok(pods.map(|(id, pod)| convert::to_pod(id, pod)).collect())
    }

    async fn stop_pod(&self, id: &PodId) -> Result<()> {
        self.http.send(&requests::pause(id), api::done).await
    }

    async fn start_pod(&self, id: &PodId) -> Result<()> {
        self.http.send(&requests::resume(id), api::done).await
    }

    async fn delete_pod(&self, id: &PodId) -> Result<()> {
        match self.http.send(&requests::delete(id), api::done).await {
            Err(error) if error.kind == Kind::NotFound => Ok(()),
            result => result,
        }
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

    fn logs(&self) -> Option<&dyn Logs> {
        None
    }

    fn runtimes(&self) -> Option<&dyn Runtimes> {
        None
    }
}
