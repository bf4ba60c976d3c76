//! Pods at Prime Intellect.

mod requests;

mod api;

mod convert;

mod address;

mod create;

#[cfg(test)]
mod tests;

use async_trait::async_trait;

use super::{PrimeIntellect, api as responses, refusal};
use crate::clouds::{Collection, Kind, Pod, PodId, PodSpec, Pods, Result};
use api::PodJson;

#[async_trait]
impl Collection<Pod> for PrimeIntellect {
    async fn create(&self, spec: &PodSpec) -> Result<Pod> {
        self.create_from_offers(spec).await
    }

    async fn get(&self, id: &PodId) -> Result<Option<Pod>> {
        let (id, pod) = self.http.send(&requests::get(id), api::pod).await?;
        Ok((!convert::is_gone(&pod)).then(|| self.redacted_pod(id, pod)))
    }

    async fn list(&self) -> Result<Vec<Pod>> {
        let pods = requests::list().read_all(&self.http).await?.into_iter();
        let pods = responses::each_once(pods.filter(|(_, pod)| !convert::is_gone(pod)));
        Ok(pods.map(|(id, pod)| self.redacted_pod(id, pod)).collect())
    }

    async fn delete(&self, id: &PodId) -> Result<()> {
        self.http.send(&requests::delete(id), api::deleted).await
    }
}

#[async_trait]
impl Pods for PrimeIntellect {
    async fn stop(&self, id: &PodId) -> Result<()> {
        let message = "there is no call for it: a pod runs until it is deleted".to_owned();
        Err(refusal(Kind::Invalid, format!("stopping pod {id}"), message))
    }

    async fn start(&self, id: &PodId) -> Result<()> {
        let message = "there is no call for it: a pod that was stopped has to be made anew".to_owned();
        Err(refusal(Kind::Invalid, format!("starting pod {id}"), message))
    }
}

impl PrimeIntellect {
    fn redacted_pod(&self, id: PodId, pod: PodJson) -> Pod {
        self.http.secrets().redact_pod(convert::to_pod(id, pod, &self.account))
    }
}
