//! Pods at Yotta Labs.

mod requests;

mod api;

mod convert;

#[cfg(test)]
mod tests;

use async_trait::async_trait;

use super::Yotta;
use crate::clouds::{Collection, Pod, PodId, PodSpec, Pods, Result};
use api::PodJson;

#[async_trait]
impl Collection<Pod> for Yotta {
    async fn create(&self, spec: &PodSpec) -> Result<Pod> {
        let (id, pod) = self.http.send(&requests::create(spec), api::made).await?;
        Ok(self.redacted_pod(id, pod))
    }

    async fn get(&self, id: &PodId) -> Result<Option<Pod>> {
        let (id, pod) = self.http.send(&requests::get(id), api::pod).await?;
        Ok((!convert::is_gone(&pod)).then(|| self.redacted_pod(id, pod)))
    }

    async fn list(&self) -> Result<Vec<Pod>> {
        let pods = self.http.send(&requests::list(), api::pods).await?;
        let pods = pods.into_iter().filter(|(_, pod)| !convert::is_gone(pod));
        Ok(pods.map(|(id, pod)| self.redacted_pod(id, pod)).collect())
    }

    async fn delete(&self, id: &PodId) -> Result<()> {
        self.http.send(&requests::delete(id), api::deleted).await
    }
}

#[async_trait]
impl Pods for Yotta {
    async fn stop(&self, id: &PodId) -> Result<()> {
        self.http.send(&requests::pause(id), api::done).await
    }

    async fn start(&self, id: &PodId) -> Result<()> {
        self.http.send(&requests::resume(id), api::done).await
    }
}

impl Yotta {
    fn redacted_pod(&self, id: PodId, pod: PodJson) -> Pod {
        self.http.secrets().redact_pod(convert::to_pod(id, pod))
    }
}
