//! Pods at cPod.

mod requests;

mod api;

mod convert;

#[cfg(test)]
mod tests;

use async_trait::async_trait;

use super::{Cpod, api as responses, pages};
use crate::clouds::{Collection, Pod, PodId, PodSpec, Pods, Result};
use api::PodJson;

#[async_trait]
impl Collection<Pod> for Cpod {
    async fn create(&self, spec: &PodSpec) -> Result<Pod> {
        let request = requests::create(spec, &self.account);
        let (id, pod) = self.http.send(&request, api::made).await?;
        Ok(self.redacted_pod(id, pod))
    }

    /// There is no word for a pod that has ended: it is not found.
    async fn get(&self, id: &PodId) -> Result<Option<Pod>> {
        let (id, pod) = self.http.send(&requests::get(id), api::pod).await?;
        Ok(Some(self.redacted_pod(id, pod)))
    }

    async fn list(&self) -> Result<Vec<Pod>> {
        let pods = pages::read_all(&self.http, requests::list).await?.into_iter();
        Ok(pods.map(|(id, pod)| self.redacted_pod(id, pod)).collect())
    }

    async fn delete(&self, id: &PodId) -> Result<()> {
        self.http.send(&requests::delete(id), responses::done).await
    }
}

#[async_trait]
impl Pods for Cpod {
    async fn stop(&self, id: &PodId) -> Result<()> {
        self.http.send(&requests::stop(id), responses::done).await
    }

    async fn start(&self, id: &PodId) -> Result<()> {
        self.http.send(&requests::start(id), responses::done).await
    }
}

impl Cpod {
    fn redacted_pod(&self, id: PodId, pod: PodJson) -> Pod {
        self.http.secrets().redact_pod(convert::to_pod(id, pod))
    }
}
